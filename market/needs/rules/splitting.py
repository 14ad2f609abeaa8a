"""Judgement about purchases that were divided: by law above the open-tender amount, by the house from the limit on."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

import msgspec

from market.base.money import Yuan
from market.base.refusal import Objection, say
from market.law.states import Law


class Earlier(msgspec.Struct, frozen=True, kw_only=True):
    """A purchase of the same budget line and item: what it costs, whether outside, whether by open tender."""

    code: str
    title: str
    amount: Yuan
    official: bool = False
    open_tender: bool = False


def repeated(*, budget: Yuan, official: bool, earlier: Sequence[Earlier], law: Law) -> list[Earlier]:
    """Return the internal purchases with which a need of the internal route reaches the procurement limit.

    A line is of one year, so that line and item say the year too. Rule of this house (HR-1); the limit is H-1's.
    """
    inside = [one for one in earlier if not one.official]
    if official or not inside:
        return []
    return inside if budget + total(inside) >= law.number("H-2.limit") else []


def total(purchases: Iterable[Earlier]) -> Yuan:
    """Return what purchases cost together."""
    return sum((one.amount for one in purchases), Decimal(0))


def objections_to_splitting(
    *, budget: Yuan, official: bool, open_tender: bool, earlier: Sequence[Earlier], reason: str, law: Law
) -> list[Objection]:
    """Object to a purchase that was divided, naming the others.

    Above the open-tender amount by other methods together it is forbidden: 政府采购法实施条例 第二十八条 (H-6). On
    the internal route it needs a reason from the limit on (HR-1).
    """
    objections: list[Objection] = []
    closed = [one for one in earlier if not one.open_tender]
    together = budget + total(closed)
    if closed and not open_tender and together > law.number("H-2.open-tender"):
        words = say(
            "With {codes} of the same line and item this comes to {total_yuan}, above the open-tender amount of"
            " {limit_yuan}: buy it by open tender.",
            codes=[one.code for one in closed],
            total_yuan=together,
            limit_yuan=law.number("H-2.open-tender"),
        )
        objections.append(Objection("budget", words, "H-6"))
    named = repeated(budget=budget, official=official, earlier=earlier, law=law)
    if named and not reason.strip():
        words = say(
            "With {codes} of the same line and item this comes to {total_yuan} and reaches the procurement limit: say"
            " why it is not one purchase.",
            codes=[one.code for one in named],
            total_yuan=budget + total(named),
        )
        objections.append(Objection("splitting_reason", words, "HR-1"))
    return objections
