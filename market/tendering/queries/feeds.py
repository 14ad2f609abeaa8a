"""What tendering tells the world by feed: the newest public events of notices, and the days ahead of them."""

from datetime import date, datetime, timedelta

import msgspec

from market.base.database import Row, rows
from market.base.money import Yuan
from market.tendering.queries.outlook import award_clocks

_MOST = 200
_BACK = timedelta(days=60)


class NoticeEvent(msgspec.Struct, frozen=True, kw_only=True):
    """A public event on a notice, with what the notice says today."""

    id: int
    at: datetime
    act: str
    code: str
    url: str
    title: str
    street: str
    street_name: str
    budget: Yuan
    closes_at: datetime


class PublicDay(msgspec.Struct, frozen=True, kw_only=True):
    """A public deadline of a notice: the end of the questions or the bids (moments), or of the challenges (a day)."""

    kind: str
    code: str
    url: str
    title: str
    street_name: str
    law: str
    changed_at: datetime
    ends_at: datetime | None
    on: date | None


async def notice_events(*, street: str | None, limit: int) -> list[NoticeEvent]:
    """Return the newest public events of the notices published last, of one street when named, the newest first."""
    found = await rows(
        "SELECT l.id, l.at, split_part(l.tag, ':', 2) AS act, t.code, '/tenders/' || t.code AS url, t.title, t.street,"
        " o.name AS street_name, t.budget, t.closes_at FROM (SELECT * FROM tender WHERE published_at IS NOT NULL"
        " AND ($1::text IS NULL OR street = $1) ORDER BY published_at DESC LIMIT $3) t"
        " JOIN ledger_event l ON l.code = t.code AND l.public IS NOT NULL AND l.revealed_by IS NULL"
        " JOIN organization o ON o.code = t.street ORDER BY l.id DESC LIMIT $2",
        street,
        limit,
        _MOST,
    )
    return msgspec.convert(found, list[NoticeEvent])


async def public_days(*, street: str | None, now: datetime) -> list[PublicDay]:
    """Return the days ahead that bind everybody, and those of the last sixty: questions, bids, challenges."""
    found = await rows(
        "SELECT t.code, t.title, t.state, t.street, o.name AS street_name, o.district, t.published_at,"
        " t.questions_until, t.closes_at, t.decided_at FROM tender t JOIN organization o ON o.code = t.street"
        " WHERE t.published_at IS NOT NULL AND ($1::text IS NULL OR t.street = $1) AND (t.state = 'open'"
        " OR t.state IN ('awarded', 'contracted') AND t.decided_at > $2) ORDER BY t.published_at DESC LIMIT $3",
        street,
        now - _BACK,
        _MOST,
    )
    decided = [row for row in found if row["decided_at"] is not None]
    clocks = await award_clocks(decided)
    days = []
    for row in found:
        if row["decided_at"] is not None:
            days.append(_day(row, "challenge", law="Q-1", on=clocks[row["code"]].challenge_until))
        else:
            if row["questions_until"] is not None:
                days.append(_day(row, "questions", law="L-4.consultation", ends_at=row["questions_until"]))
            days.append(_day(row, "closing", law="L-1.consultation", ends_at=row["closes_at"]))
    return days


def _day(row: Row, kind: str, *, law: str, ends_at: datetime | None = None, on: date | None = None) -> PublicDay:
    return PublicDay(
        kind=kind,
        code=row["code"],
        url=f"/tenders/{row['code']}",
        title=row["title"],
        street_name=row["street_name"],
        law=law,
        changed_at=row["decided_at"] or row["published_at"],
        ends_at=ends_at,
        on=on,
    )
