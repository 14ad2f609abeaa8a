"""Answering: one slip, one answer, nobody's name."""

from datetime import datetime

from evaluations.queries.cards import law_of
from evaluations.queries.slips import SurveyReceipt, slip_for
from evaluations.rules.acting import objections_to_answering
from evaluations.rules.surveys import Answers, objections_to_answers, slip_digest
from evaluations.states import Act, Audience
from evaluations.tables import SurveyAnswer
from market.base.calendar import local_date
from market.base.database import one, rows, transaction
from market.base.ledger import record
from market.base.refusal import NotFound, refuse_if
from market.people.states import ANYONE


async def answer_survey(
    *, code: str, word: str, answers: Answers, comment: str, asked_for_money: bool, now: datetime
) -> SurveyReceipt:
    """Take one answer for the slip's word, which is used up by it.

    Refused when the survey is closed, the slip was used, or the questionnaire is mostly empty. Who was signed in at
    the browser is not written down: the event's actor is anyone. Locks the evaluation shared, the slip alone.
    """
    async with transaction():
        evaluation = await one(
            "SELECT e.id, e.code, e.survey_until, e.planned_at, e.street FROM evaluation e"
            " JOIN survey_slip s ON s.evaluation = e.id"
            " WHERE s.digest = $1 AND e.code = $2 FOR SHARE OF e",
            slip_digest(word),
            code,
        )
        slip = await one("SELECT * FROM survey_slip WHERE digest = $1 FOR UPDATE", slip_digest(word))
        if evaluation is None or slip is None:
            raise NotFound
        late_or_used = objections_to_answering(
            used=slip["used_on"] is not None, closes_at=evaluation["survey_until"], now=now
        )
        refuse_if(late_or_used or objections_to_answers(answers, law=await law_of(evaluation)))
        today = local_date(now)
        await rows("UPDATE survey_slip SET used_on = $2 WHERE id = $1", slip["id"], today)
        await SurveyAnswer.insert(
            SurveyAnswer(
                evaluation=evaluation["id"],
                audience=Audience(slip["audience"]),
                answers=[answer or 0 for answer in answers],
                comment=comment,
                asked_for_money=asked_for_money,
                answered_on=today,
            )
        )
        await record(room="evaluations", act=Act.ANSWER_SURVEY, code=evaluation["code"], by=ANYONE, now=now)
        return await slip_for(word=word, now=now)
