import asyncio
from decimal import Decimal
from typing import Any

import pytest

from evaluations.states import State
from market.people.states import Role
from tests.evaluations.steps import AUDITOR, EVALUATOR, Case, reach, stranger
from tests.town import Town, objections

BODY: dict[str, Any] = {"answer": "已复核，维持原评分。"}


async def judged(case: Case) -> dict[str, Any]:
    leaves = (await case.card(EVALUATOR))["leaves"]
    return next(
        leaf for leaf in leaves if leaf["basis"] == "judged" and leaf["points"] is not None and leaf["weight"] == 3
    )


@pytest.mark.parametrize("side", ["evaluator", "street"])
async def test_it_works(town: Town, side: str) -> None:
    case = await reach(town, State.REPLIED)
    score = (await case.card(EVALUATOR))["score"]
    answer = await case.act(EVALUATOR if side == "evaluator" else case.purchaser, "answer-reply", BODY)
    assert answer.status_code == 200, answer.text
    assert (answer.json()["state"], answer.json()["score"]) == ("settled", score)
    assert (await town.ledger(case.code))[-1] == "evaluations:answer-reply"
    assert (await case.card(case.provider))["answer"] == BODY["answer"]


async def test_where_the_reply_was_right_the_points_change(town: Town) -> None:
    case = await reach(town, State.REPLIED)
    leaf, before = await judged(case), Decimal((await case.card(EVALUATOR))["score"])
    changes = [{"leaf": leaf["code"], "points": "0", "reason": "复核后发现名单不实。"}]
    card = (await case.act(EVALUATOR, "answer-reply", {**BODY, "changes": changes})).json()
    (changed,) = [row for row in card["leaves"] if row["code"] == leaf["code"]]
    assert (changed["points"], changed["reason"]) == ("0.00", "复核后发现名单不实。")
    assert Decimal(card["score"]) < before


async def test_it_is_refused(town: Town) -> None:
    case = await reach(town, State.REPLIED)
    leaf = (await judged(case))["code"]
    good = {"leaf": leaf, "points": "1", "reason": "复核后调整。"}
    for changes, field in (
        ([{**good, "points": "9"}], "changes.0.points"),
        ([{**good, "reason": ""}], "changes.0.reason"),
        ([{**good, "leaf": "B12"}], "changes.0.leaf"),
        ([{**good, "leaf": "E11"}], "changes.0.leaf"),
        ([good, good], "changes"),
    ):
        answer = await case.act(EVALUATOR, "answer-reply", {**BODY, "changes": changes})
        assert objections(answer)[0][0] == field
    assert objections(await case.act(EVALUATOR, "answer-reply", {"answer": "好"}))[0][0] == "answer"
    assert objections(await case.act(EVALUATOR, "answer-reply", {}))[0][0] == "answer"


async def test_the_street_answers_but_changes_no_points(town: Town) -> None:
    case = await reach(town, State.REPLIED)
    changes = [{"leaf": (await judged(case))["code"], "points": "0", "reason": "我们认为应当扣分。"}]
    answer = await case.act(case.purchaser, "answer-reply", {**BODY, "changes": changes})
    assert objections(answer) == [("changes", "只有评价机构可以调整得分。")]


async def test_there_must_be_a_reply_and_it_is_answered_once(town: Town) -> None:
    case = await reach(town, State.SCORED)
    assert objections(await case.act(EVALUATOR, "answer-reply", BODY))[0][0] == ""
    case = await reach(town, State.REPLIED)
    assert (await case.act(EVALUATOR, "answer-reply", BODY)).status_code == 200
    assert objections(await case.act(EVALUATOR, "answer-reply", BODY))[0][0] == ""


async def test_strangers(town: Town) -> None:
    case = await reach(town, State.REPLIED)
    other = stranger(Role.PURCHASER, case.street)
    for account, status in ((other, 404), (case.provider, 403), (AUDITOR, 403), (None, 401)):
        assert (await case.act(account, "answer-reply", BODY)).status_code == status


async def test_eight_at_once_answer_it_once(town: Town) -> None:
    case = await reach(town, State.REPLIED)
    answers = await asyncio.gather(*[case.act(EVALUATOR, "answer-reply", BODY) for _ in range(8)])
    assert sorted(answer.status_code for answer in answers) == [200] + [422] * 7


async def test_the_form_in_a_browser(town: Town) -> None:
    case = await reach(town, State.REPLIED)
    browser = await town.browser(EVALUATOR)
    page = await browser.get(f"{case.url}/answer-reply")
    assert "承接主体的意见" in page.text
    assert (await browser.submit(f"{case.url}/answer-reply", BODY)).status_code == 303


async def test_every_objection_is_answered_in_writing(town: Town) -> None:
    case = await reach(town, State.SCORED)
    points = [{"leaf": "D21", "words": "交接制度已成文，见附件三。"}, {"words": "走访日期与台账不符。"}]
    body = {"reply": "对两处有异议。", "points": points}
    wrong = {**body, "points": [{"leaf": "Z9", "words": "交接制度已成文。"}]}
    assert objections(await case.act(case.provider, "reply-to-evaluation", wrong))[0][0] == "points.0.leaf"
    card = (await case.act(case.provider, "reply-to-evaluation", body)).json()
    assert [(o["number"], o["leaf"], o["answer"]) for o in card["objections"]] == [(1, "D21", ""), (2, "", "")]
    one = {"number": "1", "answer": "制度文本已核对，维持原评分。"}
    refused = objections(await case.act(EVALUATOR, "answer-reply", {**BODY, "answers": [one]}))
    assert [field for field, _ in refused] == ["answers"]
    both = {**BODY, "answers": [one, {"number": "2", "answer": "日期已按台账更正。"}]}
    assert "交接制度已成文" in (await (await town.browser(EVALUATOR)).get(f"{case.url}/answer-reply")).text
    settled = await case.act(EVALUATOR, "answer-reply", both)
    assert settled.status_code == 200, settled.text
    assert [o["answer"] for o in settled.json()["objections"]] == [each["answer"] for each in both["answers"]]
