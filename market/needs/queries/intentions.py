"""Reads of intentions: the public list, a record with its versions, the prescribed table, what a start is judged by."""

from collections.abc import Sequence
from datetime import date, datetime

import msgspec

from market.base.calendar import local_date
from market.base.database import Row, one, rows
from market.base.money import Yuan
from market.base.records import Listing, Record
from market.base.refusal import NotFound
from market.needs.queries.needs import PAGE, cursor_of
from market.needs.rules.intentions import Announced
from market.people.queries import organization_names

_MOST_IN_TABLE = 500
_NEWEST = (
    "SELECT i.id, i.code, i.need, i.street, i.state, i.revision, i.published_at AS first_at, v.title, v.outline,"
    " v.budget, v.month_on, v.remark, v.exempt_because, v.reason, v.published_at, n.channel FROM intention i"
    " JOIN intention_version v ON v.intention = i.id AND v.number = i.revision JOIN need n ON n.code = i.need"
)


class IntentionLine(Record, frozen=True, kw_only=True):
    """An intention as it stands today; a line of the prescribed table."""

    need: str
    street: str
    street_name: str
    channel: str
    title: str
    outline: str
    budget: Yuan
    month_on: date
    remark: str
    published_at: datetime


class VersionLine(msgspec.Struct, frozen=True, kw_only=True):
    """What an intention said from a moment on; `changed` names what differs from the version before."""

    number: int
    title: str
    outline: str
    budget: Yuan
    month_on: date
    remark: str
    exempt_because: str
    reason: str
    published_at: datetime
    changed: list[str] = []


class IntentionCard(IntentionLine, frozen=True, kw_only=True):
    """An intention with every version, the newest first."""

    revision: int
    first_at: datetime
    exempt_because: str
    reason: str
    versions: list[VersionLine]


class IntentionTable(Record, frozen=True, kw_only=True):
    """A street's intentions of some months, in the order of their months; `code` is the street's."""

    street_name: str
    first_on: date
    last_on: date
    items: list[IntentionLine]


_TOLD = ("title", "outline", "budget", "month_on", "remark")


def changes_between(versions: Sequence[VersionLine]) -> list[VersionLine]:
    """Return versions, oldest first, each with the names of what it changed; pure."""
    told = []
    for before, version in zip((None, *versions), versions, strict=False):
        changed = [name for name in _TOLD if before and getattr(before, name) != getattr(version, name)]
        told.append(msgspec.structs.replace(version, changed=changed))
    return told


def _line(row: Row, street_name: str) -> dict[str, object]:
    return {**row, "street_name": street_name, "url": f"/intentions/{row['code']}", "acts": []}


async def intentions_page(*, street: str | None = None, after: str | None = None) -> Listing[IntentionLine]:
    """Return the intentions of all streets or of one, the newest first, 50 a page; they are everybody's to read."""
    found = await rows(
        f"{_NEWEST} WHERE ($1::text IS NULL OR i.street = $1) AND ($2::bigint IS NULL OR i.id < $2)"
        f" ORDER BY i.id DESC LIMIT {PAGE + 1}",
        street,
        cursor_of(after),
    )
    items = await _lines(found[:PAGE])
    return Listing(items=items, next=str(found[PAGE - 1]["id"]) if len(found) > PAGE else None)


async def _lines(found: Sequence[Row]) -> list[IntentionLine]:
    names = await organization_names(codes={row["street"] for row in found})
    return msgspec.convert([_line(row, names.get(row["street"], "")) for row in found], list[IntentionLine])


async def intention_for(*, code: str) -> IntentionCard:
    """Return an intention with its versions. Raises NotFound."""
    row = await one(f"{_NEWEST} WHERE i.code = $1", code)
    if row is None:
        raise NotFound
    found = await rows("SELECT * FROM intention_version WHERE intention = $1 ORDER BY number", row["id"])
    names = await organization_names(codes=[row["street"]])
    versions = changes_between(msgspec.convert(found, list[VersionLine]))
    made = {**_line(row, names.get(row["street"], "")), "versions": versions[::-1]}
    return msgspec.convert(made, IntentionCard, from_attributes=True)


async def table_of(*, street: str, first: date, last: date) -> IntentionTable:
    """Return a street's intentions whose month lies between two months. Raises NotFound when it is no street."""
    office = await one("SELECT name FROM organization WHERE code = $1 AND kind = 'street'", street)
    if office is None:
        raise NotFound
    found = await rows(
        f"{_NEWEST} WHERE i.street = $1 AND i.month_on BETWEEN $2 AND $3 ORDER BY i.month_on, i.id"
        f" LIMIT {_MOST_IN_TABLE}",
        street,
        first,
        last,
    )
    return IntentionTable(
        code=street,
        state="open",
        url=f"/streets/{street}/intentions",
        street_name=office["name"],
        first_on=first,
        last_on=last,
        items=await _lines(found),
    )


async def intention_of(*, need: str) -> str | None:
    """Return the code of a need's intention, None without one."""
    row = await one("SELECT code FROM intention WHERE need = $1", need)
    return row["code"] if row else None


async def announced(*, need: str) -> Announced | None:
    """Return what a need's intention says now, as the start of its purchase is judged by it; None without one."""
    row = await one(f"{_NEWEST} WHERE i.need = $1", need)
    if row is None:
        return None
    return Announced(
        title=row["title"],
        budget=row["budget"],
        published_on=local_date(row["published_at"]),
        exempt=row["exempt_because"] != "",
    )
