"""The deeds of needs."""

from enum import StrEnum


class Act(StrEnum):
    """The deeds of needs."""

    ALLOT_BUDGET = "allot-budget"
    HAND_LINE = "hand-line"
    ADJUST_LINE = "adjust-line"
    IMPORT_BUDGET = "import-budget"
    DRAFT_NEED = "draft-need"
    REVISE_NEED = "revise-need"
    SUBMIT_NEED = "submit-need"
    REVIEW_NEED = "review-need"
    WITHDRAW_NEED = "withdraw-need"
    SEND_CODE = "send-code"
    CONFIRM_CODE = "confirm-code"
    SUGGEST_NEED = "suggest-need"
    SUPPORT_SUGGESTION = "support-suggestion"
    ATTACH_PHOTO = "attach-photo"
    ANSWER_SUGGESTION = "answer-suggestion"
    MERGE_SUGGESTIONS = "merge-suggestions"
    HIDE_SUGGESTION = "hide-suggestion"
    IMPORT_ISSUES = "import-issues"
    CITE_ISSUES = "cite-issues"
    CHOOSE_METHOD = "choose-method"
    PUBLISH_INTENTION = "publish-intention"
    HAND_OVER = "hand-over"
    TRACK_OFFICIAL = "track-official"
    RECORD_OFFICIAL_RESULT = "record-official-result"
