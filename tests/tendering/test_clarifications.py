"""The panel asks, the bidder answers in time, and an abnormally low price is judged only after that (A-1 to A-7)."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from pypdf import PdfReader

from market.base.database import rows
from market.tendering.rules import clarifications as rules
from market.tendering.rules.clarifications import Asked
from market.tendering.states import Matter
from tests.tendering.stages import BIDDERS, do, done, fields, laws, offered, seated, see, tender_at
from tests.tendering.test_rules import LAW, NOW
from tests.tendering.test_rules import fields as objected
from tests.town import Town

UNTIL = "2026-03-02T17:00:00+08:00"
ASKED = {"bid": 1, "matter": "meaning", "question": "服务日是否包括节假日？", "until": UNTIL}
LOW = {"clarification": 1, "explained": False, "reason": "未覆盖人工成本", "looked_up": "同类项目成交价"}
HALF_AN_HOUR = timedelta(minutes=30)


def asked(**facts: object) -> Asked:
    given = {"bid": 1, "matter": Matter.MEANING, "answer_by": NOW + HALF_AN_HOUR, "answered": False}
    return Asked(**{**given, **facts})


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({}, []),
        ({"until": NOW + HALF_AN_HOUR - timedelta(seconds=1)}, [("until", "HR-7")]),
        ({"matter": Matter.LOW_PRICE}, [("matter", "F-9")]),
        ({"matter": Matter.LOW_PRICE, "ranked": [1]}, []),
        ({"matter": Matter.LOW_PRICE, "ranked": [1], "until": NOW}, [("until", "A-6")]),
        ({"bid": 9}, [("bid", "M-8")]),
        ({"earlier": [asked()]}, [("bid", "HR-7")]),
        ({"earlier": [asked(answered=True)]}, []),
        ({"earlier": [asked(answer_by=NOW)]}, []),
        (
            {"matter": Matter.LOW_PRICE, "ranked": [1], "earlier": [asked(matter=Matter.LOW_PRICE, answered=True)]},
            [("bid", "A-6")],
        ),
        ({"is_signed": True}, [("", "E-12")]),
        ({"bid": 9, "until": NOW, "is_signed": True}, [("bid", "M-8"), ("until", "HR-7"), ("", "E-12")]),
    ],
)
def test_what_may_be_asked(changed: dict[str, object], found: list[tuple[str, str]]) -> None:
    """财政部令87 第五十一、六十条; 财库〔2026〕2号: at least thirty minutes, and prices only once they are known."""
    usual = {"bid": 1, "matter": Matter.MEANING, "until": NOW + HALF_AN_HOUR, "bids": [1, 2], "ranked": []}
    given = {**usual, "earlier": [], "is_signed": False, "now": NOW, "law": LAW, **changed}
    assert objected(rules.objections_to_asking(**given)) == found


def test_an_answer_comes_once_and_in_time() -> None:
    """A-6: to the last second, and not at the end."""
    last = NOW + HALF_AN_HOUR - timedelta(seconds=1)
    assert rules.objections_to_answering(asked=asked(), now=last) == []
    assert objected(rules.objections_to_answering(asked=asked(), now=NOW + HALF_AN_HOUR)) == [("clarification", "HR-7")]
    assert objected(rules.objections_to_answering(asked=asked(answered=True), now=NOW)) == [("clarification", "E-12")]
    assert objected(rules.objections_to_answering(asked=None, now=NOW)) == [("clarification", "")]


def test_a_price_is_judged_after_the_answer_or_its_time_and_before_the_report() -> None:
    """A-6, A-7: a trigger makes no bid invalid; the report waits for the panel's word."""
    low = asked(matter=Matter.LOW_PRICE)
    after = NOW + HALF_AN_HOUR
    judge = {"has_voted": False, "explained": True, "reason": ""}
    assert objected(rules.objections_to_judging(asked=low, **judge, now=NOW)) == [("clarification", "A-6")]
    assert rules.objections_to_judging(asked=low, **judge, now=after) == []
    assert objected(rules.objections_to_judging(asked=asked(), **judge, now=after)) == [("clarification", "A-6")]
    unexplained = {**judge, "explained": False}
    assert objected(rules.objections_to_judging(asked=low, **unexplained, now=after)) == [("reason", "A-7")]
    for waits in (low, asked(matter=Matter.LOW_PRICE, answered=True), asked()):
        assert objected(rules.objections_to_signing([waits], now=NOW)) == [("", "A-6")]
    for settled in (
        asked(answered=True),
        asked(answer_by=NOW),
        asked(matter=Matter.LOW_PRICE, answered=True, explained=True),
    ):
        assert rules.objections_to_signing([settled], now=NOW) == []


