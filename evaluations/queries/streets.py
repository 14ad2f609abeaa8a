"""How a street's services went, as its residents may read it: published results with what the residents said."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import msgspec

from evaluations.states import Audience, Grade, Kind
from market.base.database import rows


class Satisfaction(msgspec.Struct, frozen=True, kw_only=True):
    """What the residents who were served said, 0-100; `mean` is None when fewer than `least` answered."""

    mean: Decimal | None
    valid: int
    least: int


class ServiceResult(msgspec.Struct, frozen=True, kw_only=True):
    """A published evaluation: grade, score, the residents' satisfaction, and the organization's reply if any."""

    code: str
    url: str
    title: str
    kind: Kind
    supplier: str
    supplier_name: str
    score: Decimal
    grade: Grade
    residents: Satisfaction | None
    reply: str | None
    answer: str | None
    published_at: datetime


async def results_of(*, street: str, limit: int) -> list[ServiceResult]:
    """Return a street's published results, the newest first.

    The survey is that of the published snapshot. Too few answers are no score (decision 0006): the mean is left out.
    """
    found = await rows(
        "SELECT e.code, '/evaluations/' || e.code AS url, e.title, e.kind, e.supplier, o.name AS supplier_name,"
        " e.score, e.grade, e.reply, e.answer, e.published_at, (SELECT l.public -> 'surveys' FROM ledger_event l"
        "  WHERE l.code = e.code AND l.tag = 'evaluations:publish-evaluation' LIMIT 1) AS surveys"
        " FROM evaluation e JOIN organization o ON o.code = e.supplier WHERE e.street = $1 AND e.state = 'published'"
        " ORDER BY e.published_at DESC, e.id DESC LIMIT $2",
        street,
        limit,
    )
    return [
        msgspec.convert({**row, "residents": satisfaction_in(row["surveys"])}, ServiceResult, strict=False)
        for row in found
    ]


def satisfaction_in(surveys: list[dict[str, Any]] | None) -> Satisfaction | None:
    """Return what the residents said by a published snapshot's surveys, None when they were not asked."""
    asked = next((survey for survey in surveys or [] if survey["audience"] == Audience.RESIDENTS), None)
    if asked is None:
        return None
    mean = Decimal(asked["mean"]) if asked["counts"] and asked["mean"] is not None else None
    return Satisfaction(mean=mean, valid=asked["valid"], least=asked["least"])
