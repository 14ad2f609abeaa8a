"""Answering: one slip, one answer, nobody's name."""

from datetime import datetime

from evaluations.queries.cards import law_of
from evaluations.queries.slips import SurveyReceipt, slip_for
from evaluations.rules.acting import objections_to_answering
from evaluations.rules.surveys import Answers, objections_to_answers, slip_digest
from evaluations.states import Act, Audience, Refusal
from evaluations.tables import SurveyAnswer
from market.base.calendar import local_date
from market.base.database import apart, one, rows, transaction
from market.base.ledger import record
from market.base.masking import covered
from market.base.refusal import NotFound, refuse_if
from market.people.states import ANYONE


async def answer_survey(
    *, code: str, word: str, answers: Answers, comment: str, asked_for_money: bool, now: datetime
) -> SurveyReceipt:
    """Take one answer for the slip's word, which is used up by it; names and numbers in its words are covered first.

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
            await _count(code, Refusal.FORGED, now=now)
            raise NotFound
        used = slip["used_on"] is not None
        late_or_used = objections_to_answering(used=used, closes_at=evaluation["survey_until"], now=now)
        if late_or_used:
            in_time = evaluation["survey_until"] is not None and now < evaluation["survey_until"]
            await _count(code, Refusal.USED if in_time else Refusal.LATE, now=now)
        refuse_if(late_or_used or objections_to_answers(answers, law=await law_of(evaluation)))
        today = local_date(now)
        await rows("UPDATE survey_slip SET used_on = $2 WHERE id = $1", slip["id"], today)
        await SurveyAnswer.insert(
            SurveyAnswer(
                evaluation=evaluation["id"],
                audience=Audience(slip["audience"]),
                answers=[answer or 0 for answer in answers],
                comment=covered(comment),
                asked_for_money=asked_for_money,
                answered_on=today,
            )
        )
        await record(room="evaluations", act=Act.ANSWER_SURVEY, code=evaluation["code"], by=ANYONE, now=now)
        return await slip_for(word=word, now=now)


async def _count(code: str, why: Refusal, *, now: datetime) -> None:
    """Count a refused answer on a connection of its own, since the refusal takes back the transaction."""
    async with apart() as connection:
        await connection.execute(
            "INSERT INTO survey_refusal (evaluation, kind, refused_on, refused)"
            " SELECT id, $2, $3, 1 FROM evaluation WHERE code = $1 AND opened_at IS NOT NULL"
            " ON CONFLICT (evaluation, kind, refused_on) DO UPDATE SET refused = survey_refusal.refused + 1",
            code,
            str(why),
            local_date(now),
        )