async def test_the_bidder_answers_under_its_number_and_nobody_else_hears_of_it(town: Town) -> None:
    code = await tender_at("checked")
    member = (await seated(code))[1]
    card = await done(town, member, "ask-clarification", code, ASKED)
    assert [c["question"] for c in card["panel"]["clarifications"]] == [ASKED["question"]]
    assert laws(await do(town, member, "ask-clarification", code, ASKED)) == ["HR-7"]
    (bidder,) = [who for who in BIDDERS if "answer-clarification" in await offered(town, who, code)]
    others = {*BIDDERS, "li.jun", "zheng.hui"} - {bidder}
    for stranger in sorted(others):
        assert ASKED["question"] not in (await (await town.client(stranger)).get(f"/tenders/{code}")).text
        assert not any("clarification" in line for line in await _told(town, stranger, code))
    answer = {"clarification": 1, "answer": "包括节假日。"}
    assert fields(await do(town, bidder, "answer-clarification", code, {**answer, "files": ["X-1"]})) == ["files"]
    stranger = min(others & set(BIDDERS))
    assert fields(await do(town, stranger, "answer-clarification", code, answer)) == ["clarification"]
    mine = (await done(town, bidder, "answer-clarification", code, answer))["mine"]
    assert mine["clarifications"][0]["answer"] == answer["answer"]
    assert laws(await do(town, bidder, "answer-clarification", code, answer)) == ["E-12"]
    read = (await see(town, member, code))["panel"]["clarifications"][0]
    assert (read["answer"], read["open"], read["to_judge"]) == (answer["answer"], False, False)
    assert (await town.ledger(code))[-2:] == ["tendering:ask-clarification", "tendering:answer-clarification"]


async def _told(town: Town, who: str, code: str) -> list[str]:
    events = (await (await town.client(who)).get(f"/ledger?record={code}")).json()["items"]
    return [event["tag"] for event in events]


async def test_a_low_price_that_is_not_explained_puts_the_bid_out(town: Town) -> None:
    code = await tender_at("explaining")
    members = await seated(code)
    first = await see(town, members[0], code)
    (low,) = [price["number"] for price in first["panel"]["low_prices"] if price["law"] == "A-3"]
    assert first["panel"]["clarifications"][0]["bid"] == low
    assert laws(await do(town, members[0], "seal-report", code, {"agrees": True})) == ["A-6"]
    assert fields(await do(town, members[0], "judge-clarification", code, {**LOW, "reason": ""})) == ["reason"]
    await done(town, members[0], "judge-clarification", code, LOW)
    assert laws(await do(town, members[0], "judge-clarification", code, LOW)) == ["A-6"]
    card = await done(town, members[1], "judge-clarification", code, LOW)
    assert (await town.ledger(code))[-2:] == ["tendering:judge-clarification"] * 2
    bids = {bid["number"]: bid for bid in card["panel"]["bids"]}
    assert (bids[low]["state"], bids[low]["rank"]) == ("disqualified", None)
    left = [bid for number, bid in bids.items() if number != low]
    assert sorted(bid["rank"] for bid in left) == [1, 2]
    # The lowest quote that is left gets all points for the price.
    lowest = min(left, key=lambda bid: Decimal(bid["final_price"]))
    assert [bid["price_score"] for bid in left if bid["price_score"] == "20.00"] == [lowest["price_score"]]
    assert card["panel"]["clarifications"][0]["explained"] is False
    assert "seal-report" in await offered(town, members[2], code)


async def test_a_low_price_that_is_explained_stays_and_the_report_tells_it(town: Town) -> None:
    code = await tender_at("explaining")
    members = await seated(code)
    yes = {"clarification": 1, "explained": True, "looked_up": "同类项目成交价相近"}
    in_order = await rows(
        "SELECT s.account FROM seat s JOIN tender t ON t.id = s.tender WHERE t.code = $1 ORDER BY s.id", code
    )
    first, _, third = (row["account"] for row in in_order)
    for member in (first, third):
        await done(town, member, "judge-clarification", code, yes)
    for member in members:
        card = await done(town, member, "seal-report", code, {"agrees": True})
    assert card["state"] == "evaluated"
    answer = await (await town.client("hua.rong")).get(f"/tenders/{code}/report.pdf")
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)
    judged = text[text.index("说明成立") :]
    # Who judged is counted as everywhere in the report: the third member is not the second one who spoke.
    assert [f"成员{n}" in judged[: judged.index("排序和推荐")] for n in (1, 2, 3)] == [True, False, True]


async def test_whose_act_it_is(town: Town) -> None:
    code = await tender_at("explaining")
    judged = {"clarification": 1, "explained": True}
    for act, body in (("ask-clarification", ASKED), ("judge-clarification", judged)):
        assert (await do(town, "li.jun", act, code, body)).status_code == 403
    assert (await do(town, None, "answer-clarification", code, {"clarification": 1, "answer": "x"})).status_code == 401
    member = (await seated(code))[0]
    closed = await tender_at("closed")
    assert (await do(town, member, "ask-clarification", closed, ASKED)).status_code == 404
