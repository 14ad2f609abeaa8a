"""The editions of indicator templates: those of the data file and those that people added, and which one counts."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from evaluations.rules.templates import COMMON, edition_on, family_for, templates_of
from evaluations.states import TEMPLATE, Act, Kind, Template, TemplateState
from market.base.calendar import local_date
from market.base.database import one, rows
from market.base.records import Listing, Record, acts_for
from market.base.refusal import NotFound
from market.people.states import User

_DATA = Path(__file__).resolve().parents[1] / "data" / "templates.json"


class TemplateLine(Record, frozen=True, kw_only=True):
    """An edition in the list."""

    family: str
    title_zh: str
    title_en: str
    category: str
    in_force_from: date
    leaves: int
    used: int


class TemplateCard(Record, frozen=True, kw_only=True):
    """An edition in full: tree, weights, formulas, evidence and source."""

    title: str
    template: Template
    used: int
    editions: list[str]


@cache
def built_in() -> dict[str, Template]:
    """Return the editions of the data file, by code."""
    return {each.code: each for each in templates_of(json.loads(_DATA.read_text(encoding="utf-8"))["templates"])}


async def template_named(code: str) -> Template:
    """Return an edition; an unknown code is a fault of ours and raises KeyError."""
    if code in built_in():
        return built_in()[code]
    row = await one("SELECT * FROM indicator_template WHERE code = $1", code)
    if row is None:
        raise KeyError(code)
    return _added(row)


async def templates_known() -> list[Template]:
    """Return every edition, those of the data file first."""
    return [*built_in().values(), *(_added(row) for row in await rows("SELECT * FROM indicator_template ORDER BY id"))]


def _added(row: Mapping[str, Any]) -> Template:
    """Return an edition that somebody added; what its family is for is told by the data file."""
    model = next(each for each in built_in().values() if each.family == row["family"])
    return msgspec.convert(
        {**row, "status": "D", "category": model.category, "lasting": model.lasting}, Template, strict=False
    )


async def template_for(*, kind: Kind, category: str, day: date) -> Template:
    """Return the edition by which an evaluation planned on a day is judged."""
    known = await templates_known()
    found = edition_on(family=family_for(kind=kind, category=category, known=known), day=day, known=known)
    return found or built_in()[f"{COMMON}-2026"]


def state_on(template: Template, *, day: date, known: list[Template]) -> TemplateState:
    """Return whether an edition holds on a day."""
    if template.in_force_from > day:
        return TemplateState.COMING
    newest = edition_on(family=template.family, day=day, known=known)
    return TemplateState.IN_FORCE if newest == template else TemplateState.REPLACED


async def templates_page(*, now: datetime) -> Listing[TemplateLine]:
    """Return every edition, the newest of each family first; there are as many as there are years, not more."""
    known = await templates_known()
    used = await _used()
    ordered = sorted(known, key=lambda each: (each.family, -each.in_force_from.toordinal()))
    first_comes = sorted(ordered, key=lambda each: each.family != COMMON)
    items = [
        TemplateLine(
            code=each.code,
            state=state_on(each, day=local_date(now), known=known),
            url=f"/evaluations/templates/{each.code}",
            acts=[],
            family=each.family,
            title_zh=each.title_zh,
            title_en=each.title_en,
            category=each.category,
            in_force_from=each.in_force_from,
            leaves=len(each.leaves),
            used=used.get(each.code, 0),
        )
        for each in first_comes
    ]
    return Listing(items=items, next=None)


async def template_card(*, code: str, user: User, now: datetime) -> TemplateCard:
    """Return an edition in full. Raises NotFound."""
    known = await templates_known()
    found = next((each for each in known if each.code == code), None)
    if found is None:
        raise NotFound
    state = state_on(found, day=local_date(now), known=known)
    return TemplateCard(
        code=found.code,
        state=state,
        url=f"/evaluations/templates/{found.code}",
        acts=acts_for(kind=TEMPLATE.kind, code=found.code, state=state, by=user, facts=frozenset()),
        title=found.title_zh,
        template=found,
        used=(await _used()).get(code, 0),
        editions=[each.code for each in known if each.family == found.family and each.code != code],
    )


def may_add(user: User) -> bool:
    """Tell whether somebody may add an edition."""
    return bool(user.roles & TEMPLATE.step(Act.ADD_TEMPLATE).by)


async def _used() -> dict[str, int]:
    found = await rows("SELECT template, count(*)::int AS used FROM evaluation GROUP BY template")
    return {row["template"]: row["used"] for row in found}
