"""A change of a contract takes effect: its terms or its state are written, the money moves, the change is published."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from catalogs.queries import standing_of
from contracts.queries.change_lines import reading_of, reads, sides_needed
from contracts.queries.changes import amendment_row
from contracts.rules import changes as rules
from contracts.rules.changes import Reading
from contracts.states import AMENDMENT, Act, Kind, Side, State
from contracts.tables import AmendmentSignature, Milestone
from market.base.calendar import add_working_days, local_date
from market.base.database import one, rows
from market.base.lifecycle import objections_to_state
from market.base.money import ZERO_YUAN, Yuan
from market.base.refusal import Objection, refuse_if, same_revision
from market.law.queries import law_on
from market.needs.actions import change_commitment
from market.people.states import User

_ENDS_IN = {
    Kind.AMENDMENT: State.IN_FORCE,
    Kind.SUSPENSION: State.SUSPENDED,
    Kind.RESUMPTION: State.IN_FORCE,
    Kind.TERMINATION: State.TERMINATED,
}
_PROPOSED_BY = {
    Kind.AMENDMENT: Act.AMEND_CONTRACT,
    Kind.SUSPENSION: Act.SUSPEND_CONTRACT,
    Kind.RESUMPTION: Act.RESUME_CONTRACT,
    Kind.TERMINATION: Act.TERMINATE_CONTRACT,
}


async def lock_amendment(*, code: str, by: User, expected: int | None = None) -> tuple[dict[str, Any], dict[str, Any]]:
    """Lock a change that the actor may see, its contract first, and return both rows. Raises NotFound and Stale."""
    seen = await amendment_row(code=code, user=by)
    contract = await one("SELECT * FROM contract WHERE id = $1 FOR UPDATE", seen["contract_id"])
    row = await one("SELECT * FROM contract_amendment WHERE code = $1", code)
    assert contract is not None  # noqa: S101  never deleted
    assert row is not None  # noqa: S101  never deleted
    same_revision(expected, row["revision"])
    return row, contract


async def stages_now(contract: int) -> tuple[list[dict[str, Any]], list[int]]:
    """Return a locked contract's milestones, and the numbers of those whose report waits for judgement."""
    found = await rows(
        "SELECT m.*, EXISTS (SELECT 1 FROM contract_delivery d WHERE d.milestone = m.id AND d.state = 'reported')"
        " AS waits FROM contract_milestone m WHERE m.contract = $1 ORDER BY m.number",
        contract,
    )
    return found, [row["number"] for row in found if row["waits"]]


async def sign_for(row: Mapping[str, Any], *, side: Side, by: User, now: datetime) -> None:
    """Sign a locked change for a side, under its own text."""
    await AmendmentSignature.insert(
        AmendmentSignature(
            amendment=row["id"],
            side=side,
            account=by.account,
            name=by.name,
            organization=by.organization,
            fingerprint=row["fingerprint"],
            signed_at=now,
        )
    )


async def take_effect(
    row: Mapping[str, Any], *, contract: dict[str, Any], act: Act, by: User, now: datetime
) -> dict[str, Any] | None:
    """Put a change in effect if nobody's signature is missing, and return what is published of it; None while one is.

    Refused when the contract has moved on since the proposal, when its line has too little left (N-10), and more money
    for a supplier that may not supply today (P-11, P-15).
    """
    signed = await rows("SELECT side FROM contract_amendment_signature WHERE amendment = $1", row["id"])
    if sides_needed(row) - {s["side"] for s in signed}:
        await _count(row["id"])
        return None
    kind, before, after = Kind(row["kind"]), reads(row["before"]), reads(row["after"])
    refuse_if(await _objections_to_effect(row, contract, kind=kind, before=before, after=after, now=now))
    law = await law_on(day=local_date(now), street=contract["street"])
    publish_by = add_working_days(local_date(now), int(law.number("C-7.publication")))
    await rows(
        "UPDATE contract SET state = $2, amount = $3, until_on = $4, released = released + $5,"
        " terminated_at = CASE WHEN $6 THEN $7::timestamptz END, revision = revision + 1 WHERE id = $1",
        contract["id"],
        str(_ENDS_IN[kind]),
        after.amount,
        after.until_on,
        row["released"],
        kind is Kind.TERMINATION,
        now,
    )
    await _write_stages(contract["id"], before=before, after=after)
    money: Yuan = row["money"] - row["released"]
    if money:
        await change_commitment(code=contract["need"], money=money, contract=contract["code"], act=act, now=now, by=by)
    await rows(
        "UPDATE contract_amendment SET state = 'effective', effective_at = $2, publish_by = $3,"
        " revision = revision + 1 WHERE id = $1",
        row["id"],
        now,
        publish_by,
    )
    return {
        "in_effect": True,
        "amendment": row["code"],
        **{name: row[name] for name in ("number", "kind", "reason", "explanation", "money", "released")},
        **{name: contract[name] for name in ("title", "need", "street", "street_name", "supplier", "supplier_name")},
        "contract": contract["code"],
        "before": msgspec.to_builtins(before),
        "after": msgspec.to_builtins(after),
        "effective_at": now,
        "publish_by": publish_by,
    }


async def _objections_to_effect(
    row: Mapping[str, Any],
    contract: dict[str, Any],
    *,
    kind: Kind,
    before: Reading,
    after: Reading,
    now: datetime,
) -> list[Objection]:
    milestones, waiting = await stages_now(contract["id"])
    open_ = [m["number"] for m in milestones if not m["accepted_at"] and m["number"] not in waiting]
    ends = kind is Kind.TERMINATION
    unaccepted = sum((m["amount"] for m in milestones if not m["accepted_at"]), ZERO_YUAN)
    found = rules.objections_to_moved_on(
        before=before,
        after=after,
        now_reads=reading_of(contract, milestones),
        open_=open_,
        released=row["released"],
        releases=unaccepted if ends else ZERO_YUAN,
    )
    if ends and waiting:
        found += rules.objections_to_termination(waiting=waiting, unaccepted=open_ or waiting)
    found += objections_to_state(AMENDMENT, _PROPOSED_BY[kind], contract["state"])
    if row["money"] > 0:
        standing = await standing_of(organization=contract["supplier"], on=local_date(now))
        found += [Objection("", o.message, o.law) for o in standing.objections]
    return found


async def _write_stages(contract: int, *, before: Reading, after: Reading) -> None:
    """Write the milestones that read otherwise; a new one stands behind the others."""
    then = {stage.number: stage for stage in before.milestones}
    for stage in after.milestones:
        if stage == then.get(stage.number):
            continue
        if stage.number in then:
            await rows(
                "UPDATE contract_milestone SET title = $3, due_on = $4, amount = $5, share = $6"
                " WHERE contract = $1 AND number = $2",
                contract,
                stage.number,
                stage.title,
                stage.due_on,
                stage.amount,
                stage.share,
            )
        else:
            await Milestone.insert(Milestone(contract=contract, **msgspec.structs.asdict(stage)))


async def _count(amendment: int) -> None:
    await rows("UPDATE contract_amendment SET revision = revision + 1 WHERE id = $1", amendment)
