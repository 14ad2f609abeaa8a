"""The early end of a contract: what is accepted is paid, the rest goes back, and the contract still closes."""

from datetime import date
from decimal import Decimal

from market.base.calendar import local_date
from market.base.database import one
from tests.contracts.stages import APPROVER, BUDGET, PURCHASER, Purchase
from tests.town import objections

BY_AGREEMENT = {"reason": "agreement", "explanation": "服务对象整体搬迁，双方协商一致提前终止。"}


async def test_accepted_stages_are_paid_and_the_rest_goes_back(purchase: Purchase) -> None:
    await purchase.invoiced()
    card = await purchase.card()
    change = await purchase.do(PURCHASER, "terminate-contract", BY_AGREEMENT)
    rest = sum(Decimal(m["amount"]) for m in card["milestones"][1:])
    assert (change["state"], Decimal(change["released"])) == ("proposed", rest)
    path = f"/amendments/{change['code']}/sign-amendment"
    await purchase.post(purchase.administrator, path)
    assert (await purchase.post(APPROVER, path)).json()["state"] == "effective"
    ended = await purchase.card()
    assert (ended["state"], ended["amount"], Decimal(ended["changes"]["released"])) == (
        "terminated",
        card["amount"],
        rest,
    )
    need = await one("SELECT committed, state FROM need WHERE code = $1", card["need"])
    assert need is not None
    assert (need["committed"], need["state"]) == (Decimal(card["amount"]) - rest, "contracted")
    assert (await purchase.town.ledger(change["code"]))[0] == "contracts:terminate-contract"
    final = await one("SELECT opens_at FROM evaluation WHERE contract = $1 AND kind = 'final'", purchase.code)
    assert final is not None
    assert date.fromisoformat(card["until_on"]) > local_date(final["opens_at"])
    session = {"held_on": "2026-03-02", "quantity": "1", "unit": "人次"}
    assert len(objections(await purchase.act(purchase.bidder, "record-session", session))) >= 1
    assert len(objections(await purchase.act(PURCHASER, "close-contract"))) == 2
    assert (await purchase.post(BUDGET, f"/invoices/{purchase.invoice}/approve-invoice")).status_code == 200
    assert (await purchase.pay(await purchase.owed())).json()["state"] == "paid"
    assert (await purchase.do(PURCHASER, "close-contract"))["state"] == "closed"


async def test_alone_only_with_ground_evidence_and_a_second_hand(purchase: Purchase) -> None:
    await purchase.reported()
    waiting = await purchase.act(PURCHASER, "terminate-contract", {**BY_AGREEMENT, "reason": "breach"})
    assert [field for field, _ in objections(waiting)] == ["evidence", ""]
    mine = await purchase.act(
        purchase.administrator, "terminate-contract", {**BY_AGREEMENT, "reason": "public-interest"}
    )
    assert {field for field, _ in objections(mine)} == {"reason", "evidence", ""}
    assert (await purchase.act(purchase.stranger, "terminate-contract", BY_AGREEMENT)).status_code == 404
    assert (await purchase.act(APPROVER, "terminate-contract", BY_AGREEMENT)).status_code == 403


async def test_for_breach_the_streets_second_hand_ends_it(purchase: Purchase) -> None:
    await purchase.in_force()
    proof = await purchase.evidence(PURCHASER)
    body = {"reason": "breach", "explanation": "经两次催告仍未开展服务。", "evidence": [proof]}
    change = await purchase.do(PURCHASER, "terminate-contract", body)
    assert change["waits_for"] == ["buyer"]
    path = f"/amendments/{change['code']}/sign-amendment"
    assert len(objections(await purchase.post(purchase.administrator, path))) == 1
    assert (await purchase.post(APPROVER, path)).json()["state"] == "effective"
    # Nothing was accepted: nothing is owed, and it closes at once.
    assert (await purchase.do(PURCHASER, "close-contract"))["state"] == "closed"
    need = await one("SELECT committed FROM need n JOIN contract c ON c.need = n.code WHERE c.code = $1", purchase.code)
    assert need is not None
    assert need["committed"] == 0


async def test_in_a_browser(purchase: Purchase) -> None:
    await purchase.in_force()
    browser = await purchase.town.browser(PURCHASER)
    path = f"/contracts/{purchase.code}/terminate-contract"
    assert "退回预算项目的金额" in (await browser.get(path)).text
    assert (await browser.submit(path, BY_AGREEMENT)).status_code == 303
