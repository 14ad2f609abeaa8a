"""Recording payments, never above the invoice and by another hand than the approver's."""

import asyncio

from market.base.database import one
from tests.contracts.stages import BUDGET, PURCHASER, Purchase
from tests.town import objections


async def test_it_works(purchase: Purchase) -> None:
    await purchase.approved()
    owed = await purchase.owed()
    answer = await purchase.pay(owed)
    assert answer.status_code == 200, answer.text
    assert (answer.json()["state"], f"{float(answer.json()['paid']):.2f}") == ("paid", owed)
    assert (await purchase.town.ledger(purchase.invoice))[-1] == "contracts:record-payment"
    need = await one("SELECT n.paid FROM need n JOIN contract c ON c.need = n.code WHERE c.code = $1", purchase.code)
    assert need is not None
    assert f"{need['paid']:.2f}" == owed
    assert f"{float((await purchase.card())['paid']):.2f}" == owed


async def test_in_parts(purchase: Purchase) -> None:
    await purchase.approved()
    owed = float(await purchase.owed())
    assert (await purchase.pay("100.00")).json()["state"] == "approved"
    assert [field for field, _ in objections(await purchase.pay(f"{owed:.2f}"))] == ["amount"]
    assert (await purchase.pay(f"{owed - 100:.2f}")).json()["state"] == "paid"


async def test_the_approver_may_not(purchase: Purchase) -> None:
    await purchase.approved()
    answer = await purchase.pay("1.00", account=BUDGET)
    assert answer.json()["objections"][0]["law"].startswith("E-13")


async def test_every_fault_is_named(purchase: Purchase) -> None:
    await purchase.approved()
    answer = await purchase.pay("0.001", paid_on="2026-13-01", reference="")
    assert [field for field, _ in objections(answer)] == ["amount", "paid_on", "reference"]
    answer = await purchase.pay("99999999.00", paid_on="2026-03-03")
    assert [field for field, _ in objections(answer)] == ["amount", "paid_on"]
    answer = await purchase.pay("1.00", paid_on="2026-03-01")
    assert [field for field, _ in objections(answer)] == ["paid_on"]


async def test_not_before_the_approval(purchase: Purchase) -> None:
    await purchase.invoiced()
    assert len(objections(await purchase.pay("1.00"))) == 1


async def test_eight_at_once_pay_no_more_than_the_invoice(purchase: Purchase) -> None:
    await purchase.approved()
    part = f"{float(await purchase.owed()) / 4:.2f}"
    answers = await asyncio.gather(*(purchase.pay(part) for _ in range(8)))
    assert sorted(answer.status_code for answer in answers) == [*[200] * 4, *[422] * 4]
    assert await purchase.owed() == "0.00"


async def test_strangers_and_other_roles(purchase: Purchase) -> None:
    await purchase.approved()
    for account, status in (("wei.na", 404), (PURCHASER, 403)):
        assert (await purchase.pay("1.00", account=account)).status_code == status, account
