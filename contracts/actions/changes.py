"""What changes a contract after its signature, as one side proposes it."""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import msgspec

from contracts.actions.changing import lock_amendment, sign_for, stages_now, take_effect
from contracts.actions.locking import lock_contract, moved
from contracts.queries.change_lines import reading_of, waiting_change
from contracts.queries.changes import AmendmentCard, amendment_for
from contracts.queries.law import law_of_contract
from contracts.rules import changes as rules
from contracts.rules.changes import Reading, StageChange
from contracts.states import (
    AMENDMENT,
    Act,
    AmendmentState,
    AmendReason,
    EndReason,
    Kind,
    ResumeReason,
    Side,
    SuspendReason,
)
from contracts.tables import Amendment
from market.base.calendar import local_date
from market.base.codes import code_for
from market.base.database import one, transaction
from market.base.ledger import record
from market.base.lifecycle import objections_to_state
from market.base.money import ZERO_YUAN, Yuan
from market.base.refusal import NotFound, Objection, refuse_if
from market.people.attachments import objections_to_attachments
from market.people.states import User


class Ground(msgspec.Struct, frozen=True, kw_only=True):
    """Why a change is proposed, in words, with the codes of the side's own files."""

    reason: AmendReason | SuspendReason | ResumeReason | EndReason
    explanation: str
    evidence: Sequence[str] = ()

    @property
    def alone(self) -> bool:
        """Tell whether one side acts without the other's agreement; terms are never changed so."""
        return not isinstance(self.reason, AmendReason) and self.reason != "agreement"


class _Found(msgspec.Struct, frozen=True, kw_only=True):
    """A locked contract as a proposal finds it."""

    row: dict[str, Any]
    side: Side
    before: Reading
    open: list[int]
    waiting: list[int]
    objections: list[Objection]


async def amend_contract(
    *,
    code: str,
    ground: Ground,
    amount: Yuan | None,
    until_on: date | None,
    stages: Sequence[StageChange],
    expected: int | None,
    by: User,
    now: datetime,
) -> AmendmentCard:
    """Propose other terms: an amount, an end, milestones. In effect once both sides have signed.

    Refused above the share of C-6, for a lower price without its ground, for stages reported or accepted, outside the
    longest term (C-2), and while another change waits.
    """
    async with transaction():
        found = await _found(act=Act.AMEND_CONTRACT, code=code, ground=ground, expected=expected, by=by)
        after = rules.reading_after(found.before, amount=amount, until_on=until_on, stages=stages, open_=found.open)
        original, supplements = await _supplements(found.row)
        refuse_if(
            [
                *found.objections,
                *rules.objections_to_amendment(
                    before=found.before,
                    after=after,
                    stages=stages,
                    open_=found.open,
                    reason=AmendReason(ground.reason),
                    original=original,
                    supplements=supplements,
                    multi_year_basis=found.row["multi_year_basis"],
                    today=local_date(now),
                    law=await law_of_contract(row=found.row, now=now),
                ),
            ]
        )
        return await _propose(Act.AMEND_CONTRACT, Kind.AMENDMENT, found, ground=ground, after=after, by=by, now=now)


async def suspend_contract(
    *, code: str, ground: Ground, expected: int | None, by: User, now: datetime
) -> AmendmentCard:
    """Propose that performance pauses, or let it pause where the law lets one side act alone (C-7)."""
    async with transaction():
        found = await _found(act=Act.SUSPEND_CONTRACT, code=code, ground=ground, expected=expected, by=by)
        refuse_if(found.objections)
        return await _propose(
            Act.SUSPEND_CONTRACT, Kind.SUSPENSION, found, ground=ground, after=found.before, by=by, now=now
        )


async def resume_contract(
    *,
    code: str,
    ground: Ground,
    until_on: date | None,
    stages: Sequence[StageChange],
    expected: int | None,
    by: User,
    now: datetime,
) -> AmendmentCard:
    """Propose that performance goes on, with end and milestones moved by at most the days that were lost."""
    async with transaction():
        found = await _found(act=Act.RESUME_CONTRACT, code=code, ground=ground, expected=expected, by=by)
        after = rules.reading_after(found.before, amount=None, until_on=until_on, stages=stages, open_=found.open)
        suspension = await one(
            "SELECT * FROM contract_amendment WHERE contract = $1 AND kind = 'suspension' AND state = 'effective'"
            " ORDER BY number DESC LIMIT 1",
            found.row["id"],
        )
        refuse_if(found.objections if suspension is None else [])
        assert suspension is not None  # noqa: S101  the state refused every contract that is not suspended
        refuse_if(
            [
                *found.objections,
                *rules.objections_to_resumption(
                    before=found.before,
                    after=after,
                    suspended_on=local_date(suspension["effective_at"]),
                    today=local_date(now),
                    one_sided_by=suspension["proposed_side"] if suspension["one_sided"] else None,
                    alone=ground.alone,
                    side=found.side,
                ),
                *rules.objections_to_stages(
                    stages, before=found.before, after=after, open_=found.open, today=local_date(now)
                ),
            ]
        )
        return await _propose(Act.RESUME_CONTRACT, Kind.RESUMPTION, found, ground=ground, after=after, by=by, now=now)


