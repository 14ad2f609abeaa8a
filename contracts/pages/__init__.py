"""The doors of contracts and invoices."""

from contracts.forms import STANDARD_CLAUSES
from contracts.pages.changes import (
    amend_contract,
    amendment,
    amendment_paper,
    decline_amendment,
    resume_contract,
    sign_amendment,
    suspend_contract,
    terminate_contract,
)
from contracts.pages.fapiao import fapiao_file, record_fapiao
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
from contracts.pages.signatures import signatures
from contracts.pages.signing import draft_contract, draft_contract_from_result, review_contract, sign_contract
from contracts.pages.verifying import verify_invoice
from market.base.signing.identities import Authority, Issuer
from market.base.web import Route
from market.needs.documents.handover import Clauses
from market.settings import Settings

ROUTES: list[Route] = [
    *(contracts, contract, contract_paper, acceptance_paper, contract_evidence, invoices, invoice, invoice_paper),
    *(signatures, verify_invoice),
    *(draft_contract, draft_contract_from_result, review_contract, sign_contract),
    *(amendment, amendment_paper, amend_contract, suspend_contract, resume_contract, terminate_contract),
    *(sign_amendment, decline_amendment),
    *(record_session, report_delivery, give_opinion, accept_delivery, return_delivery),
    *(close_contract, submit_invoice, approve_invoice, return_invoice, issue_credit_note, record_payment),
    *(record_fapiao, fapiao_file),
]


def furnish(settings: Settings) -> None:
    """Hand the standard clauses to the needs room's hand-over file; let the demo issue certificates of its own."""
    Clauses.standard = STANDARD_CLAUSES
    Issuer.authority = Authority(secret_key=settings.secret_key) if settings.demo else None
