"""Checking qualification and conformity."""

from market.base.database import one
from tests.tendering.stages import do, done, fields, offered, seated, see, tender_at, unseated
from tests.town import Town

NO = {"passed": False, "reason": "未响应实质性要求"}


async def test_the_majority_decides(town: Town) -> None:
    code = await tender_at("drawn")
    first, second, third = await seated(code)
    card = await done(town, first, "check-bid", code, {"bid": 1, **NO})
    assert card["panel"]["bids"][0]["state"] == "opened"
    assert card["panel"]["bids"][0]["my_check"] is False
    assert (await see(town, second, code))["panel"]["bids"][0]["my_check"] is None
    await done(town, second, "check-bid", code, {"bid": 1, "passed": True})
    card = await done(town, third, "check-bid", code, {"bid": 1, **NO})
    assert card["panel"]["bids"][0]["state"] == "disqualified"
    assert card["state"] == "evaluating"
    assert (await town.ledger(code))[-1] == "tendering:check-bid"
    for bid in (2, 3):
        for member in (first, second):
            await done(town, member, "check-bid", code, {"bid": bid, "passed": True})
    assert "check-bid" not in await offered(town, third, code)
    assert "score-bid" in await offered(town, third, code)


async def test_too_few_left_end_the_tender(town: Town) -> None:
    code = await tender_at("drawn")
    members = await seated(code)
    for bid, word in ((1, NO), (2, NO), (3, {"passed": True})):
        for member in members[:2]:
            card = await done(town, member, "check-bid", code, {"bid": bid, **word})
    assert card["state"] == "failed"
    assert (await one("SELECT state FROM need WHERE code = $1", card["need"])) == {"state": "approved"}
    assert (await town.ledger(code))[-1] == "tendering:fail-tender"


async def test_refusals(town: Town) -> None:
    code = await tender_at("drawn")
    member = (await seated(code))[0]
    assert fields(await do(town, member, "check-bid", code, {"bid": 9, "passed": False})) == ["bid", "reason"]
    assert fields(await do(town, member, "check-bid", code, {"bid": "x", "passed": "perhaps"})) == ["bid", "passed"]
    await done(town, member, "check-bid", code, {"bid": 1, "passed": True})
    assert fields(await do(town, member, "check-bid", code, {"bid": 1, "passed": True})) == ["bid"]
    assert (await do(town, await unseated(code), "check-bid", code, {"bid": 1, "passed": True})).status_code == 404
    assert (await do(town, "wang.fang", "check-bid", code, {"bid": 1, "passed": True})).status_code == 403
    ranked = await tender_at("ranked")
    answer = await do(town, (await seated(ranked))[0], "check-bid", ranked, {"bid": 1, "passed": True})
    assert answer.status_code == 422


async def test_the_page_shows_blind_bids(town: Town) -> None:
    code = await tender_at("drawn")
    page = await (await town.browser((await seated(code))[0])).get(f"/tenders/{code}/check-bid")
    assert page.status_code == 200
    assert "一户一档" in page.text
    assert "暖阳" not in page.text
