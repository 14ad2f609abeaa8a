"""Reporting a milestone as delivered."""

import asyncio

from tests.contracts.stages import AUDITOR, OTHER_RESIDENT, PURCHASER, RESIDENT, Purchase
from tests.town import objections


async def test_it_works(purchase: Purchase) -> None:
    await purchase.in_force()
    body = {"milestone": 1, "note": "完成", "evidence": [await purchase.evidence()]}
    card = await purchase.do(purchase.administrator, "report-delivery", body)
    [delivery] = card["milestones"][0]["deliveries"]
    assert (delivery["state"], delivery["number"]) == ("reported", 1)
    assert (await purchase.town.ledger(purchase.code))[-1] == "contracts:report-delivery"


async def test_every_fault_is_named(purchase: Purchase) -> None:
    await purchase.in_force()
    answer = await purchase.act(purchase.bidder, "report-delivery", {})
    assert [field for field, _ in objections(answer)] == ["milestone", "note", "evidence"]
    for milestone in (0, 999_999_999_999, "one"):
        body = {"milestone": milestone, "note": "完成", "evidence": ["A-1"]}
        answer = await purchase.act(purchase.bidder, "report-delivery", body)
        assert [field for field, _ in objections(answer)] == ["milestone"], milestone
    body = {"milestone": 99, "note": "完成", "evidence": ["A-1"]}
    answer = await purchase.act(purchase.bidder, "report-delivery", body)
    assert [field for field, _ in objections(answer)] == ["milestone", "evidence"]


async def test_twice_and_after_acceptance(purchase: Purchase) -> None:
    await purchase.reported()
    body = {"milestone": 1, "note": "再次", "evidence": [await purchase.evidence()]}
    assert [field for field, _ in objections(await purchase.act(purchase.bidder, "report-delivery", body))] == [
        "milestone"
    ]


async def test_accepted_is_accepted(purchase: Purchase) -> None:
    await purchase.accepted()
    body = {"milestone": 1, "note": "再次", "evidence": [await purchase.evidence()]}
    assert [field for field, _ in objections(await purchase.act(purchase.bidder, "report-delivery", body))] == [
        "milestone"
    ]


async def test_eight_at_once_make_one_report(purchase: Purchase) -> None:
    await purchase.in_force()
    body = {"milestone": 1, "note": "完成", "evidence": [await purchase.evidence()]}
    answers = await asyncio.gather(*(purchase.act(purchase.bidder, "report-delivery", body) for _ in range(8)))
    assert sorted(answer.status_code for answer in answers) == [200, *[422] * 7]


async def test_strangers_and_other_roles(purchase: Purchase) -> None:
    await purchase.in_force()
    body = {"milestone": 1, "note": "完成", "evidence": ["A-1"]}
    for account, status in ((purchase.stranger, 404), (PURCHASER, 403), (None, 401)):
        assert (await purchase.act(account, "report-delivery", body)).status_code == status, account


async def test_evidence_is_for_the_parties(purchase: Purchase) -> None:
    await purchase.reported()
    [delivery] = (await purchase.card(RESIDENT))["milestones"][0]["deliveries"]
    [file] = delivery["evidence"]
    for account, status in ((PURCHASER, 200), (RESIDENT, 200), (AUDITOR, 200), (purchase.stranger, 404)):
        answer = await (await purchase.town.client(account)).get(file["url"])
        assert answer.status_code == status, account
    assert (await (await purchase.town.client()).get(file["url"])).status_code == 401
    assert (await (await purchase.town.client(OTHER_RESIDENT)).get(file["url"])).status_code == 404
    other = await purchase.evidence()
    answer = await (await purchase.town.client(PURCHASER)).get(f"/contracts/{purchase.code}/files/{other}")
    assert answer.status_code == 404
    public = (await purchase.card())["milestones"][0]["deliveries"][0]
    assert (public["note"], public["evidence"]) == ("", [])
