"""Taking the documents."""

from datetime import datetime, timedelta

from tests.tendering.stages import do, done, offered, see, tender_at
from tests.town import Town


async def test_it_works_and_twice_changes_nothing(town: Town) -> None:
    code = await tender_at("open")
    before = await town.ledger(code)
    card = await done(town, "lei.hao", "take-documents", code)
    assert card["mine"]["documents_taken_at"] is not None
    assert "submit-bid" in {link["act"] for link in card["acts"]}
    await done(town, "lei.hao", "take-documents", code)
    assert await town.ledger(code) == [*before, "tendering:take-documents"]


async def test_who_took_them_is_not_told_before_the_opening(town: Town) -> None:
    code = await tender_at("open")
    await done(town, "lei.hao", "take-documents", code)
    for other in (None, "wang.fang", "lin.feng", "hua.rong"):
        ledger = await (await town.client(other)).get(f"/ledger?record={code}")
        assert "take-documents" not in ledger.text or other == "lin.feng"
        assert "52000000MJ40000317" not in ledger.text
        assert "52000000MJ40000317" not in str(await see(town, other, code))


async def test_too_late_and_strangers(town: Town) -> None:
    code = await tender_at("open")
    assert (await do(town, "wang.fang", "take-documents", code)).status_code == 403
    assert (await do(town, "lei.hao", "take-documents", await tender_at("draft"))).status_code == 404
    closes_at = datetime.fromisoformat((await see(town, None, code))["closes_at"])
    await town.advance(to=closes_at - timedelta(seconds=30))
    await done(town, "lei.hao", "take-documents", code)
    await town.advance(to=closes_at)
    assert (await do(town, "teng.fei", "take-documents", code)).status_code == 422
    assert "take-documents" not in await offered(town, "teng.fei", code)
