"""The words of needs: where a need and a budget line stand, what is done to them, which channel a purchase takes."""

from market.needs.states.acts import Act
from market.needs.states.lines import BUDGET_LINE, SOURCE_WORDS, LineState, Source
from market.needs.states.needs import (
    ANSWER_WORDS,
    DECISION_WORDS,
    NEED,
    QUESTIONS,
    Answer,
    Channel,
    Decision,
    State,
)

__all__ = [
    "ANSWER_WORDS",
    "BUDGET_LINE",
    "DECISION_WORDS",
    "LIFECYCLES",
    "NEED",
    "QUESTIONS",
    "SOURCE_WORDS",
    "Act",
    "Answer",
    "Channel",
    "Decision",
    "LineState",
    "Source",
    "State",
]

LIFECYCLES = (NEED, BUDGET_LINE)
