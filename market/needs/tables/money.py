"""Budget lines; their sums refuse by themselves to be overspent."""

from decimal import Decimal

from piccolo.columns import BigSerial, ForeignKey, Integer, Numeric, OnDelete, Timestamptz, Varchar
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
    # Whose task the money follows, and the document that allots or hands it
    from_unit = Varchar(length=200, null=False, default="")
    document = Varchar(length=200, null=False, default="")
    file = Varchar(length=40, null=False, default="")
    revision = Integer(null=False, default=1)
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
