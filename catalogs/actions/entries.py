"""The deeds done to the registers: the data file is loaded once, the menu is kept by the catalogue keeper."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

from catalogs import rules
from catalogs.queries import EntryCard, entry_for
from catalogs.states import ENTRY, Act, Checked, EntryState, Register
from catalogs.tables import CentralItem, Edition, Entry, EntryLink
from market.base.calendar import local_date
from market.base.database import Row, one, rows, transaction
from market.base.ledger import record
from market.base.lifecycle import objections_to_state
from market.base.refusal import NotFound, refuse_if, same_revision
from market.people.states import CLOCK, User

_DATA = Path(__file__).parent.parent / "data" / "catalogue.json"
_SECTIONS = {
    Register.ITEM: "item_catalogue",
    Register.GUIDING: "guiding_catalogue",
    Register.CATEGORY: "community_categories",
    Register.MENU: "service_menu",
}


async def load_catalogue(*, now: datetime, by: User = CLOCK) -> int:
    """Load the data file's registers, mapping and central catalogue into an empty database; return the entries.

    A database that has entries is left alone, since its keeper may have changed them.
    """
    data: dict[str, Any] = json.loads(_DATA.read_text(encoding="utf-8"))
    async with transaction():
        await _lock_menu()
        if await one("SELECT 1 FROM entry LIMIT 1"):
            return 0
        await Edition.insert(*(_edition(data["header"][name], r, now) for r, name in _SECTIONS.items()))
        entries = [_entry(row, r, data["header"][name], now) for r, name in _SECTIONS.items() for row in data[name]]
        await Entry.insert(*entries)
        pairs = [(row["category"], row["item"]) for row in data["mapping"]]
        pairs += [(row["category"], row["guiding"]) for row in data["guiding_mapping"]]
        await EntryLink.insert(*(EntryLink(category=category, entry=entry) for category, entry in pairs))
        await CentralItem.insert(
            *(
                CentralItem(
                    item=row["item"], in_force_from=date.fromisoformat(row["in_force_from"]), checked=row["status"]
                )
                for row in data["central_catalogue"]
            )
        )
        await record(
            room="catalogs", act=Act.ADD_ITEM, code="catalogue", by=by, now=now, detail={"loaded": len(entries)}
        )
        return len(entries)


def _edition(header: dict[str, str], register: Register, now: datetime) -> Edition:
    return Edition(
        register=register,
        version=header["version"],
        version_zh=header["version_zh"],
        checked=header["status"],
        source=header["source"],
        source_zh=header["source_zh"],
        loaded_at=now,
    )


def _entry(row: dict[str, Any], register: Register, header: dict[str, str], now: datetime) -> Entry:
    return Entry(
        register=register,
        code=row["code"],
        name_zh=row["name_zh"],
        name_en=row["name_en"],
        terms=rules.entry_terms(code=row["code"], name_zh=row["name_zh"], name_en=row["name_en"]),
        parent=row.get("parent"),
        level=row.get("level", 0),
        unit_zh=row.get("unit_zh", ""),
        unit_en=row.get("unit_en", ""),
        item=row.get("item"),
        category=row.get("category"),
        checked=header["status"],
        state=EntryState.IN_USE,
        changed_at=now,
    )


async def _lock_menu() -> None:
    """Let one keeper at a time change the menu, so that names and codes stay unique without gaps."""
    await rows("SELECT pg_advisory_xact_lock(hashtext('catalogs:menu'))")


async def _ask(menu_item: rules.MenuItemWords, *, besides: str = "") -> None:
    found = await rows(
        "SELECT register, code, name_zh FROM entry WHERE state = 'in-use' AND code <> $1"
        " AND (register <> 'item' OR level > 0)",
        besides,
    )
    codes: dict[str, set[str]] = {str(register): set() for register in Register}
    for row in found:
        codes[row["register"]].add(row["code"])
    names = {row["name_zh"] for row in found if row["register"] == Register.MENU}
    refuse_if(
        rules.objections_to_menu_item(
            menu_item=menu_item, items=codes[Register.ITEM], categories=codes[Register.CATEGORY], names=names
        )
    )


def _words(menu_item: rules.MenuItemWords, code: str) -> dict[Any, Any]:
    return {
        "name_zh": menu_item.name_zh,
        "name_en": menu_item.name_en,
        "terms": rules.entry_terms(code=code, name_zh=menu_item.name_zh, name_en=menu_item.name_en),
        "unit_zh": menu_item.unit_zh,
        "unit_en": menu_item.unit_en,
        "item": menu_item.item,
        "category": menu_item.category,
        "price_from": menu_item.price_from,
        "price_until": menu_item.price_until,
    }


def _public(menu_item: rules.MenuItemWords) -> dict[str, Any]:
    return {
        "name": menu_item.name_zh,
        "unit": menu_item.unit_zh,
        "item": menu_item.item,
        "category": menu_item.category,
        "price_from": menu_item.price_from,
        "price_until": menu_item.price_until,
    }


async def add_item(*, menu_item: rules.MenuItemWords, by: User, now: datetime) -> EntryCard:
    """Add a service to the menu under the next code. Refused when its item, category, name or prices do not stand."""
    async with transaction():
        await _lock_menu()
        await _ask(menu_item)
        last = await one(
            "SELECT coalesce(max(substr(code, 2)::int), 0) AS last FROM entry"
            " WHERE register = 'menu' AND code ~ '^M[0-9]+$'"
        )
        code = f"M{(last['last'] if last else 0) + 1:03d}"
        await Entry.insert(
            Entry(
                register=Register.MENU,
                code=code,
                level=0,
                checked=Checked.OWN,
                state=EntryState.IN_USE,
                changed_at=now,
                **_words(menu_item, code),
            )
        )
        await record(room="catalogs", act=Act.ADD_ITEM, code=code, by=by, now=now, public=_public(menu_item))
        return await entry_for(code=code, user=by, on=local_date(now))


async def _lock_entry(code: str, expected: int | None) -> Row:
    """Lock a service of the menu. Raises NotFound for other registers' entries, Stale."""
    await _lock_menu()
    row = await one("SELECT * FROM entry WHERE code = $1 AND register = 'menu' FOR UPDATE", code)
    if row is None:
        raise NotFound
    same_revision(expected, row["revision"])
    return row


