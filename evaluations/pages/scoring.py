"""Planning, scoring, replying and concluding."""

from typing import Any

from contracts.queries import contract_for
from evaluations import actions, forms, queries
from evaluations.pages.reading import PATH, fill
from evaluations.rules.replying import Answered, Point
from evaluations.states import Act
from market.base.web import Door, Filled, act
from market.people.sending import own_files


async def _fill_plan(door: Door[None]) -> Filled:
    return Filled(record=await contract_for(code=door.code, user=door.user))


@act(
    Act.PLAN_EVALUATION, "/contracts/{code:str}/plan-evaluation", form=forms.PlanEvaluation,
    returns=queries.EvaluationCard, fill=_fill_plan,
    example={"kind": "follow-up", "opens_on": "2027-06-01", "population": 60},
)  # fmt: skip
async def plan_evaluation(door: Door[forms.PlanEvaluation]) -> queries.EvaluationCard:
    """Plan one more evaluation of a contract."""
    sent = door.form
    return await actions.plan_evaluation(
        contract=door.code, kind=sent.kind, opens_on=sent.opens_on, population=sent.population, by=door.user,
        now=door.now,
    )  # fmt: skip


async def _fill_evidence(door: Door[None]) -> Filled:
    filled = await fill(door)
    return Filled(record=filled.record, choices={"files": await own_files(by=door.user)}, context=filled.context)


@act(
    Act.SUBMIT_EVIDENCE, f"{PATH}/submit-evidence", form=forms.SubmitEvidence, returns=queries.EvaluationCard,
    fill=_fill_evidence,
    example={"statement": "全年上门服务一千二百次，助浴三百人次，投诉为零。", "self_score": "92"},
)  # fmt: skip
async def submit_evidence(door: Door[forms.SubmitEvidence]) -> queries.EvaluationCard:
    """Hand in the organization's own account."""
    sent = door.form
    return await actions.submit_evidence(
        code=door.code, statement=sent.statement, self_score=sent.self_score, attachments=sent.attachments,
        expected=door.expected, by=door.user, now=door.now,
    )  # fmt: skip


def _example_of_scores(card: queries.EvaluationCard) -> dict[str, Any]:
    """Return full points for every indicator that must be judged."""
    judged = [
        {"leaf": leaf.code, "points": str(leaf.weight), "reason": "现场核对台账和佐证材料，符合要求。"}
        for leaf in card.leaves
        if leaf.to_judge
    ]
    return {"scores": judged, "opinion": "服务按约完成，居民反映良好；建议把志愿者培训固定下来。"}


async def _fill_score(door: Door[None]) -> Filled:
    filled = await fill(door)
    rows = [{"leaf": leaf.code} for leaf in filled.record.leaves if leaf.to_judge]
    titles = [(leaf.code, f"{leaf.code} {leaf.title_zh}") for leaf in filled.record.leaves]
    return Filled(record=filled.record, values={"scores": rows}, choices={"leaves": titles}, context=filled.context)


@act(
    Act.SCORE_EVALUATION, f"{PATH}/score-evaluation", form=forms.ScoreEvaluation, returns=queries.EvaluationCard,
    fill=_fill_score, template="evaluations/score.html",
    example=_example_of_scores,
)  # fmt: skip
async def score_evaluation(door: Door[forms.ScoreEvaluation]) -> queries.EvaluationCard:
    """Score an evaluation whose survey is over."""
    sent = door.form
    return await actions.score_evaluation(
        code=door.code, judged=[row.judged() for row in sent.scores], opinion=sent.opinion, veto=sent.veto,
        veto_evidence=sent.veto_evidence or "", expected=door.expected, by=door.user, now=door.now,
    )  # fmt: skip


async def _fill_reply(door: Door[None]) -> Filled:
    filled = await fill(door)
    leaves = [(leaf.code, f"{leaf.code} {leaf.title_zh}") for leaf in filled.record.leaves]
    return Filled(record=filled.record, choices={"leaves": leaves}, context=filled.context)


@act(
    Act.REPLY_TO_EVALUATION, f"{PATH}/reply-to-evaluation", form=forms.ReplyToEvaluation,
    returns=queries.EvaluationCard, fill=_fill_reply,
    example={"reply": "对长效机制一项有异议：已培训楼组长十二名，名单见附件。"},
)  # fmt: skip
async def reply_to_evaluation(door: Door[forms.ReplyToEvaluation]) -> queries.EvaluationCard:
    """Reply to the draft result."""
    return await actions.reply_to_evaluation(
        code=door.code, reply=door.form.reply, expected=door.expected, by=door.user, now=door.now,
        points=[Point(leaf=point.leaf or "", words=point.words) for point in door.form.points],
    )  # fmt: skip


async def _fill_answer(door: Door[None]) -> Filled:
    filled = await fill(door)
    judged = [(leaf.code, f"{leaf.code} {leaf.title_zh}") for leaf in filled.record.leaves if leaf.basis == "judged"]
    raised = filled.record.objections
    return Filled(
        record=filled.record,
        values={"answers": [{"number": str(each.number)} for each in raised]},
        choices={"leaves": judged, "numbers": [(str(o.number), f"{o.number} {o.words[:30]}") for o in raised]},
        context=filled.context,
    )


def _example_of_answer(card: queries.EvaluationCard) -> dict[str, Any]:
    """Return an answer to the reply and to each of its objections."""
    answers = [{"number": str(o.number), "answer": "经核对记录，理由已在报告中说明。"} for o in card.objections]
    return {"answer": "经核对名单，维持原评分，理由已在报告中补充说明。", "answers": answers}


@act(
    Act.ANSWER_REPLY, f"{PATH}/answer-reply", form=forms.AnswerReply, returns=queries.EvaluationCard,
    fill=_fill_answer, template="evaluations/answer_reply.html",
    example=_example_of_answer,
)  # fmt: skip
async def answer_reply(door: Door[forms.AnswerReply]) -> queries.EvaluationCard:
    """Answer the organization's reply in writing."""
    changes = [row.judged() for row in door.form.changes]
    return await actions.answer_reply(
        code=door.code, answer=door.form.answer, changes=changes, expected=door.expected, by=door.user, now=door.now,
        answers=[Answered(number=each.number, answer=each.answer) for each in door.form.answers],
    )  # fmt: skip


@act(Act.CONCLUDE_EVALUATION, f"{PATH}/conclude-evaluation", returns=queries.EvaluationCard, fill=fill, example={})
async def conclude_evaluation(door: Door[None]) -> queries.EvaluationCard:
    """Make the result final."""
    return await actions.conclude_evaluation(code=door.code, expected=door.expected, by=door.user, now=door.now)


@act(Act.PUBLISH_EVALUATION, f"{PATH}/publish-evaluation", returns=queries.EvaluationCard, fill=fill, example={})
async def publish_evaluation(door: Door[None]) -> queries.EvaluationCard:
    """Publish the result, which reaches the organization's card."""
    return await actions.publish_evaluation(code=door.code, expected=door.expected, by=door.user, now=door.now)
