"""The tenders of a street's purchases as stretches of a year: from when to when each took or takes its time."""

from collections.abc import Collection
from datetime import date, datetime

import msgspec

from market.base.database import rows


class TenderYear(msgspec.Struct, frozen=True, kw_only=True):
    """The live tender of a need with its moments as far as they are known, and the term that it announced."""

    need: str
    code: str
    url: str
    state: str
    published_at: datetime | None
    closes_at: datetime
    confirm_until: datetime | None
    decided_at: datetime | None
    service_from: date
    service_until: date


async def tenders_of(*, needs: Collection[str]) -> dict[str, TenderYear]:
    """Return the live tender of each need that has one; what a caller shows of drafts is the caller's to decide."""
    found = await rows(
        "SELECT need, code, '/tenders/' || code AS url, state, published_at, closes_at, confirm_until, decided_at,"
        " service_from, service_until FROM tender WHERE need = ANY ($1) AND state NOT IN ('failed', 'cancelled')",
        list(needs),
    )
    return {row["need"]: msgspec.convert(row, TenderYear) for row in found}
