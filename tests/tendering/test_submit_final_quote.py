"""Submitting the final quote, sealed until the round ends."""

import asyncio
from datetime import datetime, timedelta

from market.base import clock
from tests.tendering.stages import do, done, fields, laws, offered, see, tender_at
from tests.town import Town


async def test_it_works_and_may_be_replaced(town: Town) -> None:
    code = await tender_at("quoting")
    receipt = await done(town, "lin.feng", "submit-final-quote", code, {"price": "104500.00"})
    assert len(receipt["fingerprint"]) == 64
    assert "104500" not in str(receipt)
    again = await done(town, "lin.feng", "submit-final-quote", code, {"price": "100000.00"})
    assert again["fingerprint"] != receipt["fingerprint"]
    assert (await see(town, "lin.feng", code))["mine"]["quote"]["fingerprint"] == again["fingerprint"]
    assert (await town.ledger(code))[-2:] == ["tendering:submit-final-quote"] * 2


async def test_refusals(town: Town) -> None:
    code = await tender_at("quoting")
    assert fields(await do(town, "lin.feng", "submit-final-quote", code, {"price": "106700.01"})) == ["price"]
    assert fields(await do(town, "lin.feng", "submit-final-quote", code, {"price": "0.00"})) == ["price"]
    assert fields(await do(town, "lin.feng", "submit-final-quote", code, {"price": "1.001"})) == ["price"]
    assert (await do(town, "lei.hao", "submit-final-quote", code, {"price": "1.00"})).status_code == 404
    assert (await do(town, "wu.tao", "submit-final-quote", code, {"price": "1.00"})).status_code == 403
    opened = await tender_at("opened")
    assert (await do(town, "lin.feng", "submit-final-quote", opened, {"price": "1.00"})).status_code == 422


async def test_a_second_late_is_late_before_time_has_turned(town: Town) -> None:
    code = await tender_at("quoting")
    until = datetime.fromisoformat((await see(town, None, code))["quotes_until"])
    await clock.set_to(until - timedelta(seconds=30))
    await done(town, "lin.feng", "submit-final-quote", code, {"price": "100000.00"})
    await clock.set_to(until)
    assert laws(await do(town, "fei.xue", "submit-final-quote", code, {"price": "90000.00"})) == ["M-8"]
    assert "submit-final-quote" not in await offered(town, "fei.xue", code)


async def test_eight_at_once(town: Town) -> None:
    code = await tender_at("quoting")
    bodies = [{"price": f"{90000 + n}.00"} for n in range(8)]
    answers = await asyncio.gather(*(do(town, "lin.feng", "submit-final-quote", code, body) for body in bodies))
    assert [answer.status_code for answer in answers] == [200] * 8
    kept = (await see(town, "lin.feng", code))["mine"]["quote"]["fingerprint"]
    assert kept in [answer.json()["fingerprint"] for answer in answers]
