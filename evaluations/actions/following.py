"""What a change of a contract moves in its evaluations: those still planned follow its new end."""

from datetime import timedelta

from contracts.queries import contract_facts
from evaluations.agenda import plan
from evaluations.states import Act, Kind, State
from market.base.calendar import local_date
from market.base.database import rows
from market.base.ledger import Event, Follower, record
from market.law.queries import law_on

_DAY = timedelta(days=1)


async def move_planned(event: Event) -> None:
    """Follow a change that moved a contract's end: its planned evaluations open by the new term.

    After an early end the final one opens on the next day. What has opened goes on as it is.
    """
    told = event.public or {}
    if not told.get("in_effect"):
        return
    ended = told["kind"] == "termination"
    if not ended and told["before"]["until_on"] == told["after"]["until_on"]:
        return
    terms = await contract_facts(code=told["contract"])
    law = await law_on(day=local_date(event.at), street=terms.street)
    until_on = min(terms.until_on, local_date(event.at) + _DAY) if ended else terms.until_on
    for planned in plan(from_on=min(terms.from_on, until_on), until_on=until_on, law=law):
        if ended and planned.kind is not Kind.FINAL:
            continue
        moved = await rows(
            "UPDATE evaluation SET opens_at = $3, due_on = $4, next_turn_at = $3, revision = revision + 1"
            " WHERE contract = $1 AND kind = $2 AND state = $5 AND opens_at <> $3 RETURNING code",
            terms.code,
            planned.kind,
            planned.opens_at,
            planned.due_on,
            State.PLANNED,
        )
        for row in moved:
            detail = {"contract": terms.code, "opens_at": planned.opens_at, "because": told["amendment"]}
            await record(
                room="evaluations", act=Act.PLAN_EVALUATION, code=row["code"], by=event.by, now=event.at, detail=detail
            )


FOLLOWING: dict[str, Follower] = {
    f"contracts:{act}": move_planned
    for act in ("sign-amendment", "amend-contract", "suspend-contract", "resume-contract", "terminate-contract")
}
