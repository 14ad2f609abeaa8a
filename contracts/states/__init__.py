"""The words of contracts: states of a contract, a delivery and an invoice, the acts, and the tables that join them."""

from contracts.states.acts import Act
from contracts.states.contracts import CONTRACT, PUBLISHED, Review, Side, State
from contracts.states.deliveries import DeliveryState
from contracts.states.invoices import INVOICE, InvoiceState, TaxStatus

LIFECYCLES = (CONTRACT, INVOICE)

__all__ = [
    "CONTRACT",
    "INVOICE",
    "LIFECYCLES",
    "PUBLISHED",
    "Act",
    "DeliveryState",
    "InvoiceState",
    "Review",
    "Side",
    "State",
    "TaxStatus",
]
