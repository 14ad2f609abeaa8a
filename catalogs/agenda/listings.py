"""What time will bring to a listing: reminders before its end, its end, and the end of a repair; pure."""

from datetime import date, datetime, timedelta

import msgspec

from catalogs.rules.listings import REMINDED_AT
from catalogs.states import Act, ListingState
from market.base.calendar import end_of_day, start_of_day


class Moments(msgspec.Struct, frozen=True, kw_only=True):
    """What a listing waits for: its end, how many days before it the last reminder went out, the end of a repair."""

    state: str
    expires_on: date | None = None
    repair_until: date | None = None
    reminded: int | None = None


def due(moments: Moments) -> list[tuple[datetime, Act]]:
    """Return the clock's next act with its moment; nothing while the keeper is asked, or when all is over.

    >>> due(Moments(state="listed", expires_on=date(2026, 3, 31), reminded=30))[0][1]
    <Act.REMIND_LISTING: 'remind-listing'>
    """
    if moments.state == ListingState.RETURNED and moments.repair_until:
        return [(end_of_day(moments.repair_until), Act.CLOSE_REPAIR)]
    if moments.state != ListingState.LISTED or moments.expires_on is None:
        return []
    ahead = [days for days in REMINDED_AT if moments.reminded is None or days < moments.reminded]
    reminders = [(start_of_day(moments.expires_on - timedelta(days=days)), Act.REMIND_LISTING) for days in ahead]
    return [*reminders, (start_of_day(moments.expires_on), Act.LAPSE_LISTING)]


def reminder_at(*, expires_on: date, on: date) -> int | None:
    """Return which reminder fits a day: the last of 60, 30 and 7 days that has come; None before the first."""
    left = (expires_on - on).days
    return min((days for days in REMINDED_AT if left <= days), default=None)


def next_turn_at(moments: Moments) -> datetime | None:
    """Return the earliest moment at which the clock must act, None when it need not."""
    return min((moment for moment, _ in due(moments)), default=None)
