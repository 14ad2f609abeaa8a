"""What is done in tendering: one word an act, unique in the house."""

from enum import StrEnum


class Act(StrEnum):
    """What is done in tendering."""

    DRAFT_TENDER = "draft-tender"
    PUBLISH_TENDER = "publish-tender"
    TAKE_DOCUMENTS = "take-documents"
    ASK_QUESTION = "ask-question"
    ANSWER_QUESTION = "answer-question"
    CORRECT_NOTICE = "correct-notice"
    SAVE_DRAFT_BID = "save-draft-bid"
    SUBMIT_BID = "submit-bid"
    WITHDRAW_BID = "withdraw-bid"
    TURN_KEY = "turn-key"
    OPEN_BIDS = "open-bids"
    CONFIRM_OPENING = "confirm-opening"
    DRAW_PANEL = "draw-panel"
    DECLARE_CONFLICT = "declare-conflict"
    CHECK_BID = "check-bid"
    SCORE_BID = "score-bid"
    REQUEST_FINAL_QUOTES = "request-final-quotes"
    SUBMIT_FINAL_QUOTE = "submit-final-quote"
    RANK_BIDS = "rank-bids"
    SEAL_REPORT = "seal-report"
    CONFIRM_AWARD = "confirm-award"
    CANCEL_TENDER = "cancel-tender"
    FAIL_TENDER = "fail-tender"
    MAKE_KEY = "make-key"
    CHANGE_PASSPHRASE = "change-passphrase"  # noqa: S105  an act's word
    FILE_CHALLENGE = "file-challenge"
    ANSWER_CHALLENGE = "answer-challenge"
    NOTE_OVERDUE_ANSWER = "note-overdue-answer"
    FILE_COMPLAINT = "file-complaint"
    DECIDE_COMPLAINT = "decide-complaint"
