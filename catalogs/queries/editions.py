"""Reads of editions: what each says, what it changed against the one before it, and which holds."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import msgspec

from catalogs.rules import Diff, EntryWords, FieldChange, diff_of
from catalogs.states import EditionState, EntryState, Register
from market.base.database import Row, one, rows
from market.base.records import Listing, Record, acts_for
from market.base.refusal import NotFound
from market.people.states import Role, User

PAGE = 100
MOST_CHANGES = 300
"""How many changes of each kind a card tells; a first edition adds everything it has."""


class EditionLine(Record, frozen=True, kw_only=True):
    """An edition in the list."""

    register: Register
    number: int
    grounds: str
    in_force_from: date | None
    in_force_until: date | None


class Named(msgspec.Struct, frozen=True, kw_only=True):
    """An entry that an edition adds or retires, with its page within the edition."""

    code: str
    name_zh: str
    name_en: str
    url: str


class ChangedEntry(Named, frozen=True, kw_only=True):
    """An entry that an edition changes, field by field."""

    fields: tuple[FieldChange, ...]


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """What an edition changes against the one before it; `counts` tells of all where the lists end early."""

    before: str
    added: list[Named]
    changed: list[ChangedEntry]
    retired: list[Named]
    counts: dict[str, int]


class EditionCard(EditionLine, frozen=True, kw_only=True):
    """An edition with what it changes; None for the first of its register."""

    revision: int
    entries: int
    published_at: datetime | None
    reason: str
    comparison: Comparison | None


class EditionEntryLine(Record, frozen=True, kw_only=True):
    """An entry in the list of an edition."""

    name_zh: str
    name_en: str


class EditionEntryCard(Record, frozen=True, kw_only=True):
    """An entry as an edition has it, whatever became of it since; `code` is the entry's."""

    edition: str
    edition_state: EditionState
    register: Register
    words: EntryWords


# Who may see an edition is a WHERE: a draft is the keeper's and of those who oversee the market.
_VISIBLE = "($1::bool OR c.state NOT IN ('draft', 'dropped'))"

COUNTS = "state NOT IN ('dropped', 'withdrawn')"
"""Which editions follow each other; what was thrown away or withdrawn is passed over."""


def sees_drafts(user: User) -> bool:
    """Tell whether a reader sees what the catalogue's keeper has not published yet."""
    return user.may_be(Role.CATALOGUE_KEEPER, Role.FINANCE_SUPERVISOR, Role.AUDITOR)


def words_of(row: Mapping[str, object]) -> EntryWords:
    """Return what a row of an entry says, of the register or of an edition."""
    return msgspec.convert({name: row[name] for name in EntryWords.__struct_fields__}, EntryWords)


async def words_of_edition(*, edition: str) -> dict[str, EntryWords]:
    """Return everything that an edition says, by code."""
    found = await rows("SELECT * FROM edition_entry WHERE edition = $1 ORDER BY code", edition)
    return {row["code"]: words_of(row) for row in found}


async def edition_in_force(*, register: Register) -> str:
    """Return the code of the edition that holds, "" when the register has none."""
    row = await one("SELECT code FROM catalogue_edition WHERE register = $1 AND state = 'in-force'", str(register))
    return str(row["code"]) if row else ""


async def editions_page(
    *, user: User, register: Register | None = None, after: str | None = None
) -> Listing[EditionLine]:
    """Return the editions one may see, newest first; the cursor is the last one's code."""
    found = await rows(
        f"SELECT c.* FROM catalogue_edition c WHERE {_VISIBLE} AND ($2::text IS NULL OR c.register = $2)"  # noqa: S608
        " AND ($3::text IS NULL OR c.id < (SELECT id FROM catalogue_edition WHERE code = $3))"
        f" ORDER BY c.id DESC LIMIT {PAGE + 1}",
        sees_drafts(user),
        str(register) if register else None,
        after,
    )
    items = [msgspec.convert(row | _links(row, user), EditionLine) for row in found[:PAGE]]
    return Listing(items=items, next=items[-1].code if len(found) > PAGE else None)


def _links(row: Row, user: User) -> Row:
    return {
        "url": f"/catalogs/editions/{row['code']}",
        "acts": acts_for(kind="edition", code=row["code"], state=row["state"], by=user),
    }


