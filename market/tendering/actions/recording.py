"""The last beat of the panel's acts: an event that nobody outside reads before the award is confirmed (E-8)."""

from datetime import datetime
from typing import Any

from market.base.ledger import record
from market.people.states import User
from market.tendering.states import Act


async def record_in_secret(act: Act, *, code: str, by: User, now: datetime, detail: dict[str, Any]) -> None:
    """Record an act of the panel, or an answer to it; experts' names and what they do are told with the award."""
    await record(
        room="tendering", act=act, code=code, by=by, now=now, detail=detail, revealed_by="tendering:confirm-award"
    )
