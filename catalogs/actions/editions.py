"""The deeds done to editions: a draft is begun, filled, published for a day, and put in force by time.

One keeper at a time: whoever changes a draft holds `lock_registers` until the commit.
"""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

import msgspec

from catalogs import rules
from catalogs.queries.editions import COUNTS, EditionCard, before_this, edition_for, words_of_edition
from catalogs.rules import Diff, EntryWords
from catalogs.states import EDITION, Act, Checked, EditionState, Register
from market.base.calendar import local_date, start_of_day
from market.base.database import Row, one, rows, transaction
from market.base.ledger import record
from market.base.lifecycle import objections_to_state
from market.base.records import Turned
from market.base.refusal import NotFound, Objection, refuse_if, same_revision, say
from market.base.terms import sort_key
from market.base.turning import each_alone
from market.people.states import CLOCK, User

_WORDS = ", ".join(EntryWords.__struct_fields__)
_SHOWN = 200


async def lock_registers() -> None:
    """Let one keeper at a time change the registers, so that names and codes stay unique without gaps."""
    await rows("SELECT pg_advisory_xact_lock(hashtext('catalogs:menu'))")


async def begin_with_entries(*, register: Register, now: datetime, by: User) -> None:
    """Make the first edition of a register out of its entries, in force from this day; for a fresh database."""
    code = f"{register}-1"
    await rows(
        "INSERT INTO catalogue_edition (code, register, number, state, begun_at, begun_by)"
        " VALUES ($1, $2, 1, 'draft', $3, $4)",
        code,
        str(register),
        now,
        by.account,
    )
    await rows(
        f"INSERT INTO edition_entry (edition, code, revision, checked, {_WORDS})"  # noqa: S608  our own words
        f" SELECT $1, code, revision, checked, {_WORDS} FROM entry WHERE register = $2",
        code,
        str(register),
    )
    await rows(
        "UPDATE catalogue_edition SET state = 'in-force', in_force_from = $2, published_at = $3, published_by = $4"
        " WHERE code = $1",
        code,
        local_date(now),
        now,
        by.account,
    )


async def draft_of(*, register: Register, by: User, now: datetime) -> Row:
    """Return the open draft of a register, begun now when there is none. The caller holds the registers' lock."""
    row = await one("SELECT * FROM catalogue_edition WHERE register = $1 AND state = 'draft'", str(register))
    return row or await _begin(register, by=by, now=now)


async def _begin(register: Register, *, by: User, now: datetime) -> Row:
    last = await one(
        "SELECT code, (SELECT max(number) FROM catalogue_edition WHERE register = $1) AS number"  # noqa: S608
        f" FROM catalogue_edition WHERE register = $1 AND {COUNTS} ORDER BY catalogue_edition.number DESC LIMIT 1",
        str(register),
    )
    if last is None:
        raise NotFound
    made = await one(
        "INSERT INTO catalogue_edition (code, register, number, state, begun_at, begun_by)"
        " VALUES ($1, $2, $3, 'draft', $4, $5) RETURNING *",
        f"{register}-{last['number'] + 1}",
        str(register),
        last["number"] + 1,
        now,
        by.account,
    )
    if made is None:
        raise NotFound
    await rows(
        f"INSERT INTO edition_entry (edition, code, revision, checked, {_WORDS})"  # noqa: S608  our own words
        f" SELECT $1, code, revision, checked, {_WORDS} FROM edition_entry WHERE edition = $2",
        made["code"],
        last["code"],
    )
    detail = {"register": register, "after": last["code"]}
    await record(room="catalogs", act=Act.BEGIN_EDITION, code=made["code"], by=by, now=now, detail=detail)
    return made


async def begin_edition(*, register: Register, by: User, now: datetime) -> EditionCard:
    """Begin a draft as a copy of the newest edition. Refused while a draft of the register is open."""
    async with transaction():
        await lock_registers()
        found = await one("SELECT code FROM catalogue_edition WHERE register = $1 AND state = 'draft'", str(register))
        if found:
            words = say("A draft of this register is open already: {edition}.", edition=found["code"])
            refuse_if([Objection("register", words, "N-9")])
        made = await _begin(register, by=by, now=now)
        return await edition_for(code=made["code"], user=by)


