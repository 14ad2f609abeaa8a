"""Signs of bid-rigging (视为串通投标) among opened bids: facts that call for a look, never a judgement by themselves.

Law: M-6, 财政部令第87号 第三十七条. What the records can tell of its six cases: like texts, the same hand, people who
serve two bidders, and prices that are the same or rise by the same step.
"""

import unicodedata
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from itertools import combinations, pairwise

import msgspec

from market.base.money import Yuan
from market.base.refusal import Said, say

ALIKE = Decimal("0.5")
STRETCH = 8
_FEWEST_STEPS = 2


class SignKind(StrEnum):
    """What two or more bids have in common."""

    LIKE_TEXTS = "like-texts"
    SAME_HAND = "same-hand"
    SHARED_PEOPLE = "shared-people"
    EQUAL_PRICES = "equal-prices"
    REGULAR_PRICES = "regular-prices"


SIGN_WORDS: dict[SignKind, Said] = {
    SignKind.LIKE_TEXTS: say("Large parts of their plans are word for word the same."),
    SignKind.SAME_HAND: say("One person submitted them."),
    SignKind.SHARED_PEOPLE: say("Somebody serves more than one of these bidders."),
    SignKind.EQUAL_PRICES: say("Their opening prices are the same."),
    SignKind.REGULAR_PRICES: say("Their opening prices rise by exactly the same step."),
}


class OpenedBid(msgspec.Struct, frozen=True, kw_only=True):
    """What is looked at of an opened bid."""

    number: int
    plan: str
    price: Yuan
    submitted_by: str


class RiggingSign(msgspec.Struct, frozen=True, kw_only=True):
    """A sign and the numbers of the bids it is about; no amount and no name, so that the panel stays blind."""

    kind: SignKind
    bids: list[int]
    likeness: Decimal | None = None
    law: str = "M-6"


def signs_of_rigging(bids: Sequence[OpenedBid], *, people: Mapping[int, Collection[str]]) -> list[RiggingSign]:
    """Return every sign among the opened bids; `people` are the accounts that serve each bid's organization."""
    return [
        *_like_texts(bids),
        *_together(SignKind.SAME_HAND, {bid.number: bid.submitted_by for bid in bids}),
        *_shared_people(people),
        *_together(SignKind.EQUAL_PRICES, {bid.number: bid.price for bid in bids}),
        *_regular_prices(bids),
    ]


def _like_texts(bids: Sequence[OpenedBid]) -> list[RiggingSign]:
    stretches = {bid.number: _stretches(bid.plan) for bid in bids}
    found = []
    for one, other in combinations(sorted(stretches), 2):
        least = min(len(stretches[one]), len(stretches[other]))
        shared = len(stretches[one] & stretches[other])
        if least and shared >= ALIKE * least:
            share = (Decimal(shared) / least).quantize(Decimal("0.01"))
            found.append(RiggingSign(kind=SignKind.LIKE_TEXTS, bids=[one, other], likeness=share))
    return found


def _stretches(text: str) -> frozenset[str]:
    """Return every run of so many letters of a text, without blanks and punctuation."""
    letters = "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())
    return frozenset(letters[at : at + STRETCH] for at in range(len(letters) - STRETCH + 1))


def _together(kind: SignKind, values: Mapping[int, object]) -> list[RiggingSign]:
    groups: dict[object, list[int]] = {}
    for number, value in sorted(values.items()):
        groups.setdefault(value, []).append(number)
    return [RiggingSign(kind=kind, bids=numbers) for numbers in groups.values() if len(numbers) > 1]


def _shared_people(people: Mapping[int, Collection[str]]) -> list[RiggingSign]:
    return [
        RiggingSign(kind=SignKind.SHARED_PEOPLE, bids=[one, other])
        for one, other in combinations(sorted(people), 2)
        if set(people[one]) & set(people[other])
    ]


def _regular_prices(bids: Sequence[OpenedBid]) -> list[RiggingSign]:
    """Return a sign when all of three or more prices lie the same step apart; equal prices are another sign."""
    in_order = sorted(bid.price for bid in bids)
    steps = [after - before for before, after in pairwise(in_order)]
    if len(steps) < _FEWEST_STEPS or len(set(steps)) != 1 or not steps[0]:
        return []
    return [RiggingSign(kind=SignKind.REGULAR_PRICES, bids=sorted(bid.number for bid in bids))]
