"""Contracts and what belongs to them: signatures, milestones, sessions, deliveries, opinions, invoices, payments."""

from piccolo.columns import (
    Array,
    BigSerial,
    Boolean,
    Date,
    ForeignKey,
    Integer,
    Numeric,
    OnDelete,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from market.base.personal import HANDS, OWN

_MONEY = (14, 2)


class Contract(Table):
    """One contract made from an award; `live_tender` names that award unless it was sent back: one lives per award.

    The award is a tender of this house, or, when `tender` is empty, the result of its need bought outside.
    """

    id = BigSerial(primary_key=True)
    code = Varchar(length=40, null=False, default=None, unique=True)
    revision = Integer(null=False, default=1)
    # Origin
    tender = Varchar(length=40, null=False, default=None, index=True)
    live_tender = Varchar(length=40, null=True, default=None, unique=True)
    need = Varchar(length=40, null=False, default=None, index=True)
    item = Varchar(length=40, null=False, default=None)
    street = Varchar(length=18, null=False, default=None, index=True)
    street_name = Varchar(length=200, null=False, default=None)
    supplier = Varchar(length=18, null=False, default=None, index=True)
    supplier_name = Varchar(length=200, null=False, default=None)
    award_sent_on = Date(null=False, default=None)
    sign_by = Date(null=False, default=None)
    # Terms
    title = Varchar(length=200, null=False, default=None)
    amount = Numeric(digits=_MONEY, null=False, default=None)
    from_on = Date(null=False, default=None)
    until_on = Date(null=False, default=None)
    content = Text(null=False, default=None)
    quantity = Text(null=False, default=None)
    quality = Text(null=False, default=None)
    settlement = Text(null=False, default=None)
    duties = Text(null=False, default=None)
    breach = Text(null=False, default=None)
    late_payment = Text(null=False, default=None)
    acceptance = Text(null=False, default=None)
    multi_year_basis = Text(null=False, default="")
    fingerprint = Varchar(length=64, null=False, default=None)
    # Lifecycle
    state = Varchar(length=20, null=False, default=None, index=True)
    drafted_by = Varchar(length=80, null=False, default=None, help_text=HANDS)
    drafted_at = Timestamptz(null=False, default=None)
    reviewed_by = Varchar(length=80, null=True, default=None, help_text=HANDS)
    reviewed_at = Timestamptz(null=True, default=None)
    review_reasons = Text(null=False, default="")
    signed_at = Timestamptz(null=True, default=None)
    publish_by = Date(null=True, default=None)
    closed_at = Timestamptz(null=True, default=None)

    amount_is_positive = Check("amount > 0")
    term_has_days = Check("until_on > from_on")
    state_is_known = Check("state IN ('drafted', 'returned', 'reviewed', 'in-force', 'closed')")
    lives_unless_returned = Check("(live_tender IS NULL) = (state = 'returned')")
    lives_under_its_award = Check("live_tender IS NULL OR live_tender = coalesce(nullif(tender, ''), need)")
    reviewed_unless_drafted = Check("(reviewed_by IS NULL) = (state = 'drafted')")
    reviewed_by_another_hand = Check("reviewed_by IS NULL OR reviewed_by <> drafted_by")
    signed_when_in_force = Check("(signed_at IS NOT NULL) = (state IN ('in-force', 'closed'))")
    signed_has_its_publication_day = Check("(publish_by IS NULL) = (signed_at IS NULL)")
    closed_has_its_moment = Check("(closed_at IS NOT NULL) = (state = 'closed')")


class Signature(Table, tablename="contract_signature"):
    """One side's confirmation of the text with this fingerprint."""

    id = BigSerial(primary_key=True)
    contract = ForeignKey(Contract, null=False, on_delete=OnDelete.restrict)
    side = Varchar(length=10, null=False, default=None)
    account = Varchar(length=80, null=False, default=None)
    name = Varchar(length=200, null=False, default=None)
    organization = Varchar(length=18, null=False, default=None)
    fingerprint = Varchar(length=64, null=False, default=None)
    late_reason = Text(null=False, default="")
    signed_at = Timestamptz(null=False, default=None)

    side_is_known = Check("side IN ('buyer', 'supplier')")
    one_signature_per_side = Unique([contract, side])


class Milestone(Table, tablename="contract_milestone"):
    """One stage of a contract and what its acceptance makes payable."""

    id = BigSerial(primary_key=True)
    contract = ForeignKey(Contract, null=False, on_delete=OnDelete.restrict)
    number = Integer(null=False, default=None)
    title = Varchar(length=200, null=False, default=None)
    due_on = Date(null=False, default=None)
    share = Numeric(digits=(7, 6), null=False, default=None)
    amount = Numeric(digits=_MONEY, null=False, default=None)
    standard = Text(null=False, default="")
    accepted_at = Timestamptz(null=True, default=None)

    number_is_positive = Check("number > 0")
    share_is_a_part = Check("share > 0 AND share <= 1")
    amount_is_not_negative = Check("amount >= 0")
    one_milestone_per_number = Unique([contract, number])


class ServiceSession(Table, tablename="service_session"):
    """One entry of the service ledger, as the supplier recorded it."""

    id = BigSerial(primary_key=True)
    contract = ForeignKey(Contract, null=False, on_delete=OnDelete.restrict)
    number = Integer(null=False, default=None)
    held_on = Date(null=False, default=None)
    place = Varchar(length=200, null=False, default="")
    quantity = Numeric(digits=(12, 2), null=False, default=None)
    unit = Varchar(length=200, null=False, default=None)
    note = Text(null=False, default="")
    evidence = Array(base_column=Varchar(length=40), null=False, default=None)
    recorded_by = Varchar(length=80, null=False, default=None, help_text=HANDS)
    recorded_at = Timestamptz(null=False, default=None)

    quantity_is_positive = Check("quantity > 0")
    one_session_per_number = Unique([contract, number])


class Delivery(Table, tablename="contract_delivery"):
    """One report that a milestone is delivered, and what the street concluded."""

    id = BigSerial(primary_key=True)
    milestone = ForeignKey(Milestone, null=False, on_delete=OnDelete.restrict)
    number = Integer(null=False, default=None)
    state = Varchar(length=20, null=False, default=None)
    # Report
    note = Text(null=False, default=None)
    evidence = Array(base_column=Varchar(length=40), null=False, default=None)
    reported_by = Varchar(length=80, null=False, default=None, help_text=HANDS)
    reported_at = Timestamptz(null=False, default=None)
    # Conclusion
    technical = Text(null=False, default="")
    service = Text(null=False, default="")
    safety = Text(null=False, default="")
    conclusion = Text(null=False, default="")
    repair_by = Date(null=True, default=None)
    judged_by = Varchar(length=80, null=True, default=None, help_text=HANDS)
    judged_name = Varchar(length=200, null=False, default="")
    judged_at = Timestamptz(null=True, default=None)
    publish_by = Date(null=True, default=None)

    state_is_known = Check("state IN ('reported', 'returned', 'accepted')")
    reported_with_evidence = Check("cardinality(evidence) > 0")
    judged_unless_reported = Check("(judged_at IS NULL) = (state = 'reported')")
    returned_has_its_repair_day = Check("(repair_by IS NOT NULL) = (state = 'returned')")
    accepted_item_by_item = Check("state <> 'accepted' OR (technical <> '' AND service <> '' AND safety <> '')")
    one_report_per_number = Unique([milestone, number])


class Opinion(Table, tablename="contract_opinion"):
    """What a resident representative says of a reported delivery."""

    id = BigSerial(primary_key=True)
    delivery = ForeignKey(Delivery, null=False, on_delete=OnDelete.restrict)
    account = Varchar(length=80, null=False, default=None)
    name = Varchar(length=200, null=False, default=None)
    organization_name = Varchar(length=200, null=False, default=None)
    satisfied = Boolean(null=False, default=None)
    text = Text(null=False, default="")
    given_at = Timestamptz(null=False, default=None)

    dissatisfied_with_words = Check("satisfied OR text <> ''")
    one_opinion_per_person = Unique([delivery, account])


class Invoice(Table):
    """What the supplier asks to be paid for an accepted milestone; numbers run without gaps per supplier and year."""

    id = BigSerial(primary_key=True)
    code = Varchar(length=40, null=False, default=None, unique=True)
    revision = Integer(null=False, default=1)
    # Identity
    supplier = Varchar(length=18, null=False, default=None, index=True)
    year = Integer(null=False, default=None)
    number = Integer(null=False, default=None)
    milestone = ForeignKey(Milestone, null=False, on_delete=OnDelete.restrict, index=True)
    # Money
    amount = Numeric(digits=_MONEY, null=False, default=None)
    account_name = Varchar(length=200, null=False, default=None)
    bank = Varchar(length=200, null=False, default=None)
    bank_account = Varchar(length=40, null=False, default=None, help_text=OWN)
    tax_status = Varchar(length=20, null=False, default=None)
    note = Text(null=False, default="")
    # Lifecycle
    state = Varchar(length=20, null=False, default=None, index=True)
    submitted_by = Varchar(length=80, null=False, default=None, help_text=HANDS)
    submitted_at = Timestamptz(null=False, default=None)
    pay_by = Date(null=False, default=None)
    judged_by = Varchar(length=80, null=True, default=None, help_text=HANDS)
    judged_at = Timestamptz(null=True, default=None)
    reasons = Text(null=False, default="")

    amount_is_positive = Check("amount > 0")
    state_is_known = Check("state IN ('submitted', 'returned', 'approved', 'paid')")
    tax_status_is_known = Check("tax_status IN ('exempt', 'small-scale', 'general')")
    judged_unless_submitted = Check("(judged_by IS NULL) = (state = 'submitted')")
    returned_with_reasons = Check("state <> 'returned' OR reasons <> ''")
    one_invoice_per_number = Unique([supplier, year, number])


class Payment(Table, tablename="invoice_payment"):
    """Money that the street paid on an invoice."""

    id = BigSerial(primary_key=True)
    invoice = ForeignKey(Invoice, null=False, on_delete=OnDelete.restrict)
    number = Integer(null=False, default=None)
    amount = Numeric(digits=_MONEY, null=False, default=None)
    paid_on = Date(null=False, default=None)
    reference = Varchar(length=200, null=False, default=None)
    recorded_by = Varchar(length=80, null=False, default=None, help_text=HANDS)
    recorded_at = Timestamptz(null=False, default=None)

    amount_is_positive = Check("amount > 0")
    one_payment_per_number = Unique([invoice, number])


INVARIANTS = {
    "the milestones' amounts sum to the contract's": (
        "SELECT c.code FROM contract c JOIN contract_milestone m ON m.contract = c.id"
        " GROUP BY c.id HAVING sum(m.amount) <> c.amount OR sum(m.share) <> 1 LIMIT 20"
    ),
    "a contract is in force when both sides signed its text": (
        "SELECT c.code FROM contract c LEFT JOIN contract_signature s ON s.contract = c.id"
        " AND s.fingerprint = c.fingerprint GROUP BY c.id"
        " HAVING (count(s.id) = 2) <> (c.signed_at IS NOT NULL) LIMIT 20"
    ),
    "a milestone is accepted when one of its deliveries is": (
        "SELECT m.id FROM contract_milestone m WHERE (m.accepted_at IS NOT NULL) <>"
        " (SELECT count(*) = 1 FROM contract_delivery d WHERE d.milestone = m.id AND d.state = 'accepted') LIMIT 20"
    ),
    "an accepted delivery has a resident's opinion and other hands": (
        "SELECT d.id FROM contract_delivery d JOIN contract_milestone m ON m.id = d.milestone"
        " JOIN contract c ON c.id = m.contract WHERE d.state = 'accepted'"
        " AND (d.judged_by IN (c.drafted_by, c.reviewed_by) OR NOT EXISTS"
        " (SELECT 1 FROM contract_opinion o WHERE o.delivery = d.id AND o.account <> d.judged_by)) LIMIT 20"
    ),
    "no more is invoiced than is accepted": (
        "SELECT m.id FROM contract_milestone m JOIN invoice i ON i.milestone = m.id AND i.state <> 'returned'"
        " GROUP BY m.id HAVING sum(i.amount) > m.amount OR m.accepted_at IS NULL LIMIT 20"
    ),
    "no more is paid than is invoiced, and all of it when paid": (
        "SELECT i.code FROM invoice i LEFT JOIN invoice_payment p ON p.invoice = i.id GROUP BY i.id"
        " HAVING coalesce(sum(p.amount), 0) > i.amount OR (coalesce(sum(p.amount), 0) = i.amount) <> (i.state = 'paid')"
        " OR (count(p.id) > 0 AND i.state NOT IN ('approved', 'paid')) LIMIT 20"
    ),
    "who accepted did not approve, who approved did not pay": (
        "SELECT i.code FROM invoice i JOIN contract_delivery d ON d.milestone = i.milestone AND d.state = 'accepted'"
        " LEFT JOIN invoice_payment p ON p.invoice = i.id WHERE i.state IN ('approved', 'paid')"
        " AND (i.judged_by = d.judged_by OR p.recorded_by = i.judged_by) LIMIT 20"
    ),
    "invoice numbers have no gap": (
        "SELECT supplier, year FROM invoice GROUP BY supplier, year"
        " HAVING max(number) <> count(*) OR min(number) <> 1 LIMIT 20"
    ),
    "a closed contract is paid in full": (
        "SELECT c.code FROM contract c WHERE c.state = 'closed' AND c.amount <> (SELECT coalesce(sum(p.amount), 0)"
        " FROM invoice_payment p JOIN invoice i ON i.id = p.invoice JOIN contract_milestone m ON m.id = i.milestone"
        " WHERE m.contract = c.id) LIMIT 20"
    ),
}

UNDER_LAW = (
    "SELECT code, '/contracts/' || code AS url, title, street, (signed_at AT TIME ZONE 'Asia/Shanghai')::date AS day"
    " FROM contract WHERE state = 'in-force'"
)
"""Open records with the day whose law they are judged by, for `market.law.keeping`."""
