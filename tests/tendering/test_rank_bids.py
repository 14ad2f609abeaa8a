"""What time does: it ends the round of final quotes and ranks the bids."""

from market.base.database import one, rows
from market.tendering import actions
from tests.tendering.stages import done, offered, seated, see, tender_at
from tests.town import Town

QUOTES = {"lin.feng": "100000.00", "fei.xue": "90000.00", "cen.li": "99000.00"}


async def test_time_ranks_at_its_own_moment(town: Town) -> None:
    code = await tender_at("quoting")
    for bidder, price in QUOTES.items():
        await done(town, bidder, "submit-final-quote", code, {"price": price})
    did = await town.advance(by="P1D")
    assert {"act": "rank-bids", "code": code, "at": "2026-03-02T09:00:00Z"} in did
    found = await rows(
        "SELECT b.final_price, b.price_score, b.quality, b.rank FROM bid b JOIN tender t ON t.id = b.tender"
        " WHERE t.code = $1 ORDER BY b.price DESC",
        code,
    )
    assert [str(row["price_score"]) for row in found] == ["18.00", "20.00", "18.18"]
    assert [row["rank"] for row in found] == [1, 2, 3]
    assert (await town.ledger(code))[-1] == "tendering:rank-bids"
    assert "seal-report" in await offered(town, (await seated(code))[0], code)
    assert (await see(town, None, code))["state"] == "ranked"


async def test_who_sends_no_quote_is_not_ranked(town: Town) -> None:
    code = await tender_at("quoting")
    for bidder in ("lin.feng", "fei.xue"):
        await done(town, bidder, "submit-final-quote", code, {"price": QUOTES[bidder]})
    await town.advance(by="P1D")
    panel = (await see(town, (await seated(code))[0], code))["panel"]
    assert sorted(bid["rank"] or 0 for bid in panel["bids"]) == [0, 1, 2]


async def test_too_few_quotes_end_the_tender(town: Town) -> None:
    code = await tender_at("quoting")
    await done(town, "lin.feng", "submit-final-quote", code, {"price": QUOTES["lin.feng"]})
    await town.advance(by="P1D")
    card = await see(town, None, code)
    assert card["state"] == "failed"
    assert (await one("SELECT state FROM need WHERE code = $1", card["need"])) == {"state": "approved"}
    assert (await town.ledger(code))[-2:] == ["tendering:rank-bids", "tendering:fail-tender"]


async def test_turning_twice_does_nothing_twice(town: Town) -> None:
    code = await tender_at("quoting")
    for bidder, price in QUOTES.items():
        await done(town, bidder, "submit-final-quote", code, {"price": price})
    (row,) = await rows("SELECT next_turn_at FROM tender WHERE code = $1", code)
    assert [turned.code for turned in await actions.turn(now=row["next_turn_at"])] == [code]
    assert await actions.turn(now=row["next_turn_at"]) == []
    assert (await town.ledger(code)).count("tendering:rank-bids") == 1
