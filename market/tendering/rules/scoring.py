"""Arithmetic of the evaluation: price scores, totals, ranking with ties, and abnormally low prices as facts.

Everything is exact Decimal; scores are rounded half up to two places, once, where a score is stated.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal

import msgspec

from market.base.money import Yuan, round_half_up
from market.base.refusal import Objection, say
from market.law.states import Law
from market.tendering.rules.terms import Criterion
from market.tendering.states import Method

_HUNDRED = Decimal(100)


def adjusted_price(*, quote: Yuan, deduction: Decimal) -> Decimal:
    """Return the price used for scoring after a policy deduction (0-1); the contract price stays the quote.

    Law: 财库〔2020〕46号 第九条; a social organization is not an enterprise and gets none (S-2).
    """
    return quote * (1 - deduction)


def tender_price_score(*, lowest: Decimal, price: Decimal) -> Decimal:
    """Return the price factor of an open tender, 0-100, unrounded; times its weight it is rounded. Law: F-3."""
    return lowest / price * _HUNDRED


def weighted(*, factor: Decimal, weight: Decimal) -> Decimal:
    """Return what a factor (0-100) contributes at its weight (0-1), to two places. Law: F-5.

    >>> weighted(factor=Decimal("93.75"), weight=Decimal("0.15"))
    Decimal('14.06')
    """
    return round_half_up(factor * weight)


def consultation_price_score(*, lowest: Decimal, price: Decimal, points: Decimal) -> Decimal:
    """Return the price score of a consultation out of its points, to two places. Law: 财库〔2014〕214号 第二十四条.

    >>> consultation_price_score(lowest=Decimal(450000), price=Decimal(480000), points=Decimal(20))
    Decimal('18.75')
    """
    return round_half_up(lowest / price * points)


def price_scores(
    quotes: Mapping[int, Yuan], *, points: Decimal, deductions: Mapping[int, Decimal] | None = None
) -> dict[int, Decimal]:
    """Score the final quotes of a consultation by bid number; the lowest adjusted price is the base for all.

    No quote is dropped (F-6). `deductions` are shares (0-1) of small enterprises by bid number.
    """
    given = deductions or {}
    prices = {n: adjusted_price(quote=q, deduction=given.get(n, Decimal(0))) for n, q in quotes.items()}
    lowest = min(prices.values())
    return {n: consultation_price_score(lowest=lowest, price=p, points=points) for n, p in prices.items()}


def quality_score(sheets: Sequence[Decimal]) -> Decimal:
    """Return the mean of all members' points for one bid, to two places; none is dropped (F-6, F-9)."""
    return round_half_up(sum(sheets, Decimal(0)) / len(sheets))


class Scored(msgspec.Struct, frozen=True, kw_only=True):
    """A bid with everything ranking looks at; `lot` is drawn beforehand and decides only what the law leaves open."""

    number: int
    quality: Decimal
    price_score: Decimal
    price: Yuan
    lot: int = 0

    @property
    def total(self) -> Decimal:
        """Return quality and price together, out of 100."""
        return self.quality + self.price_score


class Ranked(msgspec.Struct, frozen=True, kw_only=True):
    """A bid with its rank from 1, and whether a lot had to decide it."""

    number: int
    rank: int
    total: Decimal
    by_lot: bool


def ranking(bids: Sequence[Scored], *, method: Method = Method.CONSULTATION) -> list[Ranked]:
    """Rank bids, best first.

    Consultation: total, then the lower final price, then the better technical score (F-13, 财库〔2014〕214号
    第二十五条). Open tender: total, then the lower price (F-12). What is still equal is decided by lot.
    """
    ordered = sorted(bids, key=lambda bid: (*_merit(bid, method), bid.lot))
    merits = [_merit(bid, method) for bid in ordered]
    return [
        Ranked(number=bid.number, rank=i + 1, total=bid.total, by_lot=merits.count(merits[i]) > 1)
        for i, bid in enumerate(ordered)
    ]


def _merit(bid: Scored, method: Method) -> tuple[Decimal, ...]:
    by_price = (-bid.total, bid.price)
    return by_price if method is Method.OPEN_TENDER else (*by_price, -bid.quality)


class LowPrice(msgspec.Struct, frozen=True, kw_only=True):
    """A price that calls for an explanation: which bid, by which rule, below which limit. It is not yet invalid."""

    number: int
    law: str
    price: Yuan
    limit: Decimal


def low_prices(
    quotes: Mapping[int, Yuan], *, ceiling: Yuan, law: Law, shares: Mapping[str, Decimal] | None = None
) -> list[LowPrice]:
    """Return every trigger of an abnormally low price, compared strictly, on the quoted prices.

    A-1 half of the mean, A-2 half of the second lowest, A-3 a share of the ceiling (of the budget without one).
    `shares` are the documents' own, raised within A-5. Law: 财库〔2026〕2号, since 2026-02-01; empty before.
    """
    if "A-1" not in law or not quotes:
        return []
    share = {rule: law.number(rule) for rule in ("A-1", "A-2", "A-3")} | dict(shares or {})
    mean = sum(quotes.values(), Decimal(0)) / len(quotes)
    in_order = sorted(quotes.values())
    found = []
    for number, price in sorted(quotes.items()):
        limits = {"A-1": share["A-1"] * mean, "A-3": share["A-3"] * ceiling}
        if len(in_order) > 1 and price == in_order[0]:
            limits["A-2"] = share["A-2"] * in_order[1]
        found += [
            LowPrice(number=number, law=rule, price=price, limit=round_half_up(limit))
            for rule, limit in sorted(limits.items())
            if price < limit
        ]
    return found


def objections_to_low_price_shares(*, shares: Mapping[str, Decimal], law: Law) -> list[Objection]:
    """Object to shares below the law's or above what documents may raise them to (A-5)."""
    most = law.number("A-5")
    return [
        Objection(rule, say("The share must be between {least} and {most}.", least=law.number(rule), most=most), "A-5")
        for rule, share in sorted(shares.items())
        if not law.number(rule) <= share <= most
    ]


def objections_to_sheet(
    points: Mapping[int, Decimal], *, criteria: Sequence[Criterion], bid: int, valid: Sequence[int], done: Sequence[int]
) -> list[Objection]:
    """Object to a score sheet for no bid, for one scored already, incomplete, or outside a criterion's range."""
    objections = []
    if bid not in valid:
        objections.append(Objection("bid", say("There is no bid with this number to be scored."), "F-9"))
    elif bid in done:
        objections.append(Objection("bid", say("You have scored this bid already; scores stand."), "E-12"))
    asked = {criterion.number: criterion for criterion in criteria}
    if set(points) != set(asked):
        objections.append(Objection("points", say("Give points for every criterion, once each."), "F-9"))
    for number, given in sorted(points.items()):
        most = asked[number].points if number in asked else _HUNDRED
        if not 0 <= given <= most:
            objections.append(
                Objection(f"points.{number - 1}.points", say("Give between 0 and {most} points.", most=most), "F-9")
            )
        elif given != round_half_up(given):
            objections.append(Objection(f"points.{number - 1}.points", say("Points have at most two decimals."), "F-9"))
    return objections
