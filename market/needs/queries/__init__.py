"""Reads of needs and of the budget lines they spend."""

from market.needs.queries.lines import (
    ImportedRow,
    LineCard,
    LinesImported,
    MovementLine,
    line_choices,
    line_facts,
    line_for,
    lines_page,
    movements_of,
    titles_of,
)
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
    where_standard_stands,
)
from market.needs.queries.plans import SimilarNeed, earlier_purchases, kept, reviews_of, similar_needs
from market.needs.queries.waiting import waiting_for

__all__ = [
    "ImportedRow",
    "LineCard",
    "LinesImported",
    "MovementLine",
    "NeedCard",
    "NeedFacts",
    "NeedLine",
    "SimilarNeed",
    "card_of_item",
    "card_of_menu_item",
    "earlier_purchases",
    "kept",
    "line_choices",
    "line_facts",
    "line_for",
    "lines_page",
    "movements_of",
    "need_facts",
    "need_for",
    "needs_of_line",
    "needs_page",
    "plan_of",
    "reviews_of",
    "similar_needs",
    "titles_of",
    "waiting_for",
    "where_standard_stands",
]
