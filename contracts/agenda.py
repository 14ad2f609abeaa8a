"""What time brings to a contract: the days by which somebody must act; the clock does nothing by itself."""

from datetime import date, datetime

import msgspec

from contracts.states import Act, InvoiceState, State
from market.base.calendar import end_of_day, start_of_day, subtract_working_days


class Dated(msgspec.Struct, frozen=True, kw_only=True):
    """The days of one contract, as far as they are known; `milestones_due` are those not yet accepted."""

    state: State
    sign_by: date | None = None
    milestones_due: list[date] = []
    repairs_due: list[date] = []


def due(terms: Dated) -> list[tuple[datetime, Act]]:
    """Return what is due when, earliest first; each moment is the end of the last day."""
    acts: list[tuple[date, Act]] = []
    if terms.state in (State.DRAFTED, State.REVIEWED) and terms.sign_by:
        acts.append((terms.sign_by, Act.SIGN_CONTRACT))
    if terms.state is State.IN_FORCE:
        acts += [(day, Act.REPORT_DELIVERY) for day in (*terms.milestones_due, *terms.repairs_due)]
    return sorted((end_of_day(day), act) for day, act in acts)


WARNED_AHEAD = 3
"""How many working days before the last one a payment is called to mind; no number of the law."""


class PaymentClock(msgspec.Struct, frozen=True, kw_only=True):
    """The payment clock of one invoice: it runs from its receipt while money is asked for, until it is overdue."""

    state: InvoiceState
    pay_by: date
    received_at: datetime
    warned: bool = False
    overdue: bool = False


def payment_due(clock: PaymentClock) -> list[tuple[datetime, Act]]:
    """Return what the payment clock (C-13) does when, earliest first: one warning, then the mark after the last day."""
    if clock.state not in (InvoiceState.SUBMITTED, InvoiceState.APPROVED) or clock.overdue:
        return []
    mark = (end_of_day(clock.pay_by), Act.MARK_PAYMENT_OVERDUE)
    warn_at = start_of_day(subtract_working_days(clock.pay_by, WARNED_AHEAD))
    if clock.warned or warn_at <= clock.received_at:
        return [mark]
    return [(warn_at, Act.WARN_OF_PAYMENT), mark]


def next_turn_at(clock: PaymentClock) -> datetime | None:
    """Return the moment at which time acts next on an invoice, None when it need not."""
    return min((moment for moment, _ in payment_due(clock)), default=None)
