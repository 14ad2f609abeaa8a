"""The residents' survey."""

from typing import Any

from evaluations import actions, forms, queries
from evaluations.pages.reading import PATH
from evaluations.rules.surveys import CHOICES, ITEMS
from evaluations.states import Act
from market.base.answered import fresh_key
from market.base.web import Door, Filled, Shown, act, read


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
    Act.ANSWER_SURVEY, f"{PATH}/answer-survey", form=forms.AnswerSurvey, returns=queries.SurveyReceipt,
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
