"""Contracts and what belongs to them: signatures, milestones, sessions, deliveries, opinions, invoices, payments."""

from contracts.tables import changes, contracts, deliveries, invoices
from contracts.tables.changes import INDEXES, Amendment, AmendmentSignature
from contracts.tables.contracts import UNDER_LAW, Contract, Milestone, Signature
from contracts.tables.deliveries import Delivery, Opinion, ServiceSession
from contracts.tables.invoices import CreditNote, Fapiao, Invoice, Payment

INVARIANTS = {**contracts.INVARIANTS, **changes.INVARIANTS, **deliveries.INVARIANTS, **invoices.INVARIANTS}

__all__ = [
    "INDEXES",
    "INVARIANTS",
    "UNDER_LAW",
    "Amendment",
    "AmendmentSignature",
    "Contract",
    "CreditNote",
    "Delivery",
    "Fapiao",
    "Invoice",
    "Milestone",
    "Opinion",
    "Payment",
    "ServiceSession",
    "Signature",
]