async def revise_item(
    *, code: str, menu_item: rules.MenuItemWords, expected: int | None, by: User, now: datetime
) -> EntryCard:
    """Revise a service of the menu. Refused when it is retired or its new words do not stand."""
    async with transaction():
        row = await _lock_entry(code, expected)
        refuse_if(objections_to_state(ENTRY, Act.REVISE_ITEM, row["state"]))
        await _ask(menu_item, besides=code)
        changed = {"checked": Checked.OWN.value, "revision": row["revision"] + 1, "changed_at": now}
        await Entry.update(_words(menu_item, code) | changed).where(Entry.code == code)
        await record(room="catalogs", act=Act.REVISE_ITEM, code=code, by=by, now=now, public=_public(menu_item))
        return await entry_for(code=code, user=by, on=local_date(now))


async def retire_item(*, code: str, expected: int | None, by: User, now: datetime) -> EntryCard:
    """Retire a service of the menu: needs that bear it keep it, new ones cannot."""
    async with transaction():
        row = await _lock_entry(code, expected)
        refuse_if(objections_to_state(ENTRY, Act.RETIRE_ITEM, row["state"]))
        await rows(
            "UPDATE entry SET state = $2, revision = revision + 1, changed_at = $3 WHERE code = $1",
            code,
            EntryState.RETIRED,
            now,
        )
        await record(room="catalogs", act=Act.RETIRE_ITEM, code=code, by=by, now=now, public={"name": row["name_zh"]})
        return await entry_for(code=code, user=by, on=local_date(now))
