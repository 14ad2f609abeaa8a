"""Judgement about the law itself: which provisions hold on a day in a place, and how one is cited."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from market.base.refusal import Objection, say
from market.law.states import Law, Provision, State, Unit

_RULE = re.compile(r"[A-Z][A-Za-z0-9]*-[A-Za-z0-9.-]{1,36}", re.ASCII)
_NATIONAL = 0
_CITY = 1
_DISTRICT = 2
_STREET = 3

_UNITS = {
    "zh": {
        Unit.DAYS: "{}日",
        Unit.WORKING_DAYS: "{}个工作日",
        Unit.YUAN: "{}元",
        Unit.COUNT: "{}",
        Unit.YEARS: "{}年",
        Unit.MONTHS: "{}个月",
        Unit.POINTS: "{}分",
        Unit.MINUTES: "{}分钟",
        Unit.SHARE: "{}",
        Unit.NONE: "{}",
    },
    "en": {
        Unit.DAYS: "{} days",
        Unit.WORKING_DAYS: "{} working days",
        Unit.YUAN: "{} yuan",
        Unit.COUNT: "{}",
        Unit.YEARS: "{} years",
        Unit.MONTHS: "{} months",
        Unit.POINTS: "{} points",
        Unit.MINUTES: "{} minutes",
        Unit.SHARE: "{}",
        Unit.NONE: "{}",
    },
}


def law_of(*, provisions: Iterable[Provision], day: date, district: str = "", street: str = "") -> Law:
    """Return the provisions in force on a day in a place, one per id.

    The nearest scope wins (street, district, city, nation); within a scope the newest. A provision holds from its
    first day on and until the day before `in_force_until`. What has ended and was the nearest is told as `ended`.
    """
    chosen: dict[str, tuple[int, Provision]] = {}
    over: dict[str, tuple[int, Provision]] = {}
    for provision in provisions:
        nearness = _nearness(scope=provision.scope, district=district, street=street)
        if nearness is None:
            continue
        if not is_in_force(provision=provision, day=day):
            if provision.in_force_from <= day:
                over[provision.id] = max(
                    over.get(provision.id, (nearness, provision)), (nearness, provision), key=_last
                )
            continue
        best = chosen.get(provision.id)
        if best is None or (nearness, provision.in_force_from) > (best[0], best[1].in_force_from):
            chosen[provision.id] = (nearness, provision)
    ended = [last for rule, (near, last) in over.items() if rule not in chosen or near > chosen[rule][0]]
    return Law((provision for _, provision in chosen.values()), ended=ended)


def _last(found: tuple[int, Provision]) -> date:
    return found[1].in_force_from


def turning_days(provisions: Iterable[Provision]) -> tuple[date, ...]:
    """Return the days on which a provision begins or has ended, in order; between two of them the law stands still."""
    days: set[date] = set()
    for provision in provisions:
        days |= {provision.in_force_from, provision.in_force_until or provision.in_force_from}
    return tuple(sorted(days))


def is_in_force(*, provision: Provision, day: date) -> bool:
    """Return whether a provision holds on a day."""
    return provision.in_force_from <= day and (provision.in_force_until is None or day < provision.in_force_until)


def _nearness(*, scope: str, district: str, street: str) -> int | None:
    places = {"national": _NATIONAL, "city": _CITY}
    if district:
        places[f"district:{district}"] = _DISTRICT
    if street:
        places[f"street:{street}"] = _STREET
    return places.get(scope)


def state_of(*, provision: Provision, day: date) -> State:
    """Return whether a provision is still to come, in force or gone on a day."""
    if day < provision.in_force_from:
        return State.COMING
    return State.IN_FORCE if is_in_force(provision=provision, day=day) else State.EXPIRED


def cite(provision: Provision, lang: str) -> str:
    """Return the citation as shown beside a deadline or a refusal; `lang` is `zh` or `en` (also `zh_CN`, `en_GB`).

    The article stays Chinese in both languages, since that is its name.
    """
    if lang.startswith("zh"):
        return f"{provision.article}：{provision.title_zh}"
    return f"{provision.article}: {provision.title_en}"


def value_in_words(value: Decimal | None, unit: Unit, lang: str) -> str:
    """Return a number with its unit, "" when there is none; shares as per cent, yuan with thousands marked."""
    if value is None:
        return ""
    return _UNITS["zh" if lang.startswith("zh") else "en"][unit].format(_figure(value, unit))


def _figure(value: Decimal, unit: Unit) -> str:
    if unit is Unit.SHARE and value <= 1:
        return f"{_plain(value * 100)}%"
    if unit is Unit.YUAN:
        return f"{value:,.0f}" if value == value.to_integral_value() else f"{value:,.2f}"
    return _plain(value)


def _plain(value: Decimal) -> str:
    return format(value.normalize(), "f")


def objections_to_provision(*, provision: Provision, others: Iterable[Provision], today: date) -> list[Objection]:
    """Object to a new provision that is malformed, ends before it begins, reaches back or doubles one that stands.

    A record is judged by the law of the day of its publication: a provision added with a day in the past would
    change what was lawful then.
    """
    objections: list[Objection] = []
    if not _RULE.fullmatch(provision.id):
        objections.append(
            Objection("rule", say("Give the rule's id as in L-1.consultation: letters, digits, dots, hyphens."))
        )
    if not provision.article.strip():
        objections.append(Objection("article", say("Cite the act and the article.")))
    if not (provision.title_zh.strip() and provision.title_en.strip()):
        objections.append(Objection("title_zh", say("Give the title in Chinese and in English.")))
    if not _is_scope(provision.scope):
        objections.append(Objection("scope", say("The scope is national, city, district:NAME or street:CODE.")))
    if provision.value is not None and (provision.value < 0 or not provision.value.is_finite()):
        objections.append(Objection("value", say("The value may not be negative.")))
    if provision.value is None and provision.unit is not Unit.NONE:
        objections.append(Objection("value", say("A unit needs a value.")))
    if provision.in_force_from < today:
        objections.append(
            Objection("in_force_from", say("A new provision may not reach back before today ({today}).", today=today))
        )
    if provision.in_force_until is not None and provision.in_force_until <= provision.in_force_from:
        objections.append(Objection("in_force_until", say("A provision ends after it begins.")))
    if any(_is_twin(provision, other) for other in others):
        objections.append(Objection("rule", say("This rule already has a provision from that day in that scope.")))
    return objections


def _is_scope(scope: str) -> bool:
    kind, mark, name = scope.partition(":")
    return scope in ("national", "city") or (kind in ("district", "street") and bool(mark) and bool(name.strip()))


def _is_twin(one: Provision, other: Provision) -> bool:
    return (one.id, one.scope, one.in_force_from) == (other.id, other.scope, other.in_force_from)
