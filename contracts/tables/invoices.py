"""Invoices, their credit notes, and what was paid on them."""

from decimal import Decimal

from piccolo.columns import (
    BigSerial,
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

from contracts.tables.contracts import MONEY, Milestone
from market.base.personal import HANDS, OWN


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
    amount = Numeric(digits=MONEY, null=False, default=None)
    credited = Numeric(digits=MONEY, null=False, default=Decimal(0))
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
    # The payment clock: when time warned and found it overdue, and when it acts next
    warned_at = Timestamptz(null=True, default=None)
    overdue_at = Timestamptz(null=True, default=None)
    next_turn_at = Timestamptz(null=True, default=None, index=True)
    judged_by = Varchar(length=80, null=True, default=None, help_text=HANDS)
    judged_at = Timestamptz(null=True, default=None)
    reasons = Text(null=False, default="")

    amount_is_positive = Check("amount > 0")
    credited_is_a_part = Check("credited >= 0 AND credited <= amount")
    state_of_invoice_is_known = Check("state IN ('submitted', 'returned', 'approved', 'credited', 'paid')")
    credited_in_full_when_credited = Check("state <> 'credited' OR credited = amount")
    tax_status_is_known = Check("tax_status IN ('exempt', 'small-scale', 'general')")
    judged_once_judged = Check("state = 'credited' OR (judged_by IS NULL) = (state = 'submitted')")
    returned_with_reasons = Check("state <> 'returned' OR reasons <> ''")
    clock_waits_for_payment_alone = Check(
        "next_turn_at IS NULL OR (state IN ('submitted', 'approved') AND overdue_at IS NULL)"
    )
    one_invoice_per_number = Unique([supplier, year, number])


class Payment(Table, tablename="invoice_payment"):
    """Money that the street paid on an invoice."""

    id = BigSerial(primary_key=True)
    invoice = ForeignKey(Invoice, null=False, on_delete=OnDelete.restrict)
    number = Integer(null=False, default=None)
    amount = Numeric(digits=MONEY, null=False, default=None)
    paid_on = Date(null=False, default=None)
    reference = Varchar(length=200, null=False, default=None)
    recorded_by = Varchar(length=80, null=False, default=None, help_text=HANDS)
    recorded_at = Timestamptz(null=False, default=None)

    amount_is_positive = Check("amount > 0")
    one_payment_per_number = Unique([invoice, number])


class CreditNote(Table, tablename="credit_note"):
    """What the supplier takes back of an invoice; its own numbers run without gaps per supplier and year."""

    id = BigSerial(primary_key=True)
    code = Varchar(length=40, null=False, default=None, unique=True)
    supplier = Varchar(length=18, null=False, default=None)
    year = Integer(null=False, default=None)
    number = Integer(null=False, default=None)
    invoice = ForeignKey(Invoice, null=False, on_delete=OnDelete.restrict, index=True)
    amount = Numeric(digits=MONEY, null=False, default=None)
    reasons = Text(null=False, default=None)
    issued_by = Varchar(length=80, null=False, default=None, help_text=HANDS)
    issued_at = Timestamptz(null=False, default=None)

    amount_is_positive = Check("amount > 0")
    one_credit_note_per_number = Unique([supplier, year, number])


class Fapiao(Table):
    """An official electronic invoice of the tax authority that stands behind an invoice.

    `live_number` is its number while it serves: an invoice that was sent back, or credited in full, sets it free.
    """

    id = BigSerial(primary_key=True)
    invoice = ForeignKey(Invoice, null=False, on_delete=OnDelete.restrict, index=True)
    number = Varchar(length=20, null=False, default=None)
    live_number = Varchar(length=20, null=True, default=None)
    issued_on = Date(null=False, default=None)
    amount = Numeric(digits=MONEY, null=False, default=None)
    file = Varchar(length=40, null=False, default=None)
    recorded_by = Varchar(length=80, null=False, default=None, help_text=HANDS)
    recorded_at = Timestamptz(null=False, default=None)

    amount_is_positive = Check("amount > 0")
    number_has_digits = Check("number ~ '^([0-9]{8}|[0-9]{20})$'")
    serves_under_its_number = Check("live_number IS NULL OR live_number = number")
    one_use_of_a_fapiao = Unique([live_number])


INVARIANTS = {
    "the clock of payment waits for every open invoice that is not overdue": (
        "SELECT code FROM invoice WHERE (next_turn_at IS NOT NULL)"
        " <> (state IN ('submitted', 'approved') AND overdue_at IS NULL) LIMIT 20"
    ),
    "a fapiao serves as long as its invoice asks for money, and for no more than it asks": (
        "SELECT i.code FROM invoice i JOIN fapiao f ON f.invoice = i.id GROUP BY i.id"
        " HAVING bool_or((f.live_number IS NULL) <> (i.state IN ('returned', 'credited')))"
        " OR sum(f.amount) > i.amount LIMIT 20"
    ),
    "no more is invoiced than is accepted": (
        "SELECT m.id FROM contract_milestone m JOIN invoice i ON i.milestone = m.id AND i.state <> 'returned'"
        " GROUP BY m.id HAVING sum(i.amount - i.credited) > m.amount OR m.accepted_at IS NULL LIMIT 20"
    ),
    "no more is paid than is invoiced, and all of it when paid": (
        "SELECT i.code FROM invoice i LEFT JOIN invoice_payment p ON p.invoice = i.id GROUP BY i.id"
        " HAVING coalesce(sum(p.amount), 0) > i.amount - i.credited"
        " OR (coalesce(sum(p.amount), 0) = i.amount - i.credited) <> (i.state IN ('paid', 'credited'))"
        " OR (count(p.id) > 0 AND i.state NOT IN ('approved', 'paid')) LIMIT 20"
    ),
    "what is credited of an invoice is the sum of its credit notes": (
        "SELECT i.code FROM invoice i LEFT JOIN credit_note n ON n.invoice = i.id GROUP BY i.id"
        " HAVING i.credited <> coalesce(sum(n.amount), 0) LIMIT 20"
    ),
    "credit note numbers have no gap": (
        "SELECT supplier, year FROM credit_note GROUP BY supplier, year"
        " HAVING max(number) <> count(*) OR min(number) <> 1 LIMIT 20"
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
}
