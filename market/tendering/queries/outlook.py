"""What lies ahead and behind in tendering, told for one reader's home: notices, own bids, own panels, deadlines."""

from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal

import msgspec

from market.base.calendar import last_day, local_date
from market.base.database import Row, rows
from market.base.lifecycle import HOUSE
from market.base.money import Yuan
from market.base.records import Deadline
from market.law.queries import laws_on
from market.tendering.rules.award import AwardClock, award_clock
from market.tendering.states import Act, State

_MOST = 200


class OpenNotice(msgspec.Struct, frozen=True, kw_only=True):
    """A notice open for bids, and how far one organization has gone with it."""

    code: str
    url: str
    title: str
    street: str
    street_name: str
    item: str
    budget: Yuan
    closes_at: datetime
    opens_at: datetime
    taken: bool
    bid: str


class OwnBidLine(msgspec.Struct, frozen=True, kw_only=True):
    """An organization's own bid; its place only once the result is public."""

    code: str
    url: str
    title: str
    street_name: str
    tender_state: str
    state: str
    closes_at: datetime
    submitted_at: datetime | None
    rank: int | None
    ranked: int


class OwnPanel(msgspec.Struct, frozen=True, kw_only=True):
    """A panel on which an expert sits or sat; `secret`: its members are not to be named yet."""

    code: str
    url: str
    title: str
    state: str
    drawn_at: datetime
    signed_at: datetime | None
    recused_at: datetime | None
    secret: bool


class Award(msgspec.Struct, frozen=True, kw_only=True):
    """An award that somebody should look at: why, what it was, and the numbers it rests on."""

    why: str
    code: str
    url: str
    title: str
    street: str
    street_name: str
    decided_at: datetime
    budget: Yuan
    amount: Yuan
    qualified: int


_NOTICE = """
    SELECT t.code, '/tenders/' || t.code AS url, t.title, t.street, o.name AS street_name, t.item, t.budget,
        t.closes_at, t.opens_at, d.id IS NOT NULL AS taken, coalesce(b.state, '') AS bid
    FROM tender t JOIN organization o ON o.code = t.street
    LEFT JOIN documents_taken d ON d.tender = t.id AND d.organization = $1
    LEFT JOIN bid b ON b.tender = t.id AND b.organization = $1
    WHERE t.state = 'open' AND t.closes_at > $2
"""


async def open_notices(
    *,
    now: datetime,
    limit: int,
    organization: str = "",
    items: Collection[str] | None = None,
    street: str | None = None,
) -> list[OpenNotice]:
    """Return the notices open for bids, the first to close first; of some official items or one street when named."""
    found = await rows(
        _NOTICE + " AND ($3::text[] IS NULL OR t.item = ANY ($3)) AND ($4::text IS NULL OR t.street = $4)"
        " ORDER BY t.closes_at, t.id LIMIT $5",
        organization,
        now,
        None if items is None else list(items),
        street,
        limit,
    )
    return msgspec.convert(found, list[OpenNotice])


async def bids_of(*, organization: str, limit: int) -> list[OwnBidLine]:
    """Return an organization's own bids, those under way first, then the newest."""
    found = await rows(
        "SELECT t.code, '/tenders/' || t.code AS url, t.title, o.name AS street_name, t.state AS tender_state, b.state,"
        " t.closes_at, b.submitted_at, CASE WHEN t.state IN ('awarded', 'contracted') THEN b.rank END AS rank,"
        " CASE WHEN t.state IN ('awarded', 'contracted') THEN"
        " (SELECT count(*) FROM bid x WHERE x.tender = t.id AND x.rank IS NOT NULL) ELSE 0 END AS ranked"
        " FROM bid b JOIN tender t ON t.id = b.tender JOIN organization o ON o.code = t.street"
        " WHERE b.organization = $1 ORDER BY t.state IN ('awarded', 'contracted', 'failed', 'cancelled'), b.id DESC"
        " LIMIT $2",
        organization,
        limit,
    )
    return msgspec.convert(found, list[OwnBidLine])


