"""The search over the registers and the directory, for the one search of the house."""

from market.base.database import Row, rows
from market.base.searching import Asked, Found, Hit, Shelf, find
from market.base.terms import Sought, snippet

_ITEMS = Shelf(
    columns="code, state, name_zh, name_en",
    source="FROM entry WHERE state = 'in-use'",
    terms="terms",
    code="code",
    key="code",
)
_ORGANIZATIONS = Shelf(
    columns="o.code, o.name, o.name_en, p.business_scope, p.service_areas",
    source="FROM profile p JOIN organization o ON o.id = p.organization WHERE true",
    terms="p.terms",
    code="o.code",
    key="o.code",
)


async def find_items(*, asked: Asked) -> Found:
    """Return the entries in use of all registers that answer a search, by code."""
    found, following, total = await find(_ITEMS, asked)
    return Found([_item(row) for row in found], following, total)


def _item(row: Row) -> Hit:
    return Hit(
        kind="items",
        code=row["code"],
        state=row["state"],
        url=f"/catalogs/{row['code']}",
        title=row["name_zh"],
        title_en=row["name_en"],
    )


async def find_organizations(*, asked: Asked) -> Found:
    """Return the organizations of every kind that answer a search, by code; the directory is everybody's."""
    found, following, total = await find(_ORGANIZATIONS, asked)
    return Found([_organization(row, asked.sought) for row in found], following, total)


def _organization(row: Row, sought: Sought) -> Hit:
    return Hit(
        kind="organizations",
        code=row["code"],
        state="registered",
        url=f"/organizations/{row['code']}",
        title=row["name"],
        title_en=row["name_en"],
        snippet=snippet((row["business_scope"], row["service_areas"]), words=sought.words),
    )


async def organizations_offering(*, category: str) -> list[str]:
    """Return the codes of the organizations that say they offer services of a category; none for no category."""
    found = await rows(
        "SELECT o.code FROM profile p JOIN organization o ON o.id = p.organization"
        " WHERE p.categories @> ARRAY[$1::varchar] AND $1::varchar <> '' ORDER BY o.code",
        category,
    )
    return [row["code"] for row in found]
