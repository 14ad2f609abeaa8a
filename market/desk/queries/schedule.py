"""What time did, and what it will do next in each room: for those who look after the installation or audit it."""

from datetime import datetime, timedelta

import msgspec

from market.base.records import Listing, Record
from market.base.refusal import NotFound
from market.desk.queries.waiting import Rooms
from market.oversight.queries import deeds_of_time as deeds_in_the_ledger
from market.oversight.queries import ledger_of
from market.people.states import Role, User

LATE = timedelta(minutes=1)
"""A scheduler looks every two seconds: what has been due for longer is not being done."""

_AHEAD = timedelta(days=366)


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
    found = await deeds_in_the_ledger(after=after)
    items = [
        Deed(
            id=deed.id,
            act=deed.tag.partition(":")[2],
            code=deed.code,
            state="recorded",
            url=ledger_of(deed.code),
            at=deed.at,
        )
        for deed in found.items
    ]
    return Listing(items=items, next=found.next)


async def ahead(*, now: datetime) -> list[Ahead]:
    """Return when time acts next in each room, the earliest first; callers ask for those who may see the schedule."""
    moments = [(room, await next_turn(until=now + _AHEAD)) for room, _, next_turn in Rooms.turns]
    found = [
        Ahead(room=room, next_at=moment, late=moment is not None and moment < now - LATE) for room, moment in moments
    ]
    return sorted(found, key=lambda one: (one.next_at or now + 2 * _AHEAD, one.room))
