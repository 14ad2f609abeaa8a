"""Judgement about needs and their money."""

from market.needs.rules.money import (
    LineFacts,
    objections_to_commitment,
    objections_to_line,
    objections_to_payment,
    objections_to_reservation,
)
from market.needs.rules.needs import (
    LongTerm,
    NeedPlan,
    Target,
    channel_of,
    objections_to_draft,
    objections_to_review,
    objections_to_submission,
)

__all__ = [
    "LineFacts",
    "LongTerm",
    "NeedPlan",
    "Target",
    "channel_of",
    "objections_to_commitment",
    "objections_to_draft",
    "objections_to_line",
    "objections_to_payment",
    "objections_to_reservation",
    "objections_to_review",
    "objections_to_submission",
]
