"""What the doors of tendering share: where a tender stands, its card, and the form that begins with nothing else."""

from typing import Any

from market.base.web import Door, Filled
from market.tendering.queries import TenderCard, tender_for

TENDER = "/tenders/{code:str}"


async def card_at(door: Door[Any]) -> TenderCard:
    """Return the card of the tender in the path, as the reader may see it."""
    return await tender_for(code=door.code, user=door.user, now=door.now)


async def fill(door: Door[None]) -> Filled:
    """Fill a form with its tender alone."""
    return Filled(record=await card_at(door))
