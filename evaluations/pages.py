"""The doors of evaluations; the survey's door opens to whoever holds a slip."""

from typing import Any

from litestar import Request, Response
from litestar.handlers import HTTPRouteHandler
from litestar.response import Stream

from contracts.queries import contract_for, service_standard_under
from evaluations import actions, documents, forms, queries
from evaluations.rules.leaves import source_of
from evaluations.rules.surveys import CHOICES, ITEMS
from evaluations.states import AUDIENCES, GRADES, KINDS, VETOES, Act
from market.base.answered import fresh_key
from market.base.records import Listing
from market.base.refusal import NotFound, Said
from market.base.storage import disposition
from market.base.web import Door, Filled, Route, Shown, act, file, listing, open_door, read
from market.people.attachments import open_attachment, own_attachments
from market.people.sensitive import Sensitive, note_read

_WORDS = {"kinds": KINDS, "grades": GRADES, "audiences": AUDIENCES, "vetoes": VETOES}
_PATH = "/evaluations/{code:str}"


def _sources(card: queries.EvaluationCard) -> dict[str, Said]:
    """Return the facts behind each computed leaf, in words."""
    template, facts = queries.template_named(card.template), queries.facts_again(card.facts)
    found = {leaf.code: source_of(leaf=leaf, facts=facts) for leaf in template.leaves}
    computed = {leaf.code for leaf in card.leaves if leaf.basis == "computed" and leaf.points is not None}
    return {code: said for code, said in found.items() if said is not None and code in computed}


def _context(card: queries.EvaluationCard) -> dict[str, Any]:
    return {
        **_WORDS,
        "branches": queries.template_named(card.template).branches,
        "sources": _sources(card),
        "template": queries.template_named(card.template),
    }


@listing("/evaluations", name="evaluations_page", template="evaluations/list.html", returns=queries.EvaluationLine)
async def evaluations(door: Door[None]) -> Shown:
    """List the evaluations one may see, newest first."""
    found: Listing[queries.EvaluationLine] = await queries.evaluations_page(user=door.user, after=door.after)
    return Shown(found, _WORDS)


@read(_PATH, name="evaluation_for", template="evaluations/evaluation.html", returns=queries.EvaluationCard)
async def evaluation(door: Door[None]) -> Shown:
    """Show an evaluation as far as one may see it."""
    card = await queries.evaluation_for(code=door.code, user=door.user, now=door.now)
    if card.comments:
        await note_read(kind=Sensitive.SURVEY_WORDS, code=card.code, by=door.user, now=door.now)
    if door.wants_json:
        return Shown(card)
    return Shown(card, {**_context(card), "service_standard": await service_standard_under(contract=card.contract)})


@read(
    f"{_PATH}/slips",
    name="slips_for",
    template="evaluations/slips.html",
    returns=queries.SlipSheet,
    signed_in=True,
)
async def slips(door: Door[None]) -> Shown:
    """Show the survey slips that one hands out."""
    secret = actions.survey_secret()
    return Shown(await queries.slips_for(code=door.code, user=door.user, secret=secret), _WORDS)


@read(f"{_PATH}/report", name="evaluation_report", media="application/pdf")
async def report(door: Door[None]) -> Response[bytes]:
    """Return the evaluation report as PDF, once there is a score that one may see."""
    card = await queries.evaluation_for(code=door.code, user=door.user, now=door.now)
    if card.score is None:
        raise NotFound
    pdf = documents.report(card=card, template=queries.template_named(card.template), sources=_sources(card))
    return file(pdf, name=f"{card.code}.pdf", media_type="application/pdf")


async def _fill(door: Door[None]) -> Filled:
    card = await queries.evaluation_for(code=door.code, user=door.user, now=door.now)
    return Filled(record=card, context=_context(card))


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
    filled = await _fill(door)
    files = await own_attachments(by=door.user)
    return Filled(record=filled.record, choices={"files": [(f.code, f.name) for f in files]}, context=filled.context)


