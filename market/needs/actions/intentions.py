"""The intention of a need, published and published again; every version is kept."""

from datetime import date, datetime

from market.base.calendar import local_date
from market.base.codes import code_for
from market.base.database import Row, one, transaction
from market.base.ledger import record
from market.base.lifecycle import objections_to_state
from market.base.refusal import refuse_if
from market.needs.actions.buying import law_for, lock_for_buying
from market.needs.queries.intentions import IntentionCard, intention_for
from market.needs.rules.intentions import objections_to_intention
from market.needs.states import Act, Channel
from market.needs.states.official import INTENTION, Exemption
from market.needs.tables import Intention, IntentionVersion
from market.people.states import User


async def publish_intention(
    *,
    code: str,
    month_on: date,
    outline: str,
    remark: str,
    exempt: Exemption | None,
    reason: str,
    expected: int | None,
    by: User,
    now: datetime,
) -> IntentionCard:
    """Publish the intention of a need, or publish it again when something changed; every version is kept.

    Refused for a month that has gone or, officially, begins within the period of B-8 without an exemption.
    """
    async with transaction():
        row = await lock_for_buying(code, by=by, expected=expected)
        refuse_if(objections_to_state(INTENTION, Act.PUBLISH_INTENTION, row["state"]))
        law, today, month = await law_for(row, local_date(now)), local_date(now), month_on.replace(day=1)
        before = await one("SELECT * FROM intention WHERE need = $1 FOR UPDATE", code)
        refuse_if(
            objections_to_intention(
                month_on=month,
                today=today,
                channel=Channel(row["channel"]),
                exempt=exempt,
                reason=reason,
                again=before is not None,
                above_limit=row["budget"] >= law.number("H-2.limit"),
                law=law,
            )
        )
        made = await _keep_intention(row, before=before, month=month, now=now)
        told = {
            "title": row["title"],
            "outline": outline or row["description"],
            "budget": row["budget"],
            "month_on": month,
            "remark": remark,
            "exempt_because": str(exempt or ""),
            "reason": reason,
        }
        await IntentionVersion.insert(
            IntentionVersion(
                intention=made["id"], number=made["revision"], published_at=now, published_by=by.account, **told
            )
        )
        public = {**told, "need": code, "street": row["street"], "street_name": row["street_name"]}
        await record(
            room="needs",
            act=Act.PUBLISH_INTENTION,
            code=made["code"],
            by=by,
            now=now,
            public={**public, "version": made["revision"]},
        )
        return await intention_for(code=made["code"])


async def _keep_intention(row: Row, *, before: Row | None, month: date, now: datetime) -> Row:
    if before is None:
        code = await code_for("I", now)
        [made] = await Intention.insert(
            Intention(
                code=code, need=row["code"], street=row["street"], state="published", month_on=month, published_at=now
            )
        )
        return {"id": made["id"], "code": code, "revision": 1}
    changed = await one(
        "UPDATE intention SET revision = revision + 1, state = 'republished', month_on = $2 WHERE id = $1"
        " RETURNING id, code, revision",
        before["id"],
        month,
    )
    assert changed is not None  # noqa: S101  it is locked
    return changed
