"""The words of contracts: states of a contract, a delivery and an invoice, the acts, and the tables that join them."""

from contracts.states.acts import Act
from contracts.states.changes import (
    AMENDMENT,
    AmendmentState,
    AmendReason,
    EndReason,
    Kind,
    ResumeReason,
    SuspendReason,
)
from contracts.states.contracts import CONTRACT, PUBLISHED, Review, Side, State
from contracts.states.deliveries import DeliveryState
from contracts.states.invoices import INVOICE, InvoiceState, TaxStatus
from contracts.states.signing import Method, Verdict

LIFECYCLES = (CONTRACT, AMENDMENT, INVOICE)

__all__ = [
    "AMENDMENT",
    "CONTRACT",
    "INVOICE",
    "LIFECYCLES",
    "PUBLISHED",
    "Act",
    "AmendReason",
    "AmendmentState",
    "DeliveryState",
    "EndReason",
    "InvoiceState",
    "Kind",
    "Method",
    "ResumeReason",
    "Review",
    "Side",
    "State",
    "SuspendReason",
    "TaxStatus",
    "Verdict",
]
