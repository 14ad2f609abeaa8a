"""Payment in time: the clock warns and marks, lateness is reckoned, and a fapiao serves one invoice."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from contracts.agenda import PaymentClock, next_turn_at, payment_due
from contracts.rules.fapiao import objections_to_fapiao
from contracts.rules.lateness import Paid, days_late, interest, rate_due
from contracts.states import InvoiceState
from market.base.calendar import end_of_day, start_of_day
from market.law.states import Law, Unit
from tests.contracts.stages import BUDGET, Purchase
from tests.contracts.test_rules import provision
from tests.town import objections

LAW = Law([provision("C-20", "0.0005", Unit.SHARE)])
DUE = date(2026, 3, 16)
RECEIVED = datetime.fromisoformat("2026-03-02T10:00:00+08:00")
NUMBER = "26310000000000000009"


def clock(**facts: Any) -> PaymentClock:
    return PaymentClock(**{"state": InvoiceState.APPROVED, "pay_by": DUE, "received_at": RECEIVED, **facts})


def test_the_clock_warns_once_and_marks_after_the_last_day() -> None:
    """C-13: three working days ahead of 16 March 2026 is Wednesday the 11th."""
    warned_at, marked_at = start_of_day(date(2026, 3, 11)), end_of_day(DUE)
    assert [(at, str(act)) for at, act in payment_due(clock())] == [
        (warned_at, "warn-of-payment"),
        (marked_at, "mark-payment-overdue"),
    ]
    assert next_turn_at(clock(warned=True)) == marked_at
    assert next_turn_at(clock(received_at=warned_at)) == marked_at
    for silent in ({"overdue": True}, {"state": InvoiceState.PAID}, {"state": InvoiceState.RETURNED}):
        assert next_turn_at(clock(**silent)) is None


@pytest.mark.parametrize(
    ("payments", "until", "due"),
    [
        ([], DUE, "0.00"),
        ([], DUE + timedelta(days=10), "50.00"),
        ([Paid(amount=Decimal(10000), paid_on=DUE)], DUE + timedelta(days=10), "0.00"),
        ([Paid(amount=Decimal(4000), paid_on=DUE + timedelta(days=4))], DUE + timedelta(days=10), "38.00"),
        ([Paid(amount=Decimal(10000), paid_on=DUE + timedelta(days=1))], DUE + timedelta(days=1), "5.00"),
    ],
)
def test_interest_runs_on_what_is_owed_each_day(payments: list[Paid], until: date, due: str) -> None:
    """C-15: 10,000 yuan at 0.05 per cent a day; what was paid in time bears none."""
    rate = Decimal("0.0005")
    assert str(interest(owed=Decimal(10000), last_day=DUE, payments=payments, until=until, rate=rate)) == due


def test_a_rate_comes_from_the_contract_or_for_small_enterprises_from_the_regulation() -> None:
    """保障中小企业款项支付条例 第十七条 (C-20); a social organization has its contract's clause or nothing."""
    agreed = rate_due(agreed=Decimal("0.001"), small_enterprise=False, law=LAW)
    assert agreed is not None
    assert (agreed.share, agreed.law) == (Decimal("0.001"), "C-15")
    assert rate_due(agreed=None, small_enterprise=False, law=LAW) is None
    by_law = rate_due(agreed=None, small_enterprise=True, law=LAW)
    assert by_law is not None
    assert (by_law.share, by_law.law) == (LAW.number("C-20"), "C-20")
    assert [days_late(last_day=DUE, until=DUE + timedelta(days=n)) for n in (-1, 0, 1)] == [0, 0, 1]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({}, []),
        ({"number": "123456789"}, ["number"]),
        ({"used_by": "I-1"}, ["number"]),
        ({"issued_on": date(2026, 3, 3)}, ["issued_on"]),
        ({"amount": Decimal("100.01")}, ["amount"]),
        ({"recorded": Decimal(1)}, ["amount"]),
        ({"amount": Decimal(0), "number": "", "issued_on": date(2027, 1, 1)}, ["number", "issued_on", "amount"]),
    ],
)
def test_what_a_fapiao_must_say(changed: dict[str, Any], field: list[str]) -> None:
    """C-13: paid by the invoice received; a number is used once."""
    given = {"number": NUMBER, "amount": Decimal(100), "issued_on": date(2026, 3, 2), "today": date(2026, 3, 2)}
    usual = {**given, "asked": Decimal(100), "recorded": Decimal(0), "used_by": None}
    assert [objection.field for objection in objections_to_fapiao(**{**usual, **changed})] == field


async def test_time_warns_of_a_payment_and_marks_it_overdue(purchase: Purchase) -> None:
    await purchase.approved()
    town, path = purchase.town, f"/invoices/{purchase.invoice}"
    did = [act["act"] for act in await town.advance(by="P20D") if act["code"] == purchase.invoice]
    assert did == ["warn-of-payment", "mark-payment-overdue"]
    assert (await town.ledger(purchase.invoice))[-2:] == [f"contracts:{act}" for act in did]
    for side in (BUDGET, purchase.bidder):
        card = (await (await town.client(side)).get(path)).json()
        assert card["overdue_at"] is not None
        assert card["late"]["days"] == (await town.now()).astimezone(RECEIVED.tzinfo).date().toordinal() - (
            date.fromisoformat(card["pay_by"]).toordinal()
        )
    assert "付款已逾期" in (await (await town.browser(BUDGET)).get(path)).text
    assert [act for act in await town.advance(by="P20D") if act["code"] == purchase.invoice] == []


async def test_a_fapiao_stands_behind_one_invoice(purchase: Purchase) -> None:
    await purchase.invoiced()
    path = f"/invoices/{purchase.invoice}/record-fapiao"
    file = await purchase.evidence()
    body = {"number": NUMBER, "issued_on": "2026-03-02", "amount": "100.00", "file": file}
    assert [f for f, _ in objections(await purchase.post(purchase.bidder, path, {**body, "file": "A-9"}))] == ["file"]
    done = await purchase.post(purchase.bidder, path, body)
    assert done.status_code == 200, done.text
    (kept,) = done.json()["fapiao"]
    assert (kept["number"], kept["serves"]) == (NUMBER, True)
    assert [f for f, _ in objections(await purchase.post(purchase.bidder, path, body))] == ["number"]
    assert (await purchase.post(purchase.stranger, path, body)).status_code == 404
    assert (await purchase.post(BUDGET, path, body)).status_code == 403
    for reader, status in ((BUDGET, 200), (purchase.stranger, 404)):
        assert (await (await purchase.town.client(reader)).get(kept["file"]["url"])).status_code == status
    assert (await purchase.town.ledger(purchase.invoice))[-1] == "contracts:record-fapiao"
    browser = await purchase.town.browser(purchase.bidder)
    assert (await browser.get(path)).status_code == 200
    assert NUMBER in (await browser.get(f"/invoices/{purchase.invoice}")).text
