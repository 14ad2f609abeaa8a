"""The deeds of needs: drafted, submitted, reviewed, taken up by a tender; and the money that follows."""

from market.needs.actions.money import allot_budget, commit_money, pay_money
from market.needs.actions.needs import draft_need, release, review_need, revise_need, submit_need, take_up

__all__ = [
    "allot_budget",
    "commit_money",
    "draft_need",
    "pay_money",
    "release",
    "review_need",
    "revise_need",
    "submit_need",
    "take_up",
]
