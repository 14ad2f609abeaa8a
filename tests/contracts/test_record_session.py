"""The service ledger."""

import asyncio
from datetime import date, timedelta

from market.base.calendar import start_of_day
from tests.contracts.stages import OTHER_STREET, PURCHASER, Purchase
from tests.town import objections

SESSION = {"quantity": "40.5", "unit": "人次", "place": "梧桐一村", "note": "助餐"}


async def _serving(purchase: Purchase) -> dict[str, object]:
    """Wait until the service has begun, and return an entry of its first day."""
    await purchase.in_force()
    begins = date.fromisoformat((await purchase.card())["from_on"])
    await purchase.town.advance(to=start_of_day(begins) + timedelta(hours=34))
    return {**SESSION, "held_on": str(begins)}


async def test_it_works(purchase: Purchase) -> None:
    session = await _serving(purchase)
    evidence = [await purchase.evidence()]
    card = await purchase.do(purchase.bidder, "record-session", {**session, "evidence": evidence})
    [kept] = card["sessions"]
    assert (kept["number"], kept["quantity"], kept["unit"]) == (1, "40.50", "人次")
    assert kept["evidence"][0]["name"] == "签到表.txt"
    assert (await purchase.town.ledger(purchase.code))[-1] == "contracts:record-session"


async def test_every_fault_is_named(purchase: Purchase) -> None:
    session = await _serving(purchase)
    tomorrow = date.fromisoformat(str(session["held_on"])) + timedelta(days=2)
    body = {"held_on": str(tomorrow), "quantity": "0", "unit": "人次", "evidence": ["A-NOSUCHFILE"]}
    answer = await purchase.act(purchase.bidder, "record-session", body)
    assert [field for field, _ in objections(answer)] == ["held_on", "quantity", "evidence"]
    answer = await purchase.act(purchase.bidder, "record-session", {**session, "held_on": "2025-12-31"})
    assert [field for field, _ in objections(answer)] == ["held_on"]
    for quantity in ("1e30", "0.125", "-1", "NaN", "四十"):
        answer = await purchase.act(purchase.bidder, "record-session", {**session, "quantity": quantity})
        assert [field for field, _ in objections(answer)] == ["quantity"], quantity


async def test_files_of_others_are_no_evidence(purchase: Purchase) -> None:
    body = {**await _serving(purchase), "evidence": [await purchase.evidence(purchase.stranger)]}
    assert [field for field, _ in objections(await purchase.act(purchase.bidder, "record-session", body))] == [
        "evidence"
    ]


async def test_eight_at_once_are_eight_entries(purchase: Purchase) -> None:
    session = await _serving(purchase)
    answers = await asyncio.gather(*(purchase.act(purchase.bidder, "record-session", session) for _ in range(8)))
    assert {answer.status_code for answer in answers} == {200}
    card = await purchase.card(purchase.bidder)
    assert [session["number"] for session in card["sessions"]] == [8, 7, 6, 5, 4, 3, 2, 1]


async def test_not_before_the_contract_is_in_force(purchase: Purchase) -> None:
    await purchase.reviewed()
    answer = await purchase.act(purchase.bidder, "record-session", {**SESSION, "held_on": "2026-03-02"})
    assert "待签署" in objections(answer)[0][1]


async def test_strangers_and_other_roles(purchase: Purchase) -> None:
    await purchase.in_force()
    for account, status in ((purchase.stranger, 404), (PURCHASER, 403), (OTHER_STREET, 403), (None, 401)):
        answer = await purchase.act(account, "record-session", {**SESSION, "held_on": "2026-03-02"})
        assert answer.status_code == status, account


async def test_the_public_sees_no_sessions(purchase: Purchase) -> None:
    await purchase.do(purchase.bidder, "record-session", await _serving(purchase))
    assert (await purchase.card())["sessions"] == []
    assert (await purchase.card(PURCHASER))["sessions"] != []
