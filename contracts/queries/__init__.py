"""Reads of contracts and invoices."""

from contracts.queries.cards import (
    ContractCard,
    ContractFacts,
    ContractLine,
    InvoiceCard,
    InvoiceLine,
    MilestoneFacts,
    MilestoneLine,
)
from contracts.queries.contracts import (
    contract_facts,
    contract_for,
    contracts_page,
    evidence_for,
    service_standard_under,
)
from contracts.queries.invoices import invoice_for, invoices_page, last_account
from contracts.queries.waiting import waiting_for

__all__ = [
    "ContractCard",
    "ContractFacts",
    "ContractLine",
    "InvoiceCard",
    "InvoiceLine",
    "MilestoneFacts",
    "MilestoneLine",
    "contract_facts",
    "contract_for",
    "contracts_page",
    "evidence_for",
    "invoice_for",
    "invoices_page",
    "last_account",
    "service_standard_under",
    "waiting_for",
]
