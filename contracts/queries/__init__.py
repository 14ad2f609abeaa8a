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
from contracts.queries.changes import AmendmentCard, amendment_for
from contracts.queries.contracts import (
    contract_facts,
    contract_for,
    contracts_page,
    evidence_for,
    service_standard_under,
)
from contracts.queries.due import next_turn
from contracts.queries.fapiao import fapiao_file
from contracts.queries.invoices import invoice_for, invoices_page, last_account
from contracts.queries.signatures import CheckedSignature, SignaturesCard, signatures_of, signed_file
from contracts.queries.waiting import waiting_for

__all__ = [
    "AmendmentCard",
    "CheckedSignature",
    "ContractCard",
    "ContractFacts",
    "ContractLine",
    "InvoiceCard",
    "InvoiceLine",
    "MilestoneFacts",
    "MilestoneLine",
    "SignaturesCard",
    "amendment_for",
    "contract_facts",
    "contract_for",
    "contracts_page",
    "evidence_for",
    "fapiao_file",
    "invoice_for",
    "invoices_page",
    "last_account",
    "next_turn",
    "service_standard_under",
    "signatures_of",
    "signed_file",
    "waiting_for",
]
