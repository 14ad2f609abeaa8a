"""That a contract binds is told to those whose suggestion its need was made of."""

from market.base.database import one
from market.base.ledger import Event, Follower
from market.base.refusal import say
from market.needs.actions import record_progress
from market.needs.states import Progress


async def _signed(event: Event) -> None:
    if not (event.public or {}).get("in_force"):
        return
    row = await one("SELECT need, supplier_name, from_on FROM contract WHERE code = $1", event.code)
    if row is None or not row["need"]:
        return
    says = say(
        "{supplier} provides what you asked for, from {day} on.", supplier=row["supplier_name"], day=row["from_on"]
    )
    await record_progress(
        need=row["need"], step=Progress.CONTRACTED, says=says, url=f"/contracts/{event.code}", event=event
    )


PROGRESS: dict[str, Follower] = {"contracts:sign-contract": _signed}
