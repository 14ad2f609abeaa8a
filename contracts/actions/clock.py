"""What time does to invoices: the payment clock warns before the last day for paying and marks after it (C-13)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from contracts.agenda import PaymentClock, next_turn_at, payment_due
from contracts.states import Act, InvoiceState
from market.base.database import one, rows
from market.base.ledger import record
from market.base.records import Turned
from market.base.turning import each_alone
from market.people.states import CLOCK

_DUE = """
    SELECT i.id, i.code, i.state, i.pay_by, i.submitted_at, i.warned_at, i.overdue_at, c.code AS contract
    FROM invoice i JOIN contract_milestone m ON m.id = i.milestone JOIN contract c ON c.id = m.contract
    WHERE i.next_turn_at <= $1 AND i.id <> ALL ($2) ORDER BY i.next_turn_at, i.id LIMIT 1 FOR UPDATE OF i SKIP LOCKED
"""


def clock_of(row: Mapping[str, Any]) -> PaymentClock:
    """Return the payment clock of an invoice's row."""
    return PaymentClock(
        state=InvoiceState(row["state"]),
        pay_by=row["pay_by"],
        received_at=row["submitted_at"],
        warned=row["warned_at"] is not None,
        overdue=row["overdue_at"] is not None,
    )


async def turn(*, now: datetime, limit: int = 100) -> list[Turned]:
    """Perform what fell due on payments, earliest first, one invoice a transaction; a missed warning is left out."""
    return await each_alone(
        due=lambda passed: one(_DUE, now, passed), perform=lambda row: _turn_one(row, now=now), limit=limit
    )


async def _turn_one(row: Mapping[str, Any], *, now: datetime) -> Turned:
    fallen = [act for moment, act in payment_due(clock_of(row)) if moment <= now]
    act = Act.MARK_PAYMENT_OVERDUE if Act.MARK_PAYMENT_OVERDUE in fallen else Act.WARN_OF_PAYMENT
    perform = mark_payment_overdue if act is Act.MARK_PAYMENT_OVERDUE else warn_of_payment
    await perform(row=row, now=now)
    return Turned(act=act, code=row["code"], at=now)


async def warn_of_payment(*, row: Mapping[str, Any], now: datetime) -> None:
    """Call to mind that the last day for paying an invoice is near; the caller holds its lock."""
    await rows(
        "UPDATE invoice SET warned_at = $2, next_turn_at = $3, revision = revision + 1 WHERE id = $1",
        row["id"],
        now,
        next_turn_at(clock_of({**row, "warned_at": now})),
    )
    detail = {"contract": row["contract"], "pay_by": row["pay_by"]}
    await record(room="contracts", act=Act.WARN_OF_PAYMENT, code=row["code"], by=CLOCK, now=now, detail=detail)


async def mark_payment_overdue(*, row: Mapping[str, Any], now: datetime) -> None:
    """Mark that the last day for paying an invoice has passed; the caller holds its lock. The clock stops there."""
    await rows(
        "UPDATE invoice SET overdue_at = $2, next_turn_at = NULL, revision = revision + 1 WHERE id = $1",
        row["id"],
        now,
    )
    detail = {"contract": row["contract"], "pay_by": row["pay_by"]}
    await record(room="contracts", act=Act.MARK_PAYMENT_OVERDUE, code=row["code"], by=CLOCK, now=now, detail=detail)
