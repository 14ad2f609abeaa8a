"""Drawing the panel."""

from market.base.database import rows
from tests.tendering.stages import do, done, laws, offered, seated, see, tender_at
from tests.town import Town


async def test_it_works(town: Town) -> None:
    code = await tender_at("opened")
    card = await done(town, "wu.tao", "draw-panel", code)
    assert card["state"] == "evaluating"
    assert card["panel"] is None
    members = await seated(code)
    assert len(set(members)) == 3
    for member in members:
        assert (await see(town, member, code))["panel"]["members"] == 3
        assert "check-bid" in await offered(town, member, code)
    assert (await town.ledger(code))[-1] == "tendering:draw-panel"
    assert laws(await do(town, "wu.tao", "draw-panel", code)) == ["E-3"]


async def test_who_serves_a_bidder_is_never_drawn(town: Town) -> None:
    code = await tender_at("opened")
    experts = await rows("SELECT id, login FROM account WHERE login IN ('qin.shu', 'you.bo', 'xu.ning', 'he.wen')")
    for expert in experts:
        await rows(
            "INSERT INTO membership (account, organization, role, granted_at, granted_by)"
            " SELECT $1, id, 'bidder', now(), 'jin.bo' FROM organization WHERE code = '52000000MJ4000015H'",
            expert["id"],
        )
    await done(town, "wu.tao", "draw-panel", code)
    assert await seated(code) == ["lv.an", "shi.yu", "zhang.heng"]


async def test_a_pool_too_small_is_refused(town: Town) -> None:
    code = await tender_at("opened")
    await rows("UPDATE account SET suspended = true WHERE login IN ('qin.shu', 'you.bo', 'xu.ning', 'he.wen', 'lv.an')")
    assert laws(await do(town, "wu.tao", "draw-panel", code)) == ["E-3"]
    assert await seated(code) == []


async def test_strangers(town: Town) -> None:
    code = await tender_at("opened")
    assert (await do(town, "wang.fang", "draw-panel", code)).status_code == 404
    assert (await do(town, "qin.shu", "draw-panel", code)).status_code == 403
    assert (await do(town, "li.jun", "draw-panel", await tender_at("closed"))).status_code == 422
