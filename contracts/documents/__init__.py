"""The papers of contracts: the contract itself, a change of it, the certificate of an acceptance, the invoice."""

from contracts.documents.acceptance import acceptance_paper
from contracts.documents.amendment import amendment_paper
from contracts.documents.contract import Tell, contract_paper
from contracts.documents.invoice import invoice_paper
from contracts.documents.signed import file_to_sign, sign_file

__all__ = [
    "Tell",
    "acceptance_paper",
    "amendment_paper",
    "contract_paper",
    "file_to_sign",
    "invoice_paper",
    "sign_file",
]
