"""The papers of tendering: of a tender, and of what is corrected or disputed about it."""

from market.tendering.documents.disputes import challenge_answer, complaint_decision, correction_notice
from market.tendering.documents.tenders import award_letter, evaluation_report, notice, opening_record

__all__ = [
    "award_letter",
    "challenge_answer",
    "complaint_decision",
    "correction_notice",
    "evaluation_report",
    "notice",
    "opening_record",
]
