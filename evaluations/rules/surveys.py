"""Satisfaction: the scale, whom to ask, how many answers count, and the slips that let somebody answer once.

A slip's word is derived from the installation's secret, so that only its digest is stored; whoever reads the database
can neither answer for a resident nor tell who answered what.
"""

import base64
import hashlib
import hmac
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import ceil, sqrt

import msgspec

from evaluations.states import Audience
from market.base.refusal import Objection, Said, say
from market.law.states import Law

ITEMS: dict[str, Said] = {
    "attitude": say("How satisfied are you with the manner of the people who served you?"),
    "quality": say("How satisfied are you with how well they know their work?"),
    "timeliness": say("How satisfied are you with how punctual the service is?"),
    "effect": say("How satisfied are you with what it did for your need?"),
    "again": say("Thinking of using this service again: how satisfied are you all in all?"),
}
CHOICES: dict[int, Said] = {
    5: say("Very satisfied"),
    4: say("Satisfied"),
    3: say("Neither satisfied nor dissatisfied"),
    2: say("Dissatisfied"),
    1: say("Very dissatisfied"),
}
_SCALE = {5: "very-satisfied", 4: "satisfied", 3: "fair", 2: "dissatisfied", 1: "very-dissatisfied"}
_QUARTER = Fraction(1, 4)
_SMALL_AUDIENCES = {
    Audience.COMMITTEE: "IND-4.committee",
    Audience.BUYER: "IND-4.party",
    Audience.SUPPLIER: "IND-4.party",
}
_WORD_BYTES = 15
_TENTHS = 10

Answers = Sequence[int | None]


class SurveyResult(msgspec.Struct, frozen=True, kw_only=True):
    """What one audience said: slips given out, answers in, valid ones, the fewest that count, the mean 0-100.

    `margin` is the mean's margin of error in points, None where everybody or hardly anybody answered.
    """

    audience: Audience
    slips: int
    answers: int
    valid: int
    least: int
    mean: Fraction | None
    margin: float | None = None

    @property
    def rate(self) -> Fraction:
        """Return the share of slips that came back valid."""
        return Fraction(self.valid, self.slips) if self.slips else Fraction(0)

    @property
    def counts(self) -> bool:
        """Tell whether enough valid answers came in."""
        return self.mean is not None and self.valid >= self.least


def sample_size(*, population: int, law: Law) -> int:
    """Return how many valid answers a survey of so many beneficiaries needs for its margin of error.

    `n0 = z² × 0.25 / e²`, with the finite correction `n0 / (1 + (n0 − 1) / N)`, rounded up; all of a small group.
    A population of 200 needs 132, of 50 needs 45.
    """
    if population <= law.number("IND-4.n-min"):
        return population
    n0 = ceil(Fraction(law.number("IND-4.z")) ** 2 * _QUARTER / Fraction(law.number("IND-4.error")) ** 2)
    return ceil(n0 / (1 + Fraction(n0 - 1, population)))


def slips_for(*, audience: Audience, population: int, law: Law) -> int:
    """Return how many slips are given out: the sample with some to spare, since not everybody answers."""
    if audience in _SMALL_AUDIENCES:
        return int(law.number(_SMALL_AUDIENCES[audience]))
    return min(population, ceil(sample_size(population=population, law=law) / Fraction(law.number("IND-4.response"))))


def least_answers(*, audience: Audience, population: int, law: Law) -> int:
    """Return the fewest valid answers with which a survey counts; below it the leaf is void."""
    return 1 if audience in _SMALL_AUDIENCES else min(population, int(law.number("IND-4.n-min")))


def is_valid(answers: Answers, *, law: Law) -> bool:
    """Tell whether a questionnaire counts: most of its items are answered. Law: none; house rule."""
    return sum(answer is not None for answer in answers) >= law.number("IND-4.answered")


def respondent_score(answers: Answers, *, law: Law) -> Fraction:
    """Return the mean of one questionnaire's answered items on the scale, 0-100."""
    given = [Fraction(law.number(f"IND-4.{_SCALE[answer]}")) for answer in answers if answer is not None]
    return sum(given, Fraction(0)) / len(given)


def survey_result(
    *, audience: Audience, questionnaires: Sequence[Answers], slips: int, population: int, law: Law
) -> SurveyResult:
    """Return what one audience said, over its valid questionnaires only."""
    valid = [respondent_score(answers, law=law) for answers in questionnaires if is_valid(answers, law=law)]
    return SurveyResult(
        audience=audience,
        slips=slips,
        answers=len(questionnaires),
        valid=len(valid),
        least=least_answers(audience=audience, population=population, law=law),
        mean=sum(valid, Fraction(0)) / len(valid) if valid else None,
        margin=None if audience in _SMALL_AUDIENCES else margin_of_error(scores=valid, population=population, law=law),
    )


def margin_of_error(*, scores: Sequence[Fraction], population: int, law: Law) -> float | None:
    """Return by how many points the mean may be off at the confidence that the law takes (IND-4.z).

    From the answers' own spread, with the finite correction `(N − n) / (N − 1)`; 0 when everybody answered, None when
    fewer than two did.
    """
    n = len(scores)
    if n < 2:  # noqa: PLR2004  one answer has no spread
        return None
    if n >= population:
        return 0.0
    mean = sum(scores, Fraction(0)) / n
    spread = sum(((score - mean) ** 2 for score in scores), Fraction(0)) / (n - 1)
    correction = Fraction(population - n, population - 1)
    return float(law.number("IND-4.z")) * sqrt(spread / n * correction)


def satisfaction_points(*, weight: int, result: SurveyResult) -> Fraction | None:
    """Return a survey leaf's points, None when too few answered: the leaf is then void, which its reader is told."""
    return Fraction(weight) * result.mean / 100 if result.counts and result.mean is not None else None


def objections_to_answers(answers: Answers, *, law: Law) -> list[Objection]:
    """Object to an answer off the scale, and to a questionnaire that is mostly empty."""
    found = [
        Objection(name, say("Choose one of the five answers."))
        for name, answer in zip(ITEMS, answers, strict=True)
        if answer is not None and answer not in CHOICES
    ]
    if not found and not is_valid(answers, law=law):
        least = int(law.number("IND-4.answered"))
        found.append(Objection("", say("Please answer at least {least} of the five questions.", least=least)))
    return found


def slip_word(*, secret: str, evaluation: str, audience: Audience, number: int) -> str:
    """Return the word on a slip: 24 letters and digits that cannot be guessed and are the same each time."""
    message = f"survey-slip\n{evaluation}\n{audience}\n{number}".encode()
    digest = hmac.new(secret.encode(), message, hashlib.sha256).digest()
    return base64.b32encode(digest[:_WORD_BYTES]).decode().lower()


def slip_digest(word: str) -> str:
    """Return the digest under which a slip is stored; the word's letters may be typed in either case."""
    return hashlib.sha256(word.strip().lower().encode()).hexdigest()


def percent(share: Fraction) -> Decimal:
    """Return a share as a percentage with one decimal, rounded half up."""
    return Decimal((share * 100 * _TENTHS * 2 + 1) // 2) / _TENTHS
