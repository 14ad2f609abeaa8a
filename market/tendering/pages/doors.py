"""What the doors of tendering share: where a tender stands, its card, and the form that begins with nothing else."""

from typing import Any

from market.base.web import Door, Filled
from market.people.sensitive import Sensitive, note_read
from market.tendering.queries import TenderCard, tender_for
from market.tendering.states import State

TENDER = "/tenders/{code:str}"


async def card_at(door: Door[Any]) -> TenderCard:
    """Return the card of the tender in the path, as the reader may see it."""
    return await tender_for(code=door.code, user=door.user, now=door.now)


async def note_own_bid(door: Door[Any], *, state: str) -> None:
    """Note who read their organization's bid in clear while it is sealed for everybody else."""
    if state == State.OPEN:
        await note_read(kind=Sensitive.SEALED_BID, code=door.code, by=door.user, now=door.now)


async def fill(door: Door[None]) -> Filled:
    """Fill a form with its tender alone."""
    return Filled(record=await card_at(door))
