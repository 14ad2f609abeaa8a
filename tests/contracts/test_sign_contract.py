"""Signing by both sides; the second signature puts the contract in force."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import msgspec

from market.base.database import one, rows
from tests.contracts.stages import APPROVER, AUDITOR, LAWYER, OTHER_STREET, PURCHASER, Purchase
from tests.town import objections


async def _event(code: str) -> dict[str, Any]:
    row = await one(
        "SELECT * FROM ledger_event WHERE code = $1 AND tag = 'contracts:sign-contract' ORDER BY id DESC LIMIT 1", code
    )
    assert row is not None
    return row


async def test_it_works(purchase: Purchase) -> None:
    await purchase.reviewed()
    card = await purchase.do(APPROVER, "sign-contract", {"fingerprint": (await purchase.card(APPROVER))["fingerprint"]})
    assert card["state"] == "reviewed"
    assert (await _event(purchase.code))["public"] is None
    card = await purchase.do(purchase.administrator, "sign-contract")
    assert card["state"] == "in-force"
    assert [s["side"] for s in card["signatures"]] == ["buyer", "supplier"]
    assert card["publish_by"] == "2026-03-04"
    published = (await _event(purchase.code))["public"]
    assert published["in_force"] is True
    assert published["amount"] == card["amount"]
    assert len(published["milestones"]) == len(card["milestones"])
    assert published["supplier"] == purchase.supplier


async def test_tender_and_need_are_told(purchase: Purchase) -> None:
    await purchase.in_force()
    tender = await one("SELECT state, contract, need FROM tender WHERE code = $1", purchase.tender)
    assert tender is not None
    assert (tender["state"], tender["contract"]) == ("contracted", purchase.code)
    need = await one("SELECT state, committed FROM need WHERE code = $1", tender["need"])
    assert need is not None
    assert need["state"] == "contracted"
    assert str(need["committed"]) == (await purchase.card())["amount"]


async def test_it_is_public_from_the_second_signature_on(purchase: Purchase) -> None:
    await purchase.reviewed()
    anyone = await purchase.town.client()
    assert (await anyone.get(f"/contracts/{purchase.code}")).status_code == 404
    assert (await anyone.get(f"/contracts/{purchase.code}/paper")).status_code == 404
    await purchase.do(purchase.administrator, "sign-contract")
    assert (await anyone.get(f"/contracts/{purchase.code}")).status_code == 404
    await purchase.do(APPROVER, "sign-contract")
    assert (await anyone.get(f"/contracts/{purchase.code}")).status_code == 200
    listed = (await anyone.get("/contracts")).json()["items"]
    assert purchase.code in [item["code"] for item in listed]


async def test_one_side_signs_once(purchase: Purchase) -> None:
    await purchase.reviewed()
    await purchase.do(APPROVER, "sign-contract")
    assert "本方已经签署" in objections(await purchase.act(APPROVER, "sign-contract"))[0][1]
    assert not any(a["act"] == "sign-contract" for a in (await purchase.card(APPROVER))["acts"])


async def test_another_text_is_not_signed(purchase: Purchase) -> None:
    await purchase.reviewed()
    answer = await purchase.act(APPROVER, "sign-contract", {"fingerprint": "0" * 64})
    assert [field for field, _ in objections(answer)] == ["fingerprint"]


async def test_before_the_review_nobody_signs(purchase: Purchase) -> None:
    await purchase.drafted()
    assert len(objections(await purchase.act(APPROVER, "sign-contract"))) == 1


async def test_too_late_needs_a_reason(purchase: Purchase) -> None:
    await purchase.reviewed()
    last = (await purchase.card(APPROVER))["sign_by"]
    year, month, day = map(int, last.split("-"))
    await purchase.town.advance(to=datetime(year, month, day, 15, 59, 0, tzinfo=UTC))
    await purchase.do(APPROVER, "sign-contract")
    await purchase.town.advance(to=datetime(year, month, day, 16, 0, 0, tzinfo=UTC))
    answer = await purchase.act(purchase.administrator, "sign-contract")
    assert [field for field, _ in objections(answer)] == ["late_reason"]
    assert answer.json()["objections"][0]["law"].startswith("L-11")
    card = await purchase.do(purchase.administrator, "sign-contract", {"late_reason": "质疑期间暂停签订"})
    assert card["state"] == "in-force"
    assert card["signatures"][1]["late_reason"] == "质疑期间暂停签订"


async def test_eight_at_once_sign_once(purchase: Purchase) -> None:
    await purchase.reviewed()
    answers = await asyncio.gather(*(purchase.act(APPROVER, "sign-contract") for _ in range(8)))
    assert sorted(answer.status_code for answer in answers) == [200, *[422] * 7]


async def test_both_sides_at_once_put_it_in_force_once(purchase: Purchase) -> None:
    await purchase.reviewed()
    both = (APPROVER, purchase.administrator)
    answers = await asyncio.gather(*(purchase.act(account, "sign-contract") for account in both))
    assert [answer.status_code for answer in answers] == [200, 200]
    assert (await purchase.card())["state"] == "in-force"
    told = await rows(
        "SELECT public FROM ledger_event WHERE code = $1 AND public IS NOT NULL ORDER BY id", purchase.code
    )
    assert [event["public"]["in_force"] for event in told] == [True]


async def test_strangers_and_other_roles(purchase: Purchase) -> None:
    await purchase.reviewed()
    expected = ((purchase.stranger, 404), ("zheng.hui", 404), (PURCHASER, 403), (OTHER_STREET, 403), (None, 401))
    for account, status in expected:
        assert (await purchase.act(account, "sign-contract")).status_code == status, account


async def test_a_public_contract_is_still_not_anybodys_to_sign(purchase: Purchase) -> None:
    await purchase.in_force()
    assert (await purchase.act("zheng.hui", "sign-contract")).status_code == 404


async def test_the_snapshot_holds_no_names_of_persons(purchase: Purchase) -> None:
    await purchase.in_force()
    written = msgspec.json.encode((await _event(purchase.code))["public"]).decode()
    assert APPROVER not in written
    assert "李军" not in written


async def test_auditors_read_drafts_and_lawyers_do_not_sign(purchase: Purchase) -> None:
    await purchase.reviewed()
    assert (await purchase.card(AUDITOR))["is_party"] is True
    assert (await purchase.act(LAWYER, "sign-contract")).status_code == 403


async def test_it_waits_for_both_sides(purchase: Purchase) -> None:
    await purchase.reviewed()
    card = await purchase.card(APPROVER)
    assert [line["act"] for line in card["due"]] == ["sign-contract"]
    assert card["due"][0]["last_on"] == card["sign_by"]

    async def waits_for(account: str) -> bool:
        home = await (await purchase.town.client(account)).get("/")
        return f"/contracts/{purchase.code}" in {item["url"] for item in home.json()["items"]}

    assert await waits_for(APPROVER)
    assert await waits_for(purchase.administrator)
    await purchase.do(APPROVER, "sign-contract")
    assert not await waits_for(APPROVER)
