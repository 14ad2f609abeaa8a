"""What time does in the catalogues, part after part: each performs what fell due among its own records."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from catalogs.actions.editions import turn_editions
from catalogs.actions.listings import turn_listings
from catalogs.actions.searches import tell_searches
from catalogs.actions.standings import turn_standings
from market.base.records import Turned

PARTS: tuple[Callable[..., Awaitable[list[Turned]]], ...] = (
    turn_editions,
    turn_standings,
    turn_listings,
    tell_searches,
)


async def turn(*, now: datetime, limit: int = 100) -> list[Turned]:
    """Perform what fell due, at most so many acts."""
    done: list[Turned] = []
    for part in PARTS:
        if len(done) < limit:
            done += await part(now=now, limit=limit - len(done))
    return done
