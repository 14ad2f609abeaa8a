import asyncio
from decimal import Decimal
from typing import Any

from evaluations.states import State
from market.base.database import rows
from tests.evaluations.steps import AUDITOR, EVALUATOR, OPINION, reach
from tests.town import Town, objections


async def test_it_works_and_the_draft_goes_to_the_organization(town: Town) -> None:
    case = await reach(town, State.SCORING)
    before = await case.card(case.provider)
    assert (before["score"], before["surveys"]) == (None, [])
    answer = await case.act(EVALUATOR, "score-evaluation", await case.scores())
    assert answer.status_code == 200, answer.text
    card = answer.json()
    assert card["state"] == "scored"
    assert card["grade"] in {"excellent", "good", "fair", "poor"}
    counted = sum(Decimal(leaf["counted"]) for leaf in card["leaves"] if leaf["counted"])
    assert abs(counted - Decimal(card["score"])) < Decimal("0.2")
    assert abs(sum(Decimal(leaf["counted_weight"] or 0) for leaf in card["leaves"]) - 100) < Decimal("0.2")
    assert sum(Decimal(branch["weight"]) for branch in card["branches"]) == 100
    assert abs(sum(Decimal(branch["counted"]) for branch in card["branches"]) - Decimal(card["score"])) < Decimal(
        "0.03"
    )
    assert (await case.card(case.provider))["score"] == card["score"]
    assert (await town.ledger(case.code))[-1] == "evaluations:score-evaluation"
    mails = await rows("SELECT subject FROM message ORDER BY id DESC LIMIT 1")
    assert "评价初稿已出" in mails[0]["subject"]


async def test_the_draft_is_seen_by_those_concerned_only(town: Town) -> None:
    case = await reach(town, State.SCORED)
    for account in (EVALUATOR, case.purchaser, case.provider, AUDITOR):
        assert (await case.card(account))["score"] is not None
        answer = await (await town.client(account)).get(f"{case.url}/report")
        assert answer.content.startswith(b"%PDF-")
    committee = await case.card(await case.committee())
    assert (committee["score"], committee["leaves"], committee["opinion"]) == (None, [], None)
    assert (await (await town.client(await case.committee())).get(f"{case.url}/report")).status_code == 404
    assert (await (await town.client()).get(f"{case.url}/report")).status_code == 404
    assert (await case.card(case.provider))["comments"] == []


async def test_computed_leaves_show_their_source(town: Town) -> None:
    case = await reach(town, State.SCORED)
    page = await (await town.browser(EVALUATOR)).get(case.url)
    assert "绩效目标" in page.text
    assert "有数值、单位和期限的" in page.text


async def test_a_survey_with_too_few_answers_is_void_and_said_so(town: Town) -> None:
    case = await reach(town, State.SCORING)
    body = await case.scores()
    row = await case.row()
    await rows("DELETE FROM survey_answer WHERE evaluation = $1 AND audience = 'residents'", row["id"])
    card = (await case.act(EVALUATOR, "score-evaluation", body)).json()
    (leaf,) = [leaf for leaf in card["leaves"] if leaf["code"] == "E11"]
    assert (leaf["points"], leaf["counted_weight"]) == (None, None)
    assert "Too few valid answers" in leaf["reason"]
    page = await (await town.browser(EVALUATOR)).get(case.url)
    assert "有效问卷不足，本指标作废" in page.text


async def change(body: dict[str, Any], number: int, **values: Any) -> dict[str, Any]:
    scores = [dict(score) for score in body["scores"]]
    scores[number].update(values)
    return {**body, "scores": scores}


async def test_it_is_refused_with_every_reason_at_once(town: Town) -> None:
    case = await reach(town, State.SCORING)
    body = await change(await case.scores(), 0, points="99", reason="好")
    missing = body["scores"].pop()["leaf"]
    answer = await case.act(EVALUATOR, "score-evaluation", {**body, "veto": "diverted-funds", "veto_evidence": "有"})
    found = objections(answer)
    assert [field for field, _ in found] == ["scores.0.points", "scores.0.reason", "scores", "veto_evidence"]
    assert missing in found[2][1]


