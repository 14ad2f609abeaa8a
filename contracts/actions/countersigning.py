"""The answer to a proposed change: the other side or the street's second hand signs it, or somebody declines it."""

from datetime import datetime

from contracts.actions.changing import lock_amendment, sign_for, take_effect
from contracts.actions.locking import moved
from contracts.queries.change_lines import sides_needed
from contracts.queries.changes import AmendmentCard, amendment_for
from contracts.queries.parties import side_of
from contracts.rules import changes as rules
from contracts.rules.terms import objections_to_both_sides
from contracts.states import AMENDMENT, Act, Side
from market.base.database import rows, transaction
from market.base.ledger import record
from market.base.lifecycle import objections_to_state
from market.base.refusal import NotFound, refuse_if
from market.people.states import User


async def sign_amendment(
    *, code: str, fingerprint: str, expected: int | None, by: User, now: datetime
) -> AmendmentCard:
    """Sign a change for one's side; with the last signature it needs, it is in effect and published.

    Refused to who proposed it for the street office, under another text, and when the contract has moved on since.
    """
    async with transaction():
        row, contract = await lock_amendment(code=code, by=by, expected=expected)
        side = side_of(contract, by)
        if side is None:
            raise NotFound
        refuse_if(objections_to_state(AMENDMENT, Act.SIGN_AMENDMENT, row["state"]))
        signed = await rows("SELECT side, account FROM contract_amendment_signature WHERE amendment = $1", row["id"])
        refuse_if(
            [
                *rules.objections_to_signing_change(
                    side=side,
                    signed=[Side(s["side"]) for s in signed],
                    needed=sides_needed(row),
                    by=by.account,
                    proposed_by=row["proposed_by"],
                    proposed_side=Side(row["proposed_side"]),
                    fingerprint=fingerprint,
                    expected=row["fingerprint"],
                ),
                *objections_to_both_sides(by=by.account, signed_by=[s["account"] for s in signed if s["side"] != side]),
            ]
        )
        await sign_for(row, side=side, by=by, now=now)
        public = await take_effect(row, contract=contract, act=Act.SIGN_AMENDMENT, by=by, now=now)
        detail = {"contract": contract["code"], "side": side, "fingerprint": row["fingerprint"]}
        await record(room="contracts", act=Act.SIGN_AMENDMENT, code=code, by=by, now=now, public=public, detail=detail)
        return await amendment_for(code=code, user=by)


async def decline_amendment(*, code: str, reasons: str, expected: int | None, by: User, now: datetime) -> AmendmentCard:
    """Decline the other side's proposal, or withdraw one's own; the contract goes on as it reads."""
    async with transaction():
        row, contract = await lock_amendment(code=code, by=by, expected=expected)
        if by.organization not in (contract["street"], contract["supplier"]):
            raise NotFound
        refuse_if(objections_to_state(AMENDMENT, Act.DECLINE_AMENDMENT, row["state"]))
        await rows(
            "UPDATE contract_amendment SET state = 'declined', declined_by = $2, declined_at = $3,"
            " declined_because = $4, revision = revision + 1 WHERE id = $1",
            row["id"],
            by.account,
            now,
            reasons,
        )
        await moved(contract["id"])
        detail = {"contract": contract["code"], "by": by.organization}
        await record(room="contracts", act=Act.DECLINE_AMENDMENT, code=code, by=by, now=now, detail=detail)
        return await amendment_for(code=code, user=by)
