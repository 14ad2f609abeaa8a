"""Stepping back from a panel."""

from market.base.database import rows
from tests.tendering.stages import do, done, fields, laws, offered, seated, tender_at, unseated
from tests.town import Town

REASON = {"reason": "近三年内与其中一家供应商有劳动关系。"}


async def test_another_is_drawn_at_once(town: Town) -> None:
    code = await tender_at("scored")
    before = await seated(code)
    card = await done(town, before[0], "declare-conflict", code, REASON)
    assert card["panel"] is None
    after = await seated(code)
    assert len(after) == 3
    assert before[0] not in after
    assert (await town.ledger(code))[-1] == "tendering:declare-conflict"
    newcomer = next(member for member in after if member not in before)
    assert await offered(town, newcomer, code) & {"check-bid", "score-bid"}
    until = {"until": "2026-03-02T17:00:00+08:00"}
    assert "F-9" in laws(await do(town, before[1], "request-final-quotes", code, until))
    assert (await do(town, before[0], "score-bid", code, {"bid": 1, "points": []})).status_code in (404, 422)
    assert (await do(town, before[0], "declare-conflict", code, REASON)).status_code == 404


async def test_an_empty_pool_leaves_the_seat_to_be_drawn(town: Town) -> None:
    code = await tender_at("drawn")
    members = await seated(code)
    await rows("UPDATE account SET suspended = true WHERE login <> ALL ($1) AND login IN (SELECT a.login FROM account a"
               " JOIN membership m ON m.account = a.id WHERE m.role = 'panel-expert')", members)  # fmt: skip
    await done(town, members[0], "declare-conflict", code, REASON)
    assert len(await seated(code)) == 2
    assert "draw-panel" in await offered(town, "wang.fang", code)
    assert laws(await do(town, "wang.fang", "draw-panel", code)) == ["E-3"]


async def test_refusals(town: Town) -> None:
    code = await tender_at("drawn")
    member = (await seated(code))[0]
    assert fields(await do(town, member, "declare-conflict", code, {"reason": ""})) == ["reason"]
    assert (await do(town, await unseated(code), "declare-conflict", code, REASON)).status_code == 404
    assert (await do(town, "wang.fang", "declare-conflict", code, REASON)).status_code == 403
    ranked = await tender_at("ranked")
    assert (await do(town, (await seated(ranked))[0], "declare-conflict", ranked, REASON)).status_code == 422
