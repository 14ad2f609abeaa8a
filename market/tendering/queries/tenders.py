"""Reads of tenders: the list, and the card that shows each reader what is theirs to see and to do."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import msgspec

from market.base.calendar import local_date
from market.base.database import Row, one, rows
from market.base.records import Listing, Record, acts_for
from market.base.refusal import NotFound
from market.law.queries import MARK, law_on
from market.law.states import Law
from market.people.states import Role, User
from market.tendering.queries.awards import ResultNotice, result_from
from market.tendering.queries.bids import MyPart, OpeningLine, my_part, opening_lines
from market.tendering.queries.corrections import OF_A_CORRECTION, CorrectionLine, corrections_from
from market.tendering.queries.disputes import suspensions_from
from market.tendering.queries.keys import SHARES, SealingView, may_turn, sealing_from
from market.tendering.queries.offers import facts_for, may_challenge
from market.tendering.queries.panel import PanelView, panel_view
from market.tendering.queries.reports import ReportedBid, ranking_for
from market.tendering.queries.rigging import rigging_signs
from market.tendering.rules.disputes import Suspension
from market.tendering.rules.notice import Period, Schedule, schedule_for
from market.tendering.rules.rigging import RiggingSign
from market.tendering.rules.terms import Criterion, MilestoneTerm

PAGE = 50
_LONGEST_NUMBER = 19


class TenderLine(Record, frozen=True, kw_only=True):
    """A tender in the list."""

    title: str
    street: str
    street_name: str
    budget: Decimal
    published_at: datetime | None
    closes_at: datetime


class QuestionLine(msgspec.Struct, frozen=True, kw_only=True):
    """A question and its answer; who asked is not told."""

    number: int
    text: str
    asked_at: datetime
    answer: str | None
    answered_at: datetime | None


class TenderCard(Record, frozen=True, kw_only=True):
    """A tender as its reader may see it: the notice for all, and beside it the reader's own part."""

    revision: int
    need: str
    title: str
    street: str
    street_name: str
    item: str
    method: str = "competitive-consultation"
    requirement: str
    qualification: str
    budget: Decimal
    published_at: datetime | None
    questions_until: datetime | None
    closes_at: datetime
    opens_at: datetime
    opened_at: datetime | None
    quotes_until: datetime | None
    confirm_until: datetime | None
    ended_at: datetime | None
    reason: str
    service_from: date
    service_until: date
    service_last_on: date
    panel_size: int
    price_points: Decimal
    criteria: list[Criterion]
    milestones: list[MilestoneTerm]
    periods: list[Period]
    earliest_closing_at: datetime
    questions: list[QuestionLine]
    corrections: list[CorrectionLine]
    suspensions: list[Suspension]
    mine: MyPart | None = None
    opening: list[OpeningLine] | None = None
    panel: PanelView | None = None
    signs: list[RiggingSign] | None = None
    ranking: list[ReportedBid] | None = None
    sealing: SealingView | None = None
    result: ResultNotice | None = None


# What is published is everybody's; a draft is its street's and the auditors'.
VISIBLE = "(t.published_at IS NOT NULL OR t.street = $1 OR $2::bool)"


def reader_of(user: User) -> tuple[str, bool]:
    """Return the arguments of `VISIBLE`: the organization read for, and whether an auditor reads."""
    return user.organization or "", user.may_be(Role.AUDITOR)


_ONE = f"""
    SELECT t.*, o.name AS street_name, o.district, CASE WHEN t.state = 'evaluating' THEN t.panel_size - (
        SELECT count(*) FROM seat s WHERE s.tender = t.id AND s.recused_at IS NULL) ELSE 0 END AS empty_seats
    FROM tender t JOIN organization o ON o.code = t.street WHERE {VISIBLE} AND t.code = $3
"""  # noqa: S608  no words of a reader enter
_PAGE = f"""
    SELECT t.id, t.code, t.state, '/tenders/' || t.code AS url, t.title, t.street, o.name AS street_name, t.budget,
        t.published_at, t.closes_at FROM tender t JOIN organization o ON o.code = t.street
    WHERE {VISIBLE} AND ($3::text IS NULL OR t.state = $3) AND ($4::bigint IS NULL OR t.id < $4)
    ORDER BY t.id DESC LIMIT {PAGE + 1}
"""  # noqa: S608  no words of a reader enter


