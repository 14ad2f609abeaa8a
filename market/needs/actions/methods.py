"""The method a need is bought by, chosen by its officer with grounds and reason."""

from datetime import datetime

from market.base.calendar import local_date
from market.base.database import Row, rows, transaction
from market.base.ledger import record
from market.base.lifecycle import objections_to_state
from market.base.refusal import Objection, refuse_if, say
from market.law.states import Law
from market.needs.actions.buying import facts_for, law_for, lock_for_buying
from market.needs.queries import NeedCard, need_for
from market.needs.queries.plans import earlier_purchases
from market.needs.rules.methods import TopUp, channel_under, objections_to_method
from market.needs.rules.splitting import objections_to_splitting, repeated
from market.needs.states import NEED, Act, Channel, State
from market.needs.states.official import Ground, Method
from market.people.states import User


async def choose_method(
    *,
    code: str,
    method: Method,
    grounds: frozenset[Ground],
    reason: str,
    top_up: TopUp,
    expected: int | None,
    by: User,
    now: datetime,
) -> NeedCard:
    """Choose how a need is bought, with grounds and reason; the channel follows. Refused by H-3 to H-16."""
    async with transaction():
        row = await lock_for_buying(code, by=by, expected=expected)
        refuse_if(objections_to_state(NEED, Act.CHOOSE_METHOD, row["state"]))
        law, facts = await law_for(row, local_date(now)), await facts_for(row)
        refuse_if(
            objections_to_method(method=method, grounds=grounds, reason=reason, top_up=top_up, facts=facts, law=law)
        )
        channel = channel_under(method=method, facts=facts, law=law)
        if row["state"] == State.APPROVED:
            refuse_if(await _objections_to_unseen(row, method=method, channel=channel, law=law))
        stated = sorted(str(ground) for ground in grounds)
        await rows(
            "UPDATE need SET method = $2, method_grounds = $3, method_reason = $4, channel = $5,"
            " revision = revision + 1 WHERE code = $1",
            code,
            str(method),
            stated,
            reason,
            str(channel),
        )
        detail = {"method": method, "grounds": stated, "reason": reason, "channel": channel}
        await record(room="needs", act=Act.CHOOSE_METHOD, code=code, by=by, now=now, detail=detail)
        return await need_for(code=code, user=by)


async def _objections_to_unseen(row: Row, *, method: Method, channel: Channel, law: Law) -> list[Objection]:
    """Object when another method would name purchases that the review of an approved need was not shown (H-6, HR-1)."""
    earlier = await earlier_purchases(line=row["budget_line"], item=row["item"], but=row["code"])
    official = channel is Channel.OFFICIAL
    objections = [
        Objection("method", o.message, o.law)
        for o in objections_to_splitting(
            budget=row["budget"],
            official=official,
            open_tender=method is Method.OPEN_TENDER,
            earlier=earlier,
            reason=row["splitting_reason"],
            law=law,
        )
    ]
    shown = {one["code"] for one in row["earlier"]}
    unseen = [e.code for e in repeated(budget=row["budget"], official=official, earlier=earlier, law=law)]
    if not objections and not shown.issuperset(unseen):
        words = say("The review was not shown {codes}: withdraw the need and submit it again.", codes=unseen)
        objections.append(Objection("method", words, "HR-1"))
    return objections
