"""Ending a tender with a reason."""

from market.base.database import one, rows
from tests.tendering.stages import do, done, fields, laws, offered, see, tender_at
from tests.town import Town

REASON = {"reason": "采购任务取消。"}


async def test_a_published_tender_by_an_approver(town: Town) -> None:
    code = await tender_at("open")
    card = await done(town, "li.jun", "cancel-tender", code, REASON)
    assert card["state"] == "cancelled"
    assert (await see(town, None, code))["reason"] == REASON["reason"]
    assert (await one("SELECT state FROM need WHERE code = $1", card["need"])) == {"state": "approved"}
    assert (await town.ledger(code))[-1] == "tendering:cancel-tender"
    (bid,) = await rows(
        "SELECT b.price FROM bid b JOIN tender t ON t.id = b.tender WHERE t.code = $1 AND b.state = 'submitted'", code
    )
    assert bid == {"price": None}


async def test_a_draft_by_its_drafter_stays_the_streets_own(town: Town) -> None:
    code = await tender_at("draft")
    assert (await done(town, "wang.fang", "cancel-tender", code, REASON))["state"] == "cancelled"
    assert (await (await town.client()).get(f"/tenders/{code}")).status_code == 404
    assert REASON["reason"] not in (await (await town.client()).get(f"/ledger?record={code}")).text


async def test_refusals(town: Town) -> None:
    code = await tender_at("open")
    assert laws(await do(town, "wang.fang", "cancel-tender", code, REASON)) == ["E-13"]
    assert "cancel-tender" not in await offered(town, "wang.fang", code)
    assert fields(await do(town, "li.jun", "cancel-tender", code, {"reason": " "})) == ["reason"]
    assert (await do(town, "zheng.hui", "cancel-tender", code, REASON)).status_code == 404
    assert (await do(town, "lin.feng", "cancel-tender", code, REASON)).status_code == 403
    await done(town, "li.jun", "cancel-tender", code, REASON)
    assert (await do(town, "li.jun", "cancel-tender", code, REASON)).status_code == 422
    assert (await do(town, "li.jun", "cancel-tender", await tender_at("awarded"), REASON)).status_code == 422
