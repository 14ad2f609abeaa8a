"""Reads of budget lines: what is left of them, for their street and for those who oversee."""

from datetime import datetime

import msgspec

from market.base.database import Row, one, rows
from market.base.money import Yuan
from market.base.records import Listing, Record, acts_for
from market.base.refusal import NotFound
from market.needs.queries.needs import PAGE, cursor_of, reader_of
from market.needs.rules import LineFacts
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


_LINE_VISIBLE = "($1::bool OR l.street = $2)"


def line_facts(row: Row) -> LineFacts:
    """Return a budget line's row as rules take it."""
    return msgspec.convert({name: row[name] for name in LineFacts.__struct_fields__}, LineFacts)


def _line_card(row: Row, street_name: str, user: User) -> LineCard:
    return msgspec.convert(
        {
            **row,
            "street_name": street_name,
            "available": line_facts(row).available,
            "url": f"/budget/{row['code']}",
            "acts": acts_for(kind="budget-line", code=row["code"], state=row["state"], by=user),
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


async def line_choices(*, street: str, year: int) -> list[tuple[str, str]]:
    """Return code and words of a street's budget lines of a year and later, for choices on forms."""
    found = await rows(
        "SELECT code, title, year, amount - reserved - committed - paid AS available FROM budget_line"
        " WHERE street = $1 AND year >= $2 ORDER BY year, code",
        street,
        year,
    )
    return [(row["code"], f"{row['year']} {row['title']} ({row['available']:,.2f})") for row in found]