async def terminate_contract(
    *, code: str, ground: Ground, expected: int | None, by: User, now: datetime
) -> AmendmentCard:
    """Propose the early end, or end it where the law lets one side act alone. What is not accepted is given back."""
    async with transaction():
        found = await _found(act=Act.TERMINATE_CONTRACT, code=code, ground=ground, expected=expected, by=by)
        unaccepted = [*found.open, *found.waiting]
        refuse_if(
            [
                *found.objections,
                *rules.objections_to_termination(waiting=found.waiting, unaccepted=unaccepted),
            ]
        )
        return await _propose(
            Act.TERMINATE_CONTRACT, Kind.TERMINATION, found, ground=ground, after=found.before, by=by, now=now
        )


async def _found(*, act: Act, code: str, ground: Ground, expected: int | None, by: User) -> _Found:
    """Lock a contract of the actor's own side, and return what it reads and what speaks against any change now."""
    row = await lock_contract(code=code, by=by, expected=expected)
    if by.organization not in (row["street"], row["supplier"]):
        raise NotFound
    side = Side.BUYER if by.organization == row["street"] else Side.SUPPLIER
    milestones, waiting = await stages_now(row["id"])
    return _Found(
        row=row,
        side=side,
        before=reading_of(row, milestones),
        open=[m["number"] for m in milestones if not m["accepted_at"] and m["number"] not in waiting],
        waiting=waiting,
        objections=[
            *objections_to_state(AMENDMENT, act, row["state"]),
            *rules.objections_to_open_change(waiting=await waiting_change(contract=row["id"])),
            *rules.objections_to_one_side(
                reason=ground.reason, one_sided=ground.alone, side=side, evidence=ground.evidence
            ),
            *await objections_to_attachments(codes=ground.evidence, field="evidence", by=by),
        ],
    )


async def _supplements(row: dict[str, Any]) -> tuple[Yuan, Yuan]:
    """Return the amount as signed, and what supplements in effect added to it."""
    found = await one(
        "SELECT (SELECT (f.before ->> 'amount')::numeric FROM contract_amendment f WHERE f.contract = $1"
        " AND f.state = 'effective' ORDER BY f.number LIMIT 1) AS original, coalesce(sum(a.money), 0.00) AS supplements"
        " FROM contract_amendment a WHERE a.contract = $1 AND a.state = 'effective' AND a.money > 0",
        row["id"],
    )
    assert found is not None  # noqa: S101  a sum is always there
    return Decimal(found["original"] or row["amount"]), Decimal(found["supplements"])


async def _propose(
    act: Act, kind: Kind, found: _Found, *, ground: Ground, after: Reading, by: User, now: datetime
) -> AmendmentCard:
    """Keep a proposal, sign it for an organization whose administrator makes it, and let it take effect if it may."""
    row, before = found.row, found.before
    code = await code_for("A", now)
    last = await one("SELECT coalesce(max(number), 0) AS number FROM contract_amendment WHERE contract = $1", row["id"])
    assert last is not None  # noqa: S101  a maximum is always there
    released = sum((s.amount for s in before.milestones if s.number in found.open), ZERO_YUAN)
    kept: dict[str, Any] = {
        "kind": kind,
        "reason": str(ground.reason),
        "explanation": ground.explanation,
        "money": after.amount - before.amount,
        "released": released if kind is Kind.TERMINATION else ZERO_YUAN,
    }
    await Amendment.insert(
        Amendment(
            code=code,
            contract=row["id"],
            number=last["number"] + 1,
            one_sided=ground.alone,
            evidence=list(ground.evidence),
            before=msgspec.json.encode(before).decode(),
            after=msgspec.json.encode(after).decode(),
            fingerprint=_fingerprint(row, kept=kept, before=before, after=after),
            state=AmendmentState.PROPOSED,
            proposed_by=by.account,
            proposed_side=found.side,
            proposed_at=now,
            **kept,
        )
    )
    made, contract = await lock_amendment(code=code, by=by)
    public = None
    # Who speaks for an organization signs by proposing; in a street office another hand signs.
    if found.side is Side.SUPPLIER:
        await sign_for(made, side=Side.SUPPLIER, by=by, now=now)
        public = await take_effect(made, contract=contract, act=act, by=by, now=now)
    await moved(row["id"])
    detail = {"contract": row["code"], "kind": kind, "reason": str(ground.reason), "fingerprint": made["fingerprint"]}
    await record(room="contracts", act=act, code=code, by=by, now=now, public=public, detail=detail)
    return await amendment_for(code=code, user=by)


def _fingerprint(row: dict[str, Any], *, kept: dict[str, Any], before: Reading, after: Reading) -> str:
    """Return the SHA-256 of what is signed: the contract, the ground in words, the terms before and after."""
    content = msgspec.json.encode([row["code"], row["fingerprint"], *kept.values(), before, after])
    return hashlib.sha256(content).hexdigest()
