"""Reads for a need in full: the purchases beside it, needs like it to copy from, the hands of its review."""

from collections.abc import Sequence
from itertools import pairwise

import msgspec

from market.base.database import Row, rows
from market.base.money import Yuan
from market.needs.rules import Earlier, Reviews
from market.needs.states import Part

#: Where a need is no purchase: it is not asked for yet, or not any more.
_NO_PURCHASE = ("draft", "sent-back", "withdrawn")
_LOOKED_AT = 300
_LIKE = 0.5


class Warned(msgspec.Struct, frozen=True, kw_only=True):
    """What law or house warns of while a need is written, in the reader's language, with the rule."""

    message: str
    law: str


class SimilarNeed(msgspec.Struct, frozen=True, kw_only=True):
    """A past need that a new one may be copied from."""

    code: str
    url: str
    title: str
    year: int
    budget: Yuan


async def earlier_purchases(*, line: str, item: str, but: str) -> list[Earlier]:
    """Return the other purchases of a budget line and item: what contracts bound, else what was planned."""
    found = await rows(
        "SELECT code, title, CASE WHEN committed > 0 THEN committed ELSE budget END AS amount,"
        " channel = 'official' AS official, method = 'open-tender' AS open_tender FROM need"
        " WHERE budget_line = $1 AND item = $2 AND code <> $3 AND state <> ALL ($4) ORDER BY id",
        line,
        item,
        but,
        list(_NO_PURCHASE),
    )
    return msgspec.convert(found, list[Earlier])


async def similar_needs(*, street: str, item: str, title: str, but: str = "", limit: int = 5) -> list[SimilarNeed]:
    """Return a street's needs of the same item or with like words in their titles, the likest first."""
    found = await rows(
        "SELECT code, '/needs/' || code AS url, title, item, extract(year FROM drafted_at)::int AS year, budget"
        " FROM need WHERE street = $1 AND code <> $2 AND state <> 'withdrawn' ORDER BY id DESC LIMIT $3",
        street,
        but,
        _LOOKED_AT,
    )
    judged = [(likeness(row["title"], title) + (row["item"] == item != ""), row) for row in found]
    likest = sorted((one for one in judged if one[0] >= _LIKE), key=lambda one: -one[0])[:limit]
    return msgspec.convert([row for _, row in likest], list[SimilarNeed])


def likeness(one: str, other: str) -> float:
    """Return how many of the pairs of characters of two titles are shared, from 0 to 1; years and spaces do not count.

    >>> likeness("梧桐街道2025年独居老人探访关爱", "独居老人探访") > 0.6
    True
    """
    pairs = [
        {a + b for a, b in pairwise(text) if not (a + b).isascii()}
        for text in ("".join(t.split()) for t in (one, other))
    ]
    fewest = min(len(each) for each in pairs)
    return len(pairs[0] & pairs[1]) / fewest if fewest else 0.0


def reviews_of(row: Row) -> Reviews:
    """Return how far a need's review is, as rules take it."""
    hands = {
        Part.APPROVAL: row["reviewed_by"],
        Part.LAW: row["law_reviewed_by"],
        Part.SUPERVISION: row["supervised_by"],
    }
    return Reviews(
        hands=tuple(row["hands"]),
        legal=row["legal_review"],
        repeated=bool(row["earlier"]),
        given={part: account for part, account in hands.items() if account},
    )


def kept(earlier: Sequence[Earlier]) -> str:
    """Return purchases as a need keeps those it was named with."""
    return msgspec.json.encode([{"code": e.code, "title": e.title, "amount": str(e.amount)} for e in earlier]).decode()
