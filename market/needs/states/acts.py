"""The deeds of needs."""

from enum import StrEnum


class Act(StrEnum):
    """The deeds of needs."""

    ALLOT_BUDGET = "allot-budget"
    DRAFT_NEED = "draft-need"
    REVISE_NEED = "revise-need"
    SUBMIT_NEED = "submit-need"
    REVIEW_NEED = "review-need"
