"""How late a payment is and what the delay costs, as both sides of an invoice read it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import msgspec

from contracts.queries.law import law_of_contract
from contracts.rules.lateness import Paid, days_late, interest, rate_due
from contracts.states import InvoiceState
from market.base.calendar import local_date
from market.base.money import Yuan

# The regulation on payments protects small enterprises; the need tells where only they could bid.
SMALL_ENTERPRISE = (
    "EXISTS (SELECT 1 FROM organization o JOIN need n ON n.code = c.need"
    " WHERE o.code = c.supplier AND o.kind = 'enterprise' AND n.set_aside = 'reserved') AS small_enterprise"
)


class Late(msgspec.Struct, frozen=True, kw_only=True):
    """A payment after its last day: how many days, and the interest where some is due (`rate` a day, by `law`)."""

    days: int
    until: date
    rate: Decimal | None
    law: str
    interest: Yuan | None


async def lateness(row: Mapping[str, Any], *, payments: Sequence[Mapping[str, Any]], now: datetime) -> Late | None:
    """Return how late an invoice was or is paid, None while it is not; what nobody owes any more is never late."""
    if row["state"] in (InvoiceState.RETURNED, InvoiceState.CREDITED):
        return None
    paid = [Paid(amount=each["amount"], paid_on=each["paid_on"]) for each in payments]
    settled = row["state"] == InvoiceState.PAID and paid
    until = max(each.paid_on for each in paid) if settled else local_date(now)
    days = days_late(last_day=row["pay_by"], until=until)
    if not days:
        return None
    law = await law_of_contract(row=row, now=now)
    rate = rate_due(agreed=row["late_rate"], small_enterprise=row["small_enterprise"], law=law)
    return Late(
        days=days,
        until=until,
        rate=rate.share if rate else None,
        law=rate.law if rate else "",
        interest=interest(
            owed=row["amount"] - row["credited"], last_day=row["pay_by"], payments=paid, until=until, rate=rate.share
        )
        if rate
        else None,
    )
