"""Reads of evaluations: cards and lists, the records a score rests on, surveys and slips, what waits and is due."""

from evaluations.queries.cards import (
    EvaluationCard,
    EvaluationLine,
    EvidenceRow,
    evaluation_for,
    evaluations_page,
)
from evaluations.queries.due import next_turn, waiting_for
from evaluations.queries.leaves import LeafRow
from evaluations.queries.records import facts_again, facts_of
from evaluations.queries.slips import SlipRow, SlipSheet, SurveyReceipt, slip_for, slips_for
from evaluations.queries.surveys import SurveyRow, survey_results
from evaluations.queries.templates import TemplateCard, TemplateLine, template_card, template_named, templates_page

__all__ = [
    "EvaluationCard",
    "EvaluationLine",
    "EvidenceRow",
    "LeafRow",
    "SlipRow",
    "SlipSheet",
    "SurveyReceipt",
    "SurveyRow",
    "TemplateCard",
    "TemplateLine",
    "evaluation_for",
    "evaluations_page",
    "facts_again",
    "facts_of",
    "next_turn",
    "slip_for",
    "slips_for",
    "survey_results",
    "template_card",
    "template_named",
    "templates_page",
    "waiting_for",
]
