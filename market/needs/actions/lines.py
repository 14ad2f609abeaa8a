"""The deeds done to budget lines: allotted, taken over from a department, imported, adjusted by a document."""

import asyncio
import tempfile
from datetime import datetime
from typing import Any

from market.base.calendar import local_date
from market.base.codes import code_for
from market.base.database import rows, transaction
from market.base.ledger import record
from market.base.lifecycle import objections_to_state
from market.base.money import Yuan
from market.base.refusal import NotFound, Objection, Refused, refuse_if, same_revision, say
from market.base.sheets import Reading
from market.needs import rules
from market.needs.actions.money import Movement, lock_line, move
from market.needs.queries import LineCard, line_facts, line_for, titles_of
from market.needs.rules import Allotted, LineRow
from market.needs.rules.imports import COLUMNS
from market.needs.states import BUDGET_LINE, Act
from market.needs.tables import BudgetLine
from market.people.attachments import objections_to_attachments, open_attachment
from market.people.states import User

_IN_MEMORY = 4_000_000


async def allot_budget(*, line: Allotted, by: User, now: datetime) -> LineCard:
    """Allot a budget line to one's own street. Refused without title or amount, or for a year that is not at hand."""
    async with transaction():
        refuse_if(rules.objections_to_line(line=line, today=local_date(now)))
        code = await _allot(line, act=Act.ALLOT_BUDGET, by=by, now=now)
        return await line_for(code=code, user=by)


async def hand_line(*, line: Allotted, by: User, now: datetime) -> LineCard:
    """Take over money that follows its task from a department of the district, by its document.

    Refused like an allotted line, and without the department, the document's number or its file.
    """
    async with transaction():
        objections = rules.objections_to_line(line=line, today=local_date(now))
        objections += rules.objections_to_handing(line)
        objections += await objections_to_attachments(codes=[line.file] if line.file else [], by=by, field="file")
        refuse_if(objections)
        code = await _allot(line, act=Act.HAND_LINE, by=by, now=now)
        return await line_for(code=code, user=by)


async def _allot(line: Allotted, *, act: Act, by: User, now: datetime) -> str:
    """Write a line with its first movement and event, and return its code."""
    code = await code_for("L", now)
    row = BudgetLine(
        code=code,
        street=by.organization,
        year=line.year,
        title=line.title,
        source=str(line.source),
        amount=line.amount,
        from_unit=line.from_unit,
        document=line.document,
        file=line.file,
        allotted_at=now,
        allotted_by=by.account,
    )
    await BudgetLine.insert(row)
    await rows(
        "INSERT INTO budget_movement (line, at, act, document, file, amount, account)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7)",
        code,
        now,
        str(act),
        line.document,
        line.file,
        line.amount,
        by.account,
    )
    detail = {"street": by.organization, "year": line.year, "amount": line.amount, "source": line.source}
    if line.document:
        detail |= {"from_unit": line.from_unit, "document": line.document}
    await record(room="needs", act=act, code=code, by=by, now=now, detail=detail)
    return code


async def adjust_line(
    *, code: str, amount: Yuan, document: str, file: str, expected: int | None, by: User, now: datetime
) -> LineCard:
    """Raise or lower a line's amount by a document. Refused below what is used, without change or document (N-10)."""
    async with transaction():
        row = await lock_line(code)
        if row is None or row["street"] != by.organization:
            raise NotFound
        same_revision(expected, row["revision"])
        objections = objections_to_state(BUDGET_LINE, Act.ADJUST_LINE, row["state"])
        objections += rules.objections_to_adjustment(line=line_facts(row), amount=amount, document=document)
        objections += await objections_to_attachments(codes=[file] if file else [], by=by, field="file")
        refuse_if(objections)
        change = Movement(act=Act.ADJUST_LINE, document=document, file=file, amount=amount - row["amount"])
        await move(line=code, movement=change, by=by, now=now)
        await rows("UPDATE budget_line SET revision = revision + 1 WHERE code = $1", code)
        detail = {"before": row["amount"], "amount": amount, "document": document}
        await record(room="needs", act=Act.ADJUST_LINE, code=code, by=by, now=now, detail=detail)
        return await line_for(code=code, user=by)


async def read_budget(*, file: str, document: str, by: User, now: datetime) -> list[LineRow]:
    """Return the rows of a file of budget lines, each with what stands against it; nothing is written.

    Refused for a file that is not one's own, cannot be read safely, or lacks its headings.
    """
    try:
        kept, chunks = await open_attachment(code=file, user=by)
    except NotFound:
        raise Refused([Objection("file", say("You have no such file: {codes}.", codes=file))]) from None
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as spool:
        async for chunk in chunks:
            spool.write(chunk)
        spool.seek(0)
        read = await asyncio.to_thread(_read, spool, kept["name"])
    known = await titles_of(street=by.organization or "")
    return rules.judge_lines(lines=read, known=known, document=document, today=local_date(now))


def _read(spool: Any, name: str) -> list[Any]:
    reading = Reading(spool, name=name, columns=COLUMNS)
    try:
        return list(reading)
    finally:
        reading.close()


async def import_budget(
    *, file: str, document: str, dry_run: bool, by: User, now: datetime
) -> tuple[list[LineRow], list[str]]:
    """Allot every line of a file in one transaction, or show what would be; return its rows and the lines' codes.

    Refused as a whole when anything stands against any row; a dry run shows it instead.
    """
    async with transaction():
        await rows("SELECT pg_advisory_xact_lock(hashtext('needs:import-budget'))")
        judged = await read_budget(file=file, document=document, by=by, now=now)
        if dry_run:
            return judged, []
        if not document.strip():
            refuse_if([Objection("document", say("Name the document that allots the money."), "N-10")])
        refuse_if(_faults(judged))
        return judged, [await _allot(one.line, act=Act.IMPORT_BUDGET, by=by, now=now) for one in judged if one.line]


def _faults(judged: list[LineRow]) -> list[Objection]:
    """Return what stands against each row, said with its number."""
    return [
        Objection("file", say("Row {row}: {fault}", row=each.row, fault=fault.message), fault.law)
        for each in judged
        for fault in each.faults
    ]
