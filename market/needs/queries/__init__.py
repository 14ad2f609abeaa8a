"""Reads of needs and of the budget lines they spend."""

from market.needs.queries.lines import LineCard, line_choices, line_facts, line_for, lines_page
from market.needs.queries.needs import (
    NeedCard,
    NeedFacts,
    NeedLine,
    card_of_item,
    card_of_menu_item,
    need_facts,
    need_for,
    needs_of_line,
    needs_page,
    plan_of,
    waiting_for,
    where_standard_stands,
)

__all__ = [
    "LineCard",
    "NeedCard",
    "NeedFacts",
    "NeedLine",
    "card_of_item",
    "card_of_menu_item",
    "line_choices",
    "line_facts",
    "line_for",
    "lines_page",
    "need_facts",
    "need_for",
    "needs_of_line",
    "needs_page",
    "plan_of",
    "waiting_for",
    "where_standard_stands",
]
