"""What street offices, organizations and residents send about contracts and invoices."""

from contracts.forms.changes import (
    KIND_WORDS,
    REASON_WORDS,
    AmendContract,
    DeclineAmendment,
    ResumeContract,
    SignAmendment,
    SuspendContract,
    TerminateContract,
)
from contracts.forms.paying import (
    TAX_WORDS,
    BankAccount,
    IssueCreditNote,
    RecordFapiao,
    RecordPayment,
    ReturnInvoice,
    SubmitInvoice,
)
from contracts.forms.performance import AcceptDelivery, GiveOpinion, RecordSession, ReportDelivery, ReturnDelivery
from contracts.forms.signing import (
    METHOD_WORDS,
    REVIEW_WORDS,
    STANDARD_CLAUSES,
    DraftContract,
    ReviewContract,
    SignContract,
)

__all__ = [
    "KIND_WORDS",
    "METHOD_WORDS",
    "REASON_WORDS",
    "REVIEW_WORDS",
    "STANDARD_CLAUSES",
    "TAX_WORDS",
    "AcceptDelivery",
    "AmendContract",
    "BankAccount",
    "DeclineAmendment",
    "DraftContract",
    "GiveOpinion",
    "IssueCreditNote",
    "RecordFapiao",
    "RecordPayment",
    "RecordSession",
    "ReportDelivery",
    "ResumeContract",
    "ReturnDelivery",
    "ReturnInvoice",
    "ReviewContract",
    "SignAmendment",
    "SignContract",
    "SubmitInvoice",
    "SuspendContract",
    "TerminateContract",
]
