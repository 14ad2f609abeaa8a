"""The only reader of the system clock; in the demo it adds the offset that the demo's clock page moves."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from market.base.database import one
from market.base.tables import ClockOffset

SHANGHAI = ZoneInfo("Asia/Shanghai")


class _Travel:
    """Whether this process runs the demo, where the clock may be moved."""

    on = False


def allow_travel(on: bool) -> None:  # noqa: FBT001  a switch is what this is
    """Read the demo's offset from now on, or never (the default)."""
    _Travel.on = on


async def now() -> datetime:
    """Return this moment in UTC, to the microsecond, with the demo's offset where it runs."""
    if not _Travel.on:
        return datetime.now(UTC)
    row = await one('SELECT extract(epoch FROM "offset")::float8 AS seconds FROM clock_offset')
    return datetime.now(UTC) + timedelta(seconds=row["seconds"] if row else 0)


async def set_to(moment: datetime) -> None:
    """Set the demo's clock so that it shows this moment now and runs on from there."""
    offset = moment - datetime.now(UTC)
    await ClockOffset.raw(
        'INSERT INTO clock_offset (id, "offset") VALUES (1, {})'
        ' ON CONFLICT (id) DO UPDATE SET "offset" = excluded."offset"',
        offset,
    )
