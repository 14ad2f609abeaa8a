"""What a reader's home shows: everything that waits for them, out of every room."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime
from typing import ClassVar

from market.base.records import Waiting
from market.people.states import User

WaitingFor = Callable[..., Awaitable[list[Waiting]]]


class Rooms:
    """Every room's `waiting_for`, handed in by the app since no room below may import those above."""

    waiting: ClassVar[list[WaitingFor]] = []


async def home(*, user: User, now: datetime) -> list[Waiting]:
    """Return what waits for this reader, the nearest deadline first and what has none last."""
    found = [waiting for ask in Rooms.waiting for waiting in await ask(user=user, now=now)]
    return sorted(found, key=lambda waiting: (waiting.by_when or date.max, waiting.url))
