"""The words of needs: where a need and a budget line stand, what is done to them, which channel a purchase takes."""

from market.needs.states.acts import Act
from market.needs.states.issues import (
    ISSUE_FATE_WORDS,
    ISSUE_LIST,
    ISSUE_SOURCE_WORDS,
    IssueFate,
    IssueListState,
    IssueSource,
)
from market.needs.states.lines import BUDGET_LINE, SOURCE_WORDS, LineState, Source
from market.needs.states.needs import (
    ANSWER_WORDS,
    DECISION_WORDS,
    NEED,
    QUESTIONS,
    RESERVING,
    Answer,
    Channel,
    Decision,
    State,
)
from market.needs.states.official import INTENTION, Method
from market.needs.states.plans import (
    PART_WORDS,
    READINESS_WORDS,
    SET_ASIDE_WORDS,
    Part,
    Readiness,
    SetAside,
)
from market.needs.states.suggestions import (
    OUTCOME_WORDS,
    SERVICE_WORDS,
    SUGGESTION,
    Kind,
    Outcome,
    Progress,
    SuggestionState,
)

__all__ = [
    "ANSWER_WORDS",
    "BUDGET_LINE",
    "DECISION_WORDS",
    "INTENTION",
    "ISSUE_FATE_WORDS",
    "ISSUE_LIST",
    "ISSUE_SOURCE_WORDS",
    "LIFECYCLES",
    "NEED",
    "OUTCOME_WORDS",
    "PART_WORDS",
    "QUESTIONS",
    "READINESS_WORDS",
    "RESERVING",
    "SERVICE_WORDS",
    "SET_ASIDE_WORDS",
    "SOURCE_WORDS",
    "SUGGESTION",
    "Act",
    "Answer",
    "Channel",
    "Decision",
    "IssueFate",
    "IssueListState",
    "IssueSource",
    "Kind",
    "LineState",
    "Method",
    "Outcome",
    "Part",
    "Progress",
    "Readiness",
    "SetAside",
    "Source",
    "State",
    "SuggestionState",
]

LIFECYCLES = (NEED, BUDGET_LINE, INTENTION, SUGGESTION, ISSUE_LIST)
