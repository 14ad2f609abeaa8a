"""The front page for everybody: what is being bought now, what was bought from whom, and how it went."""

from datetime import datetime

import msgspec

from contracts.queries import outlook as contracts
from contracts.queries.outlook import SignedContract
from evaluations.queries import outlook as evaluations
from evaluations.queries.outlook import PublishedResult
from market.base.calendar import local_date
from market.desk.rules import TimeLeft, time_left
from market.tendering.queries import outlook as tendering
from market.tendering.queries.outlook import OpenNotice

_SHOWN = 5


class NoticeNow(msgspec.Struct, frozen=True, kw_only=True):
    """A notice open for bids with the time that is left."""

    notice: OpenNotice
    left: TimeLeft


class FrontPage(msgspec.Struct, frozen=True, kw_only=True):
    """What everybody may read, the nearest and the newest first; of one street when a street is given."""

    notices: list[NoticeNow]
    contracts: list[SignedContract]
    results: list[PublishedResult]


async def front_page(*, now: datetime, street: str | None = None, limit: int = _SHOWN) -> FrontPage:
    """Return the next closings, the last contracts and the last published results."""
    notices = await tendering.open_notices(now=now, limit=limit, street=street)
    today = local_date(now)
    return FrontPage(
        notices=[
            NoticeNow(notice=notice, left=time_left(by_when=local_date(notice.closes_at), today=today))
            for notice in notices
        ],
        contracts=await contracts.contracts_signed(limit=limit, street=street),
        results=await evaluations.published_results(limit=limit, street=street),
    )
