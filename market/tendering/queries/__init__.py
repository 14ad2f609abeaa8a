"""Reads of tendering: cards for readers, facts for the rooms above, what waits for whom."""

from market.tendering.queries.awards import AwardFacts, RankLine, ResultNotice, award_facts, buying_hands, law_of_notice
from market.tendering.queries.bids import BidReceipt, MyPart, OpeningLine, OwnBid, own_bid
from market.tendering.queries.disputes import suspensions_of
from market.tendering.queries.finding import find_notices
from market.tendering.queries.panel import BlindBid, PanelView
from market.tendering.queries.tenders import TenderCard, TenderLine, schedule_from, tender_for, tender_row, tenders_page
from market.tendering.queries.waiting import next_turn, waiting_for

__all__ = [
    "AwardFacts",
    "BidReceipt",
    "BlindBid",
    "MyPart",
    "OpeningLine",
    "OwnBid",
    "PanelView",
    "RankLine",
    "ResultNotice",
    "TenderCard",
    "TenderLine",
    "award_facts",
    "buying_hands",
    "find_notices",
    "law_of_notice",
    "next_turn",
    "own_bid",
    "schedule_from",
    "suspensions_of",
    "tender_for",
    "tender_row",
    "tenders_page",
    "waiting_for",
]