async def _visible(code: str, user: User) -> Row:
    row = await one(f"SELECT c.* FROM catalogue_edition c WHERE {_VISIBLE} AND c.code = $2", sees_drafts(user), code)  # noqa: S608
    if row is None:
        raise NotFound
    return row


async def edition_for(*, code: str, user: User) -> EditionCard:
    """Return an edition with what it changes against the one before it. Raises NotFound."""
    row = await _visible(code, user)
    new = await words_of_edition(edition=code)
    before = await before_this(row)
    comparison = None
    if before is not None:
        old = await words_of_edition(edition=before["code"])
        comparison = _comparison(before["code"], code, diff_of(old, new), new)
    in_use = sum(words.state == EntryState.IN_USE for words in new.values())
    return msgspec.convert(row | _links(row, user) | {"entries": in_use, "comparison": comparison}, EditionCard)


async def before_this(row: Mapping[str, Any]) -> Row | None:
    """Return the edition before one, of those that follow each other; None for the first."""
    return await one(
        "SELECT code, state, in_force_from FROM catalogue_edition WHERE register = $1 AND number < $2"  # noqa: S608
        f" AND {COUNTS} ORDER BY number DESC LIMIT 1",
        row["register"],
        row["number"],
    )


def _comparison(before: str, edition: str, diff: Diff, new: Mapping[str, EntryWords]) -> Comparison:
    def named(code: str) -> dict[str, str]:
        words = new[code]
        url = f"/catalogs/editions/{edition}/{code}"
        return {"code": code, "name_zh": words.name_zh, "name_en": words.name_en, "url": url}

    return Comparison(
        before=before,
        added=[Named(**named(code)) for code in sorted(diff.added)][:MOST_CHANGES],
        changed=[ChangedEntry(**named(code), fields=diff.changed[code]) for code in sorted(diff.changed)][
            :MOST_CHANGES
        ],
        retired=[Named(**named(code)) for code in sorted(diff.retired)][:MOST_CHANGES],
        counts={"added": len(diff.added), "changed": len(diff.changed), "retired": len(diff.retired)},
    )


async def edition_entries_page(*, code: str, user: User, after: str | None = None) -> Listing[EditionEntryLine]:
    """Return the entries of an edition by code. Raises NotFound for an edition one may not see."""
    await _visible(code, user)
    found = await rows(
        "SELECT code, state, name_zh, name_en, '/catalogs/editions/' || edition || '/' || code AS url"  # noqa: S608  our own words
        " FROM edition_entry WHERE edition = $1 AND ($2::text IS NULL OR code > $2)"
        f" ORDER BY code LIMIT {PAGE + 1}",
        code,
        after,
    )
    items = msgspec.convert(found[:PAGE], list[EditionEntryLine])
    return Listing(items=items, next=items[-1].code if len(found) > PAGE else None)


async def edition_entry_for(*, edition: str, entry: str, user: User) -> EditionEntryCard:
    """Return an entry as an edition has it. Raises NotFound."""
    row = await _visible(edition, user)
    found = await one("SELECT * FROM edition_entry WHERE edition = $1 AND code = $2", edition, entry)
    if found is None:
        raise NotFound
    return EditionEntryCard(
        code=entry,
        state=found["state"],
        url=f"/catalogs/editions/{edition}/{entry}",
        edition=edition,
        edition_state=EditionState(row["state"]),
        register=Register(row["register"]),
        words=words_of(found),
    )


class Ahead(msgspec.Struct, frozen=True, kw_only=True):
    """What an edition that is not in force yet says of an entry."""

    edition: str
    in_force_from: date | None
    words: EntryWords


async def ahead_of(*, code: str, user: User) -> tuple[Row | None, Ahead | None]:
    """Return the newest row that a reader may see of an entry in an edition to come, and what that edition says."""
    row = await one(
        "SELECT x.*, c.register, c.in_force_from FROM edition_entry x JOIN catalogue_edition c ON c.code = x.edition"  # noqa: S608
        f" WHERE {_VISIBLE} AND x.code = $2 AND c.state IN ('draft', 'published') ORDER BY c.number DESC LIMIT 1",
        sees_drafts(user),
        code,
    )
    if row is None:
        return None, None
    return row, Ahead(edition=row["edition"], in_force_from=row["in_force_from"], words=words_of(row))
