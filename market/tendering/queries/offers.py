"""Which acts a tender offers to a reader now: the facts that its lifecycle's steps ask for, from what was read."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from market.base.database import Row
from market.people.states import Role, User
from market.tendering.queries.bids import MyPart
from market.tendering.queries.panel import PanelView
from market.tendering.states import BidState, State


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
    if now < row["closes_at"] and any(question["answer"] is None for question in questions):
        yield "has_open_question"
    if now >= row["opens_at"]:
        yield "may_open"
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
    if panel.all_scored and not open_bids:
        yield "may_request_quotes"
    if not panel.i_signed:
        yield "has_report_to_sign"
