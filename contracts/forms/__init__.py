"""What street offices, organizations and residents send about contracts and invoices."""

from contracts.forms.paying import TAX_WORDS, BankAccount, IssueCreditNote, RecordPayment, ReturnInvoice, SubmitInvoice
from contracts.forms.performance import AcceptDelivery, GiveOpinion, RecordSession, ReportDelivery, ReturnDelivery
from contracts.forms.signing import REVIEW_WORDS, STANDARD_CLAUSES, DraftContract, ReviewContract, SignContract

__all__ = [
    "REVIEW_WORDS",
    "STANDARD_CLAUSES",
    "TAX_WORDS",
    "AcceptDelivery",
    "BankAccount",
    "DraftContract",
    "GiveOpinion",
    "IssueCreditNote",
    "RecordPayment",
    "RecordSession",
    "ReportDelivery",
    "ReturnDelivery",
    "ReturnInvoice",
    "ReviewContract",
    "SignContract",
    "SubmitInvoice",
]
