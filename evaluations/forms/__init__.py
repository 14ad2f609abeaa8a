"""What people send about evaluations; a survey's five answers are numbers from 1 to 5, each may be left out."""

from evaluations.forms.scoring import (
    AnswerReply,
    LeafPoints,
    PlanEvaluation,
    Points,
    ReplyToEvaluation,
    Score,
    ScoreEvaluation,
    SubmitEvidence,
)
from evaluations.forms.surveys import AnswerSurvey

__all__ = [
    "AnswerReply",
    "AnswerSurvey",
    "LeafPoints",
    "PlanEvaluation",
    "Points",
    "ReplyToEvaluation",
    "Score",
    "ScoreEvaluation",
    "SubmitEvidence",
]
