"""The doors of contracts and invoices."""

from contracts.forms import STANDARD_CLAUSES
from contracts.pages.paying import (
    approve_invoice,
    close_contract,
    issue_credit_note,
    record_payment,
    return_invoice,
    submit_invoice,
)
from contracts.pages.performance import accept_delivery, give_opinion, record_session, report_delivery, return_delivery
from contracts.pages.reading import (
    acceptance_paper,
    contract,
    contract_evidence,
    contract_paper,
    contracts,
    invoice,
    invoice_paper,
    invoices,
)
from contracts.pages.signing import draft_contract, draft_contract_from_result, review_contract, sign_contract
from contracts.pages.verifying import verify_invoice
from market.base.web import Route
from market.needs.documents.handover import Clauses
from market.settings import Settings

ROUTES: list[Route] = [
    *(contracts, contract, contract_paper, acceptance_paper, contract_evidence, invoices, invoice, invoice_paper),
    verify_invoice,
    *(draft_contract, draft_contract_from_result, review_contract, sign_contract),
    *(record_session, report_delivery, give_opinion, accept_delivery, return_delivery),
    *(close_contract, submit_invoice, approve_invoice, return_invoice, issue_credit_note, record_payment),
]


def furnish(settings: Settings) -> None:  # noqa: ARG001  every room's signature
    """Hand the standard clauses to the needs room, whose hand-over file carries the contract draft."""
    Clauses.standard = STANDARD_CLAUSES
