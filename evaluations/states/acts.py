"""What is done in evaluations."""

from enum import StrEnum


class Act(StrEnum):
    """What is done in an evaluation."""

    PLAN_EVALUATION = "plan-evaluation"
    OPEN_SURVEY = "open-survey"
    SUBMIT_EVIDENCE = "submit-evidence"
    ANSWER_SURVEY = "answer-survey"
    CLOSE_SURVEY = "close-survey"
    SCORE_EVALUATION = "score-evaluation"
    REPLY_TO_EVALUATION = "reply-to-evaluation"
    ANSWER_REPLY = "answer-reply"
    CLOSE_REPLY = "close-reply"
    CONCLUDE_EVALUATION = "conclude-evaluation"
    PUBLISH_EVALUATION = "publish-evaluation"
    ADD_TEMPLATE = "add-template"
