"""The award: confirmed by a second person or by silence, published with the experts' names, then contracted."""

from datetime import datetime
from typing import Any

from market.base.database import Row, one, rows, transaction
from market.base.ledger import record
from market.base.lifecycle import objections_to_state
from market.base.records import Turned
from market.base.refusal import NotFound, Objection, Refused, refuse_if, same_revision, say
from market.base.turning import each_alone
from market.people.states import CLOCK, User
from market.tendering.actions.disputes import note_overdue_answer
from market.tendering.actions.locking import lock_for_street, set_state
from market.tendering.actions.ranking import rank_bids
from market.tendering.queries import TenderCard, tender_for
from market.tendering.queries.awards import DEEMED, result_of
from market.tendering.queries.disputes import suspensions_of
from market.tendering.queries.tenders import law_of_tender
from market.tendering.rules.award import objections_to_confirming
from market.tendering.rules.disputes import objections_to_suspended
from market.tendering.states import LIFECYCLE, Act, State

_DUE = """
    SELECT t.*, o.name AS street_name, o.district FROM tender t JOIN organization o ON o.code = t.street
    WHERE t.next_turn_at <= $1 AND t.id <> ALL ($2) ORDER BY t.next_turn_at, t.id LIMIT 1 FOR UPDATE OF t SKIP LOCKED
"""

_OVERDUE = """
    SELECT c.* FROM challenge c WHERE c.next_turn_at <= $1 AND c.id <> ALL ($2)
    ORDER BY c.next_turn_at, c.id LIMIT 1 FOR UPDATE SKIP LOCKED
"""


async def confirm_award(*, code: str, expected: int | None, by: User, now: datetime) -> TenderCard:
    """Confirm rank one within L-8, by another hand than the drafter's; the result is published at once (L-9)."""
    async with transaction():
        row = await lock_for_street(code=code, act=Act.CONFIRM_AWARD, by=by)
        same_revision(expected, row["revision"])
        refuse_if(
            objections_to_confirming(drafted_by=row["drafted_by"], by=by.account, now=now, until=row["confirm_until"])
        )
        await _award(row=row, by=by, now=now)
        return await tender_for(code=code, user=by, now=now)


async def _award(*, row: Row, by: User, now: datetime) -> None:
    """Write the decision and publish the result.

    What silence confirmed is dated by its publication, so that a scheduler that was down shortens nobody's challenge.
    """
    hand = DEEMED if by is CLOCK else by.account
    await set_state(row=row, state=State.AWARDED, decided_at=now, decided_by=hand)
    decided = {**row, "state": State.AWARDED, "decided_at": now, "decided_by": hand}
    result = await result_of(tender=decided, law=await law_of_tender(row=row, now=now))
    names = ("need", "street", "street_name", "item", "title", "service_from", "service_until")
    public: dict[str, Any] = {"tender": row["code"], **{name: row[name] for name in names}, "result": result}
    await record(room="tendering", act=Act.CONFIRM_AWARD, code=row["code"], by=by, now=now, public=public)


async def hold_award(*, tender: str) -> None:
    """Lock a tender before the contract that is made from its award: a challenge answered takes them in that order."""
    await one("SELECT 1 FROM tender WHERE code = $1 FOR UPDATE", tender)


async def note_draft(*, tender: str, contract: str | None) -> None:
    """Note which contract is being made from an award, or that none is any more, in the transaction of that act."""
    await rows("UPDATE tender SET contract = $2 WHERE code = $1 AND state = 'awarded'", tender, contract)


async def mark_contracted(*, tender: str, contract: str, now: datetime, by: User) -> None:  # noqa: ARG001
    """Note that an awarded tender has its contract, in the transaction of the contract's own act. Raises Refused.

    Refused too while a challenge or complaint suspends signing (Q-5). The event is the contract's; `by` is every room's
    signature.
    """
    async with transaction():
        row = await one("SELECT * FROM tender WHERE code = $1 FOR UPDATE", tender)
        if row is None:
            raise NotFound
        if row["state"] != State.AWARDED:
            state = LIFECYCLE.states[State(row["state"])]
            raise Refused(
                [Objection("", say("This cannot be done while the record is “{state}”.", state=state), "L-11")]
            )
        refuse_if(objections_to_suspended(await suspensions_of(tender=tender, now=now)))
        await set_state(row=row, state=State.CONTRACTED, contract=contract)


async def turn(*, now: datetime, limit: int = 100) -> list[Turned]:
    """Do what fell due, one record a transaction: end quote rounds, confirm awards by silence, note late answers.

    Rows another process is at are passed over; running twice does nothing twice.
    """
    done = await each_alone(
        due=lambda passed: one(_DUE, now, passed), perform=lambda row: _turn_one(row=row, now=now), limit=limit
    )
    return done + await each_alone(
        due=lambda passed: one(_OVERDUE, now, passed),
        perform=lambda row: note_overdue_answer(row=row, now=now),
        limit=limit - len(done),
    )


async def _turn_one(*, row: Row, now: datetime) -> Turned:
    if row["state"] == State.QUOTING:
        refuse_if(objections_to_state(LIFECYCLE, Act.RANK_BIDS, row["state"]))
        await rank_bids(row=row, now=now)
        return Turned(act=Act.RANK_BIDS, code=row["code"], at=now)
    refuse_if(objections_to_state(LIFECYCLE, Act.CONFIRM_AWARD, row["state"]))
    await _award(row=row, by=CLOCK, now=now)
    return Turned(act=Act.CONFIRM_AWARD, code=row["code"], at=now)
