"""Reads of a street's year: its budget lines, and the purchases that spend them."""

from collections.abc import Collection
from datetime import date

import msgspec

from market.base.database import rows
from market.base.money import Yuan
from market.needs.states import RESERVING

_MOST_LINES = 500
MOST_NEEDS = 200


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


class YearNeed(msgspec.Struct, frozen=True, kw_only=True):
    """A need as a purchase of a year: what is wanted, from when, on which way, at which cost, how far its money is."""

    code: str
    url: str
    state: str
    title: str
    service: str
    category: str
    channel: str
    method: str
    budget: Yuan
    wanted_start_on: date | None
    target_days: list[date]
    term_months: int | None
    intention_on: date | None


class MoneyOf(msgspec.Struct, frozen=True, kw_only=True):
    """Money of a year under one heading: a source of its budget lines, or a category of its needs.

    What a source was given is `amount`; a category is given nothing, so its amount is what its needs use together.
    """

    key: str
    amount: Yuan
    reserved: Yuan
    committed: Yuan
    paid: Yuan


async def needs_of_year(*, street: str, year: int, besides: Collection[str]) -> list[YearNeed]:
    """Return the needs on a street's budget lines of a year, and those named besides, the newest first."""
    found = await rows(
        "SELECT n.code, '/needs/' || n.code AS url, n.state, n.title,"
        " CASE WHEN n.menu_item <> '' THEN n.menu_item ELSE n.item END AS service, n.category, n.channel, n.method,"
        " n.budget, n.wanted_start_on, n.targets, n.term_months,"
        " (i.published_at AT TIME ZONE 'Asia/Shanghai')::date AS intention_on FROM need n"
        " JOIN budget_line l ON l.code = n.budget_line LEFT JOIN intention i ON i.need = n.code"
        " WHERE n.street = $1 AND (l.year = $2 OR n.code = ANY ($3)) ORDER BY n.id DESC LIMIT $4",
        street,
        year,
        list(besides),
        MOST_NEEDS,
    )
    return [
        msgspec.convert(
            {**row, "target_days": [target["due_on"] for target in row["targets"] if target.get("due_on")]}, YearNeed
        )
        for row in found
    ]


async def money_by_source(*, street: str, year: int) -> list[MoneyOf]:
    """Return a street's budget lines of a year added up by where their money comes from."""
    found = await rows(
        "SELECT source AS key, sum(amount) AS amount, sum(reserved) AS reserved, sum(committed) AS committed,"
        " sum(paid) AS paid FROM budget_line WHERE street = $1 AND year = $2 GROUP BY source ORDER BY source",
        street,
        year,
    )
    return msgspec.convert(found, list[MoneyOf])


async def money_by_category(*, street: str, year: int) -> list[MoneyOf]:
    """Return what the needs on a street's budget lines of a year reserve, have committed and have paid, by category."""
    found = await rows(
        "SELECT key, reserved + committed + paid AS amount, reserved, committed, paid FROM (SELECT n.category AS key,"
        " coalesce(sum(n.budget) FILTER (WHERE n.state = ANY ($3)), 0.00) AS reserved,"
        " sum(n.committed - n.paid) AS committed, sum(n.paid) AS paid FROM need n"
        " JOIN budget_line l ON l.code = n.budget_line WHERE n.street = $1 AND l.year = $2 GROUP BY n.category) c"
        " WHERE reserved + committed + paid > 0 ORDER BY key",
        street,
        year,
        [str(state) for state in RESERVING],
    )
    return msgspec.convert(found, list[MoneyOf])
