"""Evaluations of contracts, the organization's own account, points per leaf, and the survey with its slips.

Slips and answers are not joined: which slip gave which answer is nowhere written, and slips carry no names.
"""

from evaluations.tables.evaluations import INVARIANTS, UNDER_LAW, Evaluation, Evidence, LeafScore
from evaluations.tables.judging import IndicatorTemplate, ReplyPoint
from evaluations.tables.surveys import SurveyAnswer, SurveyRefusal, SurveySlip

__all__ = [
    "INVARIANTS",
    "UNDER_LAW",
    "Evaluation",
    "Evidence",
    "IndicatorTemplate",
    "LeafScore",
    "ReplyPoint",
    "SurveyAnswer",
    "SurveyRefusal",
    "SurveySlip",
]
