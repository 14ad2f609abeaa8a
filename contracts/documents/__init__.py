"""The papers of contracts: the contract itself, the certificate of an acceptance, the invoice."""

from contracts.documents.acceptance import acceptance_paper
from contracts.documents.contract import Tell, contract_paper
from contracts.documents.invoice import invoice_paper

__all__ = ["Tell", "acceptance_paper", "contract_paper", "invoice_paper"]
