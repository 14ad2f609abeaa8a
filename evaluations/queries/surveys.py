"""What the surveys of an evaluation say: slips, answers and mean per audience; words only for those who judge."""

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import msgspec

from evaluations.rules.scoring import rounded
from evaluations.rules.surveys import SurveyResult, percent, survey_result
from evaluations.states import Audience, Refusal
from market.base.database import rows
from market.base.money import round_half_up
from market.law.states import Law


class SurveyRow(msgspec.Struct, frozen=True, kw_only=True):
    """One audience's result for a reader; `counts` tells whether enough answered, `mean` is 0-100 to two decimals.

    `rate` is the share of slips that came back valid, in per cent; `margin` the mean's margin of error in points.
    """

    audience: Audience
    slips: int
    answers: int
    valid: int
    least: int
    mean: Decimal | None
    counts: bool
    rate: Decimal
    margin: Decimal | None


class SurveyWords(msgspec.Struct, frozen=True, kw_only=True):
    """What people wrote, in no order, and how many were asked for money; never published."""

    comments: list[str]
    asked_for_money: int


async def survey_results(*, evaluation: int, population: int, law: Law) -> dict[Audience, SurveyResult]:
    """Return the result of every audience that was asked."""
    slips = await rows(
        "SELECT audience, count(*)::int AS given FROM survey_slip WHERE evaluation = $1 GROUP BY audience", evaluation
    )
    answered = await rows("SELECT audience, answers FROM survey_answer WHERE evaluation = $1", evaluation)
    questionnaires: dict[str, list[list[int | None]]] = defaultdict(list)
    for row in answered:
        questionnaires[row["audience"]].append([number or None for number in row["answers"]])
    return {
        Audience(row["audience"]): survey_result(
            audience=Audience(row["audience"]),
            questionnaires=questionnaires[row["audience"]],
            slips=row["given"],
            population=population,
            law=law,
        )
        for row in slips
    }


def rows_of(results: Mapping[Audience, SurveyResult]) -> list[SurveyRow]:
    """Return the results for a reader, in the order of the audiences."""
    return [_row(results[audience]) for audience in Audience if audience in results]


def _row(result: SurveyResult) -> SurveyRow:
    return SurveyRow(
        audience=result.audience,
        slips=result.slips,
        answers=result.answers,
        valid=result.valid,
        least=result.least,
        mean=None if result.mean is None else rounded(result.mean),
        counts=result.counts,
        rate=percent(result.rate),
        margin=None if result.margin is None else round_half_up(Decimal(result.margin), 1),
    )


async def words_of(*, evaluation: int) -> SurveyWords:
    """Return the comments, sorted by their text so that their order tells nothing, and the integrity flags."""
    found: list[dict[str, Any]] = await rows(
        "SELECT comment, asked_for_money FROM survey_answer WHERE evaluation = $1 ORDER BY comment", evaluation
    )
    return SurveyWords(
        comments=[row["comment"] for row in found if row["comment"]],
        asked_for_money=sum(row["asked_for_money"] for row in found),
    )


async def refusals_of(*, evaluation: int) -> dict[Refusal, int]:
    """Return how many answers were refused, by why; what was never refused is left out."""
    found = await rows(
        "SELECT kind, sum(refused)::int AS refused FROM survey_refusal WHERE evaluation = $1 GROUP BY kind"
        " ORDER BY kind",
        evaluation,
    )
    return {Refusal(row["kind"]): row["refused"] for row in found}