async def panels_of(*, account: str, limit: int) -> list[OwnPanel]:
    """Return the panels an expert was drawn for, those under way first."""
    found = await rows(
        "SELECT t.code, '/tenders/' || t.code AS url, t.title, t.state, s.drawn_at, s.signed_at, s.recused_at,"
        " t.state NOT IN ('awarded', 'contracted') AS secret FROM seat s JOIN tender t ON t.id = s.tender"
        " WHERE s.account = $1 ORDER BY secret DESC, s.id DESC LIMIT $2",
        account,
        limit,
    )
    return msgspec.convert(found, list[OwnPanel])


async def stages_of(*, needs: Collection[str]) -> dict[str, str]:
    """Return the state of the live tender of each need that has one."""
    found = await rows(
        "SELECT need, state FROM tender WHERE need = ANY ($1) AND state NOT IN ('failed', 'cancelled')", list(needs)
    )
    return {row["need"]: row["state"] for row in found}


async def award_clocks(awards: Collection[Row]) -> dict[str, AwardClock]:
    """Return the days that each award set running, by code; rows bring published_at, decided_at, street, district."""
    places = {row["code"]: (local_date(row["published_at"]), row["district"], row["street"]) for row in awards}
    laws = await laws_on(places=places.values()) if places else {}
    return {row["code"]: award_clock(decided_at=row["decided_at"], law=laws[places[row["code"]]]) for row in awards}


async def deadlines_of(*, street: str, today: date) -> list[Deadline]:
    """Return the days ahead of a street's tenders: responses due, opening, result, and signing without a contract."""
    found = await rows(
        "SELECT t.code, t.title, t.state, t.street, o.district, t.published_at, t.closes_at, t.opens_at,"
        " t.confirm_until, t.decided_at, t.contract FROM tender t JOIN organization o ON o.code = t.street"
        " WHERE t.street = $1 AND t.state IN ('open', 'evaluated', 'awarded') ORDER BY t.closes_at, t.id LIMIT $2",
        street,
        _MOST,
    )
    clocks = await award_clocks([row for row in found if row["state"] == State.AWARDED])
    ahead = []
    for row in found:
        if row["state"] == State.OPEN:
            ahead += [_deadline(row, "responses", last_day(row["closes_at"]), Act.SUBMIT_BID)]
            ahead += [_deadline(row, "opening", local_date(row["opens_at"]), Act.TURN_KEY)]
        elif row["state"] == State.EVALUATED and row["confirm_until"] is not None:
            ahead += [_deadline(row, "result", last_day(row["confirm_until"]), Act.CONFIRM_AWARD)]
        elif row["state"] == State.AWARDED:
            clock = clocks[row["code"]]
            if clock.notice_until >= today:
                ahead += [_deadline(row, "result", clock.notice_until, law="L-10.consultation")]
            if row["contract"] is None:
                ahead += [_deadline(row, "signing", clock.sign_by, law="L-11")]
    return [each for each in ahead if each.lane != "responses" or each.on >= today]


def _deadline(row: Row, lane: str, on: date, act: Act | None = None, *, law: str = "") -> Deadline:
    rule = law or (HOUSE.steps[str(act)][1].law if act else "")
    return Deadline(lane=lane, on=on, title=row["title"], url=f"/tenders/{row['code']}", law=rule)


async def awards_to_look_at(*, low: Decimal, fewest: int, limit: int) -> list[Award]:
    """Return awards by silence, with fewer qualified bids than the law wants at least, or far below their budget.

    `low` is the share of the budget below which a price is far, `fewest` the bids that need no exception.
    """
    found = await rows(
        "SELECT * FROM (SELECT CASE WHEN w.amount < $1 * w.budget THEN 'low' WHEN w.qualified < $2 THEN 'few'"
        " WHEN w.decided_by = 'clock' THEN 'silent' END AS why, w.* FROM (SELECT t.code, '/tenders/' || t.code AS url,"
        " t.title, t.street, o.name AS street_name, t.decided_at, t.decided_by, t.budget, b.final_price AS amount,"
        " (SELECT count(*) FROM bid x WHERE x.tender = t.id AND x.state = 'valid') AS qualified"
        " FROM tender t JOIN organization o ON o.code = t.street JOIN bid b ON b.tender = t.id AND b.rank = 1"
        " WHERE t.state IN ('awarded', 'contracted') ORDER BY t.id DESC LIMIT 2000) w) f"
        " WHERE f.why IS NOT NULL ORDER BY f.decided_at DESC LIMIT $3",
        low,
        fewest,
        limit,
    )
    return msgspec.convert(found, list[Award])
