"""Judgement of late payment: by which rate interest is due at all, for how many days, and how much it comes to."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import msgspec

from market.base.money import Yuan, round_half_up
from market.law.states import Law


class DailyRate(msgspec.Struct, frozen=True, kw_only=True):
    """What is due a day as a share of what is owed, and the rule it follows from."""

    share: Decimal
    law: str


class Paid(msgspec.Struct, frozen=True, kw_only=True):
    """Money that was paid on a day."""

    amount: Yuan
    paid_on: date


def rate_due(*, agreed: Decimal | None, small_enterprise: bool, law: Law) -> DailyRate | None:
    """Return the rate of late interest, None where none is due.

    What the contract agreed comes first. Without it only a small enterprise has the rate of the regulation; a social
    organization has its contract's clause or nothing. Law: 保障中小企业款项支付条例 第十七条 (C-20).
    """
    if agreed is not None:
        return DailyRate(share=agreed, law="C-20" if small_enterprise and "C-20" in law else "C-15")
    if small_enterprise and "C-20" in law:
        return DailyRate(share=law.number("C-20"), law="C-20")
    return None


def days_late(*, last_day: date, until: date) -> int:
    """Count the days after the last day for paying; the day of the payment itself counts.

    >>> days_late(last_day=date(2026, 3, 2), until=date(2026, 3, 5))
    3
    """
    return max((until - last_day).days, 0)


def interest(*, owed: Yuan, last_day: date, payments: Iterable[Paid], until: date, rate: Decimal) -> Yuan:
    """Return the interest on what was still owed on each day after the last one, rounded once, at the end.

    What was paid in time bears none; what is paid in parts bears it on the rest from the day after each part.
    """
    total, left, since = Decimal(0), owed, last_day
    for payment in sorted(payments, key=lambda each: each.paid_on):
        day = min(max(payment.paid_on, since), until)
        total += left * rate * (day - since).days
        left, since = left - payment.amount, day
    return round_half_up(total + left * rate * days_late(last_day=since, until=until))
