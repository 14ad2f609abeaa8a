"""Reads of the registers: one entry with its place and mapping, the trees, and the search by pairs of characters."""

from datetime import date
from decimal import Decimal

import msgspec

from catalogs.queries.editions import Ahead, ahead_of, edition_in_force
from catalogs.rules import Indicator, is_central
from catalogs.states import WITH_EDITIONS, Checked, EntryState, Register
from market.base.database import Row, one, rows
from market.base.records import Record, acts_for
from market.base.refusal import NotFound
from market.people.states import User

PAGE = 50


class EntryLine(Record, frozen=True, kw_only=True):
    """An entry in a list or tree."""

    register: Register
    name_zh: str
    name_en: str
    parent: str | None
    level: int
    checked: Checked


class ItemCard(msgspec.Struct, frozen=True, kw_only=True):
    """An entry as upper rooms need it; `central` tells whether it, or what it maps to, must be bought centrally."""

    code: str
    name_zh: str
    name_en: str
    level: int
    parent: str | None
    parents: tuple[str, ...]
    central: bool
    in_use: bool
    checked: Checked
    unit_zh: str = ""
    unit_en: str = ""
    item: str = ""
    category: str = ""


class EntryCard(Record, frozen=True, kw_only=True):
    """An entry with its place in the tree, what it maps to, and where it comes from."""

    register: Register
    revision: int
    name_zh: str
    name_en: str
    level: int
    checked: Checked
    unit_zh: str
    unit_en: str
    item: str | None
    category: str | None
    price_from: Decimal | None
    price_until: Decimal | None
    central: bool
    parents: list[EntryLine]
    children: list[EntryLine]
    linked: list[EntryLine]
    services: list[EntryLine]
    version: str
    version_zh: str
    source: str
    source_zh: str
    standard: str
    indicators: list[Indicator]
    staff: str
    evidence: str
    edition: str
    ahead: Ahead | None


LINE = "register, code, name_zh, name_en, parent, level, checked, state, '/catalogs/' || code AS url"
_ABOVE = """
    WITH RECURSIVE above AS (
        SELECT e.*, 0 AS distance FROM entry e WHERE e.code = $1
        UNION ALL
        SELECT p.*, a.distance + 1 FROM entry p JOIN above a ON p.code = a.parent
    )
"""


async def _central_items(on: date | None) -> set[str]:
    found = await rows(
        "SELECT item FROM central_item WHERE CASE WHEN $1::date IS NULL THEN in_force_until IS NULL"
        " ELSE in_force_from <= $1 AND (in_force_until IS NULL OR $1 < in_force_until) END",
        on,
    )
    return {row["item"] for row in found}


async def _above(code: str) -> list[EntryLine]:
    """Return the entries above one, the root first, and the entry itself last."""
    found = await rows(f"{_ABOVE} SELECT {LINE} FROM above ORDER BY distance DESC", code)  # noqa: S608  our own words
    return msgspec.convert(found, list[EntryLine])


async def _card_of(code: str, register: Register, on: date | None) -> ItemCard:
    row = await one("SELECT * FROM entry WHERE code = $1 AND register = $2", code, str(register))
    if row is None:
        raise NotFound
    lines = await _above(row["item"] or code)
    central = is_central(item=lines[-1].code, parents=[line.code for line in lines], central=await _central_items(on))
    return ItemCard(
        code=code,
        name_zh=row["name_zh"],
        name_en=row["name_en"],
        level=row["level"],
        parent=row["parent"],
        parents=tuple(line.code for line in lines[:-1]),
        central=central,
        in_use=row["state"] == EntryState.IN_USE,
        checked=Checked(row["checked"]),
        unit_zh=row["unit_zh"],
        unit_en=row["unit_en"],
        item=row["item"] or "",
        category=row["category"] or await _category_of(code),
    )


async def _category_of(code: str) -> str:
    row = await one("SELECT category FROM entry_link WHERE entry = $1 ORDER BY id LIMIT 1", code)
    return str(row["category"]) if row else ""


async def item_for(*, code: str, on: date | None = None) -> ItemCard:
    """Return an official item as it stands on a day, else as last known. Raises NotFound when the code is none."""
    return await _card_of(code, Register.ITEM, on)


async def menu_item_for(*, code: str, on: date | None = None) -> ItemCard:
    """Return a service of the menu with the official item it maps to. Raises NotFound when the code is none."""
    return await _card_of(code, Register.MENU, on)


async def entry_for(*, code: str, user: User, on: date) -> EntryCard:
    """Return an entry of any register with its surroundings. Raises NotFound."""
    row, coming = await one("SELECT * FROM entry WHERE code = $1", code), None
    if row is None or row["register"] in WITH_EDITIONS:
        newer, coming = await ahead_of(code=code, user=user)
        row = _as_seen(row, newer)
    if row is None:
        raise NotFound
    edition = await one(
        "SELECT version, version_zh, source, source_zh FROM edition WHERE register = $1", row["register"]
    )
    if edition is None:
        raise NotFound
    lines = await _above(row["item"] or code)
    central = row["register"] in (Register.ITEM, Register.MENU) and is_central(
        item=lines[-1].code, parents=[line.code for line in lines], central=await _central_items(on)
    )
    facts = {f"of-the-{row['register']}"} | ({"of-an-edition"} if row["register"] in WITH_EDITIONS else set())
    return msgspec.convert(
        {
            **row,
            **edition,
            "url": f"/catalogs/{code}",
            "acts": acts_for(kind="entry", code=code, state=row["state"], by=user, facts=frozenset(facts)),
            "central": central,
            "edition": await edition_in_force(register=row["register"]) if row["register"] in WITH_EDITIONS else "",
            "ahead": coming,
            "parents": lines[:-1] if row["item"] is None else lines,
            "children": await _lines("parent = $1", code),
            "linked": await _linked(row),
            "services": await _lines("register = 'menu' AND (item = $1 OR category = $1)", code),
        },
        EntryCard,
        from_attributes=True,
    )


def _as_seen(row: Row | None, newer: Row | None) -> Row | None:
    """Return an entry as it holds, with the newest revision; what only an edition to come has is proposed."""
    if newer is None:
        return row
    if row is None:
        return newer | {"state": EntryState.PROPOSED}
    return row | {"revision": newer["revision"]}


async def _lines(where: str, code: str) -> list[EntryLine]:
    found = await rows(f"SELECT {LINE} FROM entry WHERE {where} ORDER BY code", code)  # noqa: S608  our own words
    return msgspec.convert(found, list[EntryLine])


async def _linked(row: Row) -> list[EntryLine]:
    """Return what our mapping ties to an entry: a category's items and guiding entries, or an entry's categories."""
    if row["register"] == Register.CATEGORY:
        return await _lines("code IN (SELECT entry FROM entry_link WHERE category = $1)", row["code"])
    if row["register"] == Register.MENU:
        return await _lines("code = $1", row["category"])
    return await _lines("code IN (SELECT category FROM entry_link WHERE entry = $1)", row["code"])
