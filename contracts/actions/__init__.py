"""The deeds of contracts, from the draft to the last payment."""

from contracts.actions.changes import (
    Ground,
    amend_contract,
    resume_contract,
    suspend_contract,
    terminate_contract,
)
from contracts.actions.clock import turn
from contracts.actions.countersigning import decline_amendment, sign_amendment
from contracts.actions.crediting import issue_credit_note
from contracts.actions.drafting import (
    Wording,
    award_of,
    draft_contract,
    draft_contract_from_result,
    review_contract,
)
from contracts.actions.falling import send_back_draft
from contracts.actions.fapiao import Official, record_fapiao
from contracts.actions.holidays import reckon_contracts_anew
from contracts.actions.paying import (
    Request,
    approve_invoice,
    close_contract,
    record_payment,
    return_invoice,
    submit_invoice,
)
from contracts.actions.pens import Pen
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
from contracts.actions.signing import sign_contract
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
    "Ground",
    "Official",
    "Pen",
    "Request",
    "Session",
    "Wording",
    "accept_delivery",
    "amend_contract",
    "approve_invoice",
    "award_of",
    "close_contract",
    "decline_amendment",
    "draft_contract",
    "draft_contract_from_result",
    "give_opinion",
    "issue_credit_note",
    "record_fapiao",
    "record_payment",
    "record_session",
    "report_delivery",
    "resume_contract",
    "return_delivery",
    "return_invoice",
    "review_contract",
    "sign_amendment",
    "sign_contract",
    "submit_invoice",
    "suspend_contract",
    "terminate_contract",
    "turn",
]
