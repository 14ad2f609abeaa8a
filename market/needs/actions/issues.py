"""Lists of issues are taken in as evidence of need, and a need cites their groups."""

import asyncio
import tempfile
from datetime import datetime

import msgspec

from market.base.calendar import local_date
from market.base.codes import code_for
from market.base.database import Row, one, rows, transaction
from market.base.ledger import record
from market.base.lifecycle import objections_to_state
from market.base.refusal import NotFound, Objection, refuse_if, say
from market.base.sheets import Line, Reading
from market.base.wording import words
from market.needs.queries.issues import IssueListCard, IssueRowCard, issue_list_for
from market.needs.queries.needs import NeedCard, need_for
from market.needs.rules.issues import COLUMNS, IssueRow, judge
from market.needs.states import ISSUE_LIST, Act, IssueFate, IssueSource
from market.needs.tables import IssueList
from market.people.attachments import open_attachment
from market.people.states import User

_IN_MEMORY = 4_000_000
_MOST_ROWS = 20_000
_SHOWN = 200


async def _file(code: str, by: User) -> tuple[Row, list[Line]]:
    """Return a file of one's own and its rows. Refused for a file that is not, or cannot be read safely."""
    kept = await one("SELECT code, name, digest FROM attachment WHERE code = $1 AND NOT sealed", code)
    try:
        _, chunks = await open_attachment(code=code, user=by)
    except NotFound:
        kept = None
    if kept is None:
        refuse_if([Objection("file", say("You have no such file: {codes}.", codes=code))])
    assert kept is not None  # noqa: S101  refused above
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as spool:
        async for chunk in chunks:
            spool.write(chunk)
        spool.seek(0)
        lines = await asyncio.to_thread(_lines, spool, kept["name"])
    if len(lines) > _MOST_ROWS:
        refuse_if([Objection("file", say("At most {most} rows can be given.", most=_MOST_ROWS))])
    return kept, lines


def _lines(spool: tempfile.SpooledTemporaryFile[bytes], name: str) -> list[Line]:
    reading = Reading(spool, name=name, columns=COLUMNS)  # type: ignore[arg-type]  # a file in all but its class
    try:
        return [line for line, _ in zip(reading, range(_MOST_ROWS + 1), strict=False)]
    finally:
        reading.close()


async def read_issues(*, source: IssueSource, file: str, by: User, now: datetime) -> tuple[Row, list[IssueRow]]:
    """Return a file and what would become of each of its rows; nothing is written."""
    kept, lines = await _file(file, by)
    numbers = [str(line.values.get("number") or "") for line in lines]
    found = await rows(
        "SELECT number FROM issue WHERE street = $1 AND source = $2 AND number = ANY ($3)",
        by.organization,
        str(source),
        numbers,
    )
    known = {row["number"] for row in found}
    judged = []
    for line in lines:
        judged.append(judge(line, known=known, today=local_date(now)))
        known.add(judged[-1].number)
    return kept, judged


def rows_shown(judged: list[IssueRow], *, lang: str) -> list[IssueRowCard]:
    """Return the fates of rows for a reader, what is refused first, at most two hundred."""
    order = sorted(judged, key=lambda each: each.fate is not IssueFate.REFUSED)
    return [
        IssueRowCard(
            row=each.row,
            fate=str(each.fate),
            number=each.number,
            kind=each.kind,
            place=each.place,
            happened_on=each.happened_on,
            faults=[words(fault.message, lang) for fault in each.faults],
        )
        for each in order[:_SHOWN]
    ]


async def import_issues(
    *, source: IssueSource, file: str, by: User, now: datetime, lang: str = "zh-CN"
) -> IssueListCard:
    """Take a list of issues in: number, kind, place and day of each row; who called and what they said is not kept.

    Rows with faults are left out and told; numbers that are known already change nothing. Refused when no row is new.
    Law: 个人信息保护法 第三十四条 (R-7).
    """
    async with transaction():
        await rows("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", f"issues of {by.organization}")
        kept, judged = await read_issues(source=source, file=file, by=by, now=now)
        new = [each for each in judged if each.fate is IssueFate.WRITTEN]
        if not new:
            refuse_if([Objection("file", say("There is nothing to take in: no row is new and can be read."))])
        counts = {fate: sum(each.fate is fate for each in judged) for fate in IssueFate}
        code = await code_for("IS", now)
        made = await IssueList.insert(
            IssueList(
                code=code,
                street=by.organization,
                source=str(source),
                file_name=kept["name"],
                digest=kept["digest"],
                written=counts[IssueFate.WRITTEN],
                known=counts[IssueFate.KNOWN],
                refused=counts[IssueFate.REFUSED],
                imported_at=now,
                imported_by=by.account,
            )
        ).returning(IssueList.id)
        await rows(
            "INSERT INTO issue (list, street, source, number, kind, place, happened_on)"
            " SELECT $1, $2, $3, u.* FROM unnest($4::text[], $5::text[], $6::text[], $7::date[]) AS u",
            made[0]["id"],
            by.organization,
            str(source),
            [each.number for each in new],
            [each.kind for each in new],
            [each.place for each in new],
            [each.happened_on for each in new],
        )
        detail = {"digest": kept["digest"], **{str(fate): count for fate, count in counts.items()}}
        await record(room="needs", act=Act.IMPORT_ISSUES, code=code, by=by, now=now, detail=detail)
        card = await issue_list_for(code=code, user=by)
        return msgspec.structs.replace(card, rows=rows_shown(judged, lang=lang))


async def cite_issues(*, code: str, kind: str, place: str, by: User, now: datetime) -> NeedCard:
    """Let a draft need cite a group of its street's issues as evidence, with the numbers of today.

    Cited again, the numbers are those of that day. Refused for a group the street does not have. Law: B-1.
    """
    async with transaction():
        need = await one("SELECT street, state FROM need WHERE code = $1 FOR UPDATE", code)
        if need is None or need["street"] != by.organization:
            raise NotFound
        refuse_if(objections_to_state(ISSUE_LIST, Act.CITE_ISSUES, need["state"]))
        made = await rows(
            "INSERT INTO issue_citation (need, kind, place, number, first_on, last_on, cited_at, cited_by)"
            " SELECT $1, kind, place, count(*), min(happened_on), max(happened_on), $5, $6 FROM issue"
            " WHERE street = $2 AND kind = $3 AND place = $4 GROUP BY kind, place"
            " ON CONFLICT (need, kind, place) DO UPDATE SET number = excluded.number, first_on = excluded.first_on,"
            " last_on = excluded.last_on, cited_at = excluded.cited_at, cited_by = excluded.cited_by RETURNING number",
            code,
            need["street"],
            kind,
            place,
            now,
            by.account,
        )
        if not made:
            refuse_if([Objection("group", say("Your street has no issues of this kind at this place."))])
        detail = {"kind": kind, "place": place, "number": made[0]["number"]}
        await record(room="needs", act=Act.CITE_ISSUES, code=code, by=by, now=now, detail=detail)
        return await need_for(code=code, user=by)
