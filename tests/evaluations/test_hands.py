"""Evaluators are independent as persons, and read only what they evaluate themselves."""

from evaluations.states import State
from market.base.database import rows
from market.seed.people import NEIGHBOURS
from tests.evaluations.steps import EVALUATOR, reach
from tests.people.serving import serve
from tests.town import Town


async def test_who_also_serves_the_supplier_does_not_score(town: Town) -> None:
    case = await reach(town, State.SCORING)
    body = await case.scores()
    await serve(EVALUATOR, organization=case.supplier, role="bidder", since=await town.now())
    answer = await case.act(EVALUATOR, "score-evaluation", body)
    assert answer.status_code == 422
    assert answer.json()["objections"][0]["law"].startswith("K-17")


async def test_residents_words_are_not_for_other_evaluators(town: Town) -> None:
    case = await reach(town, State.PUBLISHED)
    await rows("UPDATE survey_answer SET comment = '请别公开' WHERE evaluation = $1", (await case.row())["id"])
    assert "请别公开" in (await case.card(EVALUATOR))["comments"]
    await rows("UPDATE evaluation SET evaluator = $2 WHERE code = $1", case.code, NEIGHBOURS)
    seen = await case.card(EVALUATOR)
    assert (seen["comments"], seen["evidence"], seen["asked_for_money"]) == ([], [], None)
