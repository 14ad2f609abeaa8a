"""The method a need is bought by, chosen by its officer with grounds and reason."""

from datetime import datetime

from market.base.calendar import local_date
from market.base.database import rows, transaction
from market.base.ledger import record
from market.base.lifecycle import objections_to_state
from market.base.refusal import refuse_if
from market.needs.actions.buying import facts_for, law_for, lock_for_buying
from market.needs.queries import NeedCard, need_for
from market.needs.rules.methods import TopUp, channel_under, objections_to_method
from market.needs.states import NEED, Act
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
