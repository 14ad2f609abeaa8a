"""Judgement about needs and their money."""

from market.needs.rules.enterprises import objections_to_set_aside, warnings_of_set_aside
from market.needs.rules.imports import LineRow, judge_lines
from market.needs.rules.money import (
    Allotted,
    LineFacts,
    objections_to_adjustment,
    objections_to_commitment,
    objections_to_handing,
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
    objections_to_submission,
)
from market.needs.rules.reviews import Reviews, objections_to_review, part_of
from market.needs.rules.sections import Section, sections_of
from market.needs.rules.splitting import Earlier, objections_to_splitting, repeated
from market.needs.rules.warnings import objections_to_coverage, warnings_of_coverage, warnings_of_need

__all__ = [
    "Allotted",
    "Earlier",
    "LineFacts",
    "LineRow",
    "LongTerm",
    "NeedPlan",
    "Reviews",
    "Section",
    "Target",
    "channel_of",
    "judge_lines",
    "objections_to_adjustment",
    "objections_to_commitment",
    "objections_to_coverage",
    "objections_to_draft",
    "objections_to_handing",
    "objections_to_line",
    "objections_to_payment",
    "objections_to_reservation",
    "objections_to_review",
    "objections_to_set_aside",
    "objections_to_splitting",
    "objections_to_submission",
    "part_of",
    "repeated",
    "sections_of",
    "warnings_of_coverage",
    "warnings_of_need",
    "warnings_of_set_aside",
]
