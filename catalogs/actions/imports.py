"""Files taken into the registers: read and judged row by row, shown, then written as shown or not at all."""

import asyncio
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

import msgspec

from catalogs.actions.writing import write_rows
from catalogs.queries.imports import (
    ImportCard,
    Menu,
    columns_for,
    import_for,
    known_organizations,
    listed,
    menu_to_be,
)
from catalogs.rules import imports as rules
from catalogs.rules.imports import Judged
from catalogs.states import Act
from catalogs.states.imports import IMPORT, Fate, ImportKind, ImportState
from catalogs.tables import ImportRun
from market.base.calendar import local_date
from market.base.codes import code_for
from market.base.database import Row, one, rows, transaction
from market.base.ledger import record
from market.base.lifecycle import objections_to_state
from market.base.refusal import NotFound, Objection, refuse_if, same_revision, say
from market.base.sheets import Line, Reading
from market.people.attachments import open_attachment
from market.people.states import User
from market.people.topics import keep_words

_BATCH = 1000
_IN_MEMORY = 4_000_000
Progress = Callable[[int], None]


def _silent(_: int) -> None:
    """Tell nobody how far it is."""


async def check_import(
    *, kind: ImportKind, file: str, by: User, now: datetime, progress: Progress = _silent
) -> ImportCard:
    """Read a file of a list and show what would become of each row; nothing else is written.

    Refused for a file that is not one's own, cannot be read safely, or lacks its headings; faults of single rows are
    shown with them. The file is kept under its digest, so that exactly what was shown is written later.
    """
    async with transaction():
        refuse_if(rules.objections_to_list(kind=kind, roles=by.roles))
        kept = await one("SELECT code, name, digest FROM attachment WHERE code = $1 AND NOT sealed", file)
        try:
            _, chunks = await open_attachment(code=file, user=by)
        except NotFound:
            kept = None
        if kept is None:
            refuse_if([Objection("file", say("You have no such file: {codes}.", codes=file))])
        assert kept is not None  # noqa: S101  refused above
        code = await code_for("IM", now)
        run = ImportRun(
            code=code,
            kind=kind,
            file=file,
            file_name=kept["name"],
            digest=kept["digest"],
            state=ImportState.SHOWN,
            checked_on=local_date(now),
            checked_at=now,
            checked_by=by.account,
            new=0,
            changed=0,
            unchanged=0,
            unmatched=0,
            refused=0,
            blank=0,
        )
        made = await ImportRun.insert(run).returning(ImportRun.id)
        with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as spool:
            async for chunk in chunks:
                spool.write(chunk)
            spool.seek(0)
            await _show(made[0]["id"], kind, spool, name=kept["name"], now=now, progress=progress)
        card = await import_for(code=code, user=by)
        await record(room="catalogs", act=Act.CHECK_IMPORT, code=code, by=by, now=now, detail=_counts(card))
        return card


def _counts(card: ImportCard) -> dict[str, Any]:
    return {"kind": card.kind, "digest": card.digest, **{str(fate): getattr(card, fate) for fate in Fate}}


async def _show(run: int, kind: ImportKind, spool: Any, *, name: str, now: datetime, progress: Progress) -> None:
    """Judge the rows some thousand at a time and keep each fate; the file is read beside the event loop."""
    columns = await columns_for(kind)
    reading = await asyncio.to_thread(Reading, spool, name=name, columns=columns)
    try:
        fates = await _judge_all(run, reading, _Judge(kind, now), progress)
    finally:
        reading.close()
    counts = {fate: fates[fate] for fate in Fate}
    await rows(
        "UPDATE import_run SET new = $2, changed = $3, unchanged = $4, unmatched = $5, refused = $6, blank = $7,"
        " sheet = $8, ignored = $9 WHERE id = $1",
        run,
        *counts.values(),
        reading.blank,
        reading.sheet[:60],
        reading.ignored[:64],
    )


async def _judge_all(run: int, reading: Reading, judge: "_Judge", progress: Progress) -> Counter[str]:
    fates: Counter[str] = Counter()
    async for lines in _batches(reading):
        judged = await judge.judge(lines)
        fates.update(str(each.fate) for each in judged)
        await _keep(run, judged)
        progress(fates.total())
    return fates


async def _batches(reading: Reading) -> AsyncIterator[list[Line]]:
    lines = iter(reading)
    while batch := await asyncio.to_thread(lambda: list(islice(lines, _BATCH))):
        yield batch


