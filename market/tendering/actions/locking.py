"""The first beat of every act: take the tender's row, and ask whether this reader may touch it in this state.

What many may do at once takes it for share; what moves it on takes it for update.
"""

from datetime import datetime
from typing import Any

from market.base.database import Row, one
from market.base.ledger import record
from market.base.lifecycle import objections_to_state
from market.base.refusal import NotFound, refuse_if
from market.needs.actions import release
from market.people.queries import whether_serves
from market.people.states import CLOCK, User
from market.tendering.agenda import Moments, next_turn_at
from market.tendering.queries.panel import seat_of
from market.tendering.states import LIFECYCLE, Act, State
from market.tendering.tables import Tender

_SELECT = "SELECT t.*, o.name AS street_name, o.district FROM tender t JOIN organization o ON o.code = t.street"

_SELECT_FOR_BIDDER = (
    "SELECT t.id, t.code, t.state, t.budget, t.closes_at, t.questions_until, t.quotes_until, t.drafted_by,"  # noqa: S608
    " t.published_by, d.id IS NOT NULL AS took_documents, b.code AS own_bid,"
    " b.submissions AS own_submissions, k.suite, k.public_key,"
    f" {whether_serves(account='$3', organization='t.street')} AS serves_buyer FROM tender t"
    " LEFT JOIN documents_taken d ON d.tender = t.id AND d.organization = $2"
    " LEFT JOIN bid b ON b.tender = t.id AND b.organization = $2 LEFT JOIN tender_key k ON k.tender = t.id"
    " WHERE t.code = $1 AND t.published_at IS NOT NULL FOR SHARE OF t"
)


async def lock_for_street(*, code: str, act: Act, by: User) -> Row:
    """Lock a tender of the reader's own street for update. Raises NotFound for other streets', Refused by state."""
    row = await one(f"{_SELECT} WHERE t.code = $1 AND t.street = $2 FOR UPDATE OF t", code, by.organization)
    return _in_state(row, act)


async def lock_for_answer(*, code: str, act: Act, by: User) -> Row:
    """Lock a tender of the reader's own street for share."""
    row = await one(f"{_SELECT} WHERE t.code = $1 AND t.street = $2 FOR SHARE OF t", code, by.organization)
    return _in_state(row, act)


async def lock_for_bidder(*, code: str, act: Act, by: User) -> Row:
    """Lock a published tender for share, so that many bid at once and none while it is opened. Raises NotFound.

    The row has what bidders are judged by, not the notice's texts; it tells besides whether the organization took the
    documents, its bid's code if it has one, and whether the person serves the buyer too.
    """
    if by.organization is None:
        raise NotFound
    return _in_state(await one(_SELECT_FOR_BIDDER, code, by.organization, by.account), act)


async def lock_for_keyholder(*, code: str, by: User) -> Row:
    """Lock a tender for update with its key, for somebody who holds a share of it. Raises NotFound for others."""
    row = await one(
        "SELECT t.*, o.name AS street_name, o.district, k.suite, k.public_key, k.threshold FROM tender t"
        " JOIN organization o ON o.code = t.street JOIN tender_key k ON k.tender = t.id JOIN key_share s"
        " ON s.tender = t.id AND s.account = $2 WHERE t.code = $1 FOR UPDATE OF t",
        code,
        by.account,
    )
    return _in_state(row, Act.TURN_KEY)


async def lock_for_expert(*, code: str, act: Act, by: User) -> tuple[Row, Row]:
    """Lock a tender for update with the reader's seat on its panel. Raises NotFound for who has no seat there."""
    row = await one(f"{_SELECT} WHERE t.code = $1 AND t.published_at IS NOT NULL FOR UPDATE OF t", code)
    seat = await seat_of(tender=row["id"], account=by.account) if row else None
    if row is None or seat is None:
        raise NotFound
    return _in_state(row, act), seat


def _in_state(row: Row | None, act: Act) -> Row:
    if row is None:
        raise NotFound
    refuse_if(objections_to_state(LIFECYCLE, act, row["state"]))
    return row


async def set_state(*, row: Row, state: State, **columns: Any) -> None:
    """Move a locked tender to a state, with whatever else changes with it and the moment at which time acts next."""
    moments = Moments(state=state, quotes_until=columns.get("quotes_until"), confirm_until=columns.get("confirm_until"))
    values: dict[Any, Any] = {**columns, "state": str(state), "next_turn_at": next_turn_at(moments)}
    await Tender.update({**values, Tender.revision: Tender.revision + 1}).where(Tender.id == row["id"])


async def fail_tender(*, row: Row, reason: str, suppliers: int, now: datetime) -> None:
    """End a locked tender for want of suppliers, free its need, and publish that it ended."""
    await set_state(row=row, state=State.FAILED, ended_at=now, reason=reason)
    await release(code=row["need"], now=now, by=CLOCK)
    public = {
        "tender": row["code"],
        "title": row["title"],
        "state": State.FAILED,
        "suppliers": suppliers,
        "reason": reason,
    }
    await record(room="tendering", act=Act.FAIL_TENDER, code=row["code"], by=CLOCK, now=now, public=public)
