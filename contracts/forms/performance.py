"""What is sent about sessions, deliveries and opinions."""

from datetime import date
from decimal import Decimal
from typing import Annotated

import msgspec
from msgspec import Meta

from market.base.forms import Code, Line, Name, Words


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
