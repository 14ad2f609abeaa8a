"""Reads of budget lines: what is left of them, for their street and for those who oversee."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from urllib.parse import urlencode

import msgspec

from market.base.database import Row, one, rows
from market.base.money import Yuan
from market.base.records import Listing, Record, acts_for
from market.base.refusal import NotFound
from market.base.wording import words
from market.needs.queries.needs import PAGE, cursor_of, reader_of
from market.needs.rules import LineFacts, LineRow
from market.needs.states import LineState
from market.people.queries import organization_names
from market.people.states import User


class LineCard(Record, frozen=True, kw_only=True):
    """A budget line with what is left of it."""

    street: str
    street_name: str
    year: int
    title: str
    source: str
    amount: Yuan
    reserved: Yuan
    committed: Yuan
    paid: Yuan
    available: Yuan
    allotted_at: datetime
    from_unit: str = ""
    document: str = ""
    file: str = ""
    revision: int = 1


class MovementLine(msgspec.Struct, frozen=True, kw_only=True):
    """A movement of a line's money; each part says by how much it changed."""

    at: datetime
    act: str
    subject: str
    document: str
    amount: Yuan
    reserved: Yuan
    committed: Yuan
    paid: Yuan


class Fault(msgspec.Struct, frozen=True):
    """What stands against a row."""

    field: str
    message: str
    law: str


class ImportedRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row of a file of budget lines: what it allots, and what stands against it as (field, law)."""

    row: int
    title: str
    year: int | None
    source: str
    amount: Yuan | None
    code: str | None
    faults: list[Fault]


class LinesImported(Record, frozen=True, kw_only=True):
    """A file of budget lines as it was read: shown, or allotted; `code` is the file's."""

    document: str
    written: bool
    total: Yuan
    rows: list[ImportedRow]

    @classmethod
    def of(
        cls, judged: Sequence[LineRow], *, file: str, document: str, written: bool, codes: Sequence[str], lang: str
    ) -> "LinesImported":
        """Return the answer of an import; a file that was only shown leads back to its form."""
        made = dict(zip((each.row for each in judged), codes, strict=False))
        query = urlencode({"file": file, "document": document})
        return cls(
            code=file,
            state=str(LineState.ALLOTTED),
            url="/budget" if written else f"/budget/import-budget?{query}",
            document=document,
            written=written,
            total=sum((each.line.amount for each in judged if each.line and not each.faults), Decimal(0)),
            rows=[_imported(each, made.get(each.row), lang) for each in judged],
        )


def _imported(judged: LineRow, code: str | None, lang: str) -> ImportedRow:
    line = judged.line
    return ImportedRow(
        row=judged.row,
        title=judged.title,
        year=line.year if line else None,
        source=str(line.source) if line else "",
        amount=line.amount if line else None,
        code=code,
        faults=[Fault(fault.field, words(fault.message, lang), fault.law) for fault in judged.faults],
    )


_LINE_VISIBLE = "($1::bool OR l.street = $2)"


def line_facts(row: Row) -> LineFacts:
    """Return a budget line's row as rules take it."""
    return msgspec.convert({name: row[name] for name in LineFacts.__struct_fields__}, LineFacts)


async def facts_of_line(*, code: str) -> LineFacts | None:
    """Return a budget line as rules take it, whoever asks; None when there is none."""
    row = await one("SELECT * FROM budget_line WHERE code = $1", code)
    return line_facts(row) if row else None


def _line_card(row: Row, street_name: str, user: User) -> LineCard:
    return msgspec.convert(
        {
            **row,
            "street_name": street_name,
            "available": line_facts(row).available,
            "url": f"/budget/{row['code']}",
            "acts": acts_for(
                kind="budget-line",
                code=row["code"],
                state=row["state"],
                by=user,
                facts=frozenset({"own"} if row["street"] == user.organization else ()),
            ),
        },
        LineCard,
        from_attributes=True,
    )


async def line_for(*, code: str, user: User) -> LineCard:
    """Return a budget line to its street and to those who oversee. Raises NotFound for everybody else."""
    row = await one(f"SELECT l.* FROM budget_line l WHERE {_LINE_VISIBLE} AND l.code = $3", *reader_of(user), code)  # noqa: S608
    if row is None:
        raise NotFound
    names = await organization_names(codes=[row["street"]])
    return _line_card(row, names.get(row["street"], ""), user)


async def lines_page(*, user: User, after: str | None = None) -> Listing[LineCard]:
    """Return the budget lines a reader may see, newest first, 50 a page."""
    found = await rows(
        f"SELECT l.* FROM budget_line l WHERE {_LINE_VISIBLE} AND ($3::bigint IS NULL OR l.id < $3)"  # noqa: S608
        f" ORDER BY l.id DESC LIMIT {PAGE + 1}",
        *reader_of(user),
        cursor_of(after),
    )
    names = await organization_names(codes={row["street"] for row in found})
    items = [_line_card(row, names.get(row["street"], ""), user) for row in found[:PAGE]]
    return Listing(items=items, next=str(found[PAGE - 1]["id"]) if len(found) > PAGE else None)


async def titles_of(*, street: str) -> dict[tuple[int, str], str]:
    """Return a street's budget lines by year and title, with their codes."""
    found = await rows("SELECT code, year, title FROM budget_line WHERE street = $1 ORDER BY id DESC", street)
    return {(row["year"], row["title"]): row["code"] for row in found}


async def movements_of(*, line: str) -> list[MovementLine]:
    """Return the newest 100 movements of a line that the caller has read."""
    found = await rows("SELECT * FROM budget_movement WHERE line = $1 ORDER BY id DESC LIMIT 100", line)
    return msgspec.convert(found, list[MovementLine])


async def line_choices(*, street: str, year: int) -> list[tuple[str, str]]:
    """Return code and words of a street's budget lines of a year and later, for choices on forms."""
    found = await rows(
        "SELECT code, title, year, amount - reserved - committed - paid AS available FROM budget_line"
        " WHERE street = $1 AND year >= $2 ORDER BY year, code",
        street,
        year,
    )
    return [(row["code"], f"{row['year']} {row['title']} ({row['available']:,.2f})") for row in found]
