"""Evaluations told for one reader's home: published results, those one works on, days ahead and behind."""

from datetime import date, datetime
from decimal import Decimal

import msgspec

from evaluations.queries.cards import SEEN, reader
from evaluations.states import Grade
from market.base.database import rows
from market.base.records import Deadline
from market.people.states import User

_MOST = 200


class PublishedResult(msgspec.Struct, frozen=True, kw_only=True):
    """A published evaluation as everybody may read it."""

    code: str
    url: str
    title: str
    street_name: str
    supplier_name: str
    score: Decimal
    grade: Grade
    published_at: datetime


class EvaluationAhead(msgspec.Struct, frozen=True, kw_only=True):
    """An evaluation under way, with the day by which its result should be out."""

    code: str
    url: str
    state: str
    title: str
    street: str
    street_name: str
    due_on: date


async def published_results(*, limit: int, street: str | None = None) -> list[PublishedResult]:
    """Return the results published last, of one street when it is named."""
    found = await rows(
        "SELECT e.code, '/evaluations/' || e.code AS url, e.title, s.name AS street_name, o.name AS supplier_name,"
        " e.score, e.grade, e.published_at FROM evaluation e JOIN organization s ON s.code = e.street"
        " JOIN organization o ON o.code = e.supplier WHERE e.state = 'published'"
        " AND ($1::text IS NULL OR e.street = $1) ORDER BY e.published_at DESC, e.id DESC LIMIT $2",
        street,
        limit,
    )
    return msgspec.convert(found, list[PublishedResult])


async def deadlines_of(*, street: str) -> list[Deadline]:
    """Return the days by which a street's results should be out."""
    found = await rows(
        "SELECT code, title, due_on FROM evaluation WHERE street = $1 AND state <> 'published'"
        " ORDER BY due_on LIMIT $2",
        street,
        _MOST,
    )
    return [
        Deadline(lane="evaluation", on=row["due_on"], title=row["title"], url=f"/evaluations/{row['code']}", law="K-1")
        for row in found
    ]


async def evaluations_under_way(*, user: User, limit: int) -> list[EvaluationAhead]:
    """Return the evaluations under way that a reader may see, the first due first."""
    found = await rows(
        f"SELECT w.code, '/evaluations/' || w.code AS url, w.state, w.title, w.street, o.name AS street_name, w.due_on"  # noqa: S608
        f" FROM ({SEEN}) w JOIN organization o ON o.code = w.street WHERE w.state NOT IN ('planned', 'published')"
        " ORDER BY w.due_on, w.id LIMIT $5",
        *reader(user),
        limit,
    )
    return msgspec.convert(found, list[EvaluationAhead])


async def evaluations_overdue(*, today: date, limit: int) -> list[EvaluationAhead]:
    """Return the evaluations whose result should be out already; for those who oversee."""
    found = await rows(
        "SELECT e.code, '/evaluations/' || e.code AS url, e.state, e.title, e.street, o.name AS street_name, e.due_on"
        " FROM evaluation e JOIN organization o ON o.code = e.street WHERE e.state <> 'published' AND e.due_on < $1"
        " ORDER BY e.due_on, e.id LIMIT $2",
        today,
        limit,
    )
    return msgspec.convert(found, list[EvaluationAhead])
