"""Every movement of a budget line's money, so that a line's sums can be read back to their deeds."""

from decimal import Decimal

from piccolo.columns import BigSerial, ForeignKey, Numeric, OnDelete, Timestamptz, Varchar
from piccolo.constraints import Check
from piccolo.table import Table

from market.base.personal import HANDS
from market.needs.tables.money import BudgetLine

_MONEY = (14, 2)


class BudgetMovement(Table, tablename="budget_movement"):
    """By how much a deed changed a line's amount and its parts; written once, never changed."""

    id = BigSerial(primary_key=True)
    line = ForeignKey(
        BudgetLine, target_column=BudgetLine.code, null=False, default=None, on_delete=OnDelete.restrict, index=True
    )
    at = Timestamptz(null=False, default=None)
    act = Varchar(length=40, null=False, default=None)
    # The need or contract it was done for; empty when the line itself was changed
    subject = Varchar(length=40, null=False, default="")
    document = Varchar(length=200, null=False, default="")
    file = Varchar(length=40, null=False, default="")
    amount = Numeric(digits=_MONEY, null=False, default=Decimal(0))
    reserved = Numeric(digits=_MONEY, null=False, default=Decimal(0))
    committed = Numeric(digits=_MONEY, null=False, default=Decimal(0))
    paid = Numeric(digits=_MONEY, null=False, default=Decimal(0))
    account = Varchar(length=80, null=False, default=None, help_text=HANDS)

    something_moves = Check("amount <> 0 OR reserved <> 0 OR committed <> 0 OR paid <> 0")


INVARIANTS = {
    "a line's sums are what its movements add up to": (
        "SELECT l.code FROM budget_line l LEFT JOIN budget_movement m ON m.line = l.code"
        " GROUP BY l.code, l.amount, l.reserved, l.committed, l.paid HAVING l.amount <> coalesce(sum(m.amount), 0)"
        " OR l.reserved <> coalesce(sum(m.reserved), 0) OR l.committed <> coalesce(sum(m.committed), 0)"
        " OR l.paid <> coalesce(sum(m.paid), 0) LIMIT 20"
    ),
}
