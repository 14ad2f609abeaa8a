"""When time must act in contracts next."""

from datetime import datetime

from market.base.database import one


async def next_turn(*, until: datetime) -> datetime | None:
    """Return the earliest moment, not after `until`, at which the payment clock of an invoice acts."""
    row = await one("SELECT min(next_turn_at) AS at FROM invoice WHERE next_turn_at <= $1", until)
    return row["at"] if row else None
