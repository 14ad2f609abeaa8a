"""Judgement about budget lines: what may be allotted, reserved, committed and paid."""

from datetime import date
from decimal import Decimal

import msgspec

from market.base.money import Yuan
from market.base.refusal import Objection, say
from market.needs.states import Source


class LineFacts(msgspec.Struct, frozen=True, kw_only=True):
    """A budget line as a rule sees it; reserved, committed and paid are parts of the amount that do not overlap."""

    code: str
    street: str
    year: int
    amount: Yuan
    reserved: Yuan = Decimal(0)
    committed: Yuan = Decimal(0)
    paid: Yuan = Decimal(0)

    @property
    def available(self) -> Yuan:
        """Return what can still be reserved."""
        return self.amount - self.reserved - self.committed - self.paid


class Allotted(msgspec.Struct, frozen=True, kw_only=True):
    """Money of a year as a budget officer allots it, or takes it over from the department whose task it follows."""

    title: str
    year: int
    source: Source
    amount: Yuan
    from_unit: str = ""
    document: str = ""
    file: str = ""


def objections_to_reservation(*, budget: Yuan, line: LineFacts) -> list[Objection]:
    """Object when a line has less left than the need asks for. Law: budget first, 政府购买服务管理办法 (N-10)."""
    if budget <= line.available:
        return []
    words = say("The budget line has only {left_yuan} left.", left_yuan=line.available)
    return [Objection("budget", words, "N-10")]


def objections_to_line(*, line: Allotted, today: date) -> list[Objection]:
    """Object to a budget line without title or amount, or of a year that has gone or is more than one ahead."""
    objections: list[Objection] = []
    if not line.title.strip():
        objections.append(Objection("title", say("Give the budget line a title.")))
    if line.amount <= 0:
        objections.append(Objection("amount", say("The amount is more than nothing.")))
    if not today.year <= line.year <= today.year + 1:
        objections.append(Objection("year", say("A budget line is of this year or the next.")))
    return objections


def objections_to_handing(line: Allotted) -> list[Objection]:
    """Object to money handed over that does not name its department, its document and the file (N-10)."""
    needed = {"from_unit": line.from_unit, "document": line.document, "file": line.file}
    words = say("Money that follows its task comes with the department, the document and its file.")
    return [Objection(name, words, "N-10") for name, given in needed.items() if not given.strip()]


def objections_to_adjustment(*, line: LineFacts, amount: Yuan, document: str) -> list[Objection]:
    """Object to an amount below what the line has reserved, committed and paid, without change or document (N-10)."""
    objections: list[Objection] = []
    used = line.amount - line.available
    if amount <= 0:
        objections.append(Objection("amount", say("The amount is more than nothing.")))
    elif amount < used:
        words = say("{used_yuan} of this line are used already; it cannot be lowered below that.", used_yuan=used)
        objections.append(Objection("amount", words, "N-10"))
    elif amount == line.amount:
        objections.append(Objection("amount", say("This is the amount that the line has.")))
    if not document.strip():
        objections.append(Objection("document", say("Name the document that changes the amount."), "N-10"))
    return objections


def objections_to_commitment(*, budget: Yuan, committed: Yuan, amount: Yuan) -> list[Objection]:
    """Object when contracts on a need together pass its budget (M-8: above the budget nothing is awarded)."""
    if amount <= 0:
        return [Objection("amount", say("The amount is more than nothing."))]
    if committed + amount > budget:
        words = say("The need's budget of {budget_yuan} does not cover this amount.", budget_yuan=budget)
        return [Objection("amount", words, "M-8")]
    return []


def objections_to_payment(*, committed: Yuan, paid: Yuan, amount: Yuan) -> list[Objection]:
    """Object when payments on a need together pass what its contracts committed."""
    if amount <= 0:
        return [Objection("amount", say("The amount is more than nothing."))]
    if paid + amount > committed:
        words = say("Only {left_yuan} of the committed money is not paid yet.", left_yuan=committed - paid)
        return [Objection("amount", words, "C-15")]
    return []
