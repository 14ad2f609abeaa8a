"""What is sent about invoices and payments."""

from datetime import date
from typing import Annotated

import msgspec
from msgspec import Meta

from contracts.states import TaxStatus
from market.base.forms import Amount, Code, Line, Words
from market.base.refusal import say

TAX_WORDS = {
    TaxStatus.EXEMPT: say("Non-profit, exempt from tax"),
    TaxStatus.SMALL_SCALE: say("Small-scale taxpayer"),
    TaxStatus.GENERAL: say("General taxpayer"),
}
BankAccount = Annotated[str, Meta(pattern="^[0-9][0-9 -]{4,38}[0-9]$", extra_json_schema={"x-kind": "line"})]


class SubmitInvoice(msgspec.Struct, frozen=True, kw_only=True):
    """What the supplier asks for, and where the money shall go."""

    milestone: Annotated[int, Meta(title="Milestone", ge=1, le=999, extra={"choices": "milestones"})]
    amount: Annotated[Amount, Meta(title="Amount in yuan", extra={"law": "C-17"})]
    account_name: Annotated[Line, Meta(title="Account holder")]
    bank: Annotated[Line, Meta(title="Bank and branch")]
    bank_account: Annotated[BankAccount, Meta(title="Account number", description="Digits only.")]
    tax_status: Annotated[TaxStatus, Meta(title="Tax status", extra={"words": TAX_WORDS})]
    note: Annotated[Words | None, Meta(title="Note")] = None


class ReturnInvoice(msgspec.Struct, frozen=True, kw_only=True):
    """Why an invoice is sent back."""

    reasons: Annotated[
        Words,
        Meta(
            title="Reasons",
            description="No condition may be added that the contract does not state.",
            extra={"law": "C-15"},
        ),
    ]


class IssueCreditNote(msgspec.Struct, frozen=True, kw_only=True):
    """What is taken back of an invoice, and why."""

    amount: Annotated[
        Amount, Meta(title="Amount taken back, in yuan", description="At most what is not paid of the invoice.")
    ]
    reasons: Annotated[Words, Meta(title="Reasons")]


class RecordPayment(msgspec.Struct, frozen=True, kw_only=True):
    """A payment that was made."""

    amount: Annotated[Amount, Meta(title="Amount in yuan")]
    paid_on: Annotated[date, Meta(title="Paid on")]
    reference: Annotated[Line, Meta(title="Number of the payment voucher")]


FapiaoNumber = Annotated[str, Meta(pattern="^([0-9]{8}|[0-9]{20})$", extra_json_schema={"x-kind": "line"})]


class RecordFapiao(msgspec.Struct, frozen=True, kw_only=True):
    """The official electronic invoice behind an invoice."""

    number: Annotated[
        FapiaoNumber, Meta(title="Number of the fapiao", description="20 digits, or 8 on the older forms.")
    ]
    issued_on: Annotated[date, Meta(title="Issued on")]
    amount: Annotated[Amount, Meta(title="Amount with tax, in yuan")]
    file: Annotated[
        Code,
        Meta(title="File of the fapiao", description="PDF, OFD or XML; attach it first.", extra={"choices": "files"}),
    ]
