"""The structs contracts are read as, each named for its reader."""

from datetime import date, datetime
from decimal import Decimal

import msgspec

from contracts.queries.change_lines import Changes
from contracts.queries.lateness import Late
from market.base.money import Yuan
from market.base.records import Record


class FileLine(msgspec.Struct, frozen=True, kw_only=True):
    """A piece of evidence as the parties see it."""

    code: str
    name: str
    size: int
    url: str


class SignatureLine(msgspec.Struct, frozen=True, kw_only=True):
    """Who signed for which side; `method` is how, and what it is worth stands at `/signatures`."""

    side: str
    method: str
    name: str
    organization: str
    late_reason: str
    signed_at: datetime


class OpinionLine(msgspec.Struct, frozen=True, kw_only=True):
    """What a resident representative said of a delivery."""

    name: str
    organization_name: str
    satisfied: bool
    text: str
    given_at: datetime


class DeliveryLine(msgspec.Struct, frozen=True, kw_only=True):
    """One report of a milestone with its opinions and conclusion; evidence and note are for the parties only."""

    number: int
    state: str
    note: str
    evidence: list[FileLine]
    reported_at: datetime
    technical: str
    service: str
    safety: str
    conclusion: str
    repair_by: date | None
    judged_name: str
    judged_at: datetime | None
    publish_by: date | None
    opinions: list[OpinionLine]


class MilestoneLine(msgspec.Struct, frozen=True, kw_only=True):
    """One stage with its money and its reports, newest last; `certificate` is the acceptance certificate's place."""

    number: int
    title: str
    due_on: date
    share: Decimal
    amount: Yuan
    standard: str
    accepted_at: datetime | None
    invoiced: Yuan
    paid: Yuan
    certificate: str | None
    deliveries: list[DeliveryLine]


class SessionLine(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of the service ledger."""

    number: int
    held_on: date
    place: str
    quantity: Decimal
    unit: str
    note: str
    evidence: list[FileLine]
    recorded_at: datetime


class InvoiceLine(Record, frozen=True, kw_only=True):
    """An invoice in its contract's list."""

    milestone: int
    amount: Yuan
    credited: Yuan
    paid: Yuan
    submitted_at: datetime
    pay_by: date


class DueLine(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody must do until a moment, which is the end of its last day."""

    act: str
    last_on: date
    until: datetime


class ContractLine(Record, frozen=True, kw_only=True):
    """A contract in a list; `until_on` is the first day after the term, `last_on` its last."""

    title: str
    street: str
    street_name: str
    supplier: str
    supplier_name: str
    amount: Yuan
    from_on: date
    until_on: date
    last_on: date
    signed_at: datetime | None


class ContractCard(ContractLine, frozen=True, kw_only=True):
    """A contract in full. Sessions, evidence and invoices are empty for readers who are no party to it.

    `service_standard` is where the edition of the menu tells what good delivery is.
    """

    revision: int
    tender: str
    need: str
    service_standard: str | None
    item: str
    sign_by: date
    publish_by: date | None
    content: str
    quantity: str
    quality: str
    settlement: str
    duties: str
    breach: str
    late_payment: str
    acceptance: str
    late_rate: Decimal | None
    multi_year_basis: str
    fingerprint: str
    drafted_at: datetime
    reviewed_at: datetime | None
    review_reasons: str
    closed_at: datetime | None
    paid: Yuan
    paper: str
    signatures: list[SignatureLine]
    milestones: list[MilestoneLine]
    sessions: list[SessionLine]
    invoices: list[InvoiceLine]
    changes: Changes
    due: list[DueLine]
    is_party: bool


class PaymentLine(msgspec.Struct, frozen=True, kw_only=True):
    """One payment on an invoice."""

    number: int
    amount: Yuan
    paid_on: date
    reference: str
    recorded_at: datetime


class CreditNoteLine(msgspec.Struct, frozen=True, kw_only=True):
    """What the supplier took back of an invoice."""

    code: str
    amount: Yuan
    reasons: str
    issued_at: datetime


class FapiaoLine(msgspec.Struct, frozen=True, kw_only=True):
    """An official electronic invoice behind an invoice; `serves` is false once its number is free again."""

    number: str
    issued_on: date
    amount: Yuan
    serves: bool
    file: FileLine
    recorded_at: datetime


class InvoiceCard(Record, frozen=True, kw_only=True):
    """An invoice for the two parties and the auditor; `left` is what is neither credited nor paid of it."""

    revision: int
    number: int
    year: int
    contract: str
    contract_title: str
    contract_url: str
    street: str
    street_name: str
    supplier: str
    supplier_name: str
    milestone: int
    milestone_title: str
    accepted_on: date
    accepted_name: str
    certificate: str
    amount: Yuan
    credited: Yuan
    paid: Yuan
    left: Yuan
    account_name: str
    bank: str
    bank_account: str
    tax_status: str
    note: str
    submitted_at: datetime
    pay_by: date
    warned_at: datetime | None
    overdue_at: datetime | None
    late: Late | None
    judged_at: datetime | None
    reasons: str
    payments: list[PaymentLine]
    credit_notes: list[CreditNoteLine]
    fapiao: list[FapiaoLine]
    paper: str


class MilestoneFacts(msgspec.Struct, frozen=True, kw_only=True):
    """One milestone as upper rooms need it."""

    number: int
    title: str
    due_on: date
    share: Decimal
    amount: Yuan
    standard: str
    reported_at: datetime | None
    accepted_at: datetime | None
    invoiced: Yuan
    paid: Yuan


class SessionFacts(msgspec.Struct, frozen=True, kw_only=True):
    """One session as upper rooms need it."""

    number: int
    held_on: date
    quantity: Decimal
    unit: str
    has_evidence: bool


class ContractFacts(msgspec.Struct, frozen=True, kw_only=True):
    """A contract as upper rooms need it."""

    code: str
    state: str
    tender: str
    need: str
    item: str
    title: str
    street: str
    street_name: str
    supplier: str
    supplier_name: str
    amount: Yuan
    from_on: date
    until_on: date
    signed_at: datetime | None
    closed_at: datetime | None
    drafted_by: str
    reviewed_by: str | None
    milestones: list[MilestoneFacts]
    sessions: list[SessionFacts]
