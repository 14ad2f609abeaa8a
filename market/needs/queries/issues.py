"""Reads of lists of issues: what a street took in, grouped by kind and place, and which needs cite it."""

from datetime import date, datetime

import msgspec

from market.base.database import Row, rows
from market.base.records import Listing, Record
from market.base.refusal import NotFound
from market.needs.queries.needs import PAGE, cursor_of, reader_of
from market.people.states import User

_VISIBLE = "($1::bool OR l.street = $2)"
_MOST_GROUPS = 100


class IssueGroup(msgspec.Struct, frozen=True, kw_only=True):
    """Issues of one kind at one place: how many, from when to when."""

    kind: str
    place: str
    number: int
    first_on: date
    last_on: date


class IssueRowCard(msgspec.Struct, frozen=True, kw_only=True):
    """What becomes of a row, with what is wrong with it in the reader's words."""

    row: int
    fate: str
    number: str
    kind: str
    place: str
    happened_on: date | None
    faults: list[str] = []


class IssueListCard(Record, frozen=True, kw_only=True):
    """A list that was taken in; `rows` tells each row's fate when it is read, `groups` what it holds."""

    street: str
    source: str
    file_name: str
    digest: str
    written: int
    known: int
    refused: int
    imported_at: datetime
    groups: list[IssueGroup]
    rows: list[IssueRowCard]


async def issue_lists_page(*, user: User, after: str | None = None) -> Listing[IssueListCard]:
    """Return the lists of one's own street, and all to those who oversee, newest first."""
    found = await rows(
        f"SELECT l.* FROM issue_list l WHERE {_VISIBLE} AND ($3::bigint IS NULL OR l.id < $3)"  # noqa: S608
        f" ORDER BY l.id DESC LIMIT {PAGE + 1}",
        *reader_of(user),
        cursor_of(after),
    )
    following = str(found[PAGE - 1]["id"]) if len(found) > PAGE else None
    return Listing(items=[_card(row) for row in found[:PAGE]], next=following)


def _card(row: Row) -> IssueListCard:
    return msgspec.convert({**row, "url": f"/issues/{row['code']}", "groups": [], "rows": []}, IssueListCard)


async def issue_list_for(*, code: str, user: User) -> IssueListCard:
    """Return a list to its street and to those who oversee. Raises NotFound."""
    found = await rows(
        f"SELECT l.* FROM issue_list l WHERE {_VISIBLE} AND l.code = $3",  # noqa: S608
        *reader_of(user),
        code,
    )
    if not found:
        raise NotFound
    groups = await rows(
        "SELECT kind, place, count(*)::int AS number, min(happened_on) AS first_on, max(happened_on) AS last_on"
        " FROM issue WHERE list = $1 GROUP BY kind, place ORDER BY number DESC, kind, place LIMIT $2",
        found[0]["id"],
        _MOST_GROUPS,
    )
    return msgspec.structs.replace(_card(found[0]), groups=msgspec.convert(groups, list[IssueGroup]))


async def issue_groups(*, street: str) -> list[IssueGroup]:
    """Return a street's issues by kind and place, the most frequent first."""
    found = await rows(
        "SELECT kind, place, count(*)::int AS number, min(happened_on) AS first_on, max(happened_on) AS last_on"
        " FROM issue WHERE street = $1 GROUP BY kind, place ORDER BY number DESC, kind, place LIMIT $2",
        street,
        _MOST_GROUPS,
    )
    return msgspec.convert(found, list[IssueGroup])


async def cited_by(*, need: str) -> list[IssueGroup]:
    """Return the groups of issues that a need cites, as they were then."""
    found = await rows(
        "SELECT kind, place, number, first_on, last_on FROM issue_citation WHERE need = $1 ORDER BY number DESC, id",
        need,
    )
    return msgspec.convert(found, list[IssueGroup])
