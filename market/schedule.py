"""The scheduler process: every few seconds it asks the rooms what is due, sends messages, and checks by night.

It holds nothing that the database does not. Killing it loses nothing, and running two does nothing twice.
"""

import asyncio
import signal
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from datetime import UTC, datetime

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from market.base import clock, database, outbox
from market.base.calendar import SHANGHAI
from market.base.invariants import offences
from market.base.turning import RoomOfTime, tick
from market.settings import Settings

_TICK_SECONDS = 2
_OUTBOX_SECONDS = 5
_MESSAGES_AT_ONCE = 50
_NIGHT_HOUR = 3

_log = structlog.get_logger("schedule")


async def run(*, settings: Settings, dsn: str, turns: Sequence[RoomOfTime], rooms: Sequence[str]) -> None:
    """Work until the process is asked to end (SIGTERM, SIGINT); what is being done is finished first."""
    end = asyncio.Event()
    for ask in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(ask, end.set)
    await database.connect_pool(dsn=dsn, minimum=1, maximum=4)
    work = _Work(smtp_url=settings.smtp_url, sms_url=settings.sms_url, turns=turns, rooms=rooms)
    scheduler = AsyncIOScheduler(timezone=SHANGHAI, job_defaults={"coalesce": True, "max_instances": 1})
    for job, trigger in (
        (work.turn, IntervalTrigger(seconds=_TICK_SECONDS)),
        (work.send, IntervalTrigger(seconds=_OUTBOX_SECONDS)),
    ):
        scheduler.add_job(work.in_one_piece(job), trigger, next_run_time=datetime.now(UTC))
    scheduler.add_job(work.in_one_piece(work.check), CronTrigger(hour=_NIGHT_HOUR, timezone=SHANGHAI))
    scheduler.start()
    _log.info("ready", rooms=[name for name, _, _ in turns])
    try:
        await end.wait()
    finally:
        scheduler.pause()
        await work.finish()
        scheduler.shutdown(wait=False)
        await database.close_pool()


class _Work:
    """What the scheduler does; it knows what is being done, so that an end waits for it."""

    def __init__(
        self, *, smtp_url: str | None, sms_url: str | None, turns: Sequence[RoomOfTime], rooms: Sequence[str]
    ) -> None:
        self._smtp_url = smtp_url
        self._sms_url = sms_url
        self._turns = turns
        self._rooms = rooms
        self._running: set[asyncio.Task[None]] = set()

    def in_one_piece(self, job: Callable[[], Coroutine[None, None, None]]) -> Callable[[], Awaitable[None]]:
        """Let a job finish even when the scheduler that began it is shut down."""

        async def perform() -> None:
            task = asyncio.create_task(job())
            self._running.add(task)
            task.add_done_callback(self._running.discard)
            await asyncio.shield(task)

        return perform

    async def finish(self) -> None:
        """Wait for what is being done; its faults were logged already."""
        await asyncio.gather(*self._running, return_exceptions=True)

    async def turn(self) -> None:
        """Perform what is due."""
        for turned in await tick(rooms=self._turns, now=await clock.now()):
            _log.info("turned", act=turned.act, code=turned.code, at=turned.at.isoformat())

    async def send(self) -> None:
        """Send the messages that are due."""
        sent = await outbox.send_due(
            now=await clock.now(), limit=_MESSAGES_AT_ONCE, smtp_url=self._smtp_url, sms_url=self._sms_url
        )
        if sent:
            _log.info("sent", messages=sent)

    async def check(self) -> None:
        """Tell which invariants do not hold."""
        for offence in await offences(rooms=self._rooms):
            _log.error("invariant broken", room=offence.room, sentence=offence.sentence, examples=offence.examples)
