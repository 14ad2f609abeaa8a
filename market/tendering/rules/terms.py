"""What a tender asks for and bidders offer, as plain values: frozen structs that rules, acts and papers share."""

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


class WantedTerms(msgspec.Struct, frozen=True, kw_only=True):
    """Terms as a purchaser wants them; what is None is the need's, and the opening the closing."""

    qualification: str
    closes_at: datetime
    service_from: date
    service_until: date
    price_points: Decimal
    criteria: list[Criterion]
    milestones: list[MilestoneTerm]
    panel_size: int = 3
    title: str | None = None
    requirement: str | None = None
    budget: Yuan | None = None
    opens_at: datetime | None = None


class Offer(msgspec.Struct, frozen=True, kw_only=True):
    """What a bid says; this is what is sealed."""

    price: Decimal
    plan: str
    declared: bool
    files: list[str] = []


class DraftOffer(msgspec.Struct, frozen=True, kw_only=True):
    """As much of an offer as there is; sealed as well."""

    price: Decimal | None = None
    plan: str = ""
    declared: bool = False
    files: list[str] = []


class CommittedSeed(msgspec.Struct, frozen=True, kw_only=True):
    """The chance of a tender's draws in hexadecimal; sealed until the award, its digest published with the notice."""

    seed: str


class LastPrice(msgspec.Struct, frozen=True, kw_only=True):
    """What a final quote says; sealed until its round ends."""

    price: Decimal
