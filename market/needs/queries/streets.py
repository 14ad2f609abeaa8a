"""What a street office plans to buy, as its residents may read it: needs that are approved and not yet tendered."""

import msgspec

from market.base.database import rows
from market.base.money import Yuan
from market.needs.states import State


class PlannedPurchase(msgspec.Struct, frozen=True, kw_only=True):
    """An approved need in plain words; `beneficiaries` None when not told."""

    code: str
    url: str
    title: str
    served: str
    beneficiaries: int | None
    budget: Yuan


async def planned_of(*, street: str, limit: int) -> list[PlannedPurchase]:
    """Return what a street may buy and has not announced yet, the newest first; an approved need is public."""
    found = await rows(
        "SELECT code, '/needs/' || code AS url, title, served, beneficiaries, budget FROM need"
        " WHERE street = $1 AND state = $2 ORDER BY id DESC LIMIT $3",
        street,
        str(State.APPROVED),
        limit,
    )
    return msgspec.convert(found, list[PlannedPurchase])
