"""Drawing the panel."""

from hashlib import sha256

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


async def test_its_chance_is_fixed_before_and_told_after(town: Town) -> None:
    anyone = await town.client(None)
    (open_one, told) = [(await anyone.get(f"/tenders/{await tender_at(at)}/draw")).json() for at in ("open", "awarded")]
    assert (len(open_one["commitment"]), open_one["seed"], open_one["draws"]) == (64, None, [])
    assert sha256(told["seed"].encode()).hexdigest() == told["commitment"]
    assert told["holds"] is True
    (drawn,) = told["draws"]
    free = [lot for lot in drawn["pool"] if lot["standing"] == "free"]
    lots = [sha256(f"{told['seed']}:{lot['ticket']}".encode()).hexdigest() for lot in free]
    assert lots == sorted(lot["lot"] for lot in free)
    assert [bool(lot["name"]) for lot in free] == [n < drawn["seats"] for n in range(len(free))]
    by_digest = "SELECT code FROM ledger_event WHERE public ->> 'draw_commitment' = $1"
    assert [row["code"] for row in await rows(by_digest, told["commitment"])] == [told["code"]]
    assert (await anyone.get(f"/tenders/{await tender_at('draft')}/draw")).status_code == 404
