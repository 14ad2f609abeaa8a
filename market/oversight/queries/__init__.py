"""Reads of oversight: findings, flags, and the ledger's events as far as a reader may see them."""

from datetime import datetime

from market.base.records import Waiting
from market.oversight.queries.findings import (
    LEDGER_VERIFIED,
    Deed,
    EventLine,
    FindingCard,
    LedgerState,
    deeds_of,
    deeds_of_time,
    events_page,
    finding_for,
    findings_page,
    findings_waiting,
    ledger_of,
    ledger_state,
    open_findings,
    subject_exists,
)
from market.oversight.queries.flags import FlagCard, flag_for, flags_page, flags_waiting
from market.people.states import User

__all__ = [
    "LEDGER_VERIFIED",
    "Deed",
    "EventLine",
    "FindingCard",
    "FlagCard",
    "LedgerState",
    "deeds_of",
    "deeds_of_time",
    "events_page",
    "finding_for",
    "findings_page",
    "flag_for",
    "flags_page",
    "ledger_of",
    "ledger_state",
    "open_findings",
    "subject_exists",
    "waiting_for",
]


async def waiting_for(*, user: User, now: datetime) -> list[Waiting]:  # noqa: ARG001  every room's signature
    """Return the findings and flags that wait for this reader."""
    return [*await findings_waiting(user=user), *await flags_waiting(user=user)]
