"""The deeds of contracts, from the draft to the last payment."""

from contracts.actions.falling import FOLLOWERS
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
from contracts.actions.signing import Wording, award_of, draft_contract, review_contract, sign_contract

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
    "give_opinion",
    "record_payment",
    "record_session",
    "report_delivery",
    "return_delivery",
    "return_invoice",
    "review_contract",
    "sign_contract",
    "submit_invoice",
]
