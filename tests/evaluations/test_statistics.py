"""What stands beside a survey's mean: the share of slips that came back, and the margin of error."""

from fractions import Fraction

import pytest

from evaluations.rules import surveys
from evaluations.states import Audience
from market.law.states import Law
from tests.lawbook import provisions

LAW = Law(provision for provision in provisions() if provision.id.startswith("IND-4"))
SCORES = [Fraction(100), Fraction(60)] * 16


def test_the_margin_is_that_of_a_sample_from_a_finite_population() -> None:
    # 1.96 × sqrt(s² ÷ n × (N − n) ÷ (N − 1)), with s² = 32 × 20² ÷ 31
    expected = 1.96 * ((32 * 400 / 31) / 32 * (168 / 199)) ** 0.5
    assert surveys.margin_of_error(scores=SCORES, population=200, law=LAW) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("answers", "population", "margin"),
    [(32, 32, 0.0), (32, 10, 0.0), (1, 200, None), (0, 200, None)],
)
def test_there_is_no_margin_where_all_or_hardly_anybody_answered(
    answers: int, population: int, margin: float | None
) -> None:
    assert surveys.margin_of_error(scores=SCORES[:answers], population=population, law=LAW) == margin


def test_the_more_answer_the_smaller_is_the_margin() -> None:
    margins = [surveys.margin_of_error(scores=SCORES[:n], population=200, law=LAW) for n in (4, 8, 16, 32)]
    assert margins == sorted(margins, key=lambda margin: -(margin or 0))


def test_only_residents_are_a_sample() -> None:
    asked = [
        surveys.survey_result(audience=audience, questionnaires=[(5,) * 5, (3,) * 5], slips=5, population=200, law=LAW)
        for audience in (Audience.RESIDENTS, Audience.COMMITTEE)
    ]
    assert [found.rate for found in asked] == [Fraction(2, 5)] * 2
    assert [found.margin is None for found in asked] == [False, True]
