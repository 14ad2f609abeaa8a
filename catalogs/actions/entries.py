"""The deeds done to the registers: the data file is loaded once, the menu and the guiding catalogue are kept.

What the keeper changes goes into the draft of the register's next edition; what holds stays until its day comes.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import count
from pathlib import Path
from typing import Any

import msgspec

from catalogs import rules
from catalogs.actions.editions import begin_with_entries, draft_of, lock_registers, put_in_draft
from catalogs.queries import EntryCard, entry_for
from catalogs.queries.editions import COUNTS, words_of_edition
from catalogs.rules import EntryWords, MenuItemWords
from catalogs.states import ENTRY, WITH_EDITIONS, Act, EntryState, Register
from catalogs.tables import CentralItem, Edition, Entry, EntryLink
from market.base.calendar import local_date
from market.base.database import one, rows, transaction
from market.base.ledger import record
from market.base.lifecycle import objections_to_state
from market.base.refusal import NotFound, Objection, refuse_if, same_revision, say
from market.base.terms import sort_key
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
        await lock_registers()
        if await one("SELECT 1 FROM entry LIMIT 1"):
            return 0
        await Edition.insert(*(_edition(data["header"][name], r, now) for r, name in _SECTIONS.items()))
        entries = [_entry(row, r, data["header"][name], now) for r, name in _SECTIONS.items() for row in data[name]]
        await Entry.insert(*entries)
        for register in WITH_EDITIONS:
            await begin_with_entries(register=register, now=now, by=by)
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
        sort_key=sort_key(row["name_zh"]),
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


class _Draft(msgspec.Struct, frozen=True, kw_only=True):
    """The open draft of a register as a deed finds it: its code and what it says, all entries by their codes."""

    edition: str
    entries: dict[str, EntryWords]

    def words(self, *, but: str = "") -> dict[str, str]:
        """Return the names of the entries in use by their codes, without one."""
        return {
            code: each.name_zh for code, each in self.entries.items() if code != but and each.state == EntryState.IN_USE
        }


async def _open(register: Register, *, by: User, now: datetime) -> _Draft:
    """Lock the registers and return the draft that the keeper writes into."""
    await lock_registers()
    row = await draft_of(register=register, by=by, now=now)
    return _Draft(edition=row["code"], entries=await words_of_edition(edition=row["code"]))


def _as_entry(menu_item: MenuItemWords) -> EntryWords:
    return EntryWords(**msgspec.structs.asdict(menu_item))


async def _known() -> dict[str, set[str]]:
    """Return the official items and the categories that a service of the menu may bear."""
    found = await rows(
        "SELECT register, code FROM entry WHERE state = 'in-use' AND register IN ('item', 'category')"
        " AND (register <> 'item' OR level > 0)"
    )
    codes: dict[str, set[str]] = {Register.ITEM: set(), Register.CATEGORY: set()}
    for row in found:
        codes[row["register"]].add(row["code"])
    return codes


def _free_menu_codes(taken: Iterable[str]) -> Iterator[str]:
    numbers = [int(code[1:]) for code in taken if re.fullmatch("M[0-9]+", code)]
    return (f"M{number:03d}" for number in count(max(numbers, default=0) + 1))


async def _taken(draft: _Draft) -> set[str]:
    """Return the codes that may not be given again: those of the draft and of any entry that ever was."""
    return {*draft.entries, *(row["code"] for row in await rows("SELECT code FROM entry"))}


async def add_item(*, menu_item: MenuItemWords, by: User, now: datetime) -> EntryCard:
    """Add a service under the next code to the menu's draft. Refused when its words do not stand."""
    async with transaction():
        draft = await _open(Register.MENU, by=by, now=now)
        known = await _known()
        refuse_if(
            rules.objections_to_menu_item(
                menu_item=menu_item,
                items=known[Register.ITEM],
                categories=known[Register.CATEGORY],
                names=set(draft.words().values()),
            )
        )
        code = next(_free_menu_codes(await _taken(draft)))
        await put_in_draft(edition=draft.edition, words={code: _as_entry(menu_item)})
        return await _told(Act.ADD_ITEM, code, draft, by=by, now=now, detail={"name": menu_item.name_zh})


async def _told(
    act: Act, code: str, draft: _Draft, *, by: User, now: datetime, detail: Mapping[str, Any] | None = None
) -> EntryCard:
    """Record a change; it is within the keeper's room until the edition is published."""
    await record(
        room="catalogs", act=act, code=code, by=by, now=now, detail={"edition": draft.edition, **(detail or {})}
    )
    return await entry_for(code=code, user=by, on=local_date(now))


async def _find(code: str, register: Register | None, expected: int | None, *, by: User, now: datetime) -> _Draft:
    """Open the draft in which an entry stands. Raises NotFound for what no edition has, Stale."""
    await lock_registers()
    row = await one(
        "SELECT c.register FROM edition_entry x JOIN catalogue_edition c ON c.code = x.edition WHERE x.code = $1"
        " LIMIT 1",
        code,
    )
    if row is None or (register is not None and row["register"] != register):
        raise NotFound
    # The reader saw the newest words, whether they stand in a draft already or not.
    newest = await one(
        "SELECT x.revision FROM edition_entry x JOIN catalogue_edition c ON c.code = x.edition"  # noqa: S608
        f" WHERE x.code = $1 AND c.{COUNTS} ORDER BY c.number DESC LIMIT 1",
        code,
    )
    same_revision(expected, newest["revision"] if newest else 0)
    draft = await _open(Register(row["register"]), by=by, now=now)
    if code not in draft.entries:
        raise NotFound
    return draft


