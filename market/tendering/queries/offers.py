"""Which acts a tender offers to a reader now: the facts that its lifecycle's steps ask for, from what was read."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from market.base.calendar import local_date
from market.base.database import Row
from market.law.states import Law
from market.people.states import Role, User
from market.tendering.queries.bids import MyPart
from market.tendering.queries.panel import PanelView
from market.tendering.rules import disputes
from market.tendering.rules.disputes import Standing
from market.tendering.states import BidState, State

_HANDED_IN = frozenset({BidState.OPENED, BidState.VALID, BidState.DISQUALIFIED})


def facts_for(
    *, row: Row, user: User, now: datetime, mine: MyPart | None, panel: PanelView | None, questions: Sequence[Row]
) -> frozenset[str]:
    """Return the facts that hold for a tender and its reader."""
    facts = set(_street(row, user, now, questions)) if row["street"] == user.organization else set()
    if mine is not None:
        facts |= set(_bidder(row, now, mine))
    if panel is not None:
        facts |= set(_member(panel))
    return frozenset(facts)


def _street(row: Row, user: User, now: datetime, questions: Sequence[Row]) -> Iterator[str]:
    yield "own"
    if row["drafted_by"] != user.account:
        yield "not_my_draft"
    if now < row["closes_at"] and row["drafted_by"] != user.account:
        yield "may_correct"
    if now < row["closes_at"] and any(question["answer"] is None for question in questions):
        yield "has_open_question"
    if row["state"] == State.OPENED or row["empty_seats"]:
        yield "has_empty_seat"
    if row["contract"] is None:
        yield "has_no_contract"
    confirmed = row["confirm_until"] is not None and now >= row["confirm_until"]
    if (row["published_at"] is None or user.may_be(Role.APPROVER)) and not confirmed:
        yield "may_cancel"


def _bidder(row: Row, now: datetime, mine: MyPart) -> Iterator[str]:
    state = mine.bid.state if mine.bid else ""
    if now < row["closes_at"]:
        yield from _before_closing(row, now, mine, state)
    if state in (BidState.OPENED, BidState.VALID) and mine.opening_confirmed_at is None:
        yield "may_confirm_opening"
    if state == BidState.VALID and row["quotes_until"] is not None and now < row["quotes_until"]:
        yield "may_quote"
    if any(asked.open for asked in mine.clarifications):
        yield "has_clarification_to_answer"


def _before_closing(row: Row, now: datetime, mine: MyPart, state: str) -> Iterator[str]:
    yield "may_bid" if mine.documents_taken_at else "may_take_documents"
    if row["questions_until"] is not None and now < row["questions_until"]:
        yield "may_ask"
    if state == BidState.SUBMITTED:
        yield "may_withdraw"


def _member(panel: PanelView) -> Iterator[str]:
    yield "has_seat"
    open_bids = [bid for bid in panel.bids if bid.state == BidState.OPENED]
    if any(bid.my_check is None for bid in open_bids):
        yield "has_bid_to_check"
    if any(bid.state == BidState.VALID and not bid.my_points for bid in panel.bids):
        yield "has_bid_to_score"
    waits = any(asked.waits for asked in panel.clarifications)
    if panel.all_scored and not open_bids and not waits:
        yield "may_request_quotes"
    if not panel.i_signed and not waits:
        yield "has_report_to_sign"
    if not panel.signed:
        yield "may_clarify"
    if any(asked.to_judge for asked in panel.clarifications):
        yield "has_price_to_judge"


def standing_of(
    *, row: Row, taken_at: datetime | None, bid: str | None, corrected: datetime | None, now: datetime
) -> Standing:
    """Return what an organization did in a tender and which of its stages have ended, as challenges are judged by it.

    A bid counts as submitted once it cannot be withdrawn any more.
    """
    quoted = row["quotes_until"] is not None and now >= row["quotes_until"]
    return Standing(
        took_on=_day(taken_at),
        submitted=bid in _HANDED_IN or (bid == BidState.SUBMITTED and now >= row["closes_at"]),
        published_on=local_date(row["published_at"]),
        corrected_on=_day(corrected),
        opened_on=_day(row["opened_at"]),
        quotes_on=local_date(row["quotes_until"]) if quoted else None,
        decided_on=_day(row["decided_at"]),
    )


def _day(moment: datetime | None) -> date | None:
    return local_date(moment) if moment else None


def may_challenge(*, row: Row, mine: MyPart | None, corrected: datetime | None, now: datetime, law: Law) -> bool:
    """Tell whether a reader's organization may still challenge anything of a tender."""
    if mine is None or row["published_at"] is None:
        return False
    bid = mine.bid.state if mine.bid else None
    standing = standing_of(row=row, taken_at=mine.documents_taken_at, bid=bid, corrected=corrected, now=now)
    return disputes.may_challenge(standing=standing, today=local_date(now), law=law)
