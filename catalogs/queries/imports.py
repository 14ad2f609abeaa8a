"""Reads for files taken in and given out: what the registers say as files do, and what was shown of each row."""

from collections.abc import AsyncIterator, Iterable, Mapping
from datetime import date, datetime
from typing import Any

import msgspec

from catalogs.queries.editions import COUNTS, words_of_edition
from catalogs.rules.imports import Listed, plain
from catalogs.rules.sheets import columns_of
from catalogs.states import EntryState, Register
from catalogs.states.imports import KEEPS_LISTS, STANDINGS_OF, Fate, ImportKind, ImportState
from market.base.database import one, rows
from market.base.records import Listing, Record, acts_for
from market.base.refusal import NotFound, Objection, Said
from market.base.sheets import Column
from market.people.states import Role, User
from market.people.topics import kept_words

PAGE = 100
_BATCH = 2000


class ImportLine(Record, frozen=True, kw_only=True):
    """A file taken in, in the list of them."""

    kind: str
    file_name: str
    new: int
    changed: int
    unchanged: int
    unmatched: int
    refused: int
    checked_at: datetime
    checked_by: str


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One field of a row: what is said now and what the file says."""

    field: str
    before: Any
    after: Any


class RowLine(msgspec.Struct, frozen=True, kw_only=True):
    """A row of a file with its fate; faults are (field, words), each said in the reader's language on the page."""

    row: int
    code: str
    fate: Fate
    changes: list[Change]
    faults: list[dict[str, Any]]
    warnings: list[dict[str, Any]]

    @property
    def objections(self) -> list[Objection]:
        """Return why the row is left out, as words."""
        return [Objection(f["field"], kept_words(f["words"]), f["law"]) for f in self.faults]

    @property
    def remarks(self) -> list[Said]:
        """Return what looks odd, as words."""
        return [kept_words(warning) for warning in self.warnings]


class ImportCard(ImportLine, frozen=True, kw_only=True):
    """A file taken in: how many rows met which fate, and a page of them; `next` is the cursor for `?after=`."""

    revision: int
    digest: str
    sheet: str
    ignored: list[str]
    blank: int
    settled_at: datetime | None
    settled_by: str
    rows: list[RowLine]
    next: str | None = None


_LINE = "r.*, '/imports/' || r.code AS url"


def sees_imports(user: User) -> bool:
    """Tell whether a reader sees files taken in: who keeps the lists, and the auditor."""
    return user.may_be(*KEEPS_LISTS, Role.AUDITOR)


async def imports_page(*, user: User, after: str | None = None) -> Listing[ImportLine]:
    """Return the files taken in, newest first, 50 a page. Raises NotFound for who does not keep the lists."""
    if not sees_imports(user):
        raise NotFound
    found = await rows(
        f"SELECT {_LINE} FROM import_run r WHERE $1::text IS NULL OR r.id < (SELECT id FROM import_run WHERE code = $1)"  # noqa: S608
        " ORDER BY r.id DESC LIMIT 51",
        after,
    )
    items = msgspec.convert(found[:50], list[ImportLine])
    return Listing(items=items, next=items[-1].code if len(found) > 50 else None)  # noqa: PLR2004


async def import_for(*, code: str, user: User, fate: str | None = None, after: str | None = None) -> ImportCard:
    """Return a file taken in with a page of its rows, those of one fate when it is named. Raises NotFound."""
    row = await one(f"SELECT {_LINE} FROM import_run r WHERE r.code = $1", code) if sees_imports(user) else None  # noqa: S608
    if row is None:
        raise NotFound
    since = int(after) if after and after.isdecimal() and len(after) < 8 else 0  # noqa: PLR2004
    known = fate if fate in set(Fate) else None
    found = await rows(
        "SELECT row, code, fate, before, after, faults, warnings FROM import_row WHERE run = $1"
        " AND ($2::text IS NULL OR fate = $2) AND row > $3 ORDER BY row LIMIT $4",
        row["id"],
        known,
        since,
        PAGE + 1,
    )
    shown = [_row(each) for each in found[:PAGE]]
    return msgspec.convert(
        {
            **row,
            "acts": acts_for(kind="import-run", code=code, state=row["state"], by=user, facts=_facts(row, user)),
            "rows": shown,
            "next": str(shown[-1].row) if len(found) > PAGE else None,
        },
        ImportCard,
        from_attributes=True,
    )


def _facts(row: Mapping[str, Any], user: User) -> frozenset[str]:
    """Return what holds of a run: it can be written when there is something, by who may take in its list."""
    may = row["kind"] in STANDINGS_OF or user.may_be(Role.CATALOGUE_KEEPER)
    writable = row["state"] == ImportState.SHOWN and row["new"] + row["changed"] > 0 and may
    return frozenset({"writable"} if writable else set())


def _row(row: Mapping[str, Any]) -> RowLine:
    before, after = row["before"] or {}, row["after"] or {}
    changes = [
        Change(field=field, before=before.get(field), after=value)
        for field, value in after.items()
        if value not in (None, "", []) and (row["fate"] != Fate.CHANGED or value != before.get(field))
    ]
    return RowLine(
        row=row["row"],
        code=row["code"],
        fate=Fate(row["fate"]),
        changes=changes,
        faults=row["faults"],
        warnings=row["warnings"],
    )


async def category_titles() -> dict[str, str]:
    """Return the categories by code with the names that files write."""
    found = await rows("SELECT code, name_zh FROM entry WHERE register = 'category' ORDER BY code")
    return {row["code"]: row["name_zh"] for row in found}