async def revise_item(
    *, code: str, menu_item: MenuItemWords, expected: int | None, by: User, now: datetime
) -> EntryCard:
    """Revise a service in the menu's draft. Refused when it is retired or its new words do not stand."""
    async with transaction():
        draft = await _find(code, Register.MENU, expected, by=by, now=now)
        await _ask_state(code, Act.REVISE_ITEM)
        known = await _known()
        refuse_if(
            rules.objections_to_menu_item(
                menu_item=menu_item,
                items=known[Register.ITEM],
                categories=known[Register.CATEGORY],
                names=set(draft.words(but=code).values()),
            )
        )
        await put_in_draft(edition=draft.edition, words={code: _as_entry(menu_item)})
        return await _told(Act.REVISE_ITEM, code, draft, by=by, now=now, detail={"name": menu_item.name_zh})


async def _ask_state(code: str, act: Act) -> None:
    """Refuse what an entry's present state does not allow; one that only a draft has is proposed."""
    row = await one("SELECT state FROM entry WHERE code = $1 FOR SHARE", code)
    refuse_if(objections_to_state(ENTRY, act, row["state"] if row else EntryState.PROPOSED))


async def stage_items(
    *, items: Sequence[tuple[str | None, MenuItemWords]], by: User, now: datetime
) -> dict[str, list[str]]:
    """Write many services into the menu's draft, each whole or none at all; return the codes added and revised.

    Whoever calls has asked the rules of each; those without a code get the next ones in their order. Services that
    say what the draft says already are passed over.
    """
    async with transaction():
        draft = await _open(Register.MENU, by=by, now=now)
        free = _free_menu_codes(await _taken(draft))
        staged: dict[str, EntryWords] = {}
        done: dict[str, list[str]] = {"added": [], "revised": []}
        for given, words in items:
            code = given or next(free)
            if draft.entries.get(code) != _as_entry(words):
                staged[code] = _as_entry(words)
                done["revised" if code in draft.entries else "added"].append(code)
        if staged:
            await put_in_draft(edition=draft.edition, words=staged)
        for act, codes in ((Act.ADD_ITEM, done["added"]), (Act.REVISE_ITEM, done["revised"])):
            if codes:
                detail = {"edition": draft.edition, "staged": len(codes)}
                await record(room="catalogs", act=act, code=draft.edition, by=by, now=now, detail=detail)
        return done


async def retire_item(*, code: str, expected: int | None, by: User, now: datetime) -> EntryCard:
    """Take an entry out of its register in the draft: from the edition's day on new needs cannot bear it, old ones do.

    Refused when the draft has taken it out already.
    """
    async with transaction():
        draft = await _find(code, None, expected, by=by, now=now)
        await _ask_state(code, Act.RETIRE_ITEM)
        words = draft.entries[code]
        if words.state == EntryState.RETIRED:
            refuse_if([Objection("", say("The draft retires this entry already."), "N-9")])
        if any(each.parent == code for each in draft.entries.values() if each.state == EntryState.IN_USE):
            refuse_if([Objection("", say("Other entries in use stand below this one."), "N-9")])
        retired = msgspec.structs.replace(words, state=str(EntryState.RETIRED))
        await put_in_draft(edition=draft.edition, words={code: retired})
        return await _told(Act.RETIRE_ITEM, code, draft, by=by, now=now, detail={"name": words.name_zh})


async def add_guiding_entry(
    *, code: str, name_zh: str, name_en: str, parent: str, by: User, now: datetime
) -> EntryCard:
    """Add an entry below another to the guiding catalogue's draft. Refused when code, name or place do not stand."""
    async with transaction():
        draft = await _open(Register.GUIDING, by=by, now=now)
        in_use = draft.words()
        objections = rules.objections_to_guiding_entry(
            code=code, name_zh=name_zh, parent=parent, names=set(in_use.values()), codes=set(in_use), is_new=True
        )
        if not objections and code in await _taken(draft):
            objections = [Objection("code", say("This code is taken."))]
        refuse_if(objections)
        level = draft.entries[parent].level + 1
        words = EntryWords(name_zh=name_zh, name_en=name_en, parent=parent, level=level)
        await put_in_draft(edition=draft.edition, words={code: words})
        return await _told(Act.ADD_GUIDING_ENTRY, code, draft, by=by, now=now, detail={"name": name_zh})


async def revise_guiding_entry(
    *, code: str, name_zh: str, name_en: str, expected: int | None, by: User, now: datetime
) -> EntryCard:
    """Rename an entry in the guiding catalogue's draft. Refused when it is retired or the name is taken."""
    async with transaction():
        draft = await _find(code, Register.GUIDING, expected, by=by, now=now)
        await _ask_state(code, Act.REVISE_GUIDING_ENTRY)
        others = draft.words(but=code)
        refuse_if(
            rules.objections_to_guiding_entry(
                code=code,
                name_zh=name_zh,
                parent=draft.entries[code].parent,
                names=set(others.values()),
                codes=set(others),
                is_new=False,
            )
        )
        words = msgspec.structs.replace(
            draft.entries[code], name_zh=name_zh, name_en=name_en, state=str(EntryState.IN_USE)
        )
        await put_in_draft(edition=draft.edition, words={code: words})
        return await _told(Act.REVISE_GUIDING_ENTRY, code, draft, by=by, now=now, detail={"name": name_zh})