class _Judge:
    """Judges a file's rows in their order; what an earlier row said, a later one cannot say again."""

    def __init__(self, kind: ImportKind, now: datetime) -> None:
        self._kind = kind
        self._today = local_date(now)
        self._seen: dict[tuple[Any, ...], int] = {}
        self._menu: Menu | None = None

    async def judge(self, lines: Sequence[Line]) -> list[Judged]:
        """Return the fates of the next rows."""
        return [self._once(line, judged) for line, judged in zip(lines, await self._judged(lines), strict=True)]

    async def _judged(self, lines: Sequence[Line]) -> list[Judged]:
        codes = {line.values.get("code") or "" for line in lines}
        if self._kind is ImportKind.ORGANIZATIONS:
            known = await known_organizations(codes)
            return [rules.judge_organization(line=line, known=known) for line in lines]
        if self._kind is ImportKind.MENU:
            self._menu = self._menu or await menu_to_be()
            given = msgspec.structs.asdict(self._menu)
            return [rules.judge_menu_item(line=line, **given) for line in lines]
        found = await listed(codes, kind=self._kind)
        return [rules.judge_standing(kind=self._kind, line=line, known=found, today=self._today) for line in lines]

    def _once(self, line: Line, judged: Judged) -> Judged:
        if judged.fate is Fate.REFUSED:
            return judged
        keys = rules.keys_of(kind=self._kind, line=line, code=judged.code)
        first = min((self._seen.setdefault(key, line.row) for key in keys), default=line.row)
        if first == line.row:
            return judged
        return msgspec.structs.replace(judged, fate=Fate.REFUSED, faults=[rules.twice(first=first)])


async def _keep(run: int, judged: Sequence[Judged]) -> None:
    await rows(
        "INSERT INTO import_row (run, row, code, fate, before, after, faults, warnings)"
        " SELECT $1, u.* FROM unnest($2::int[], $3::text[], $4::text[], $5::jsonb[], $6::jsonb[], $7::jsonb[],"
        " $8::jsonb[]) AS u",
        run,
        [each.row for each in judged],
        [each.code[:40] for each in judged],
        [str(each.fate) for each in judged],
        [each.before for each in judged],
        [each.after for each in judged],
        # As text: a list within a list would be taken for an array of more dimensions.
        [msgspec.json.encode([_kept(fault) for fault in each.faults]).decode() for each in judged],
        [msgspec.json.encode([keep_words(warning) for warning in each.warnings]).decode() for each in judged],
    )


def _kept(fault: Objection) -> dict[str, Any]:
    return {"field": fault.field, "words": keep_words(fault.message), "law": fault.law}


async def _lock(code: str, expected: int | None, act: Act) -> Row:
    row = await one("SELECT * FROM import_run WHERE code = $1 FOR UPDATE", code)
    if row is None:
        raise NotFound
    same_revision(expected, row["revision"])
    refuse_if(objections_to_state(IMPORT, act, row["state"]))
    return row


async def _settle(row: Row, state: ImportState, *, by: User, now: datetime) -> None:
    await rows(
        "UPDATE import_run SET state = $2, revision = revision + 1, settled_at = $3, settled_by = $4 WHERE id = $1",
        row["id"],
        state,
        now,
        by.account,
    )


async def write_import(
    *, code: str, expected: int | None, by: User, now: datetime, progress: Progress = _silent
) -> ImportCard:
    """Write what was shown, all in one transaction: the new and the changed rows, and nothing else.

    Refused when there is nothing to write, or when a register says something else than when the file was shown.
    """
    async with transaction():
        row = await _lock(code, expected, Act.WRITE_IMPORT)
        refuse_if(rules.objections_to_list(kind=row["kind"], roles=by.roles))
        if row["new"] + row["changed"] == 0:
            refuse_if([Objection("", say("There is nothing to write: no row is new or changed."))])
        await rows("SELECT pg_advisory_xact_lock(hashtext('catalogs:import'))")
        await write_rows(run=row, by=by, now=now, progress=progress)
        await _settle(row, ImportState.WRITTEN, by=by, now=now)
        card = await import_for(code=code, user=by)
        await record(room="catalogs", act=Act.WRITE_IMPORT, code=code, by=by, now=now, detail=_counts(card))
        return card


async def drop_import(*, code: str, expected: int | None, by: User, now: datetime) -> ImportCard:
    """Leave a file out; nothing of it was written, and its rows are forgotten."""
    async with transaction():
        row = await _lock(code, expected, Act.DROP_IMPORT)
        await rows("DELETE FROM import_row WHERE run = $1", row["id"])
        await _settle(row, ImportState.DROPPED, by=by, now=now)
        await record(room="catalogs", act=Act.DROP_IMPORT, code=code, by=by, now=now)
        return await import_for(code=code, user=by)
