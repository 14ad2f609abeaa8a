"""The deeds of tendering, by subject; each locks, asks, writes and records in one transaction."""

from market.base.ledger import Follower
from market.people.attachments import Shelf
from market.settings import Settings
from market.tendering.actions.award import confirm_award, hold_award, mark_contracted, note_draft, turn
from market.tendering.actions.bidding import ask_question, save_draft_bid, submit_bid, take_documents, withdraw_bid
from market.tendering.actions.clarifications import (
    answer_clarification,
    ask_clarification,
    judge_clarification,
)
from market.tendering.actions.corrections import correct_notice
from market.tendering.actions.disputes import answer_challenge, decide_complaint, file_challenge, file_complaint
from market.tendering.actions.holidays import reckon_awards_anew
from market.tendering.actions.keyholders import change_passphrase, make_key
from market.tendering.actions.notice import answer_question, cancel_tender, draft_tender, publish_tender
from market.tendering.actions.opening import confirm_opening, open_bids, turn_key
from market.tendering.actions.panel import check_bid, declare_conflict, draw_panel, request_final_quotes, score_bid
from market.tendering.actions.progress import PROGRESS
from market.tendering.actions.ranking import seal_report, submit_final_quote
from market.tendering.sealing import FileSeals, ServerKeyHolder, Vault, receipts
from market.tendering.sealing.passphrases import FOR_THE_DEMO, RECOMMENDED

FOLLOWERS: dict[str, Follower] = {**PROGRESS, "law:import-holidays": reckon_awards_anew}


def furnish(settings: Settings) -> None:
    """Hand in the key holder, from the secret key that is not in the database, and how hard keys are locked."""
    Vault.holder = ServerKeyHolder(settings.secret_key)
    Vault.measures = FOR_THE_DEMO if settings.demo else RECOMMENDED
    receipts.furnish(secret_key=settings.secret_key)
    Shelf.seals = FileSeals()


__all__ = [
    "FOLLOWERS",
    "answer_challenge",
    "answer_clarification",
    "answer_question",
    "ask_clarification",
    "ask_question",
    "cancel_tender",
    "change_passphrase",
    "check_bid",
    "confirm_award",
    "confirm_opening",
    "correct_notice",
    "decide_complaint",
    "declare_conflict",
    "draft_tender",
    "draw_panel",
    "file_challenge",
    "file_complaint",
    "furnish",
    "hold_award",
    "judge_clarification",
    "make_key",
    "mark_contracted",
    "note_draft",
    "open_bids",
    "publish_tender",
    "request_final_quotes",
    "save_draft_bid",
    "score_bid",
    "seal_report",
    "submit_bid",
    "submit_final_quote",
    "take_documents",
    "turn",
    "turn_key",
    "withdraw_bid",
]
