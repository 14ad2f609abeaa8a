"""The directory and the registers told for one reader's home: what an organization offers, what lapses soon."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

import msgspec

from catalogs.queries.organizations import standing_of
from catalogs.rules import StandingFact, ends_by_itself
from catalogs.states import TERMS
from market.base.calendar import start_of_day
from market.base.database import one, rows
from market.base.refusal import Objection
from market.law.queries import law_on


class Offer(msgspec.Struct, frozen=True, kw_only=True):
    """What an organization offers and where; `items` are the official items of its categories, each with those."""

    name: str
    categories: list[str]
    service_areas: str
    items: dict[str, list[str]]
    objections: list[Objection]


class Lapsing(msgspec.Struct, frozen=True, kw_only=True):
    """A standing that ends on a day to come."""

    url: str
    organization: str
    organization_name: str
    kind: str
    value: str
    ends_on: date
    law: str


class RegisterCount(msgspec.Struct, frozen=True, kw_only=True):
    """How many entries of a register are in use, and how far they were compared with their source."""

    register: str
    checked: str
    count: int


async def category_names() -> dict[str, tuple[str, str]]:
    """Return the Chinese and English name of every category."""
    found = await rows("SELECT code, name_zh, name_en FROM entry WHERE register = 'category'")
    return {row["code"]: (row["name_zh"], row["name_en"] or row["name_zh"]) for row in found}


async def offer_of(*, organization: str, on: date) -> Offer:
    """Return what an organization offers, and every reason why it may not supply on a day. Raises NotFound."""
    standing = await standing_of(organization=organization, on=on)
    row = await one(
        "SELECT p.categories, p.service_areas FROM profile p JOIN organization o ON o.id = p.organization"
        " WHERE o.code = $1",
        organization,
    )
    categories = list(row["categories"]) if row else []
    return Offer(
        name=standing.name,
        categories=categories,
        service_areas=row["service_areas"] if row else "",
        items=await _items_of(categories),
        objections=standing.objections,
    )


async def _items_of(categories: list[str]) -> dict[str, list[str]]:
    found = await rows(
        "SELECT entry AS item, category FROM entry_link WHERE category = ANY ($1)"
        " UNION SELECT item, category FROM entry WHERE register = 'menu' AND state = 'in-use' AND category = ANY ($1)"
        " ORDER BY 1, 2",
        categories,
    )
    items: dict[str, list[str]] = defaultdict(list)
    for row in found:
        items[row["item"]].append(row["category"])
    return dict(items)


async def lapsing(*, today: date, days: int, limit: int) -> list[Lapsing]:
    """Return the standings that end within so many days, by their own term or their kind's years, soonest first."""
    law = await law_on(day=today)
    found = await rows(
        "SELECT s.code, s.kind, s.value, s.from_on, s.until_on, s.lifted_on, s.document, s.authority, s.reason,"
        " o.code AS organization,"
        " o.name AS organization_name FROM standing s JOIN organization o ON o.id = s.organization"
        " WHERE s.next_turn_at >= $1 AND s.next_turn_at < $2 ORDER BY s.next_turn_at, s.id LIMIT $3",
        start_of_day(today),
        start_of_day(today + timedelta(days=days + 1)),
        limit,
    )
    made = []
    for row in found:
        fact = msgspec.convert({name: row[name] for name in StandingFact.__struct_fields__}, StandingFact)
        ends_on = ends_by_itself(standing=fact, law=law)
        if ends_on is not None:
            made.append(_lapsing(row, ends_on))
    return made


def _lapsing(row: dict[str, Any], ends_on: date) -> Lapsing:
    rule = TERMS[row["kind"]] if row["until_on"] is None else "X-7"
    given = {**row, "url": f"/standings/{row['code']}", "ends_on": ends_on, "law": rule}
    return msgspec.convert(given, Lapsing)


async def registers_in_numbers() -> list[RegisterCount]:
    """Return how many entries of each register are in use, by how far they were checked."""
    found = await rows(
        "SELECT register, checked, count(*) AS count FROM entry WHERE state = 'in-use' AND register <> 'category'"
        " GROUP BY 1, 2 ORDER BY 1, 2"
    )
    return msgspec.convert(found, list[RegisterCount])


class Reached(msgspec.Struct, frozen=True, kw_only=True):
    """How residents reach an organization: its address, and the telephone if it consents to its being public."""

    address: str
    phone: str


async def reached_at(*, organizations: Collection[str]) -> dict[str, Reached]:
    """Return how residents reach organizations, by code; who keeps the contact for partners keeps it here too."""
    found = await rows(
        "SELECT o.code, p.address, CASE WHEN p.public_contact THEN p.contact_phone ELSE '' END AS phone"
        " FROM profile p JOIN organization o ON o.id = p.organization WHERE o.code = ANY ($1)",
        list(organizations),
    )
    return {row["code"]: msgspec.convert(row, Reached) for row in found}