async def put_in_draft(*, edition: str, words: Mapping[str, EntryWords]) -> None:
    """Write entries into a draft, each as the whole of what it shall say; the caller holds the lock and has asked.

    A new entry counts as the keeper's own; every change raises the entry's revision and the draft's.
    """
    given = [{"code": code, **msgspec.structs.asdict(each)} for code, each in words.items()]
    fields = ", ".join(f"{name} = excluded.{name}" for name in EntryWords.__struct_fields__)
    await rows(
        f"INSERT INTO edition_entry (edition, code, checked, {_WORDS})"  # noqa: S608  our own words
        f" SELECT $1, code, $3, {_WORDS} FROM jsonb_populate_recordset(NULL::edition_entry, $2::jsonb)"
        f" ON CONFLICT (edition, code) DO UPDATE SET {fields}, checked = excluded.checked,"
        " revision = edition_entry.revision + 1",
        edition,
        msgspec.json.encode(given).decode(),
        str(Checked.OWN),
    )
    await rows("UPDATE catalogue_edition SET revision = revision + 1 WHERE code = $1", edition)


async def publish_catalogue(
    *, code: str, in_force_from: date, grounds: str, expected: int | None, by: User, now: datetime
) -> EditionCard:
    """Publish a draft for a day; on that day time puts it in force, today's is in force at once.

    Refused when it changes nothing, says no grounds, or its day is gone, too far, or not after the edition before it.
    """
    async with transaction():
        row = await _lock(code, expected)
        refuse_if(objections_to_state(EDITION, Act.PUBLISH_CATALOGUE, row["state"]))
        await _put_in_force_what_is_due(row["register"], now=now)
        diff, after = await _diff_to_the_one_before(row)
        refuse_if(
            rules.objections_to_publication(
                diff=diff, in_force_from=in_force_from, grounds=grounds, after=after, today=local_date(now)
            )
        )
        published = await one(
            "UPDATE catalogue_edition SET state = 'published', in_force_from = $2, grounds = $3, published_at = $4,"
            " published_by = $5, next_turn_at = $6, revision = revision + 1 WHERE code = $1 RETURNING *",
            code,
            in_force_from,
            grounds,
            now,
            by.account,
            start_of_day(in_force_from),
        )
        public = {"register": row["register"], "in_force_from": in_force_from.isoformat(), **_told(diff)}
        await record(room="catalogs", act=Act.PUBLISH_CATALOGUE, code=code, by=by, now=now, public=public)
        if published is not None and in_force_from <= local_date(now):
            await put_in_force(row=published, now=now)
        return await edition_for(code=code, user=by)


def _told(diff: Diff) -> dict[str, Any]:
    """Return what a diff changes as everybody may know it, by code."""
    parts: dict[str, Collection[str]] = {"added": diff.added, "changed": diff.changed, "retired": diff.retired}
    return {name: [*codes][:_SHOWN] for name, codes in parts.items()}


async def _diff_to_the_one_before(row: Row) -> tuple[Diff, date | None]:
    before = await before_this(row)
    if before is None:
        raise NotFound
    old = await words_of_edition(edition=before["code"])
    new = await words_of_edition(edition=row["code"])
    waits = before["state"] == EditionState.PUBLISHED
    return rules.diff_of(old, new), before["in_force_from"] if waits else None


async def withdraw_edition(*, code: str, reason: str, expected: int | None, by: User, now: datetime) -> EditionCard:
    """Take an edition back before its day: a draft is thrown away, what was published stays readable and never holds.

    Refused without a reason, from its day on, and while a later edition that was begun from it stands. Why a draft
    was thrown away stands in the ledger alone, as the draft itself was never public.
    """
    async with transaction():
        row = await _lock(code, expected)
        refuse_if(objections_to_state(EDITION, Act.WITHDRAW_EDITION, row["state"]))
        later = await one(
            f"SELECT code FROM catalogue_edition WHERE register = $1 AND number > $2 AND {COUNTS} LIMIT 1",  # noqa: S608
            row["register"],
            row["number"],
        )
        day = row["in_force_from"]
        refuse_if(
            rules.objections_to_withdrawal(
                reason=reason, in_force_from=day, rests_on_it=later["code"] if later else "", today=local_date(now)
            )
        )
        is_draft = row["state"] == EditionState.DRAFT
        await rows(
            "UPDATE catalogue_edition SET state = $2, reason = $3, next_turn_at = NULL, revision = revision + 1"
            " WHERE code = $1",
            code,
            str(EditionState.DROPPED if is_draft else EditionState.WITHDRAWN),
            "" if is_draft else reason,
        )
        told = {"register": row["register"], "in_force_from": day, "reason": reason}
        await record(
            room="catalogs",
            act=Act.WITHDRAW_EDITION,
            code=code,
            by=by,
            now=now,
            public=None if is_draft else {**told, "in_force_from": day.isoformat()},
            detail=told,
        )
        return await edition_for(code=code, user=by)


