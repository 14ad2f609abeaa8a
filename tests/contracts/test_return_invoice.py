"""Sending an invoice back."""

from tests.contracts.stages import ACCOUNT, BUDGET, SUPERVISOR, Purchase
from tests.town import objections

BACK = {"reasons": "账号与备案账户不一致"}


async def test_it_works_and_the_milestone_is_invoiced_anew(purchase: Purchase) -> None:
    await purchase.invoiced()
    answer = await purchase.post(BUDGET, f"/invoices/{purchase.invoice}/return-invoice", BACK)
    assert (answer.json()["state"], answer.json()["reasons"]) == ("returned", BACK["reasons"])
    assert (await purchase.town.ledger(purchase.invoice))[-1] == "contracts:return-invoice"
    body = {"milestone": 1, "amount": await purchase.left(1), **ACCOUNT}
    again = (await purchase.act(purchase.bidder, "submit-invoice", body)).json()
    assert again["number"] == answer.json()["number"] + 1


async def test_it_needs_reasons(purchase: Purchase) -> None:
    await purchase.invoiced()
    answer = await purchase.post(BUDGET, f"/invoices/{purchase.invoice}/return-invoice", {})
    assert [field for field, _ in objections(answer)] == ["reasons"]


async def test_twice_and_after_the_approval(purchase: Purchase) -> None:
    await purchase.approved()
    path = f"/invoices/{purchase.invoice}/return-invoice"
    assert len(objections(await purchase.post(BUDGET, path, BACK))) == 1


async def test_strangers_and_other_roles(purchase: Purchase) -> None:
    await purchase.invoiced()
    path = f"/invoices/{purchase.invoice}/return-invoice"
    for account, status in (("chu.qiang", 404), (SUPERVISOR, 403), (None, 401)):
        assert (await purchase.post(account, path, BACK)).status_code == status, account
