"""What a street office plans to buy, as its residents may read it: needs that are approved and not yet tendered."""

from collections.abc import Collection

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


class Offered(msgspec.Struct, frozen=True, kw_only=True):
    """What a need says of the service that came of it: of which category, where, for whom, for how many."""

    category: str
    served: str
    beneficiaries: int | None
    place: str


async def offered_under(*, needs: Collection[str]) -> dict[str, Offered]:
    """Return where and for whom the services of needs are, by need; callers ask for what is under contract."""
    found = await rows(
        "SELECT code, category, served, beneficiaries, place FROM need WHERE code = ANY ($1)", list(needs)
    )
    return {row["code"]: msgspec.convert(row, Offered) for row in found}