_OF_A_CARD = (
    *("id", "code", "revision", "state", "need", "street", "title", "item", "requirement", "qualification", "budget"),
    *("published_at", "questions_until", "closes_at", "opens_at", "opened_at", "quotes_until", "confirm_until"),
    *("ended_at", "reason", "service_from", "service_until", "panel_size", "price_points", "criteria", "milestones"),
    *("drafted_by", "contract", "decided_at", "decided_by"),
)
_OF_A_QUESTION = ("number", "text", "asked_at", "answer", "answered_at", "organization")
_OF_A_DISPUTE = ("code", "state", "complaint", "complaint_state", "suspended_until")
_OF_A_BID = (
    *("id", "number", "organization", "submitted_at", "fingerprint", "confirmed_at", "remark", "price"),
    *("final_price", "quality", "price_score", "rank", "by_lot", "refusal"),
)
# All that a card is made of for anyone, read at once; who bids or judges asks for a part of their own besides.
_CARD = f"""
    SELECT {", ".join(f"t.{name}" for name in _OF_A_CARD)}, o.name AS street_name, o.district, {MARK} AS law_mark,
        k.suite, k.public_key, k.threshold, {SHARES} AS shares,
        CASE WHEN t.state = 'evaluating' THEN t.panel_size - (
            SELECT count(*) FROM seat s WHERE s.tender = t.id AND s.recused_at IS NULL) ELSE 0 END AS empty_seats,
        ARRAY(SELECT ROW({", ".join(f"q.{name}" for name in _OF_A_QUESTION)})
            FROM question q WHERE q.tender = t.id ORDER BY q.number) AS asked,
        ARRAY(SELECT ROW({", ".join(f"k.{name}" for name in OF_A_CORRECTION)})
            FROM correction k WHERE k.tender = t.id ORDER BY k.number) AS corrections,
        ARRAY(SELECT ROW(c.code, c.state, x.code, x.state, x.suspended_until) FROM challenge c
            LEFT JOIN complaint x ON x.challenge = c.id WHERE c.tender = t.id ORDER BY c.id) AS disputes,
        ARRAY(SELECT ROW({", ".join(f"b.{name}" for name in _OF_A_BID)}, coalesce(n.name, ''))
            FROM bid b LEFT JOIN organization n ON n.code = b.organization
            WHERE b.tender = t.id AND b.number IS NOT NULL ORDER BY b.submitted_at, b.id) AS bids,
        ARRAY(SELECT s.name FROM seat s WHERE s.tender = t.id AND s.recused_at IS NULL
            AND t.state IN ('awarded', 'contracted') ORDER BY s.name) AS experts
    FROM tender t JOIN organization o ON o.code = t.street LEFT JOIN tender_key k ON k.tender = t.id
    WHERE {VISIBLE} AND t.code = $3
"""  # noqa: S608  no words of a reader enter


async def tender_row(*, code: str, user: User) -> Row:
    """Return a tender's row with its street's name and district. Raises NotFound when it may not be seen."""
    row = await one(_ONE, *reader_of(user), code)
    if row is None:
        raise NotFound
    return row


async def law_of_tender(*, row: Row, now: datetime) -> Law:
    """Return the law a tender is judged by: that of the day of its notice, of today while it is a draft."""
    day = local_date(row["published_at"] or now)
    return await law_on(day=day, district=row["district"], street=row["street"])


async def schedule_from(*, street: str, now: datetime) -> Schedule:
    """Return the periods and the earliest closing of a notice that a street would publish now."""
    return schedule_for(published_at=now, law=await law_on(day=local_date(now), street=street))


async def tender_for(*, code: str, user: User, now: datetime) -> TenderCard:
    """Return a tender as this reader may see it. Raises NotFound."""
    row = await one(_CARD, *reader_of(user), code)
    if row is None:
        raise NotFound
    questions = [dict(zip(_OF_A_QUESTION, asked, strict=True)) for asked in row["asked"]]
    bids = [dict(zip((*_OF_A_BID, "name"), bid, strict=True)) for bid in row["bids"]]
    day = local_date(row["published_at"] or now)
    law = await law_on(day=day, district=row["district"], street=row["street"], mark=row["law_mark"])
    schedule = schedule_for(published_at=row["published_at"] or now, law=law)
    mine = await my_part(tender=row, user=user, now=now)
    panel = await panel_view(tender=row, user=user, law=law, now=now)
    corrections = corrections_from(row["corrections"])
    disputes = [dict(zip(_OF_A_DISPUTE, each, strict=True)) for each in row["disputes"]]
    facts = facts_for(row=row, user=user, now=now, mine=mine, panel=panel, questions=questions)
    if may_turn(row=row, user=user, now=now):
        facts |= {"may_turn"}
    corrected = corrections[-1].corrected_at if corrections else None
    if may_challenge(row=row, mine=mine, corrected=corrected, now=now, law=law):
        facts |= {"may_challenge"}
    shown = [q for q in questions if q["answer"] or row["street"] == user.organization or _asked(q, user)]
    return msgspec.convert(
        {
            **row,
            "url": f"/tenders/{row['code']}",
            "acts": acts_for(kind="tender", code=row["code"], state=row["state"], by=user, facts=facts),
            "periods": schedule.periods,
            "service_last_on": row["service_until"] - timedelta(days=1),
            "earliest_closing_at": schedule.earliest_closing_at,
            "questions": shown,
            "corrections": corrections,
            "suspensions": suspensions_from(disputes, now=now),
            "mine": mine,
            "opening": opening_lines(tender=row, user=user, bids=bids),
            "sealing": sealing_from(row),
            "panel": panel,
            "signs": await rigging_signs(tender=row, user=user, seated=panel is not None),
            "ranking": ranking_for(tender=row, user=user, bids=bids),
            "result": result_from(tender=row, law=law, bids=bids, experts=row["experts"]),
        },
        TenderCard,
    )


def _asked(question: Row, user: User) -> bool:
    return bool(user.organization) and question["organization"] == user.organization


async def tenders_page(*, user: User, state: str | None = None, after: str | None = None) -> Listing[TenderLine]:
    """Return the tenders a reader may see, newest first, 50 a page, of one state when it is named."""
    cursor = int(after) if after and after.isdecimal() and len(after) < _LONGEST_NUMBER else None
    found = await rows(_PAGE, *reader_of(user), state, cursor)
    items = msgspec.convert(found[:PAGE], list[TenderLine])
    return Listing(items=items, next=str(found[PAGE - 1]["id"]) if len(found) > PAGE else None)
