"""Judgement of the registers: what a service of the menu must say, what is bought centrally, words for the search."""

from collections.abc import Collection, Iterable
from decimal import Decimal

import msgspec

from market.base.refusal import Objection, say
from market.base.terms import terms


class Indicator(msgspec.Struct, frozen=True, kw_only=True):
    """What is measured of a service: a number with its unit that good delivery reaches."""

    name: str
    number: Decimal
    unit: str


class MenuItemWords(msgspec.Struct, frozen=True, kw_only=True):
    """What a service of the menu says: names, unit, the official item and category it maps to, reference prices."""

    name_zh: str
    name_en: str = ""
    unit_zh: str
    unit_en: str = ""
    item: str
    category: str
    price_from: Decimal | None = None
    price_until: Decimal | None = None
    standard: str = ""
    indicators: tuple[Indicator, ...] = ()
    staff: str = ""
    evidence: str = ""


def objections_to_menu_item(
    *, menu_item: MenuItemWords, items: Collection[str], categories: Collection[str], names: Collection[str]
) -> list[Objection]:
    """Object to a service whose item or category is not in use, whose name is taken, or whose prices cross."""
    objections: list[Objection] = []
    if not menu_item.name_zh.strip():
        objections.append(Objection("name_zh", say("Give the service a name.")))
    elif menu_item.name_zh.strip() in names:
        objections.append(Objection("name_zh", say("The menu already has a service of this name.")))
    if not menu_item.unit_zh.strip():
        objections.append(Objection("unit_zh", say("Name the unit in which the service is counted.")))
    if menu_item.item not in items:
        objections.append(Objection("item", say("This official item code is not in use."), "N-12"))
    if menu_item.category not in categories:
        objections.append(Objection("category", say("This category is not in use.")))
    prices = (menu_item.price_from, menu_item.price_until)
    if any(price is not None and price <= 0 for price in prices):
        objections.append(Objection("price_from", say("A reference price is more than nothing.")))
    if (
        menu_item.price_from is not None
        and menu_item.price_until is not None
        and menu_item.price_until < menu_item.price_from
    ):
        objections.append(Objection("price_until", say("The upper reference price is below the lower one.")))
    return [*objections, *_objections_to_indicators(menu_item.indicators)]


def _objections_to_indicators(indicators: Iterable[Indicator]) -> Iterable[Objection]:
    """Law: what a contract is measured by must be measurable, 财库〔2021〕22号 (K-1)."""
    for row, indicator in enumerate(indicators):
        if not indicator.name.strip():
            yield Objection(f"indicators.{row}.name", say("Say what is measured."), "K-1")
        if indicator.number <= 0:
            yield Objection(f"indicators.{row}.number", say("An indicator needs a number above nothing."), "K-1")
        if not indicator.unit.strip():
            yield Objection(f"indicators.{row}.unit", say("An indicator needs a unit."), "K-1")


def objections_to_guiding_entry(
    *, code: str, name_zh: str, parent: str | None, names: Collection[str], codes: Collection[str], is_new: bool
) -> list[Objection]:
    """Object to a guiding entry without name, under a name or code that is taken, or below one that is not there.

    `names` and `codes` are those of the other entries in use; a code begins with the code above it.
    """
    objections: list[Objection] = []
    if not name_zh.strip():
        objections.append(Objection("name_zh", say("Give the entry a name.")))
    elif name_zh.strip() in names:
        objections.append(Objection("name_zh", say("The guiding catalogue already has an entry of this name.")))
    if not is_new:
        return objections
    if code in codes:
        objections.append(Objection("code", say("This code is taken.")))
    if parent is None or parent not in codes:
        objections.append(Objection("parent", say("This entry is not in the guiding catalogue.")))
    elif not (code.startswith(parent) and len(code) > len(parent)):
        objections.append(Objection("code", say("A code begins with the code above it.")))
    return objections


def is_central(*, item: str, parents: Iterable[str], central: Collection[str]) -> bool:
    """Return whether an item, or one above it, is in the central procurement catalogue."""
    return item in central or any(parent in central for parent in parents)


def entry_terms(*, code: str, name_zh: str, name_en: str) -> tuple[str, ...]:
    """Return the terms under which an entry of a register is found."""
    return terms(code, name_zh, name_en)
