"""The deeds of needs: drafted, submitted, reviewed, taken up by a tender; and the money that follows."""

from market.needs.actions.issues import cite_issues, import_issues
from market.needs.actions.lines import adjust_line, allot_budget, hand_line, import_budget, read_budget
from market.needs.actions.money import change_commitment, commit_money, pay_money
from market.needs.actions.needs import draft_need, release, revise_need, submit_need, take_up
from market.needs.actions.photos import attach_photo
from market.needs.actions.progress import FOLLOWERS, record_progress
from market.needs.actions.reviews import review_need, withdraw_need
from market.needs.actions.suggestions import (
    answer_suggestion,
    hide_suggestion,
    merge_suggestions,
    suggest_need,
    support_suggestion,
)
from market.needs.actions.voices import confirm_code, furnish, send_code

__all__ = [
    "FOLLOWERS",
    "adjust_line",
    "allot_budget",
    "answer_suggestion",
    "attach_photo",
    "change_commitment",
    "cite_issues",
    "commit_money",
    "confirm_code",
    "draft_need",
    "furnish",
    "hand_line",
    "hide_suggestion",
    "import_budget",
    "import_issues",
    "merge_suggestions",
    "pay_money",
    "read_budget",
    "record_progress",
    "release",
    "review_need",
    "revise_need",
    "send_code",
    "submit_need",
    "suggest_need",
    "support_suggestion",
    "take_up",
    "withdraw_need",
]
