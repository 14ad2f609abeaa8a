"""Time acts in order, once, by one process at a time, and goes on after a fault or a kill."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from market.base import clock
from market.base.database import one, rows
from market.base.records import Turned
from market.base.turning import RoomOfTime, Stuck, advance, tick

_T0 = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


class Room:
    """A room whose due moments stand in the database, as in every real one."""

    def __init__(self, name: str, *, pause: float = 0, broken: bool = False, idle: bool = False) -> None:
        self.name = name
        self.pause = pause
        self.broken = broken
        self.idle = idle

    async def expects(self, *moments: datetime) -> None:
        for moment in moments:
            await rows(
                "INSERT INTO keepsake (name, value) VALUES ($1, $2)",
                f"{self.name} {moment.isoformat()}",
                {"room": self.name, "due": moment.isoformat()},
            )

    async def turn(self, *, now: datetime, limit: int) -> list[Turned]:
        if self.broken:
            raise ZeroDivisionError
        await asyncio.sleep(self.pause)
        if self.idle:
            return []
        taken = await rows(
            "DELETE FROM keepsake WHERE name IN (SELECT name FROM keepsake WHERE value->>'room' = $1"
            " AND (value->>'due')::timestamptz <= $2 ORDER BY value->>'due' LIMIT $3 FOR UPDATE SKIP LOCKED)"
            " RETURNING name",
            self.name,
            now,
            limit,
        )
        return [Turned(act="fall-due", code=row["name"], at=now) for row in taken]

    async def next_turn(self, *, until: datetime) -> datetime | None:
        row = await one(
            "SELECT min((value->>'due')::timestamptz) AS due FROM keepsake WHERE value->>'room' = $1"
            " AND (value->>'due')::timestamptz <= $2",
            self.name,
            until,
        )
        return row["due"] if row else None

    @property
    def of_time(self) -> RoomOfTime:
        return (self.name, self.turn, self.next_turn)


@pytest.fixture
def travelling(empty_database: str) -> Iterator[None]:
    clock.allow_travel(on=True)
    yield
    clock.allow_travel(on=False)


async def test_a_tick_performs_what_is_due_and_nothing_else(empty_database: str) -> None:
    needs, tenders = Room("needs"), Room("tenders")
    await needs.expects(_T0, _T0 + timedelta(seconds=1))
    await tenders.expects(_T0 - timedelta(days=3))
    done = await tick(rooms=[needs.of_time, tenders.of_time], now=_T0)
    assert [turned.code.split()[0] for turned in done] == ["needs", "tenders"]
    assert await tick(rooms=[needs.of_time, tenders.of_time], now=_T0) == []


async def test_a_tick_ends_however_much_is_due(empty_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("market.base.turning._BATCH", 2)
    monkeypatch.setattr("market.base.turning._MOST_BATCHES", 2)
    crowded, other = Room("crowded"), Room("other")
    await crowded.expects(*(_T0 - timedelta(seconds=n) for n in range(5)))
    await other.expects(_T0)
    first = await tick(rooms=[crowded.of_time, other.of_time], now=_T0)
    assert [turned.code.split()[0] for turned in first] == ["crowded"] * 4 + ["other"]
    assert len(await tick(rooms=[crowded.of_time, other.of_time], now=_T0)) == 1


async def test_more_than_one_batch_is_performed_in_one_tick(empty_database: str) -> None:
    needs = Room("needs")
    await needs.expects(*(_T0 - timedelta(seconds=n) for n in range(230)))
    assert len(await tick(rooms=[needs.of_time], now=_T0)) == 230


async def test_a_room_that_fails_does_not_stop_time_in_the_others(empty_database: str) -> None:
    tenders = Room("tenders")
    await tenders.expects(_T0)
    done = await tick(rooms=[Room("needs", broken=True).of_time, tenders.of_time], now=_T0)
    assert len(done) == 1


async def test_two_schedulers_do_nothing_twice(empty_database: str) -> None:
    slow = Room("needs", pause=0.05)
    await slow.expects(*(_T0 - timedelta(seconds=n) for n in range(30)))
    both = await asyncio.gather(*(tick(rooms=[slow.of_time], now=_T0) for _ in range(4)))
    assert sorted(len(done) for done in both) == [0, 0, 0, 30]


async def test_a_turn_cut_short_frees_the_lock(empty_database: str) -> None:
    slow = Room("needs", pause=30)
    task = asyncio.create_task(tick(rooms=[slow.of_time], now=_T0))
    await asyncio.sleep(0.1)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    quick = Room("needs")
    await quick.expects(_T0)
    assert len(await tick(rooms=[quick.of_time], now=_T0)) == 1


@pytest.mark.usefixtures("travelling")
async def test_the_clock_passes_every_due_moment_in_order() -> None:
    needs, tenders = Room("needs"), Room("tenders")
    await clock.set_to(_T0)
    days = [timedelta(days=n) for n in (1, 2, 4)]
    await tenders.expects(_T0 + days[0], _T0 + days[2])
    await needs.expects(_T0 + days[1], _T0 + timedelta(days=9))
    done = await advance(rooms=[needs.of_time, tenders.of_time], to=_T0 + timedelta(days=5))
    assert [(turned.code.split()[0], turned.at) for turned in done] == [
        ("tenders", _T0 + days[0]),
        ("needs", _T0 + days[1]),
        ("tenders", _T0 + days[2]),
    ]
    shown = await clock.now()
    assert timedelta(0) <= shown - (_T0 + timedelta(days=5)) < timedelta(seconds=5)


@pytest.mark.usefixtures("travelling")
async def test_what_was_due_before_is_performed_now() -> None:
    needs = Room("needs")
    await clock.set_to(_T0)
    await needs.expects(_T0 - timedelta(days=1))
    done = await advance(rooms=[needs.of_time], to=_T0 + timedelta(hours=1))
    assert [_T0 <= turned.at < _T0 + timedelta(seconds=5) for turned in done] == [True]


@pytest.mark.usefixtures("travelling")
async def test_two_who_move_the_clock_at_once_do_nothing_twice_and_it_never_goes_back() -> None:
    needs = Room("needs", pause=0.01)
    await clock.set_to(_T0)
    await needs.expects(*(_T0 + timedelta(days=n) for n in range(1, 8)))
    far, near = await asyncio.gather(
        advance(rooms=[needs.of_time], to=_T0 + timedelta(days=30)),
        advance(rooms=[needs.of_time], to=_T0 + timedelta(days=3)),
    )
    assert sorted(turned.at for turned in far + near) == [_T0 + timedelta(days=n) for n in range(1, 8)]
    assert await clock.now() >= _T0 + timedelta(days=30)


@pytest.mark.usefixtures("travelling")
async def test_a_room_that_never_performs_what_it_says_is_due_is_found_out() -> None:
    idle = Room("needs", idle=True)
    await clock.set_to(_T0)
    await idle.expects(_T0 + timedelta(days=1))
    with pytest.raises(Stuck):
        await advance(rooms=[idle.of_time], to=_T0 + timedelta(days=2))


async def test_no_connection_is_kept_by_the_lock(empty_database: str) -> None:
    for _ in range(3):
        await tick(rooms=[], now=_T0)
    row = await one(
        "SELECT count(*) AS held FROM pg_locks WHERE locktype = 'advisory' AND database = "
        "(SELECT oid FROM pg_database WHERE datname = current_database())"
    )
    assert row == {"held": 0}
