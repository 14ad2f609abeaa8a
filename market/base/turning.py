"""Time acts like a person: what fell due is performed in order, by one process at a time.

Nothing is remembered here. Each room keeps the earliest due moment of its records in the database and performs
them in `turn`; a lock in the database lets one process turn at a time, so a second scheduler waits or passes by.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

import structlog

from market.base import clock
from market.base.database import Row, apart, transaction
from market.base.records import Turned

RoomOfTime = tuple[str, Callable[..., Awaitable[list[Turned]]], Callable[..., Awaitable[datetime | None]]]
"""A room's name, its `turn(now=, limit=)` and its `next_turn(until=)`."""

_TURNING = 7_305_702
_BATCH = 100
_MOST_BATCHES = 1000

_log = structlog.get_logger("time")


class Stuck(Exception):
    """A room says that something is due and does not perform it."""


async def each_alone(
    *,
    due: Callable[[list[Any]], Awaitable[Row | None]],
    perform: Callable[[Row], Awaitable[Turned]],
    limit: int,
) -> list[Turned]:
    """Perform what fell due one row a transaction; one that fails is logged, passed over, and keeps no other waiting.

    `due` locks and returns the next row that is due and not among these ids, None when there is none left.
    """
    done: list[Turned] = []
    failed: list[Any] = []
    while len(done) < limit:
        row = None
        try:
            async with transaction():
                row = await due(failed)
                if row is None:
                    return done
                turned = await perform(row)
        except Exception:
            if row is None:
                raise
            failed.append(row["id"])
            _log.exception("turn failed", code=row["code"])
        else:
            done.append(turned)
    return done


async def tick(*, rooms: Iterable[RoomOfTime], now: datetime) -> list[Turned]:
    """Perform what is due in every room; return nothing when another process is at it.

    A room that fails is logged and does not keep the others from their turn.
    """
    done: list[Turned] = []
    async with _turning_alone(wait=False) as alone:
        if alone:
            for room, turn, _ in rooms:
                try:
                    done += await _turn_all(turn, now=now)
                except Exception:  # noqa: BLE001  one room's fault must not stop time in the others
                    _log.exception("turn failed", room=room)
    return done


async def advance(*, rooms: Sequence[RoomOfTime], to: datetime) -> list[Turned]:
    """Move the demo's clock forward to a moment, performing what falls due, each at its own due moment, in order."""
    done: list[Turned] = []
    async with _turning_alone(wait=True):
        begun = await clock.now()
        while (due := await _earliest(rooms, until=to)) is not None:
            moment = max(due, begun)
            await _move_forward(moment)
            turned = [act for _, turn, _ in rooms for act in await _turn_all(turn, now=moment)]
            if not turned and await _earliest(rooms, until=due) is not None:
                raise Stuck(f"something is due at {due.isoformat()} and no room performs it")
            done += turned
        await _move_forward(to)
    return done


async def _move_forward(moment: datetime) -> None:
    """Set the clock to a moment unless it has passed already: while acts are performed the clock runs on."""
    if moment > await clock.now():
        await clock.set_to(moment)


async def _turn_all(turn: Callable[..., Awaitable[list[Turned]]], *, now: datetime) -> list[Turned]:
    done: list[Turned] = []
    for _ in range(_MOST_BATCHES):
        turned = await turn(now=now, limit=_BATCH)
        done += turned
        if len(turned) < _BATCH:
            break
    # However much is due, a tick ends, so that the other rooms get their turn; the next one goes on.
    return done


async def _earliest(rooms: Sequence[RoomOfTime], *, until: datetime) -> datetime | None:
    moments = [await next_turn(until=until) for _, _, next_turn in rooms]
    return min((moment for moment in moments if moment is not None), default=None)


@asynccontextmanager
async def _turning_alone(*, wait: bool) -> AsyncIterator[bool]:
    """Hold the lock of time on a connection of its own; it is freed with the connection, whatever happens."""
    async with apart() as connection:
        if wait:
            await connection.execute("SELECT pg_advisory_lock($1)", _TURNING)
            yield True
        else:
            yield await connection.fetchval("SELECT pg_try_advisory_lock($1)", _TURNING)
