"""Taking back a part of an invoice, or all of it, under numbers of its own."""

import asyncio
from typing import Any

import httpx

from market.base.database import rows
from tests.contracts.stages import ACCOUNT, BUDGET, Purchase
from tests.town import objections


async def _credit(purchase: Purchase, amount: str, account: str | None = None, **named: Any) -> httpx.Response:
    body = {"amount": amount, "reasons": "多计一次服务"}
    path = f"/invoices/{purchase.invoice}/issue-credit-note"
    return await purchase.post(account or purchase.bidder, path, body, **named)


async def test_a_part_is_neither_owed_nor_invoiced_any_more(purchase: Purchase) -> None:
    await purchase.approved()
    card = (await _credit(purchase, "100.00")).json()
    assert (card["state"], card["credited"], card["credit_notes"][0]["amount"]) == ("approved", "100.00", "100.00")
    assert card["credit_notes"][0]["code"] == f"R-{purchase.supplier}-2026-0001"
    assert (await purchase.town.ledger(purchase.invoice))[-1] == "contracts:issue-credit-note"
    assert await purchase.left(1) == "100.00"
    above = await purchase.pay(card["amount"])
    assert [field for field, _ in objections(above)] == ["amount"]
    assert (await purchase.pay(card["left"])).json()["state"] == "paid"
    assert len(objections(await _credit(purchase, "1.00"))) == 1


async def test_all_of_it_ends_it_and_it_is_invoiced_anew(purchase: Purchase) -> None:
    await purchase.invoiced()
    whole = await purchase.owed()
    assert [field for field, _ in objections(await _credit(purchase, "99999999.00"))] == ["amount"]
    assert (await _credit(purchase, whole)).json()["state"] == "credited"
    again = {"milestone": 1, "amount": whole, **ACCOUNT}
    assert (await purchase.act(purchase.bidder, "submit-invoice", again)).status_code == 201


async def test_two_at_once_leave_no_gap_and_strangers_none(purchase: Purchase) -> None:
    await purchase.invoiced()
    for account, status in ((purchase.stranger, 404), (BUDGET, 403)):
        assert (await _credit(purchase, "1.00", account)).status_code == status, account
    assert (await _credit(purchase, "1.00", headers={"If-Match": '"999"'})).status_code == 412
    answers = await asyncio.gather(_credit(purchase, "1.00"), _credit(purchase, "2.00"))
    assert [answer.status_code for answer in answers] == [200, 200]
    notes = await rows("SELECT number FROM credit_note WHERE supplier = $1 ORDER BY number", purchase.supplier)
    assert [note["number"] for note in notes] == [1, 2]


async def test_in_a_browser(purchase: Purchase) -> None:
    await purchase.invoiced()
    browser = await purchase.town.browser(purchase.bidder)
    path = f"/invoices/{purchase.invoice}/issue-credit-note"
    assert (await browser.submit(path, {"amount": "5.00", "reasons": "多计一次服务"})).status_code == 303
    assert "多计一次服务" in (await browser.get(f"/invoices/{purchase.invoice}")).text
