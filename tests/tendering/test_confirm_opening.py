"""Confirming the opening record."""

from tests.tendering.stages import do, done, fields, offered, see, tender_at
from tests.town import Town


async def test_it_works_once(town: Town) -> None:
    code = await tender_at("opened")
    assert "confirm-opening" in await offered(town, "fei.xue", code)
    card = await done(town, "fei.xue", "confirm-opening", code, {"remark": "报价无误"})
    assert card["mine"]["opening_confirmed_at"] is not None
    street = (await see(town, "zheng.hui", code))["opening"]
    assert [line["remark"] for line in street] == ["", "报价无误", ""]
    assert [line["remark"] for line in (await see(town, "cen.li", code))["opening"]] == ["", "", ""]
    assert (await town.ledger(code))[-1] == "tendering:confirm-opening"
    assert fields(await do(town, "fei.xue", "confirm-opening", code)) == [""]
    assert "confirm-opening" not in await offered(town, "fei.xue", code)


async def test_strangers(town: Town) -> None:
    code = await tender_at("opened")
    assert (await do(town, "lei.hao", "confirm-opening", code)).status_code == 404
    assert (await do(town, "zheng.hui", "confirm-opening", code)).status_code == 403
    assert (await do(town, "lin.feng", "confirm-opening", await tender_at("closed"))).status_code == 422
