"""Reads of a street's year: its budget lines, and the purchases that spend them."""

import msgspec

from market.base.database import rows
from market.base.money import Yuan

_MOST_LINES = 500


class LineYear(msgspec.Struct, frozen=True, kw_only=True):
    """A budget line in its year; reserved, committed, paid and free are parts that sum to the amount."""

    code: str
    url: str
    street: str
    year: int
    title: str
    amount: Yuan
    reserved: Yuan
    committed: Yuan
    paid: Yuan
    free: Yuan


class Purchase(msgspec.Struct, frozen=True, kw_only=True):
    """A need of a year as a step on its way: where it stands and what it may cost."""

    code: str
    state: str
    budget: Yuan


async def lines_of(*, street: str) -> list[LineYear]:
    """Return all budget lines of a street, the newest year first; for the street itself and those who oversee."""
    found = await rows(
        "SELECT code, '/budget/' || code AS url, street, year, title, amount, reserved, committed, paid,"
        " amount - reserved - committed - paid AS free FROM budget_line WHERE street = $1"
        " ORDER BY year DESC, code LIMIT $2",
        street,
        _MOST_LINES,
    )
    return msgspec.convert(found, list[LineYear])


async def streets_of_year(*, year: int) -> list[LineYear]:
    """Return one sum a street of a year's budget lines, by the street's code; for those who oversee all streets."""
    found = await rows(
        "SELECT l.street AS code, '/budget' AS url, l.street, l.year, o.name AS title, sum(l.amount) AS amount,"
        " sum(l.reserved) AS reserved, sum(l.committed) AS committed, sum(l.paid) AS paid,"
        " sum(l.amount - l.reserved - l.committed - l.paid) AS free FROM budget_line l"
        " JOIN organization o ON o.code = l.street WHERE l.year = $1 GROUP BY l.street, l.year, o.name"
        " ORDER BY l.street LIMIT $2",
        year,
        _MOST_LINES,
    )
    return msgspec.convert(found, list[LineYear])


async def purchases_of(*, street: str, year: int) -> list[Purchase]:
    """Return every need on the budget lines of a street's year."""
    found = await rows(
        "SELECT n.code, n.state, n.budget FROM need n JOIN budget_line l ON l.code = n.budget_line"
        " WHERE n.street = $1 AND l.year = $2",
        street,
        year,
    )
    return msgspec.convert(found, list[Purchase])
