"""Reads of contracts and invoices."""

from contracts.queries.cards import ContractCard, ContractFacts, ContractLine, InvoiceCard, InvoiceLine, MilestoneFacts
from contracts.queries.contracts import choices_of_milestones, contract_facts, contract_for, contracts_page
from contracts.queries.invoices import invoice_for, invoices_page
from contracts.queries.waiting import waiting_for

__all__ = [
    "ContractCard",
    "ContractFacts",
    "ContractLine",
    "InvoiceCard",
    "InvoiceLine",
    "MilestoneFacts",
    "choices_of_milestones",
    "contract_facts",
    "contract_for",
    "contracts_page",
    "invoice_for",
    "invoices_page",
    "waiting_for",
]
