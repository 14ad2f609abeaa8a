"""What waits for a reader, out of every room, as tasks: what to do, where, until when, how urgent, under which rule."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime
from typing import ClassVar

from market.base.calendar import local_date
from market.base.lifecycle import HOUSE, ActLink
from market.base.records import Record, Turned, Waiting
from market.desk.rules import time_left, urgency_of
from market.people.states import User

WaitingFor = Callable[..., Awaitable[list[Waiting]]]
RoomOfTime = tuple[str, Callable[..., Awaitable[list[Turned]]], Callable[..., Awaitable[datetime | None]]]


class Rooms:
    """What every room declares, handed in by the app since no room below may import those above."""

    waiting: ClassVar[list[WaitingFor]] = []
    turns: ClassVar[list[RoomOfTime]] = []


class Task(Record, frozen=True, kw_only=True):
    """Something that waits for a reader; `state` is its urgency, `working_days` are left (below 0: late)."""

    title: str
    act: str
    by_when: date | None
    working_days: int | None
    provisional: bool
    law: str


async def tasks(*, user: User, now: datetime) -> list[Task]:
    """Return what waits for a reader, the nearest deadline first and what has none last."""
    found = [waiting for ask in Rooms.waiting for waiting in await ask(user=user, now=now)]
    today = local_date(now)
    ordered = sorted(found, key=lambda waiting: (waiting.by_when or date.max, waiting.url, waiting.act))
    return [task_of(waiting, user=user, today=today) for waiting in ordered]


def task_of(waiting: Waiting, *, user: User, today: date) -> Task:
    """Return what waits as a task of this reader on a day; a token that lacks the act is not offered it."""
    left = time_left(by_when=waiting.by_when, today=today) if waiting.by_when else None
    place = waiting.url.strip("/").split("/")
    allowed = waiting.act in HOUSE.steps and (user.limit is None or waiting.act in user.limit)
    return Task(
        code=place[1] if len(place) > 1 else "",
        state=str(urgency_of(by_when=waiting.by_when, today=today)),
        url=waiting.url,
        acts=[_link(waiting)] if allowed and len(place) == 2 else [],  # noqa: PLR2004  a record's own address
        title=waiting.title,
        act=waiting.act,
        by_when=waiting.by_when,
        working_days=left.working_days if left else None,
        provisional=left.provisional if left else False,
        law=waiting.law,
    )


def _link(waiting: Waiting) -> ActLink:
    return ActLink(act=waiting.act, method="POST", href=f"{waiting.url}/{waiting.act}")