async def test_nobody_types_what_is_computed(town: Town) -> None:
    case = await reach(town, State.SCORING)
    body = await case.scores()
    for leaf, words in (("B12", "由平台记录计算"), ("E11", "只能由满意度调查得出"), ("Z99", "指标体系中没有")):
        typed = {"leaf": leaf, "points": "1", "reason": "我认为应当这样。"}
        answer = await case.act(EVALUATOR, "score-evaluation", {**body, "scores": [*body["scores"], typed]})
        (found,) = objections(answer)
        assert words in found[1]


async def test_an_empty_or_broken_form_is_refused(town: Town) -> None:
    case = await reach(town, State.SCORING)
    fields = [field for field, _ in objections(await case.act(EVALUATOR, "score-evaluation", {}))]
    assert fields == ["scores", "opinion"]
    body = await change(await case.scores(), 0, points="3.1.4")
    assert objections(await case.act(EVALUATOR, "score-evaluation", body))[0][0] == "scores.0.points"


async def test_a_veto_makes_the_grade_poor(town: Town) -> None:
    case = await reach(town, State.SCORING)
    body = {
        **await case.scores(),
        "veto": "fabricated-records",
        "veto_evidence": "台账第三十页与签到视频不符，两次走访核实。",
    }
    card = (await case.act(EVALUATOR, "score-evaluation", body)).json()
    assert (card["grade"], card["veto"]) == ("poor", "fabricated-records")
    assert Decimal(card["score"]) > 60


async def test_it_waits_for_the_end_of_the_survey(town: Town) -> None:
    case = await reach(town, State.OPEN)
    (found,) = objections(await case.act(EVALUATOR, "score-evaluation", await case.scores()))
    assert "结束后方可评分" in found[1]


async def test_the_end_counts_even_when_time_has_not_acted(town: Town) -> None:
    case = await reach(town, State.OPEN)
    body = await case.scores()
    await rows("UPDATE evaluation SET survey_until = opened_at + interval '1 second' WHERE code = $1", case.code)
    assert (await case.act(EVALUATOR, "score-evaluation", body)).status_code == 200


async def test_strangers(town: Town) -> None:
    case = await reach(town, State.SCORING)
    body = await case.scores()
    for account, status in ((case.purchaser, 403), (case.provider, 403), (AUDITOR, 403), (None, 401)):
        assert (await case.act(account, "score-evaluation", body)).status_code == status


async def test_twice_and_with_a_stale_page(town: Town) -> None:
    case = await reach(town, State.SCORING)
    body = await case.scores()
    client = await town.client(EVALUATOR)
    stale = await client.post(f"{case.url}/score-evaluation", json=body, headers={"If-Match": f'"{case.code}-1"'})
    assert stale.status_code == 412
    assert (await case.act(EVALUATOR, "score-evaluation", body)).status_code == 200
    assert objections(await case.act(EVALUATOR, "score-evaluation", body))[0][0] == ""


async def test_eight_at_once_score_it_once(town: Town) -> None:
    case = await reach(town, State.SCORING)
    body = await case.scores()
    answers = await asyncio.gather(*[case.act(EVALUATOR, "score-evaluation", body) for _ in range(8)])
    assert sorted(answer.status_code for answer in answers) == [200] + [422] * 7


async def test_the_form_in_a_browser(town: Town) -> None:
    case = await reach(town, State.SCORING)
    browser = await town.browser(EVALUATOR)
    page = await browser.get(f"{case.url}/score-evaluation")
    assert page.status_code == 200
    sent: dict[str, Any] = {"opinion": OPINION}
    for number, score in enumerate((await case.scores())["scores"]):
        sent.update({f"scores.{number}.{name}": value for name, value in score.items()})
    refused = await browser.submit(f"{case.url}/score-evaluation", {**sent, "scores.0.points": "99"})
    assert refused.status_code == 422
    assert OPINION in refused.text
    answer = await browser.submit(f"{case.url}/score-evaluation", sent)
    assert answer.status_code == 303, answer.text


async def test_it_waits_on_the_evaluators_desk(town: Town) -> None:
    case = await reach(town, State.SCORING)
    waiting = (await (await town.client(EVALUATOR)).get("/")).json()["items"]
    assert "score-evaluation" in [item["act"] for item in waiting if item["url"].startswith(case.url)]
