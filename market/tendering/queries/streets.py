"""What street offices have announced, for their residents: open notices and the money of a year's notices."""

from collections.abc import Collection
from datetime import datetime

import msgspec

from market.base.database import rows
from market.base.money import ZERO_YUAN, Yuan
from market.tendering.states import State


class OpenForStreet(msgspec.Struct, frozen=True, kw_only=True):
    """A notice open for bids, in one line; `open` tells how many its street has open in all."""

    street: str
    url: str
    title: str
    closes_at: datetime
    open: int


async def open_by_street(*, streets: Collection[str], now: datetime, each: int) -> list[OpenForStreet]:
    """Return the notices of each street that close first, so many a street at most."""
    found = await rows(
        "SELECT street, '/tenders/' || code AS url, title, closes_at, open FROM (SELECT t.*,"
        " row_number() OVER (PARTITION BY t.street ORDER BY t.closes_at, t.id) AS nth,"
        " count(*) OVER (PARTITION BY t.street) AS open FROM tender t"
        " WHERE t.state = 'open' AND t.closes_at > $2 AND t.street = ANY ($1)) w WHERE nth <= $3"
        " ORDER BY street, closes_at, url",
        list(streets),
        now,
        each,
    )
    return msgspec.convert(found, list[OpenForStreet])


async def announced_between(*, street: str, since: datetime, until: datetime) -> Yuan:
    """Return the budgets of the notices that a street published in [since, until) and that did not come to nothing."""
    found = await rows(
        "SELECT coalesce(sum(budget), 0.00) AS budget FROM tender WHERE street = $1 AND published_at >= $2"
        " AND published_at < $3 AND state NOT IN ($4, $5)",
        street,
        since,
        until,
        str(State.FAILED),
        str(State.CANCELLED),
    )
    return found[0]["budget"] if found else ZERO_YUAN
