"""The organization's own account and its reply; the conclusion; and the publication, which reaches its card."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from catalogs.actions import record_track
from evaluations.actions.keeping import locked
from evaluations.queries.cards import EvaluationCard, evaluation_for
from evaluations.queries.templates import template_named
from evaluations.rules import acting
from evaluations.rules.replying import Point, objections_to_points
from evaluations.states import LIFECYCLE, Act, Kind, State
from evaluations.tables import Evidence, ReplyPoint
from market.base.database import rows, transaction
from market.base.ledger import record
from market.base.lifecycle import objections_to_state
from market.base.refusal import NotFound, refuse_if
from market.people.attachments import objections_to_attachments
from market.people.states import User


async def submit_evidence(
    *,
    code: str,
    statement: str,
    self_score: Decimal,
    attachments: list[str],
    expected: int | None,
    by: User,
    now: datetime,
) -> EvaluationCard:
    """Hand in the organization's own account; a later one stands beside the earlier ones until the scoring.

    Refused before the survey opened, after the scoring, and for files that are not the organization's.
    """
    async with transaction():
        row = await _as_supplier(code=code, by=by, expected=expected)
        refuse_if(
            [
                *objections_to_state(LIFECYCLE, Act.SUBMIT_EVIDENCE, row["state"]),
                *acting.objections_to_words(field="statement", text=statement),
                *await objections_to_attachments(codes=attachments, field="attachments", by=by),
            ]
        )
        await Evidence.insert(
            Evidence(
                evaluation=row["id"],
                statement=statement,
                self_score=self_score,
                attachments=attachments,
                submitted_by=by.account,
                submitted_at=now,
            )
        )
        await rows("UPDATE evaluation SET revision = revision + 1 WHERE id = $1", row["id"])
        detail = {"self_score": self_score, "attachments": attachments}
        await record(room="evaluations", act=Act.SUBMIT_EVIDENCE, code=code, by=by, now=now, detail=detail)
        return await evaluation_for(code=code, user=by, now=now)


async def reply_to_evaluation(
    *, code: str, reply: str, expected: int | None, by: User, now: datetime, points: Sequence[Point] = ()
) -> EvaluationCard:
    """Reply to the draft within five working days, with objections one by one where there are any.

    Refused later, twice, before the draft is there, and for objections against no indicator of the template.
    """
    async with transaction():
        row = await _as_supplier(code=code, by=by, expected=expected)
        late = acting.objections_to_reply(until=row["reply_until"], now=now) if row["state"] == State.SCORED else []
        refuse_if(
            [
                *(late or objections_to_state(LIFECYCLE, Act.REPLY_TO_EVALUATION, row["state"])),
                *acting.objections_to_words(field="reply", text=reply),
                *objections_to_points(points=points, template=await template_named(row["template"])),
            ]
        )
        await rows(
            "UPDATE evaluation SET state = $2, next_turn_at = NULL, reply = $3, replied_at = $4,"
            " revision = revision + 1 WHERE id = $1",
            row["id"], State.REPLIED, reply, now,
        )  # fmt: skip
        if points:
            await ReplyPoint.insert(
                *(
                    ReplyPoint(evaluation=row["id"], number=n, leaf=point.leaf, words=point.words)
                    for n, point in enumerate(points, start=1)
                )
            )
        detail = {"objections": len(points)}
        await record(room="evaluations", act=Act.REPLY_TO_EVALUATION, code=code, by=by, now=now, detail=detail)
        return await evaluation_for(code=code, user=by, now=now)


async def _as_supplier(*, code: str, by: User, expected: int | None) -> dict[str, Any]:
    """Lock an evaluation of this user's own organization. Raises NotFound for anybody else's."""
    row = await locked(code=code, by=by, expected=expected)
    if row["supplier"] != by.organization:
        raise NotFound
    return row


async def conclude_evaluation(*, code: str, expected: int | None, by: User, now: datetime) -> EvaluationCard:
    """Make the result final, after the answered reply or the end of the time for one.

    Refused while the organization may still reply or its reply is unanswered.
    """
    async with transaction():
        row = await locked(code=code, by=by, expected=expected)
        refuse_if(
            [
                *objections_to_state(LIFECYCLE, Act.CONCLUDE_EVALUATION, row["state"]),
                *acting.objections_to_conclusion(state=row["state"], until=row["reply_until"], now=now),
                *acting.objections_to_settler(by=by, street=row["street"], evaluator=row["evaluator"]),
            ]
        )
        await rows(
            "UPDATE evaluation SET state = $2, next_turn_at = NULL, concluded_by = $3, concluded_at = $4,"
            " revision = revision + 1 WHERE id = $1",
            row["id"], State.CONCLUDED, by.account, now,
        )  # fmt: skip
        detail = {"score": row["score"], "grade": row["grade"]}
        await record(room="evaluations", act=Act.CONCLUDE_EVALUATION, code=code, by=by, now=now, detail=detail)
        return await evaluation_for(code=code, user=by, now=now)


async def publish_evaluation(*, code: str, expected: int | None, by: User, now: datetime) -> EvaluationCard:
    """Publish the concluded result, for the street, by another hand; it is written on the organization's card.

    Leaves an event with the whole public snapshot. Law: 沪财发〔2021〕3号 第四十一条.
    """
    async with transaction():
        row = await locked(code=code, by=by, expected=expected)
        if row["street"] != by.organization:
            raise NotFound
        refuse_if(
            objections_to_state(LIFECYCLE, Act.PUBLISH_EVALUATION, row["state"])
            or acting.objections_to_publisher(concluded_by=row["concluded_by"], by=by.account)
        )
        await rows(
            "UPDATE evaluation SET state = $2, published_by = $3, published_at = $4, revision = revision + 1"
            " WHERE id = $1",
            row["id"], State.PUBLISHED, by.account, now,
        )  # fmt: skip
        card = await evaluation_for(code=code, user=by, now=now)
        await record(room="evaluations", act=Act.PUBLISH_EVALUATION, code=code, by=by, now=now, public=_snapshot(card))
        await _onto_the_card(row, now=now)
        return card


async def _onto_the_card(row: Mapping[str, Any], *, now: datetime) -> None:
    await record_track(
        organization=row["supplier"],
        contract=row["contract"],
        title=row["title"],
        score=row["score"],
        grade=row["grade"],
        url=f"/evaluations/{row['code']}",
        now=now,
    )


def _snapshot(card: EvaluationCard) -> dict[str, Any]:
    """Return what everybody may know of the result, in the room's words; no comments and nobody's name."""
    return {
        "code": card.code,
        "contract": card.contract,
        "kind": Kind(card.kind),
        "template": card.template,
        "title": card.title,
        "street": card.street,
        "street_name": card.street_name,
        "supplier": card.supplier,
        "supplier_name": card.supplier_name,
        "evaluator": card.evaluator,
        "evaluator_name": card.evaluator_name,
        "population": card.population,
        "score": card.score,
        "grade": card.grade,
        "veto": card.veto,
        "opinion": card.opinion,
        "reply": card.reply,
        "answer": card.answer,
        "objections": card.objections,
        "leaves": card.leaves,
        "branches": card.branches,
        "surveys": card.surveys,
    }
