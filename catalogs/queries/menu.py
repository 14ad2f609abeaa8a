"""The search of the registers: words, register, category and price, in the order of pinyin, page by page."""

from typing import Any

import msgspec

from catalogs.queries.directory import place_of
from catalogs.queries.entries import LINE, EntryLine
from catalogs.rules.searches import Services
from market.base.database import rows
from market.base.records import Listing
from market.base.searching import MOST_COUNTED, answering, rows_sought
from market.base.terms import sought

PAGE = 50


class Category(msgspec.Struct, frozen=True, kw_only=True):
    """A category by which a search of the menu may be narrowed, and how many would remain."""

    code: str
    name_zh: str
    name_en: str
    count: int


def _asked(wanted: Services) -> tuple[str, list[Any]]:
    """Return a search as a condition on entries and its arguments."""
    args: list[Any] = []
    conditions = ["e.state = 'in-use'"]

    def arg(value: Any, kind: str) -> str:
        args.append(value)
        return f"${len(args)}::{kind}"

    if wanted.register:
        conditions.append(f"e.register = {arg(wanted.register, 'varchar')}")
    if wanted.category:
        conditions.append(f"e.category = {arg(wanted.category, 'varchar')}")
    if wanted.price_from is not None:
        conditions.append(f"coalesce(e.price_until, e.price_from) >= {arg(wanted.price_from, 'numeric')}")
    if wanted.price_until is not None:
        conditions.append(f"e.price_from <= {arg(wanted.price_until, 'numeric')}")
    if wanted.q:
        looked_for = sought(wanted.q)
        if looked_for is None:
            return "false", []
        condition, ways = answering(looked_for, column="e.terms", first=len(args) + 1)
        conditions.append(condition)
        args += ways
    return " AND ".join(conditions), args


async def services_page(*, wanted: Services, after: str | None = None) -> Listing[EntryLine]:
    """Return entries in use in the order of pinyin, 50 a page; a cursor that is none begins anew."""
    where, args = _asked(wanted)
    if place := place_of(after):
        args += place
        where += f' AND (e.sort_key COLLATE "C", e.id) > (${len(args) - 1}::varchar COLLATE "C", ${len(args)}::bigint)'
    found = await rows_sought(
        f"SELECT {LINE}, e.id, e.sort_key FROM entry e WHERE {where}"  # noqa: S608  our own words
        f' ORDER BY e.sort_key COLLATE "C", e.id LIMIT {PAGE + 1}',
        *args,
    )
    shown = found[:PAGE]
    following = f"{shown[-1]['id']}.{shown[-1]['sort_key']}" if len(found) > PAGE else None
    return Listing(items=msgspec.convert(shown, list[EntryLine]), next=following)


async def categories_of(*, wanted: Services) -> list[Category]:
    """Return the categories of what answers a search, most first, counted among the first thousand."""
    where, args = _asked(wanted)
    found = await rows(
        "SELECT c.code, c.name_zh, c.name_en, count(*) AS count"  # noqa: S608  our own words
        f" FROM (SELECT e.category FROM entry e WHERE {where} LIMIT {MOST_COUNTED}) hit"
        " JOIN entry c ON c.code = hit.category GROUP BY 1, 2, 3 ORDER BY 4 DESC, 1",
        *args,
    )
    return msgspec.convert(found, list[Category])
