"""What a contract begins with: a template filled from award and requirement, and what a draft made of it."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

import msgspec

from contracts.rules.terms import Award, MilestoneTerm
from market.base.money import Yuan
from market.base.refusal import Said, say
from market.law.states import Law
from market.needs.rules.needs import Target

CLAUSES: dict[str, Said] = {
    "content": say("Content of the service"),
    "quantity": say("Quantity"),
    "quality": say("Quality and service standards"),
    "settlement": say("Settlement and progress of payment"),
    "acceptance": say("Standard and method of acceptance"),
    "duties": say("Rights and duties"),
    "breach": say("Liability for breach"),
    "late_payment": say("Liability for late payment"),
}
"""Every clause a template has, in the order in which a contract shows them."""

_BLANK = "＿＿＿＿"
_PLACE = re.compile(r"\{\{([a-z_]+)\}\}")
_SPACES = re.compile(r"\s+")
_DAY = timedelta(days=1)


class Requirement(msgspec.Struct, frozen=True, kw_only=True):
    """What the need fixed before anybody offered; empty where it left something open."""

    category: str
    description: str
    standard: str
    quantity: Decimal
    unit: str
    served: str
    beneficiaries: int
    place: str
    targets: list[Target]


class Template(msgspec.Struct, frozen=True, kw_only=True):
    """The template of one type of service in the edition of a day; `title` is empty for the common one."""

    code: str
    title: str
    clauses: dict[str, str]


class Weight(StrEnum):
    """How what a contract says stands to what was announced or offered."""

    #: Word for word.
    SAME = "same"
    #: Said otherwise: the lawyer judges whether the substance is the same.
    WORDING = "wording"
    #: The service begins on another day, but lasts no longer than announced.
    SHIFTED = "shifted"
    #: Something else than was announced or won: refused when drafted.
    SUBSTANCE = "substance"


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """One point of a contract beside what was announced; days, amounts and texts as they are."""

    field: str
    label: Said
    announced: Any
    drafted: Any
    weight: Weight


class Text(msgspec.Struct, frozen=True, kw_only=True):
    """A contract as it is compared: its price, term [from, until), milestones and clauses."""

    amount: Yuan
    from_on: date
    until_on: date
    milestones: list[MilestoneTerm]
    clauses: dict[str, str]


def template_of(
    *, editions: Sequence[Mapping[str, Any]], common: Mapping[str, str], category: str, on: date
) -> Template:
    """Return the template of a category in the newest edition that holds on a day, over the common clauses.

    Before the first edition, and for a category it does not know, the common clauses stand alone.
    """
    held = [edition for edition in editions if date.fromisoformat(edition["from_on"]) <= on]
    if not held:
        return Template(code="", title="", clauses=dict(common))
    edition = max(held, key=lambda one: str(one["from_on"]))
    kind = edition["types"].get(category, {"title": "", "clauses": {}})
    code = f"{edition['code']}/{category}" if category in edition["types"] else str(edition["code"])
    return Template(code=code, title=kind["title"], clauses={**common, **edition["clauses"], **kind["clauses"]})


def filled(clauses: Mapping[str, str], values: Mapping[str, str]) -> dict[str, str]:
    """Return clauses with their places filled; what is not known becomes a blank to write in.

    >>> filled({"quantity": "{{quantity}}，地点为{{place}}。"}, {"quantity": "12 场", "place": ""})
    {'quantity': '12 场，地点为＿＿＿＿。'}
    """
    return {
        name: _PLACE.sub(lambda found: values.get(found[1], "") or _BLANK, text).strip()
        for name, text in clauses.items()
    }


def values_for(*, amount: Yuan, requirement: Requirement, law: Law) -> dict[str, str]:
    """Return what the places of a template are filled with."""
    return {
        "content": requirement.description,
        "quantity": quantity_of(requirement),
        "served": requirement.served,
        "place": requirement.place,
        "standard": requirement.standard,
        "amount": f"{amount:,.2f} 元",
        "payment_days": str(int(law.number("C-13"))),
    }


def quantity_of(requirement: Requirement) -> str:
    """Return the quantity of a requirement with its unit, "" when it has none."""
    return f"{requirement.quantity.normalize():f} {requirement.unit}".strip() if requirement.quantity else ""


def compared_with_award(*, text: Text, award: Award, requirement: Requirement) -> list[Compared]:
    """Return price, term, milestones, quantity and standard beside the award and its notice, each with its weight.

    Quantity and standard repeat the requirement when its very words stand in the clause. Law: 政府采购法 第四十六条.
    """
    return [
        _point("amount", say("Contract amount"), award.amount, text.amount),
        _term(text, award),
        _point("milestones", say("Milestones"), _stages(award.milestones), _stages(text.milestones)),
        _worded("quantity", quantity_of(requirement), text.clauses["quantity"]),
        _worded("quality", requirement.standard, text.clauses["quality"]),
    ]


def compared_with_template(*, text: Text, offered: Mapping[str, str]) -> list[Compared]:
    """Return the clauses that were changed from what the template offered, in the contract's order.

    A clause of which it offers nothing departs from nothing.
    """
    return [
        Compared(field=field, label=label, announced=offered[field], drafted=drafted, weight=Weight.WORDING)
        for field, label in CLAUSES.items()
        if field in offered and _plain(offered[field]) != _plain(drafted := text.clauses[field])
    ]


def _point(field: str, label: Said, announced: Any, drafted: Any) -> Compared:
    weight = Weight.SAME if announced == drafted else Weight.SUBSTANCE
    return Compared(field=field, label=label, announced=announced, drafted=drafted, weight=weight)


def _term(text: Text, award: Award) -> Compared:
    announced, drafted = (award.from_on, award.until_on), (text.from_on, text.until_on)
    longer = drafted[1] - drafted[0] > announced[1] - announced[0]
    weight = Weight.SAME if announced == drafted else Weight.SUBSTANCE if longer else Weight.SHIFTED
    return Compared(
        field="until_on",
        label=say("Term"),
        announced=(announced[0], announced[1] - _DAY),
        drafted=(drafted[0], drafted[1] - _DAY),
        weight=weight,
    )


def _worded(field: str, announced: str, drafted: str) -> Compared:
    weight = Weight.SAME if _plain(announced) in _plain(drafted) else Weight.WORDING
    return Compared(field=field, label=CLAUSES[field], announced=announced, drafted=drafted, weight=weight)


def _stages(milestones: Sequence[MilestoneTerm]) -> list[tuple[int, str, date, Decimal]]:
    return [(m.number, m.title, m.due_on, m.share) for m in milestones]


def _plain(text: str) -> str:
    return _SPACES.sub("", text)
