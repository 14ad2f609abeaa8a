"""The right of reply: each objection names what it is against, and each one is answered in writing."""

from collections.abc import Collection, Sequence

import msgspec

from evaluations.rules.scoring import SHORTEST_REASON
from evaluations.states import Template
from market.base.refusal import Objection, say


class Point(msgspec.Struct, frozen=True, kw_only=True):
    """One objection to a draft; `leaf` is "" when it is against the draft as a whole."""

    leaf: str = ""
    words: str


class Answered(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to the objection with a number."""

    number: str
    answer: str


def objections_to_points(*, points: Sequence[Point], template: Template) -> list[Objection]:
    """Object to an objection against an indicator that the template has not, and to one that says nothing."""
    found = []
    for n, point in enumerate(points):
        if point.leaf and template.leaf(point.leaf) is None:
            words = say("The template has no indicator “{leaf}”.", leaf=point.leaf)
            found.append(Objection(f"points.{n}.leaf", words))
        if len(point.words.strip()) < SHORTEST_REASON:
            found.append(Objection(f"points.{n}.words", say("Give the reason in a sentence.")))
    return found


def objections_to_answers(*, numbers: Collection[int], answers: Sequence[Answered]) -> list[Objection]:
    """Object to an objection left without an answer, answered twice or in no sentence, and to an answer to none."""
    known = {str(number) for number in numbers}
    given = [each.number for each in answers]
    found = []
    for n, each in enumerate(answers):
        if each.number not in known:
            found.append(Objection(f"answers.{n}.number", say("There is no objection {number}.", number=each.number)))
        elif each.number in given[:n]:
            words = say("The objection {number} is answered twice.", number=each.number)
            found.append(Objection(f"answers.{n}.number", words))
        if len(each.answer.strip()) < SHORTEST_REASON:
            found.append(Objection(f"answers.{n}.answer", say("Give the reason in a sentence.")))
    for number in sorted(numbers):
        if str(number) not in given:
            words = say("The objection {number} needs an answer in writing.", number=number)
            found.append(Objection("answers", words, "IND-3.reply"))
    return found
