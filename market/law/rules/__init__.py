"""Judgement about the law itself: provisions and how they are cited, and the holiday lists of the years."""

from market.law.rules.holidays import (
    NamedDay,
    changes,
    lists_with,
    moved_to,
    objections_to_list,
    read_days,
)
from market.law.rules.provisions import (
    cite,
    is_in_force,
    law_of,
    objections_to_provision,
    state_of,
    turning_days,
    value_in_words,
)

__all__ = [
    "NamedDay",
    "changes",
    "cite",
    "is_in_force",
    "law_of",
    "lists_with",
    "moved_to",
    "objections_to_list",
    "objections_to_provision",
    "read_days",
    "state_of",
    "turning_days",
    "value_in_words",
]
