"""What time did, and what it will do next in each room: for those who look after the installation or audit it."""

from datetime import datetime, timedelta

import msgspec

from market.base.database import rows
from market.base.records import Listing, Record
from market.base.refusal import NotFound
from market.desk.queries.waiting import Rooms
from market.desk.queries.work import AHEAD
from market.people.states import Role, User

PAGE = 50
LATE = timedelta(minutes=1)
"""A scheduler looks every two seconds: what has been due for longer is not being done."""

_LONGEST_CURSOR = 18


class Deed(Record, frozen=True, kw_only=True):
    """An act that time performed: on which record, at which moment; `url` leads to the record's ledger."""

    id: int
    act: str
    at: datetime


class Ahead(msgspec.Struct, frozen=True, kw_only=True):
    """When time acts next in a room, None when nothing is due within a year; `late` when it should have by now."""

    room: str
    next_at: datetime | None
    late: bool


async def deeds_of_time(*, user: User, after: str | None = None) -> Listing[Deed]:
    """Return what time did, newest first, 50 a page. Raises NotFound for who neither audits nor administers.

    An act that is still secret is not told here either.
    """
    if not user.may_be(Role.AUDITOR, Role.PLATFORM_ADMINISTRATOR):
        raise NotFound
    found = await rows(
        "SELECT e.id, split_part(e.tag, ':', 2) AS act, e.code, e.at FROM ledger_event e WHERE e.account = 'clock'"
        " AND (e.revealed_by IS NULL OR EXISTS (SELECT 1 FROM ledger_event r WHERE r.code = e.code"
        " AND r.tag = e.revealed_by)) AND ($1::bigint IS NULL OR e.id < $1) ORDER BY e.id DESC LIMIT $2",
        int(after) if after and after.isdecimal() and len(after) <= _LONGEST_CURSOR else None,
        PAGE + 1,
    )
    items = [Deed(**row, state="recorded", url=f"/ledger?record={row['code']}") for row in found[:PAGE]]
    return Listing(items=items, next=str(items[-1].id) if len(found) > PAGE else None)


async def ahead(*, now: datetime) -> list[Ahead]:
    """Return when time acts next in each room, the earliest first; callers ask for those who may see the schedule."""
    moments = [(room, await next_turn(until=now + AHEAD)) for room, _, next_turn in Rooms.turns]
    found = [
        Ahead(room=room, next_at=moment, late=moment is not None and moment < now - LATE) for room, moment in moments
    ]
    return sorted(found, key=lambda one: (one.next_at or now + 2 * AHEAD, one.room))
