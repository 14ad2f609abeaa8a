"""The tables of tendering: tenders and what belongs to them, and what is set right or disputed about a notice."""

from market.tendering.tables import clarifications, disputes, draws, keys, tenders
from market.tendering.tables.clarifications import Clarification, ClarificationVote
from market.tendering.tables.disputes import Challenge, Complaint, Correction
from market.tendering.tables.draws import PanelDraw, PanelSeed
from market.tendering.tables.keys import KeyholderKey, KeyShare, PassedShare, TenderKey
from market.tendering.tables.tenders import (
    UNDER_LAW,
    Bid,
    BidCheck,
    DocumentsTaken,
    Question,
    Quote,
    Score,
    Seat,
    Tender,
)

__all__ = [
    "INDEXES",
    "INVARIANTS",
    "UNDER_LAW",
    "Bid",
    "BidCheck",
    "Challenge",
    "Clarification",
    "ClarificationVote",
    "Complaint",
    "Correction",
    "DocumentsTaken",
    "KeyShare",
    "KeyholderKey",
    "PanelDraw",
    "PanelSeed",
    "PassedShare",
    "Question",
    "Quote",
    "Score",
    "Seat",
    "Tender",
    "TenderKey",
]

INDEXES = [*tenders.INDEXES, *keys.INDEXES]

INVARIANTS = {
    **tenders.INVARIANTS,
    **disputes.INVARIANTS,
    **keys.INVARIANTS,
    **draws.INVARIANTS,
    **clarifications.INVARIANTS,
}
