"""The directory and the registers told for one reader's home: what an organization offers, what lapses soon."""

from collections import defaultdict
from datetime import date, timedelta

import msgspec

from catalogs.queries.organizations import standing_of
from catalogs.rules import StandingFact, ends_by_itself, years_after
from catalogs.states import StandingKind
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
    """Return the standings that end within so many days, by their own term or a grade's years (X-8), soonest first."""
    law = await law_on(day=today)
    until = today + timedelta(days=days)
    years = int(law.number("X-8"))
    found = await rows(
        "SELECT s.code, s.kind, s.value, s.from_on, s.until_on, s.lifted_on, s.document, s.authority, s.reason,"
        " o.code AS organization,"
        " o.name AS organization_name FROM standing s JOIN organization o ON o.id = s.organization"
        " WHERE s.state = 'recorded' AND (s.until_on BETWEEN $1 AND $2 OR (s.until_on IS NULL AND s.kind = $3"
        " AND s.from_on BETWEEN $4 AND $5)) ORDER BY coalesce(s.until_on, s.from_on), s.id LIMIT $6",
        today,
        until,
        str(StandingKind.GRADE),
        years_after(today, -years),
        years_after(until, -years),
        limit,
    )
    made = []
    for row in found:
        fact = msgspec.convert({name: row[name] for name in StandingFact.__struct_fields__}, StandingFact)
        ends_on = ends_by_itself(standing=fact, law=law)
        if ends_on is not None:
            made.append(_lapsing(row, ends_on))
    return sorted(made, key=lambda each: each.ends_on)


def _lapsing(row: dict[str, object], ends_on: date) -> Lapsing:
    by_grade = row["until_on"] is None
    given = {**row, "url": f"/standings/{row['code']}", "ends_on": ends_on, "law": "X-8" if by_grade else "X-7"}
    return msgspec.convert(given, Lapsing)


async def registers_in_numbers() -> list[RegisterCount]:
    """Return how many entries of each register are in use, by how far they were checked."""
    found = await rows(
        "SELECT register, checked, count(*) AS count FROM entry WHERE state = 'in-use' AND register <> 'category'"
        " GROUP BY 1, 2 ORDER BY 1, 2"
    )
    return msgspec.convert(found, list[RegisterCount])
