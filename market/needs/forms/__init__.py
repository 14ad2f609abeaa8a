"""What purchasers, reviewers and budget officers send."""

from market.needs.forms.issues import CiteIssues, ImportIssues
from market.needs.forms.lines import AdjustLine, AllotBudget, HandLine, ImportBudget
from market.needs.forms.needs import DraftNeed, EntityRow, ReviewNeed, TargetRow, WithdrawNeed
from market.needs.forms.suggestions import (
    AnswerSuggestion,
    ConfirmCode,
    HideSuggestion,
    MergeSuggestions,
    SendCode,
    SuggestNeed,
    SupportSuggestion,
)

__all__ = [
    "AdjustLine",
    "AllotBudget",
    "AnswerSuggestion",
    "CiteIssues",
    "ConfirmCode",
    "DraftNeed",
    "EntityRow",
    "HandLine",
    "HideSuggestion",
    "ImportBudget",
    "ImportIssues",
    "MergeSuggestions",
    "ReviewNeed",
    "SendCode",
    "SuggestNeed",
    "SupportSuggestion",
    "TargetRow",
    "WithdrawNeed",
]
