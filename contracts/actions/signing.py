"""Signing by both sides, each in the contract's file; the second signature puts the contract in force."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from catalogs.queries import standing_of
from contracts.actions.locking import lock_contract
from contracts.actions.pens import Held, Pen, take_up, written
from contracts.queries import ContractCard, contract_for
from contracts.queries.parties import side_of
from contracts.queries.signatures import latest_file
from contracts.rules import terms as rules
from contracts.states import CONTRACT, Act, Side, State
from contracts.tables import Signature
from market.base.calendar import local_date
from market.base.database import one, rows, transaction
from market.base.ledger import record
from market.base.lifecycle import objections_to_state
from market.base.refusal import NotFound, Objection, Stale, refuse_if
from market.law.queries import law_on
from market.needs.actions import commit_money
from market.people.states import User
from market.tendering.actions import mark_contracted
from market.tendering.queries import suspensions_of
from market.tendering.rules.disputes import objections_to_suspended

_PUBLISHED = (
    *("code", "tender", "need", "item", "title", "street", "street_name", "supplier", "supplier_name", "amount"),
    *("from_on", "until_on", "content", "quantity", "quality", "settlement", "acceptance", "signed_at", "publish_by"),
    "fingerprint",
)

ANY_PEN = Pen()


async def sign_contract(
    *, code: str, fingerprint: str, late_reason: str, pen: Pen = ANY_PEN, expected: int | None, by: User, now: datetime
) -> ContractCard:
    """Sign for one's side. The second signature puts the contract in force, publishes it and commits the money.

    The signature stands in the contract's file, which is made and kept before anything is locked. Where the other
    side signs meanwhile, the file with its signature is signed.

    Refused when the side or the person has signed, under another text, after L-11 without a reason for the delay, with
    a supplier that may not supply today (P-11, P-15), and while a challenge suspends signing (Q-5). The first signature
    is not public.
    """
    held = await take_up(pen, by=by, now=now)
    for _ in Side:
        made = await written(held, code=code, by=by, now=now)
        async with transaction():
            row = await lock_contract(code=code, by=by, expected=expected, with_award=True)
            side = side_of(row, by)
            if side is None:
                raise NotFound
            signed = await _may_sign(row, side, held, fingerprint=fingerprint, late_reason=late_reason, by=by, now=now)
            if made is None or made.after != await latest_file(contract=row["id"]):
                continue
            await Signature.insert(
                Signature(
                    contract=row["id"],
                    side=side,
                    account=by.account,
                    name=by.name,
                    organization=by.organization,
                    fingerprint=row["fingerprint"],
                    late_reason=late_reason,
                    signed_at=now,
                    method=held.method,
                    file=made.file,
                    scan=held.scan,
                    **held.columns,  # type: ignore[arg-type]  # columns by name, as Piccolo takes them
                )
            )
            public: Mapping[str, Any] | None = None
            if signed:
                public = {**await _put_in_force(row, by=by, now=now), "file": made.file}
            else:
                await rows("UPDATE contract SET revision = revision + 1 WHERE id = $1", row["id"])
            detail = {
                "side": side,
                "fingerprint": row["fingerprint"],
                "late_reason": late_reason,
                "method": held.method,
                "file": made.file,
                "certificate": held.columns.get("certificate_fingerprint", ""),
            }
            await record(
                room="contracts", act=Act.SIGN_CONTRACT, code=code, by=by, now=now, public=public, detail=detail
            )
            return await contract_for(code=code, user=by)
    raise Stale


async def _may_sign(
    row: dict[str, Any], side: Side, held: Held, *, fingerprint: str, late_reason: str, by: User, now: datetime
) -> bool:
    """Refuse what stands against a signature of a locked contract, and tell whether the other side has signed."""
    refuse_if(objections_to_state(CONTRACT, Act.SIGN_CONTRACT, row["state"]))
    signed = await rows("SELECT side, account FROM contract_signature WHERE contract = $1", row["id"])
    standing = await standing_of(organization=row["supplier"], on=local_date(now))
    refuse_if(
        [
            *rules.objections_to_signing(
                side=side,
                signed=[Side(s["side"]) for s in signed],
                fingerprint=fingerprint,
                expected=row["fingerprint"],
                today=local_date(now),
                last_day=row["sign_by"],
                late_reason=late_reason,
            ),
            *rules.objections_to_both_sides(
                by=by.account, signed_by=[s["account"] for s in signed if s["side"] != side]
            ),
            *(Objection("", o.message, o.law) for o in standing.objections),
            *objections_to_suspended(await suspensions_of(tender=row["tender"], now=now)),
            *held.objections,
        ]
    )
    return bool(signed)


async def _put_in_force(row: dict[str, Any], *, by: User, now: datetime) -> dict[str, Any]:
    """Set the contract in force, tell tender and need, and return what is published of it."""
    law = await law_on(day=local_date(now), street=row["street"])
    publish_by = rules.publish_by(signed_on=local_date(now), law=law)
    await rows(
        "UPDATE contract SET state = $2, signed_at = $3, publish_by = $4, revision = revision + 1 WHERE id = $1",
        row["id"],
        str(State.IN_FORCE),
        now,
        publish_by,
    )
    if row["tender"]:
        await mark_contracted(tender=row["tender"], contract=row["code"], now=now, by=by)
    await commit_money(code=row["need"], amount=row["amount"], contract=row["code"], now=now, by=by)
    return await snapshot(row["id"])


async def snapshot(contract: int) -> dict[str, Any]:
    """Return the published facts of a contract in force, in the room's words."""
    row = await one("SELECT * FROM contract WHERE id = $1", contract)
    assert row is not None  # noqa: S101  refused above, or never deleted
    milestones = await rows(
        "SELECT number, title, due_on, share, amount, standard FROM contract_milestone WHERE contract = $1"
        " ORDER BY number",
        contract,
    )
    return {"in_force": True, **{name: row[name] for name in _PUBLISHED}, "milestones": milestones}
