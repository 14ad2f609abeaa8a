"""What a tender offers and asks for, as plain values: the frozen terms that rules, papers and structs share."""

from datetime import date, datetime
from decimal import Decimal

import msgspec

from market.base.money import Yuan


class Criterion(msgspec.Struct, frozen=True, kw_only=True):
    """One quality factor and the most points it can give."""

    number: int
    title: str
    guide: str
    points: Decimal


class MilestoneTerm(msgspec.Struct, frozen=True, kw_only=True):
    """One stage of delivery and the share (0-1) of the price that its acceptance makes payable."""

    number: int
    title: str
    due_on: date
    share: Decimal


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a notice promises. Service days are [from, until); points sum to 100 with the price's."""

    title: str
    requirement: str
    qualification: str
    budget: Yuan
    closes_at: datetime
    opens_at: datetime
    service_from: date
    service_until: date
    panel_size: int
    price_points: Decimal
    criteria: list[Criterion]
    milestones: list[MilestoneTerm]
