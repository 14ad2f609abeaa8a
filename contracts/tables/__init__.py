"""Contracts and what belongs to them: signatures, milestones, sessions, deliveries, opinions, invoices, payments."""

from contracts.tables import contracts, deliveries, invoices
from contracts.tables.contracts import UNDER_LAW, Contract, Milestone, Signature
from contracts.tables.deliveries import Delivery, Opinion, ServiceSession
from contracts.tables.invoices import CreditNote, Invoice, Payment

INVARIANTS = {**contracts.INVARIANTS, **deliveries.INVARIANTS, **invoices.INVARIANTS}

__all__ = [
    "INVARIANTS",
    "UNDER_LAW",
    "Contract",
    "CreditNote",
    "Delivery",
    "Invoice",
    "Milestone",
    "Opinion",
    "Payment",
    "ServiceSession",
    "Signature",
]
