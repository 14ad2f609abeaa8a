"""The formulas of computed leaves: a name with typed parameters, read and checked when a template is written.

`share(paid_yuan, payable_yuan)` is the weight times the first fact over the second, at most in full. There is no free
arithmetic: every formula is defined for all facts, stays within the leaf's weight, and never divides by nothing.
"""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

import msgspec

from market.base.refusal import Objection, say
from market.law.states import Law

_WRITTEN = re.compile(r"^\s*([a-z_]+)\s*\(([^()]*)\)\s*$")
_MOST_PARTS = 100


class Takes(StrEnum):
    """What may stand in a place of a formula."""

    #: A fact that counts or measures.
    AMOUNT = "amount"
    #: A fact that is so or not.
    FLAG = "flag"
    #: A whole number written down.
    NUMBER = "number"
    #: The id of a provision that carries a number.
    PROVISION = "provision"


class Parsed(msgspec.Struct, frozen=True):
    """A formula as it was read: its name and what stands in its places."""

    name: str
    places: tuple[str, ...]


class Formula(msgspec.Struct, frozen=True):
    """A formula: what its places take, and how facts become points of a weight; None while a fact is not recorded."""

    takes: tuple[Takes, ...]
    points: Callable[[Any, Fraction, Law, tuple[str, ...]], Fraction | None]


def parse(written: str) -> Parsed | None:
    """Return a formula's name and places, None when it is not written like one.

    >>> parse("share(paid_yuan, payable_yuan)")
    Parsed(name='share', places=('paid_yuan', 'payable_yuan'))
    """
    match = _WRITTEN.match(written)
    if match is None:
        return None
    return Parsed(match[1], tuple(place.strip() for place in match[2].split(",")))


def objections_to_formula(
    *, written: str, field: str, amounts: frozenset[str], flags: frozenset[str], law: Law
) -> list[Objection]:
    """Object to a formula that is unknown, has other places than it takes, or names no fact and no provision."""
    parsed = parse(written)
    if parsed is None or parsed.name not in FORMULAS:
        words = say("There is no formula “{written}”. Known are: {known}.", written=written, known=", ".join(FORMULAS))
        return [Objection(field, words, "K-12")]
    takes = FORMULAS[parsed.name].takes
    if len(takes) != len(parsed.places):
        words = say("The formula {name} has {count} places.", name=parsed.name, count=len(takes))
        return [Objection(field, words)]
    found = []
    for place, kind in zip(parsed.places, takes, strict=True):
        if not _fits(place, kind, amounts=amounts, flags=flags, law=law):
            found.append(Objection(field, say("“{place}” cannot stand in the formula {name}.", place=place,
                                              name=parsed.name)))  # fmt: skip
    return found


def _fits(place: str, kind: Takes, *, amounts: frozenset[str], flags: frozenset[str], law: Law) -> bool:
    if kind is Takes.AMOUNT:
        return place in amounts
    if kind is Takes.FLAG:
        return place in flags
    if kind is Takes.NUMBER:
        return place.isascii() and place.isdecimal() and 1 <= int(place) <= _MOST_PARTS
    return place in law and law[place].value is not None


def points(*, written: str, facts: Any, weight: Fraction, law: Law) -> Fraction | None:
    """Return what a formula gives, not yet held within the weight; None when its facts are not recorded."""
    parsed = parse(written)
    if parsed is None:
        return None
    return FORMULAS[parsed.name].points(facts, weight, law, parsed.places)


def _of(top: Decimal | int | None, bottom: Decimal | int | None) -> Fraction | None:
    """Return the share of the bottom that the top reaches; None when either is unknown or there was nothing to do."""
    if top is None or bottom is None or bottom <= 0:
        return None
    return Fraction(top) / Fraction(bottom)


def _share(facts: Any, weight: Fraction, _: Law, places: tuple[str, ...]) -> Fraction | None:
    reached = _of(getattr(facts, places[0]), getattr(facts, places[1]))
    return None if reached is None else weight * reached


def _share_above(facts: Any, weight: Fraction, law: Law, places: tuple[str, ...]) -> Fraction | None:
    reached = _of(getattr(facts, places[0]), getattr(facts, places[1]))
    if reached is None:
        return None
    return weight * reached if reached >= Fraction(law.number(places[2])) else Fraction(0)


def _share_unless(facts: Any, weight: Fraction, law: Law, places: tuple[str, ...]) -> Fraction | None:
    return Fraction(0) if getattr(facts, places[2]) else _share(facts, weight, law, places)


def _parts(facts: Any, weight: Fraction, _: Law, places: tuple[str, ...]) -> Fraction | None:
    met = getattr(facts, places[0])
    return None if met is None else weight * Fraction(met) / int(places[1])


def _less_each(facts: Any, weight: Fraction, _: Law, places: tuple[str, ...]) -> Fraction | None:
    if getattr(facts, places[1]):
        return Fraction(0)
    count = getattr(facts, places[0])
    return None if count is None else weight - Fraction(count)


def _within(facts: Any, weight: Fraction, law: Law, places: tuple[str, ...]) -> Fraction | None:
    pairs = list(zip(places[::2], places[1::2], strict=True))
    if any(getattr(facts, fact) is None for fact, _ in pairs):
        return None
    kept = sum(bool(getattr(facts, fact) <= law.number(limit)) for fact, limit in pairs)
    return weight * Fraction(kept, len(pairs))


_PAIR = (Takes.AMOUNT, Takes.AMOUNT)
FORMULAS: Mapping[str, Formula] = {
    "share": Formula(_PAIR, _share),
    "share_above": Formula((*_PAIR, Takes.PROVISION), _share_above),
    "share_unless": Formula((*_PAIR, Takes.FLAG), _share_unless),
    "parts": Formula((Takes.AMOUNT, Takes.NUMBER), _parts),
    "less_each": Formula((Takes.AMOUNT, Takes.FLAG), _less_each),
    "within": Formula((Takes.AMOUNT, Takes.PROVISION, Takes.AMOUNT, Takes.PROVISION), _within),
}
