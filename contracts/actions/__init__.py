"""The deeds of contracts, from the draft to the last payment."""

from contracts.actions.crediting import issue_credit_note
from contracts.actions.falling import send_back_draft
from contracts.actions.holidays import reckon_contracts_anew
from contracts.actions.paying import (
    Request,
    approve_invoice,
    close_contract,
    record_payment,
    return_invoice,
    submit_invoice,
)
from contracts.actions.performance import (
    Findings,
    Session,
    accept_delivery,
    give_opinion,
    record_session,
    report_delivery,
    return_delivery,
)
from contracts.actions.progress import PROGRESS
from contracts.actions.signing import (
    Wording,
    award_of,
    draft_contract,
    draft_contract_from_result,
    review_contract,
    sign_contract,
)
from market.base.ledger import Follower

FOLLOWERS: dict[str, Follower] = {
    **PROGRESS,
    "law:import-holidays": reckon_contracts_anew,
    "tendering:answer-challenge": send_back_draft,
    "tendering:decide-complaint": send_back_draft,
}

__all__ = [
    "FOLLOWERS",
    "Findings",
    "Request",
    "Session",
    "Wording",
    "accept_delivery",
    "approve_invoice",
    "award_of",
    "close_contract",
    "draft_contract",
    "draft_contract_from_result",
    "give_opinion",
    "issue_credit_note",
    "record_payment",
    "record_session",
    "report_delivery",
    "return_delivery",
    "return_invoice",
    "review_contract",
    "sign_contract",
    "submit_invoice",
]
