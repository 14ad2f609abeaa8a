"""When time must act in the catalogues next: the earliest moment that any of these statements finds."""

from datetime import datetime

from market.base.database import one

MOMENTS: tuple[str, ...] = (
    "SELECT min(next_turn_at) AS at FROM catalogue_edition WHERE next_turn_at <= $1",
    "SELECT min(next_turn_at) AS at FROM standing WHERE next_turn_at <= $1",
    "SELECT min(next_turn_at) AS at FROM listing WHERE next_turn_at <= $1",
    "SELECT min(tell_at) AS at FROM saved_search WHERE tell_at <= $1",
)


async def next_turn(*, until: datetime) -> datetime | None:
    """Return the earliest moment, not after `until`, at which time must act in the catalogues."""
    row = await one(f"SELECT min(at) AS at FROM ({' UNION ALL '.join(MOMENTS)}) moments", until)  # noqa: S608
    return row["at"] if row else None
