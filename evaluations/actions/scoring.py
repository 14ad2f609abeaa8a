"""Scoring: what records and the survey give is computed, the rest is judged; an answer to a reply may change points."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from typing import Any

import msgspec

from evaluations.actions.keeping import locked
from evaluations.agenda import Moments, next_turn_at
from evaluations.queries.cards import EvaluationCard, evaluation_for, law_of
from evaluations.queries.records import facts_of
from evaluations.queries.surveys import survey_results
from evaluations.queries.templates import template_named
from evaluations.rules import acting
from evaluations.rules.leaves import Facts, points_of
from evaluations.rules.replying import Answered, objections_to_answers
from evaluations.rules.scoring import (
    Judged,
    grade_of,
    objections_to_changes,
    objections_to_scores,
    rounded,
    score,
    total,
)
from evaluations.rules.surveys import satisfaction_points
from evaluations.states import LIFECYCLE, Act, LeafKind, State, Template, Veto
from evaluations.tables import LeafScore
from market.base.database import rows, transaction
from market.base.ledger import record
from market.base.lifecycle import objections_to_state
from market.base.refusal import refuse_if, say
from market.law.states import Law
from market.people.queries import served_by
from market.people.states import User

Points = dict[str, Fraction | None]


async def score_evaluation(
    *,
    code: str,
    judged: list[Judged],
    opinion: str,
    veto: Veto | None,
    veto_evidence: str,
    expected: int | None,
    by: User,
    now: datetime,
) -> EvaluationCard:
    """Score an evaluation and send the draft to the organization, which has five working days to reply.

    Computed leaves come from the records of this moment, survey leaves from the answers, the rest as judged.
    Refused while the survey runs, for an evaluator who is not independent, and for points outside the template.
    """
    async with transaction():
        row = await locked(code=code, by=by, expected=expected)
        law, template = await law_of(row), await template_named(row["template"])
        facts = await facts_of(contract=row["contract"], now=now, law=law)
        known = await _known(row, template=template, facts=facts, law=law)
        refuse_if(
            [
                *objections_to_state(LIFECYCLE, Act.SCORE_EVALUATION, row["state"]),
                *acting.objections_to_independence(
                    evaluator=by.organization,
                    supplier=row["supplier"],
                    street=row["street"],
                    serves=await served_by(account=by.account),
                ),
                *acting.objections_to_scoring_now(state=row["state"], closes_at=row["survey_until"], now=now),
                *objections_to_scores(template=template, known=known, judged=judged),
                *acting.objections_to_veto(veto=veto, evidence=veto_evidence),
            ]
        )
        points, reasons = _joined(known, judged)
        scored = score(template=template, points=points, reasons=reasons)
        exact = total(scored)
        grade = grade_of(exact=exact, law=law, vetoed=veto is not None)
        until = acting.reply_until(scored_at=now, law=law)
        moments = Moments(state=State.SCORED, opens_at=row["opens_at"], reply_until=until)
        await LeafScore.insert(
            *[
                LeafScore(
                    evaluation=row["id"],
                    leaf=each.leaf.code,
                    basis=_basis(each.leaf.code, template, judged=each.leaf.code in reasons),
                    exact=None if each.points is None else str(each.points),
                    points=None if each.points is None else rounded(each.points),
                    reason=each.reason or ("" if each.points is not None else _VOID),
                )
                for each in scored
            ]
        )
        await rows(
            "UPDATE evaluation SET state = $2, next_turn_at = $3, evaluator = $4, scored_by = $5, scored_at = $6,"
            " reply_until = $7, facts = $8, opinion = $9, veto = $10, veto_evidence = $11, exact = $12, score = $13,"
            " grade = $14, revision = revision + 1 WHERE id = $1",
            row["id"], State.SCORED, next_turn_at(moments), by.organization, by.account, now, until,
            msgspec.to_builtins(facts), opinion, veto, veto_evidence or None, str(exact), rounded(exact), grade,
        )  # fmt: skip
        detail = {"score": rounded(exact), "grade": grade, "veto": veto, "reply_until": until}
        await record(room="evaluations", act=Act.SCORE_EVALUATION, code=code, by=by, now=now, detail=detail)
        return await evaluation_for(code=code, user=by, now=now)


# The reason of a leaf that nobody removed: too few answered its survey. Shown translated.
_VOID = say("Too few valid answers: this indicator is void and its weight goes to the others.").msgid


async def _known(row: Mapping[str, Any], *, template: Template, facts: Facts, law: Law) -> Points:
    """Return the points that nobody judges: from the records and from the survey."""
    surveys = await survey_results(evaluation=row["id"], population=row["population"], law=law)
    known: Points = {leaf.code: points_of(leaf=leaf, facts=facts, law=law) for leaf in template.leaves}
    for leaf in template.leaves:
        if leaf.audience is not None and leaf.audience in surveys:
            known[leaf.code] = satisfaction_points(weight=leaf.weight, result=surveys[leaf.audience])
    return known


def _joined(known: Points, judged: list[Judged]) -> tuple[Points, dict[str, str]]:
    points, reasons = dict(known), {}
    for each in judged:
        points[each.leaf] = None if each.removed or each.points is None else Fraction(each.points)
        reasons[each.leaf] = each.reason
    return points, reasons


def _basis(code: str, template: Template, *, judged: bool) -> LeafKind:
    leaf = template.leaf(code)
    return LeafKind.JUDGED if judged or leaf is None else leaf.kind


async def answer_reply(
    *,
    code: str,
    answer: str,
    changes: list[Judged],
    expected: int | None,
    by: User,
    now: datetime,
    answers: Sequence[Answered] = (),
) -> EvaluationCard:
    """Answer the organization's reply and each of its objections; where it was right, the evaluator changes points.

    Refused when there is no reply to answer, when an objection is left without an answer, when somebody else than
    the evaluator changes points, and for points that are computed or outside the template.
    """
    async with transaction():
        row = await locked(code=code, by=by, expected=expected)
        template = await template_named(row["template"])
        given = await rows("SELECT * FROM leaf_score WHERE evaluation = $1", row["id"])
        points = await rows("SELECT number FROM reply_point WHERE evaluation = $1", row["id"])
        refuse_if(
            [
                *objections_to_state(LIFECYCLE, Act.ANSWER_REPLY, row["state"]),
                *acting.objections_to_settler(by=by, street=row["street"], evaluator=row["evaluator"]),
                *acting.objections_to_words(field="answer", text=answer),
                *objections_to_answers(numbers=[point["number"] for point in points], answers=answers),
                *objections_to_changes(
                    template=template,
                    judged_before=frozenset(r["leaf"] for r in given if r["basis"] == LeafKind.JUDGED),
                    changes=changes,
                    is_evaluator=by.organization == row["evaluator"],
                ),
            ]
        )
        if changes:
            await _change(row, template=template, given=given, changes=changes)
        await rows(
            "UPDATE evaluation SET state = $2, next_turn_at = NULL, answer = $3, answered_by = $4, answered_at = $5,"
            " revision = revision + 1 WHERE id = $1",
            row["id"], State.SETTLED, answer, by.account, now,
        )  # fmt: skip
        for each in answers:
            sql = "UPDATE reply_point SET answer = $3 WHERE evaluation = $1 AND number = $2"
            await rows(sql, row["id"], int(each.number), each.answer)
        detail = {"changed": [change.leaf for change in changes]}
        await record(room="evaluations", act=Act.ANSWER_REPLY, code=code, by=by, now=now, detail=detail)
        return await evaluation_for(code=code, user=by, now=now)


async def _change(
    row: Mapping[str, Any], *, template: Template, given: list[dict[str, Any]], changes: list[Judged]
) -> None:
    points: Points = {r["leaf"]: None if r["exact"] is None else Fraction(r["exact"]) for r in given}
    points, reasons = _joined(points, changes)
    exact = total(score(template=template, points=points, reasons=reasons))
    grade = grade_of(exact=exact, law=await law_of(row), vetoed=row["veto"] is not None)
    for change in changes:
        value = points[change.leaf]
        await rows(
            "UPDATE leaf_score SET exact = $3, points = $4, reason = $5 WHERE evaluation = $1 AND leaf = $2",
            row["id"], change.leaf, None if value is None else str(value), None if value is None else rounded(value),
            change.reason,
        )  # fmt: skip
    await rows(
        "UPDATE evaluation SET exact = $2, score = $3, grade = $4 WHERE id = $1",
        row["id"], str(exact), rounded(exact), grade,
    )  # fmt: skip