async def _lock(code: str, expected: int | None) -> Row:
    await lock_registers()
    row = await one("SELECT * FROM catalogue_edition WHERE code = $1 FOR UPDATE", code)
    if row is None:
        raise NotFound
    same_revision(expected, row["revision"])
    return row


async def _put_in_force_what_is_due(register: str, *, now: datetime) -> None:
    """Do what time has not done yet this minute, so that editions follow each other in their order."""
    for row in await rows(
        "SELECT * FROM catalogue_edition WHERE register = $1 AND next_turn_at <= $2 ORDER BY number FOR UPDATE",
        register,
        now,
    ):
        await put_in_force(row=row, now=now)


async def put_in_force(*, row: Mapping[str, Any], now: datetime) -> None:
    """Let an edition hold: its words become the register's, the one before it is superseded. The caller locked it."""
    changed = await rows(
        "SELECT x.code, x.name_zh, x.name_en FROM edition_entry x LEFT JOIN entry e ON e.code = x.code"
        " WHERE x.edition = $1 AND (e.revision <> x.revision OR (e.code IS NULL AND x.state = 'in-use'))",
        row["code"],
    )
    found = [
        {"code": each["code"], "terms": rules.entry_terms(**each), "key": sort_key(each["name_zh"])} for each in changed
    ]
    names = [*EntryWords.__struct_fields__, "revision", "checked", "terms", "sort_key", "changed_at"]
    fields = ", ".join(f"{name} = excluded.{name}" for name in names)
    await rows(
        f"INSERT INTO entry (register, code, revision, checked, terms, sort_key, changed_at, {_WORDS})"  # noqa: S608
        " SELECT $2, x.code, x.revision, x.checked, ARRAY (SELECT jsonb_array_elements_text(f.terms)), f.key, $4,"
        f" {', '.join(f'x.{name}' for name in EntryWords.__struct_fields__)} FROM edition_entry x"
        " JOIN jsonb_to_recordset($3::jsonb) f (code text, terms jsonb, key text) ON f.code = x.code"
        f" WHERE x.edition = $1 ON CONFLICT (code) DO UPDATE SET {fields}",
        row["code"],
        row["register"],
        msgspec.json.encode(found).decode(),
        now,
    )
    await rows(
        "UPDATE catalogue_edition SET state = 'superseded', in_force_until = $2, revision = revision + 1"
        " WHERE register = $1 AND state = 'in-force'",
        row["register"],
        row["in_force_from"],
    )
    await rows(
        "UPDATE catalogue_edition SET state = 'in-force', next_turn_at = NULL, revision = revision + 1 WHERE code = $1",
        row["code"],
    )
    public = {"register": row["register"], "changed": len(changed)}
    await record(room="catalogs", act=Act.PUT_IN_FORCE, code=row["code"], by=CLOCK, now=now, public=public)


async def turn_editions(*, now: datetime, limit: int) -> list[Turned]:
    """Put in force what was published for a day that has come, earliest first, one edition a transaction."""

    async def perform(row: Row) -> Turned:
        await put_in_force(row=row, now=now)
        return Turned(act=Act.PUT_IN_FORCE, code=row["code"], at=now)

    return await each_alone(due=lambda passed: one(_DUE, now, passed), perform=perform, limit=limit)


_DUE = """
    SELECT * FROM catalogue_edition WHERE next_turn_at <= $1 AND id <> ALL ($2) ORDER BY next_turn_at, id LIMIT 1
    FOR UPDATE SKIP LOCKED
"""
