"""Approving an invoice by another hand."""

import asyncio

from market.base.database import rows
from tests.contracts.stages import BUDGET, PURCHASER, SUPERVISOR, Purchase
from tests.town import objections


async def test_it_works(purchase: Purchase) -> None:
    await purchase.invoiced()
    answer = await purchase.post(BUDGET, f"/invoices/{purchase.invoice}/approve-invoice")
    assert answer.json()["state"] == "approved"
    assert (await purchase.town.ledger(purchase.invoice))[-1] == "contracts:approve-invoice"


async def test_who_accepted_may_not(purchase: Purchase) -> None:
    await purchase.invoiced()
    await rows("UPDATE contract_delivery SET judged_by = $1", BUDGET)
    answer = await purchase.post(BUDGET, f"/invoices/{purchase.invoice}/approve-invoice")
    assert answer.json()["objections"][0]["law"].startswith("E-13")
    card = (await (await purchase.town.client(BUDGET)).get(f"/invoices/{purchase.invoice}")).json()
    assert [act["act"] for act in card["acts"]] == ["return-invoice"]


async def test_twice(purchase: Purchase) -> None:
    await purchase.invoiced()
    path = f"/invoices/{purchase.invoice}/approve-invoice"
    answers = await asyncio.gather(*(purchase.post(BUDGET, path) for _ in range(8)))
    assert sorted(answer.status_code for answer in answers) == [200, *[422] * 7]
    assert len(objections(await purchase.post(BUDGET, path))) == 1


async def test_stale(purchase: Purchase) -> None:
    await purchase.invoiced()
    path = f"/invoices/{purchase.invoice}/approve-invoice"
    assert (await purchase.post(BUDGET, path, headers={"If-Match": '"x-9"'})).status_code == 412


async def test_strangers_and_other_roles(purchase: Purchase) -> None:
    await purchase.invoiced()
    path = f"/invoices/{purchase.invoice}/approve-invoice"
    expected = (("chu.qiang", 404), (SUPERVISOR, 403), (PURCHASER, 403), (purchase.administrator, 403), (None, 401))
    for account, status in expected:
        assert (await purchase.post(account, path)).status_code == status, account


async def test_it_waits_for_the_budget_officers(purchase: Purchase) -> None:
    await purchase.invoiced()
    home = await (await purchase.town.browser(BUDGET)).get("/")
    assert f"/invoices/{purchase.invoice}" in home.text
    answer = await (await purchase.town.browser(BUDGET)).submit(f"/invoices/{purchase.invoice}/approve-invoice", {})
    assert answer.status_code == 303
