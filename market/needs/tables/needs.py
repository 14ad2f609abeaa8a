"""Needs, and how far their money has gone."""

from decimal import Decimal

from piccolo.columns import (
    JSONB,
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
from piccolo.constraints import Check
from piccolo.table import Table

from market.base.personal import HANDS
from market.needs.tables.money import BudgetLine
from market.people.tables import Organization


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
    duty_basis = Text(null=False, default="")
    risk_note = Text(null=False, default="")
    # The document of the government's consent, where the guiding catalogue does not cover the item
    consent_document = Varchar(length=200, null=False, default="")
    wanted_start_on = Date(null=True, default=None)
    # Small enterprises: set aside for them, or the recorded ground why not
    set_aside = Varchar(length=20, null=False, default="")
    set_aside_reason = Text(null=False, default="")
    # Money
    budget = Numeric(digits=(14, 2), null=False, default=None)
    budget_line = ForeignKey(
        BudgetLine, target_column=BudgetLine.code, null=False, default=None, on_delete=OnDelete.restrict, index=True
    )
    committed = Numeric(digits=(14, 2), null=False, default=Decimal(0))
    paid = Numeric(digits=(14, 2), null=False, default=Decimal(0))
    # What lawful supplements of its contracts added to its budget
    supplements = Numeric(digits=(14, 2), null=False, default=Decimal(0))
    management_cost = Numeric(digits=(14, 2), null=True, default=None)
    # Purchases of the same line, item and year that it was submitted beside, and why it is not one with them
    earlier = JSONB(null=False, default="[]")
    splitting_reason = Text(null=False, default="")
    # How it is bought
    channel = Varchar(length=10, null=False, default="here")
    method = Varchar(length=30, null=False, default="")
    method_grounds = JSONB(null=False, default="[]")
    method_reason = Text(null=False, default="")
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
    # Further hands in its review: of law where it is asked for, of a supervisor where purchases are repeated
    legal_review = Boolean(null=False, default=False)
    law_reviewed_by = Varchar(length=80, null=True, default=None, help_text=HANDS)
    law_reviewed_at = Timestamptz(null=True, default=None)
    law_opinion = Text(null=False, default="")
    supervised_by = Varchar(length=80, null=True, default=None, help_text=HANDS)
    supervised_at = Timestamptz(null=True, default=None)
    supervised_opinion = Text(null=False, default="")

    state_is_of_its_lifecycle = Check(
        "state IN ('draft', 'submitted', 'sent-back', 'approved', 'tendering', 'handed-over', 'awarded', 'contracted',"
        " 'withdrawn')"
    )
    channel_is_known = Check("channel IN ('here', 'official')")
    budget_is_positive = Check("budget > 0")
    contracts_stay_within_budget_and_supplements = Check(
        "supplements >= 0 AND committed >= 0 AND committed <= budget + supplements"
    )
    payments_stay_within_the_contracts = Check("paid >= 0 AND paid <= committed")
    money_is_committed_by_contracts = Check("committed = 0 OR state = 'contracted'")
    reviewer_is_a_second_person = Check("reviewed_by IS NULL OR NOT hands ? reviewed_by")
    decided_has_its_reviewer = Check("state IN ('draft', 'submitted', 'withdrawn') OR reviewed_by IS NOT NULL")
    reviewer_of_law_is_another_person = Check("law_reviewed_by IS NULL OR NOT hands ? law_reviewed_by")
    supervisor_is_another_person = Check("supervised_by IS NULL OR NOT hands ? supervised_by")
    each_review_has_its_own_person = Check("law_reviewed_by IS DISTINCT FROM supervised_by OR law_reviewed_by IS NULL")
    goes_on_with_every_review = Check(
        "state IN ('draft', 'submitted', 'sent-back', 'withdrawn') OR ("
        "(NOT legal_review OR law_reviewed_by IS NOT NULL)"
        " AND (earlier = '[]' OR supervised_by IS NOT NULL))"
    )
    set_aside_is_known = Check(
        "set_aside IN ('', 'reserved', 'policy', 'only-others', 'competition', 'framework', 'province')"
    )
    management_cost_is_within_the_budget = Check("management_cost IS NULL OR management_cost BETWEEN 0 AND budget")
    sent_back_has_its_reason = Check("state <> 'sent-back' OR reason <> ''")
    tendering_bears_a_tender = Check("state <> 'tendering' OR tender IS NOT NULL")
    only_bought_needs_bear_tenders = Check("tender IS NULL OR state IN ('tendering', 'contracted')")
