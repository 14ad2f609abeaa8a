"""Locking a need for an act of buying, and what its method and channel are judged by."""

from datetime import date

from market.base.database import Row, one
from market.base.refusal import NotFound, same_revision
from market.law.queries import law_on
from market.law.states import Law
from market.needs.queries import card_of_item
from market.needs.rules.methods import MethodFacts
from market.needs.states import Channel
from market.needs.states.official import Method
from market.people.states import User


async def lock_for_buying(code: str, *, by: User, expected: int | None) -> Row:
    """Lock a need of one's own street with its street's name and district. Raises NotFound, Stale."""
    row = await one(
        "SELECT n.*, o.name AS street_name, o.district FROM need n JOIN organization o ON o.code = n.street"
        " WHERE n.code = $1 FOR UPDATE OF n",
        code,
    )
    if row is None or row["street"] != by.organization:
        raise NotFound
    same_revision(expected, row["revision"])
    return row


async def law_for(row: Row, today: date) -> Law:
    """Return the law of a day in the place of a locked need."""
    return await law_on(day=today, district=row["district"] or "", street=row["street"])


async def facts_for(row: Row) -> MethodFacts:
    """Return what a locked need's method depends on."""
    item = await card_of_item(row["item"])
    return MethodFacts(budget=row["budget"], central=item is not None and item.central)


def method_of(row: Row) -> Method:
    """Return the method a need is bought by: the one chosen, else consultation here and open tender officially."""
    if row["method"]:
        return Method(row["method"])
    return Method.OPEN_TENDER if row["channel"] == Channel.OFFICIAL else Method.CONSULTATION
