"""Correcting a notice: the words before are kept, the closing moves as L-4 wants, bids in hand may be void."""

from datetime import datetime
from typing import Any

import msgspec

from market.base.codes import next_number
from market.base.database import Row, rows, transaction
from market.base.ledger import record
from market.base.refusal import refuse_if, same_revision
from market.needs.queries import need_facts
from market.people.states import User
from market.tendering.actions.locking import lock_for_street, set_state
from market.tendering.actions.notice import terms_of
from market.tendering.queries import TenderCard, tender_for
from market.tendering.queries.tenders import law_of_tender
from market.tendering.rules.bidding import objections_to_lateness
from market.tendering.rules.corrections import (
    Change,
    Wanted,
    changes_of,
    corrected,
    objections_to_correction,
    touches_bids,
)
from market.tendering.rules.finding import notice_terms
from market.tendering.rules.notice import objections_to_publisher, objections_to_terms, questions_until
from market.tendering.states import Act, State
from market.tendering.tables import Correction


async def correct_notice(
    *, code: str, reason: str, said: bool, wanted: Wanted, expected: int | None, by: User, now: datetime
) -> TenderCard:
    """Correct an open notice; versions are kept, who took the documents is told, touched bids are void at once.

    `said`: the street itself says that bids are touched. Refused after the closing, by the drafter's hand, for another
    object or condition (L-5), for a closing earlier than L-4 wants, and by every term that no notice may carry.
    """
    async with transaction():
        row = await lock_for_street(code=code, act=Act.CORRECT_NOTICE, by=by)
        same_revision(expected, row["revision"])
        law = await law_of_tender(row=row, now=now)
        before = terms_of(row)
        touches = touches_bids(before=before, wanted=wanted, said=said)
        after = corrected(before=before, wanted=wanted, touches=touches, now=now, law=law)
        need = await need_facts(code=row["need"])
        refuse_if(
            [
                *objections_to_lateness(now=now, closes_at=row["closes_at"]),
                *objections_to_publisher(drafted_by=row["drafted_by"], publisher=by.account),
                *objections_to_correction(before=before, after=after, wanted=wanted, touches=touches, now=now, law=law),
                *objections_to_terms(
                    terms=after, budget=need.budget, term_months=need.term_months, now=row["published_at"], law=law
                ),
            ]
        )
        changes = changes_of(before=before, after=after)
        number = await next_number(f"correction-{code}")
        voided = await _void_bids(tender=row["id"], now=now) if touches else 0
        await Correction.insert(
            Correction(
                tender=row["id"],
                number=number,
                reason=reason,
                changes=msgspec.json.encode(changes).decode(),
                touches_bids=touches,
                closed_at=before.closes_at,
                closes_at=after.closes_at,
                voided=voided,
                corrected_by=by.account,
                corrected_at=now,
            )
        )
        await _write(row=row, changes=changes, questions=questions_until(closes_at=after.closes_at, law=law))
        public: dict[str, Any] = {
            "tender": code,
            "number": number,
            "reason": reason,
            "touches_bids": touches,
            "changes": changes,
        }
        await record(room="tendering", act=Act.CORRECT_NOTICE, code=code, by=by, now=now, public=public)
        return await tender_for(code=code, user=by, now=now)


async def _void_bids(*, tender: int, now: datetime) -> int:
    """Void the bids in hand, so that they can be submitted again; how many there were stays secret till the opening."""
    found = await rows(
        "UPDATE bid SET state = 'withdrawn', content = NULL, content_key = NULL, fingerprint = NULL,"
        " submitted_at = NULL, submitted_by = NULL, leaf = NULL, signature = NULL, voided_at = $2"
        " WHERE tender = $1 AND state = 'submitted' RETURNING id",
        tender,
        now,
    )
    return len(found)


async def _write(*, row: Row, changes: list[Change], questions: datetime) -> None:
    columns = {change.field: change.corrected for change in changes}
    now_told = {**row, **columns}
    words = {name: now_told[name] for name in ("code", "title", "street_name", "requirement", "qualification")}
    await set_state(row=row, state=State.OPEN, **columns, questions_until=questions, search_terms=notice_terms(**words))
