"""How a need's review ends, part by part, and how a street takes a need back."""

from datetime import datetime
from typing import Any

from market.base.database import Row, rows, transaction
from market.base.ledger import record
from market.base.lifecycle import objections_to_state
from market.base.refusal import Objection, refuse_if, say
from market.needs import rules
from market.needs.actions.locking import lock_own
from market.needs.actions.money import give_back, lock_line
from market.needs.queries import NeedCard, need_for, reviews_of
from market.needs.states import NEED, RESERVING, Act, Decision, Part, State
from market.people.states import User

# By which columns each part is kept: the person, the moment, the words.
_KEPT = {
    Part.APPROVAL: ("reviewed_by", "reviewed_at", "reason"),
    Part.LAW: ("law_reviewed_by", "law_reviewed_at", "law_opinion"),
    Part.SUPERVISION: ("supervised_by", "supervised_at", "supervised_opinion"),
}


async def review_need(
    *, code: str, decision: Decision, reason: str, expected: int | None, by: User, now: datetime
) -> NeedCard:
    """Give one's part of a submitted need's review: approve, or send it back with a reason and its money.

    It is approved, and public, when every part is given: the approval, the review of law where that is asked for
    (B-4), the supervisor's agreement where purchases are repeated (HR-1); in any order. Refused to whoever had a hand
    in it (B-5), gave a part already, or has none.
    """
    async with transaction():
        row = await lock_own(code, by=by, expected=expected)
        reviews = reviews_of(row)
        refuse_if(objections_to_state(NEED, Act.REVIEW_NEED, row["state"]))
        refuse_if(
            rules.objections_to_review(
                reviewer=by.account, roles=by.roles, reviews=reviews, decision=decision, reason=reason
            )
        )
        part = rules.part_of(reviewer=by.account, roles=by.roles, reviews=reviews)
        assert part is not None  # noqa: S101  refused above
        if decision is Decision.APPROVE:
            awaits = [each for each in reviews.awaited if each is not part]
            await _keep(row, part, State.SUBMITTED if awaits else State.APPROVED, reason=reason, by=by, now=now)
        else:
            awaits = []
            await lock_line(row["budget_line"])
            await give_back(
                line=row["budget_line"], amount=row["budget"], need=code, act=Act.REVIEW_NEED, by=by, now=now
            )
            await _keep(row, Part.APPROVAL, State.SENT_BACK, reason=reason, by=by, now=now)
        await record(
            room="needs",
            act=Act.REVIEW_NEED,
            code=code,
            by=by,
            now=now,
            public=_published(row) if decision is Decision.APPROVE and not awaits else None,
            detail={"decision": decision, "part": str(part), "awaits": [str(each) for each in awaits]},
        )
        return await need_for(code=code, user=by)


async def _keep(row: Row, part: Part, state: State, *, reason: str, by: User, now: datetime) -> None:
    person, moment, words = _KEPT[part]
    await rows(
        f"UPDATE need SET state = $2, {person} = $3, {moment} = $4, {words} = $5, revision = revision + 1"  # noqa: S608
        " WHERE code = $1",
        row["code"],
        str(state),
        by.account,
        now,
        reason,
    )


def _published(row: Row) -> dict[str, Any]:
    """Return the facts of an approved need that everybody may know."""
    names = (
        "title", "street", "item", "category", "budget", "description", "standard", "quantity", "unit", "served",
        "beneficiaries", "place", "term_months", "targets",
    )  # fmt: skip
    return {name: row[name] for name in names}


async def withdraw_need(*, code: str, reason: str, expected: int | None, by: User, now: datetime) -> NeedCard:
    """Take a need back that no purchase was begun of; what it had reserved is free again. Refused without a reason."""
    async with transaction():
        row = await lock_own(code, by=by, expected=expected)
        objections = objections_to_state(NEED, Act.WITHDRAW_NEED, row["state"])
        if not reason.strip():
            objections.append(Objection("reason", say("Say why the need is withdrawn.")))
        refuse_if(objections)
        if row["state"] in RESERVING:
            await lock_line(row["budget_line"])
            await give_back(
                line=row["budget_line"], amount=row["budget"], need=code, act=Act.WITHDRAW_NEED, by=by, now=now
            )
        await rows(
            "UPDATE need SET state = $2, reason = $3, revision = revision + 1 WHERE code = $1",
            code,
            str(State.WITHDRAWN),
            reason,
        )
        await record(
            room="needs",
            act=Act.WITHDRAW_NEED,
            code=code,
            by=by,
            now=now,
            public={"title": row["title"], "street": row["street"], "reason": reason}
            if row["state"] == State.APPROVED
            else None,
            detail={"from": row["state"], "budget_line": row["budget_line"]},
        )
        return await need_for(code=code, user=by)
