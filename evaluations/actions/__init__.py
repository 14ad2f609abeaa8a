"""The deeds of evaluations: planning and time, the survey, scoring, reply, conclusion and publication."""

from evaluations.actions.keeping import furnish, survey_secret
from evaluations.actions.planning import FOLLOWERS, plan_evaluation, turn
from evaluations.actions.scoring import answer_reply, score_evaluation
from evaluations.actions.settling import conclude_evaluation, publish_evaluation, reply_to_evaluation, submit_evidence
from evaluations.actions.surveying import answer_survey
from evaluations.actions.templates import add_template

__all__ = [
    "FOLLOWERS",
    "add_template",
    "answer_reply",
    "answer_survey",
    "conclude_evaluation",
    "furnish",
    "plan_evaluation",
    "publish_evaluation",
    "reply_to_evaluation",
    "score_evaluation",
    "submit_evidence",
    "survey_secret",
    "turn",
]
