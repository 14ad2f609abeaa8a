"""What people send about evaluations; a survey's five answers are numbers from 1 to 5, each may be left out."""

from evaluations.forms.scoring import (
    AnswerReply,
    LeafPoints,
    ObjectionPoint,
    PlanEvaluation,
    PointAnswer,
    Points,
    ReplyToEvaluation,
    Score,
    ScoreEvaluation,
    SubmitEvidence,
)
from evaluations.forms.surveys import AnswerSurvey
from evaluations.forms.templates import AddTemplate, LeafChange

__all__ = [
    "AddTemplate",
    "AnswerReply",
    "AnswerSurvey",
    "LeafChange",
    "LeafPoints",
    "ObjectionPoint",
    "PlanEvaluation",
    "PointAnswer",
    "Points",
    "ReplyToEvaluation",
    "Score",
    "ScoreEvaluation",
    "SubmitEvidence",
]
