"""Budget lines and the needs that spend them; the sums refuse by themselves to be overspent."""

from decimal import Decimal

from piccolo.columns import (
    JSONB,
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
from piccolo.constraints import Check
from piccolo.table import Table

from market.base.personal import HANDS
from market.people.tables import Organization


class BudgetLine(Table, tablename="budget_line"):
    """Money of a street for a year; reserved, committed and paid are parts of the amount that do not overlap."""

    id = BigSerial(primary_key=True)
    code = Varchar(length=40, null=False, default=None, unique=True)
    street = ForeignKey(
        Organization, target_column=Organization.code, null=False, default=None, on_delete=OnDelete.restrict, index=True
    )
    year = Integer(null=False, default=None)
    title = Varchar(length=200, null=False, default=None)
    source = Varchar(length=20, null=False, default=None)
    # Money
    amount = Numeric(digits=(14, 2), null=False, default=None)
    reserved = Numeric(digits=(14, 2), null=False, default=Decimal(0))
    committed = Numeric(digits=(14, 2), null=False, default=Decimal(0))
    paid = Numeric(digits=(14, 2), null=False, default=Decimal(0))
    # Lifecycle
    state = Varchar(length=20, null=False, default="allotted")
    allotted_at = Timestamptz(null=False, default=None)
    allotted_by = Varchar(length=80, null=False, default=None, help_text=HANDS)

    amount_is_positive = Check("amount > 0")
    parts_are_not_negative = Check("reserved >= 0 AND committed >= 0 AND paid >= 0")
    never_overspent = Check("reserved + committed + paid <= amount")
    source_is_known = Check("source IN ('city', 'district', 'street', 'fund')")


class Need(Table):
    """What a street wants to buy for its residents, and how far its money has gone."""

    id = BigSerial(primary_key=True)
    code = Varchar(length=40, null=False, default=None, unique=True)
    street = ForeignKey(
        Organization, target_column=Organization.code, null=False, default=None, on_delete=OnDelete.restrict, index=True
    )
    revision = Integer(null=False, default=1)
    # What
    title = Varchar(length=200, null=False, default=None)
    item = Varchar(length=20, null=False, default="")
    menu_item = Varchar(length=20, null=False, default="")
    category = Varchar(length=20, null=False, default="")
    # The edition of the menu that the need was made under
    edition = Varchar(length=40, null=False, default="")
    description = Text(null=False, default="")
    standard = Text(null=False, default="")
    quantity = Numeric(digits=(14, 2), null=True, default=None)
    unit = Varchar(length=40, null=False, default="")
    served = Varchar(length=200, null=False, default="")
    beneficiaries = Integer(null=True, default=None)
    place = Varchar(length=200, null=False, default="")
    term_months = Integer(null=True, default=None)
    long_term = JSONB(null=False, default="{}")
    targets = JSONB(null=False, default="[]")
    # Why it may be bought
    answers = JSONB(null=False, default="{}")
    consulted_on = Date(null=True, default=None)
    consulted_how = Text(null=False, default="")
    surveyed_on = Date(null=True, default=None)
    surveyed = JSONB(null=False, default="[]")
    # Money
    budget = Numeric(digits=(14, 2), null=False, default=None)
    budget_line = ForeignKey(
        BudgetLine, target_column=BudgetLine.code, null=False, default=None, on_delete=OnDelete.restrict, index=True
    )
    committed = Numeric(digits=(14, 2), null=False, default=Decimal(0))
    paid = Numeric(digits=(14, 2), null=False, default=Decimal(0))
    # Lifecycle
    state = Varchar(length=20, null=False, default=None, index=True)
    hands = JSONB(null=False, default="[]")
    drafted_by = Varchar(length=80, null=False, default=None, help_text=HANDS)
    drafted_at = Timestamptz(null=False, default=None)
    submitted_at = Timestamptz(null=True, default=None)
    reviewed_by = Varchar(length=80, null=True, default=None, help_text=HANDS)
    reviewed_at = Timestamptz(null=True, default=None)
    reason = Text(null=False, default="")
    tender = Varchar(length=40, null=True, default=None)

    state_is_known = Check("state IN ('draft', 'submitted', 'sent-back', 'approved', 'tendering', 'contracted')")
    budget_is_positive = Check("budget > 0")
    contracts_stay_within_the_budget = Check("committed >= 0 AND committed <= budget")
    payments_stay_within_the_contracts = Check("paid >= 0 AND paid <= committed")
    only_contracts_commit_money = Check("(state = 'contracted') = (committed > 0)")
    reviewer_is_a_second_person = Check("reviewed_by IS NULL OR NOT hands ? reviewed_by")
    reviewed_has_its_reviewer = Check("state IN ('draft', 'submitted') OR reviewed_by IS NOT NULL")
    sent_back_has_its_reason = Check("state <> 'sent-back' OR reason <> ''")
    tendering_has_its_tender = Check("(state IN ('tendering', 'contracted')) = (tender IS NOT NULL)")


INVARIANTS = {
    "what a line has reserved is what its open needs ask for": (
        "SELECT l.code FROM budget_line l WHERE l.reserved <> (SELECT coalesce(sum(n.budget), 0) FROM need n"
        " WHERE n.budget_line = l.code AND n.state IN ('submitted', 'approved', 'tendering')) LIMIT 20"
    ),
    "what a line has committed and paid is what its needs have": (
        "SELECT l.code FROM budget_line l LEFT JOIN need n ON n.budget_line = l.code"
        " GROUP BY l.code, l.committed, l.paid HAVING l.committed <> coalesce(sum(n.committed - n.paid), 0)"
        " OR l.paid <> coalesce(sum(n.paid), 0) LIMIT 20"
    ),
    "a need spends a line of its own street": (
        "SELECT n.code FROM need n JOIN budget_line l ON l.code = n.budget_line WHERE l.street <> n.street LIMIT 20"
    ),
}
