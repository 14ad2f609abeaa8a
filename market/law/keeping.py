"""Which open records keep the law of their day when a provision is added, as the rooms above tell of their own.

A room declares `UNDER_LAW` beside its tables: SQL of its records that are public and not yet over, with `code`, `url`,
`title`, `street` and the `day` whose law they are judged by.
"""

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

import msgspec

from market.base.database import rows
from market.law.states import Provision

_MOST = 50


class Rooms:
    """What the app hands in at start."""

    under_law: ClassVar[Sequence[str]] = ()


class Keeps(msgspec.Struct, frozen=True, kw_only=True):
    """An open record that goes on under the law of its day."""

    code: str
    url: str
    title: str
    day: date


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """The newest of the open records that a provision does not touch, and how many there are."""

    count: int
    records: list[Keeps]


async def kept_by(*, provision: Provision) -> Kept:
    """Return the open records in the provision's place whose day is before its first."""
    if not Rooms.under_law:
        return Kept(count=0, records=[])
    found = await rows(
        # The SQL is the rooms' own, nothing that anybody sends.
        "SELECT k.code, k.url, k.title, k.day, count(*) OVER () AS total"  # noqa: S608
        f" FROM ({' UNION ALL '.join(Rooms.under_law)}) k JOIN organization o ON o.code = k.street"
        " WHERE k.day < $1 AND ($2 IN ('national', 'city') OR $2 IN ('district:' || o.district, 'street:' || o.code))"
        " ORDER BY k.day DESC, k.code LIMIT $3",
        provision.in_force_from,
        provision.scope,
        _MOST,
    )
    return Kept(count=found[0]["total"] if found else 0, records=msgspec.convert(found, list[Keeps], strict=False))