@act(
    Act.SUBMIT_EVIDENCE, f"{_PATH}/submit-evidence", form=forms.SubmitEvidence, returns=queries.EvaluationCard,
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
    filled = await _fill(door)
    rows = [{"leaf": leaf.code} for leaf in filled.record.leaves if leaf.to_judge]
    titles = [(leaf.code, f"{leaf.code} {leaf.title_zh}") for leaf in filled.record.leaves]
    return Filled(record=filled.record, values={"scores": rows}, choices={"leaves": titles}, context=filled.context)


@act(
    Act.SCORE_EVALUATION, f"{_PATH}/score-evaluation", form=forms.ScoreEvaluation, returns=queries.EvaluationCard,
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


@act(
    Act.REPLY_TO_EVALUATION, f"{_PATH}/reply-to-evaluation", form=forms.ReplyToEvaluation,
    returns=queries.EvaluationCard, fill=_fill,
    example={"reply": "对长效机制一项有异议：已培训楼组长十二名，名单见附件。"},
)  # fmt: skip
async def reply_to_evaluation(door: Door[forms.ReplyToEvaluation]) -> queries.EvaluationCard:
    """Reply to the draft result."""
    return await actions.reply_to_evaluation(
        code=door.code, reply=door.form.reply, expected=door.expected, by=door.user, now=door.now
    )


async def _fill_answer(door: Door[None]) -> Filled:
    filled = await _fill(door)
    judged = [(leaf.code, f"{leaf.code} {leaf.title_zh}") for leaf in filled.record.leaves if leaf.basis == "judged"]
    return Filled(record=filled.record, choices={"leaves": judged}, context=filled.context)


@act(
    Act.ANSWER_REPLY, f"{_PATH}/answer-reply", form=forms.AnswerReply, returns=queries.EvaluationCard,
    fill=_fill_answer, template="evaluations/answer_reply.html",
    example={"answer": "经核对名单，维持原评分，理由已在报告中补充说明。"},
)  # fmt: skip
async def answer_reply(door: Door[forms.AnswerReply]) -> queries.EvaluationCard:
    """Answer the organization's reply in writing."""
    changes = [row.judged() for row in door.form.changes]
    return await actions.answer_reply(
        code=door.code, answer=door.form.answer, changes=changes, expected=door.expected, by=door.user, now=door.now
    )


@act(Act.CONCLUDE_EVALUATION, f"{_PATH}/conclude-evaluation", returns=queries.EvaluationCard, fill=_fill, example={})
async def conclude_evaluation(door: Door[None]) -> queries.EvaluationCard:
    """Make the result final."""
    return await actions.conclude_evaluation(code=door.code, expected=door.expected, by=door.user, now=door.now)


@act(Act.PUBLISH_EVALUATION, f"{_PATH}/publish-evaluation", returns=queries.EvaluationCard, fill=_fill, example={})
async def publish_evaluation(door: Door[None]) -> queries.EvaluationCard:
    """Publish the result, which reaches the organization's card."""
    return await actions.publish_evaluation(code=door.code, expected=door.expected, by=door.user, now=door.now)


@read("/survey/{word:str}", name="slip_for", template="evaluations/survey.html", returns=queries.SurveyReceipt)
async def survey(door: Door[None]) -> Shown:
    """Show the survey to whoever holds a slip."""
    word = str(door.request.path_params["word"])
    slip = await queries.slip_for(word=word, now=door.now)
    return Shown(slip, {**_survey_context(slip), "values": {}, "objections": [], "once": fresh_key()})


def _survey_context(slip: queries.SurveyReceipt) -> dict[str, Any]:
    return {"slip": slip, "items": ITEMS, "scale": CHOICES}


async def _fill_survey(door: Door[None]) -> Filled:
    slip = await queries.slip_for(word=door.query("slip") or "", evaluation=door.code, now=door.now)
    return Filled(context=_survey_context(slip))


@act(
    Act.ANSWER_SURVEY, f"{_PATH}/answer-survey", form=forms.AnswerSurvey, returns=queries.SurveyReceipt,
    fill=_fill_survey, template="evaluations/survey.html",
    example={"attitude": 5, "quality": 4, "timeliness": 5, "effect": 4, "again": 5, "comment": "阿姨很耐心。"},
)  # fmt: skip
async def answer_survey(door: Door[forms.AnswerSurvey]) -> queries.SurveyReceipt:
    """Answer the survey with a slip."""
    sent = door.form
    return await actions.answer_survey(
        code=door.code, word=sent.slip or door.query("slip") or "", answers=sent.answers, comment=sent.comment or "",
        asked_for_money=sent.asked_for_money, now=door.now,
    )  # fmt: skip


async def _show_file(request: Request[Any, Any, Any]) -> Stream:
    door = open_door(request)
    card = await queries.evaluation_for(code=door.code, user=door.user, now=door.now)
    wanted = str(request.path_params["attachment"])
    if all(wanted not in row.attachments for row in card.evidence):
        raise NotFound
    row, chunks = await open_attachment(code=wanted, user=None)
    headers = disposition(name=row["name"], media_type=row["media_type"])
    return Stream(chunks, media_type=row["media_type"], headers=headers)


evidence_file = Route(
    path=f"{_PATH}/files/{{attachment:str}}",
    name="evidence_file",
    handlers=[
        HTTPRouteHandler(
            f"{_PATH}/files/{{attachment:str}}",
            http_method="GET",
            name="evidence_file",
            operation_id="evidence_file",
            opt={"signed_in": True},
        )(_show_file)
    ],
    summary="Read a file of the organization's account.",
    media="*/*",
)

ROUTES: list[Route] = [
    evaluations, evaluation, slips, survey, report, evidence_file, plan_evaluation, submit_evidence, score_evaluation,
    reply_to_evaluation, answer_reply, conclude_evaluation, publish_evaluation, answer_survey,
]  # fmt: skip
