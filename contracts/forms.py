"""What street offices, organizations and residents send about contracts and invoices."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

from contracts.states import Review, TaxStatus
from market.base.forms import Amount, Code, Line, Name, Words
from market.base.refusal import say

STANDARD_CLAUSES: dict[str, str] = msgspec.json.decode((Path(__file__).parent / "data" / "clauses.json").read_bytes())[
    "clauses"
]
REVIEW_WORDS = {Review.PASS: say("Pass"), Review.RETURN: say("Send back")}
TAX_WORDS = {
    TaxStatus.EXEMPT: say("Non-profit, exempt from tax"),
    TaxStatus.SMALL_SCALE: say("Small-scale taxpayer"),
    TaxStatus.GENERAL: say("General taxpayer"),
}
BankAccount = Annotated[str, Meta(pattern="^[0-9][0-9 -]{4,38}[0-9]$", extra_json_schema={"x-kind": "line"})]


class DraftContract(msgspec.Struct, frozen=True, kw_only=True):
    """What the purchaser writes; parties, amount and milestones are the award's."""

    content: Annotated[Words, Meta(title="Content of the service", extra={"law": "C-1", "group": say("Service")})]
    quantity: Annotated[Words, Meta(title="Quantity", extra={"law": "C-1"})]
    quality: Annotated[Words, Meta(title="Quality and service standards", extra={"law": "C-1"})]
    settlement: Annotated[
        Words,
        Meta(title="Settlement and progress of payment", extra={"law": "C-17", "group": say("Payment and duties")}),
    ]
    duties: Annotated[Words, Meta(title="Rights and duties", extra={"law": "C-1"})]
    breach: Annotated[Words, Meta(title="Liability for breach", extra={"law": "C-1"})]
    late_payment: Annotated[Words, Meta(title="Liability for late payment", extra={"law": "C-15"})]
    acceptance: Annotated[
        Words,
        Meta(
            title="Standard and method of acceptance", extra={"law": "C-10", "group": say("Acceptance of the service")}
        ),
    ]
    from_on: Annotated[
        date | None,
        Meta(
            title="Service begins on",
            description="Left empty: the day announced in the notice.",
            extra={"group": say("Term of the service")},
        ),
    ] = None
    until_on: Annotated[
        date | None,
        Meta(
            title="Service ends before",
            description="The first day after the service. Left empty: the day announced in the notice.",
            extra={"law": "C-2"},
        ),
    ] = None
    multi_year_basis: Annotated[
        Words | None,
        Meta(
            title="Basis for more than one year",
            description="Only for longer terms: why budget, content, funding and price are stable.",
            extra={"law": "C-2.longest"},
        ),
    ] = None


class ReviewContract(msgspec.Struct, frozen=True, kw_only=True):
    """What the legal review concludes."""

    conclusion: Annotated[Review, Meta(title="Conclusion", extra={"words": REVIEW_WORDS, "law": "B-4"})]
    reasons: Annotated[
        Words | None, Meta(title="Opinion of the legal review", description="Needed when the contract is sent back.")
    ] = None


class SignContract(msgspec.Struct, frozen=True, kw_only=True):
    """The text that was read, and why it is signed late if it is."""

    fingerprint: Annotated[
        Line | None,
        Meta(
            title="Fingerprint of the text you read",
            description="Compared with the text to be signed; a machine may leave it out.",
        ),
    ] = None
    late_reason: Annotated[
        Words | None,
        Meta(
            title="Reason for the delay",
            description="Only when the last day for signing has passed.",
            extra={"law": "L-11"},
        ),
    ] = None


class RecordSession(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of the service ledger."""

    held_on: Annotated[date, Meta(title="Held on")]
    quantity: Annotated[Decimal, Meta(title="Quantity", description="How much was done, at most two decimals.")]
    unit: Annotated[Name, Meta(title="Unit", description="For example: visits, meals, hours.")]
    place: Annotated[Line | None, Meta(title="Place")] = None
    note: Annotated[Words | None, Meta(title="Note", description="No names or illnesses of residents.")] = None
    evidence: Annotated[list[Code], Meta(title="Evidence", extra={"choices": "files"})] = []


class ReportDelivery(msgspec.Struct, frozen=True, kw_only=True):
    """A milestone that is delivered, and what shows it."""

    milestone: Annotated[int, Meta(title="Milestone", ge=1, le=999, extra={"choices": "milestones"})]
    note: Annotated[Words, Meta(title="What was delivered")]
    evidence: Annotated[
        list[Code],
        Meta(
            title="Evidence",
            description="At least one file; attach it first.",
            extra={"choices": "files", "law": "C-8"},
        ),
    ]


class GiveOpinion(msgspec.Struct, frozen=True, kw_only=True):
    """What the residents think of a delivery."""

    milestone: Annotated[int, Meta(title="Milestone", ge=1, le=999, extra={"choices": "milestones"})]
    satisfied: Annotated[bool, Meta(title="The residents are satisfied")]
    text: Annotated[
        Words | None, Meta(title="Opinion of the residents", description="Needed when they are not satisfied.")
    ] = None


class AcceptDelivery(msgspec.Struct, frozen=True, kw_only=True):
    """What the street found, standard by standard; the result is published."""

    milestone: Annotated[int, Meta(title="Milestone", ge=1, le=999, extra={"choices": "milestones"})]
    technical: Annotated[Words, Meta(title="Technical standards", extra={"law": "C-10"})]
    service: Annotated[Words, Meta(title="Service standards", extra={"law": "C-10"})]
    safety: Annotated[Words, Meta(title="Safety standards", extra={"law": "C-10"})]
    conclusion: Annotated[Words, Meta(title="Conclusion of the acceptance")]


class ReturnDelivery(msgspec.Struct, frozen=True, kw_only=True):
    """Why a delivery is sent back, and by when it must be repaired."""

    milestone: Annotated[int, Meta(title="Milestone", ge=1, le=999, extra={"choices": "milestones"})]
    reasons: Annotated[Words, Meta(title="Reasons")]
    repair_by: Annotated[date, Meta(title="Repair by")]


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


class RecordPayment(msgspec.Struct, frozen=True, kw_only=True):
    """A payment that was made."""

    amount: Annotated[Amount, Meta(title="Amount in yuan")]
    paid_on: Annotated[date, Meta(title="Paid on")]
    reference: Annotated[Line, Meta(title="Number of the payment voucher")]
