"""The service ledger."""

import asyncio

from tests.contracts.stages import LATE, OTHER_STREET, PURCHASER, Purchase
from tests.town import objections

SESSION = {"held_on": "2026-03-02", "quantity": "40.5", "unit": "人次", "place": "梧桐一村", "note": "助餐"}


async def test_it_works(purchase: Purchase) -> None:
    await purchase.in_force()
    evidence = [await purchase.evidence()]
    card = await purchase.do(purchase.bidder, "record-session", {**SESSION, "evidence": evidence})
    [session] = card["sessions"]
    assert (session["number"], session["quantity"], session["unit"]) == (1, "40.50", "人次")
    assert session["evidence"][0]["name"] == "签到表.txt"
    assert (await purchase.town.ledger(purchase.code))[-1] == "contracts:record-session"


async def test_every_fault_is_named(purchase: Purchase) -> None:
    await purchase.in_force()
    body = {"held_on": "2026-03-03", "quantity": "0", "unit": "人次", "evidence": ["A-NOSUCHFILE"]}
    answer = await purchase.act(purchase.bidder, "record-session", body)
    assert [field for field, _ in objections(answer)] == ["held_on", "quantity", "evidence"]
    await purchase.town.advance(to=LATE)
    answer = await purchase.act(purchase.bidder, "record-session", {**SESSION, "held_on": "2025-12-31"})
    assert [field for field, _ in objections(answer)] == ["held_on"]
    for quantity in ("1e30", "0.125", "-1", "NaN", "四十"):
        answer = await purchase.act(purchase.bidder, "record-session", {**SESSION, "quantity": quantity})
        assert [field for field, _ in objections(answer)] == ["quantity"], quantity


async def test_files_of_others_are_no_evidence(purchase: Purchase) -> None:
    await purchase.in_force()
    body = {**SESSION, "evidence": [await purchase.evidence(purchase.stranger)]}
    assert [field for field, _ in objections(await purchase.act(purchase.bidder, "record-session", body))] == [
        "evidence"
    ]


async def test_eight_at_once_are_eight_entries(purchase: Purchase) -> None:
    await purchase.in_force()
    answers = await asyncio.gather(*(purchase.act(purchase.bidder, "record-session", SESSION) for _ in range(8)))
    assert {answer.status_code for answer in answers} == {200}
    card = await purchase.card(purchase.bidder)
    assert [session["number"] for session in card["sessions"]] == [8, 7, 6, 5, 4, 3, 2, 1]


async def test_not_before_the_contract_is_in_force(purchase: Purchase) -> None:
    await purchase.reviewed()
    assert len(objections(await purchase.act(purchase.bidder, "record-session", SESSION))) == 1


async def test_strangers_and_other_roles(purchase: Purchase) -> None:
    await purchase.in_force()
    for account, status in ((purchase.stranger, 404), (PURCHASER, 403), (OTHER_STREET, 403), (None, 401)):
        assert (await purchase.act(account, "record-session", SESSION)).status_code == status, account


async def test_the_public_sees_no_sessions(purchase: Purchase) -> None:
    await purchase.in_force()
    await purchase.do(purchase.bidder, "record-session", SESSION)
    assert (await purchase.card())["sessions"] == []
    assert (await purchase.card(PURCHASER))["sessions"] != []