async def columns_for(kind: str) -> tuple[Column, ...]:
    """Return the columns of a list's files."""
    return columns_of(kind, categories=await category_titles())


# What an organization says in a file: its identity, then its profile.
IDENTITY = ("name", "name_en", "kind", "district", "street_code", "established_on")
OF_PROFILE = (
    "supervisory_unit",
    "registered_capital",
    "business_scope",
    "categories",
    "service_areas",
    "address",
    "full_time_staff",
    "social_workers",
    "volunteers",
)
_ORGANIZATION = (
    "SELECT o.id, o.code, "  # noqa: S608  our own words
    + ", ".join(f"o.{name}" for name in IDENTITY)
    + ", "
    + ", ".join(f"p.{name}" for name in OF_PROFILE)
    + " FROM organization o JOIN profile p ON p.organization = o.id"
)


async def known_organizations(codes: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Return what files say of organizations, by code, as it stands today."""
    found = await rows(f"{_ORGANIZATION} WHERE o.code = ANY ($1)", list(codes))
    return {row["code"]: plain({name: row[name] for name in (*IDENTITY, *OF_PROFILE)}) for row in found}


_STANDING = (
    "SELECT s.code AS standing, o.code, o.name, s.kind, s.from_on, s.value, s.until_on, s.document, s.authority,"
    " s.reason, s.state, s.lifted_on AS left_on, s.lifted_document AS left_document"
    " FROM organization o JOIN standing s ON s.organization = o.id AND s.kind = ANY ($1)"
)
_SAID = (
    "standing",
    "kind",
    "from_on",
    "value",
    "until_on",
    "document",
    "authority",
    "reason",
    "state",
    "left_on",
    "left_document",
)


async def listed(codes: Iterable[str], *, kind: str) -> dict[str, Listed]:
    """Return organizations by code with their standings of a list's kinds, newest first."""
    wanted = list(codes)
    names = await rows("SELECT code, name FROM organization WHERE code = ANY ($1)", wanted)
    kinds = [str(each) for each in STANDINGS_OF[kind]]
    found = await rows(f"{_STANDING} WHERE o.code = ANY ($2) ORDER BY s.id DESC", kinds, wanted)
    standings: dict[str, list[dict[str, Any]]] = {}
    for row in found:
        standings.setdefault(row["code"], []).append(plain({name: row[name] for name in _SAID}))
    return {row["code"]: Listed(name=row["name"], standings=standings.get(row["code"], [])) for row in names}


class Menu(msgspec.Struct, frozen=True, kw_only=True):
    """The menu as the next edition has it: services in use by code, codes by name, and what they may bear."""

    known: dict[str, dict[str, Any]]
    by_name: dict[str, str]
    items: frozenset[str]
    categories: frozenset[str]


async def menu_to_be() -> Menu:
    """Return the menu of the newest edition that counts: the draft, or what the next draft will be a copy of."""
    edition = await one(
        f"SELECT code FROM catalogue_edition WHERE register = 'menu' AND {COUNTS} ORDER BY number DESC LIMIT 1"  # noqa: S608
    )
    said = await words_of_edition(edition=edition["code"]) if edition else {}
    used = {code: plain(msgspec.structs.asdict(w)) for code, w in said.items() if w.state == EntryState.IN_USE}
    found = await rows(
        "SELECT register, code FROM entry WHERE state = 'in-use' AND register IN ('item', 'category')"
        " AND (register <> 'item' OR level > 0)"
    )
    return Menu(
        known=used,
        by_name={words["name_zh"]: code for code, words in used.items()},
        items=frozenset(row["code"] for row in found if row["register"] == Register.ITEM),
        categories=frozenset(row["code"] for row in found if row["register"] == Register.CATEGORY),
    )


async def exported(kind: str) -> AsyncIterator[dict[str, Any]]:
    """Yield what a list's file says, record by record in the order of codes, some thousands at a time."""
    last: tuple[Any, ...] | None = None
    while True:
        found = await _exported(kind, last)
        for row in found:
            yield row
        if len(found) < _BATCH:
            return
        last = (found[-1]["code"], found[-1].get("standing", ""))


async def _exported(kind: str, last: tuple[Any, ...] | None) -> list[dict[str, Any]]:
    code, standing = last or ("", "")
    if kind == ImportKind.ORGANIZATIONS:
        return await rows(
            f"{_ORGANIZATION} WHERE o.code > $1 AND o.kind NOT IN ('street', 'authority')"
            f" ORDER BY o.code LIMIT {_BATCH}",
            code,
        )
    if kind == ImportKind.MENU:
        return await rows(
            "SELECT * FROM entry WHERE register = 'menu' AND state = 'in-use' AND code > $1"  # noqa: S608  our own words
            f" ORDER BY code LIMIT {_BATCH}",
            code,
        )
    # A list that was published is given out with its exits; of one recorded anew the older word is left out.
    return await rows(
        f"{_STANDING} WHERE (o.code, s.code) > ($2, $3) AND NOT EXISTS (SELECT 1 FROM standing n"  # noqa: S608
        " WHERE n.organization = s.organization AND n.kind = s.kind AND n.from_on = s.from_on AND n.id > s.id)"
        f" ORDER BY o.code, s.code LIMIT {_BATCH}",
        [str(each) for each in STANDINGS_OF[kind]],
        code,
        standing,
    )


def day_of(text: str | None) -> date | None:
    """Return a day as it is kept in a row."""
    return date.fromisoformat(text) if text else None
