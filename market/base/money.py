"""Money: yuan as Decimal with two places, read strictly, divided exactly, rounded half up in one place only."""

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

import cn2an

Yuan = Decimal
CENT = Decimal("0.01")
ZERO_YUAN = Decimal("0.00")
_AMOUNT = re.compile(r"(?:0|[1-9][0-9]{0,11})(?:\.[0-9]{1,2})?", re.ASCII)


def parse_yuan(text: str) -> Yuan:
    """Return the amount written in plain ASCII digits with at most two decimals and twelve digits before them.

    Raises ValueError for anything else: signs, separators, exponents, full-width digits, leading zeros, spaces.
    """
    if not _AMOUNT.fullmatch(text):
        raise ValueError("an amount in yuan is written in plain digits with at most two decimals")
    return Decimal(text).quantize(CENT)


def round_half_up(value: Decimal, places: int = 2) -> Decimal:
    """Round a number half up, away from zero at the middle, to so many decimal places.

    >>> round_half_up(Decimal("18.745"))
    Decimal('18.75')
    """
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def share(amount: Yuan, fraction: Decimal) -> Yuan:
    """Return a fraction (0-1) of an amount, in yuan to the cent, rounded half up.

    >>> share(Decimal("300000.00"), Decimal("0.02"))
    Decimal('6000.00')
    """
    return round_half_up(amount * fraction)


def apportion(amount: Yuan, fractions: Sequence[Decimal]) -> list[Yuan]:
    """Divide an amount by fractions that sum to 1 so that the parts sum to the amount exactly.

    Each part ends where the rounded running total ends, so no part is off by more than a cent.

    >>> apportion(Decimal("100.00"), [Decimal("0.333"), Decimal("0.333"), Decimal("0.334")])
    [Decimal('33.30'), Decimal('33.30'), Decimal('33.40')]
    """
    if sum(fractions) != 1:
        raise ValueError("the fractions must sum to 1")
    parts: list[Yuan] = []
    running = Decimal(0)
    given = ZERO_YUAN
    for fraction in fractions:
        running += fraction
        until = share(amount, running)
        parts.append(until - given)
        given = until
    return parts


def in_capitals(amount: Yuan) -> str:
    """Return an amount in the capital characters that prevail over figures on Chinese papers.

    >>> in_capitals(Decimal("480000.00"))
    '肆拾捌万元整'
    """
    if amount < 0:
        raise ValueError("only amounts that are not negative are written in capitals")
    return str(cn2an.an2cn(f"{round_half_up(amount):f}", "rmb"))
