"""The evaluations of some contracts: the days of a year's, and the last published word on a service that runs."""

from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal

import msgspec

from evaluations.queries.streets import Satisfaction, satisfaction_in
from evaluations.states import Grade, Kind
from market.base.database import rows


class EvaluationDay(msgspec.Struct, frozen=True, kw_only=True):
    """The day by which an evaluation's result should be out, and whether it is."""

    contract: str
    url: str
    kind: Kind
    due_on: date
    published_on: date | None


class LastWord(msgspec.Struct, frozen=True, kw_only=True):
    """The last published result on a contract, with what the residents said when they were asked."""

    contract: str
    url: str
    grade: Grade
    score: Decimal
    published_at: datetime
    residents: Satisfaction | None


async def days_of(*, contracts: Collection[str]) -> list[EvaluationDay]:
    """Return the evaluations of contracts by the day on which they are due."""
    found = await rows(
        "SELECT contract, '/evaluations/' || code AS url, kind, due_on,"
        " (published_at AT TIME ZONE 'Asia/Shanghai')::date AS published_on FROM evaluation"
        " WHERE contract = ANY ($1) ORDER BY due_on, id",
        list(contracts),
    )
    return msgspec.convert(found, list[EvaluationDay])


async def last_words_on(*, contracts: Collection[str]) -> dict[str, LastWord]:
    """Return the last published result of each contract that has one, by contract."""
    found = await rows(
        "SELECT DISTINCT ON (e.contract) e.contract, '/evaluations/' || e.code AS url, e.grade, e.score,"
        " e.published_at, (SELECT l.public -> 'surveys' FROM ledger_event l"
        "  WHERE l.code = e.code AND l.tag = 'evaluations:publish-evaluation' LIMIT 1) AS surveys"
        " FROM evaluation e WHERE e.contract = ANY ($1) AND e.state = 'published'"
        " ORDER BY e.contract, e.published_at DESC, e.id DESC",
        list(contracts),
    )
    return {
        row["contract"]: msgspec.convert({**row, "residents": satisfaction_in(row["surveys"])}, LastWord, strict=False)
        for row in found
    }
