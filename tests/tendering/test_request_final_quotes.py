"""Asking for final quotes."""

from tests.tendering.stages import do, done, fields, laws, offered, seated, tender_at, unseated
from tests.town import Town

UNTIL = {"until": "2026-03-02T11:00:00+08:00"}


async def test_it_works(town: Town) -> None:
    code = await tender_at("scored")
    member = (await seated(code))[0]
    card = await done(town, member, "request-final-quotes", code, UNTIL)
    assert card["state"] == "quoting"
    assert card["quotes_until"] == "2026-03-02T03:00:00Z"
    assert (await town.ledger(code))[-1] == "tendering:request-final-quotes"
    assert "submit-final-quote" in await offered(town, "lin.feng", code)
    assert (await do(town, member, "request-final-quotes", code, UNTIL)).status_code == 422


async def test_refusals(town: Town) -> None:
    code = await tender_at("scored")
    member = (await seated(code))[0]
    early = {"until": "2026-03-02T09:29:59+08:00"}
    assert fields(await do(town, member, "request-final-quotes", code, early)) == ["until"]
    assert fields(await do(town, member, "request-final-quotes", code, {"until": "soon"})) == ["until"]
    assert (await do(town, await unseated(code), "request-final-quotes", code, UNTIL)).status_code == 404
    assert (await do(town, "wang.fang", "request-final-quotes", code, UNTIL)).status_code == 403
    # In the second a bidder still has to answer the panel.
    for stage, rules in (("checked", ["F-9"]), ("drawn", ["F-9", "A-6"])):
        other = await tender_at(stage)
        answer = await do(town, (await seated(other))[0], "request-final-quotes", other, UNTIL)
        assert laws(answer) == rules
