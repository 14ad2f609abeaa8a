"""The doors of the directory's search: the list with its facets, and what they count."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

import msgspec
from litestar import Response

from catalogs import queries
from catalogs.pages.words import WORDS
from catalogs.queries.searches import category_names_in
from catalogs.rules.searches import FACET_WORDS, STANDING_FACET_WORDS, StandingFacet, Wanted
from market.base.calendar import local_date
from market.base.refusal import Said, say
from market.base.web import Door, Route, Shown, listing, read
from market.base.wording import words
from market.people.states import KIND_WORDS, Role

_MOST_SHOWN = 12


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """One value of a facet on the page: its words, how many, where it leads, and whether it is chosen."""

    words: str
    count: str
    url: str
    chosen: bool


def wanted_of(door: Door[Any]) -> Wanted:
    """Return what an address asks of the directory; an unknown standing asks nothing."""
    asked = {name: door.query(name) or "" for name in Wanted.__struct_fields__}
    if asked["standing"] not in set(StandingFacet):
        asked["standing"] = ""
    return Wanted(**{**asked, "hub": "yes" if asked["hub"] else ""})


@listing(
    "/organizations",
    name="organizations_page",
    template="catalogs/organizations.html",
    returns=queries.OrganizationLine,
)
async def organizations(door: Door[None]) -> Shown:
    """List organizations by pinyin; `?q=` searches; category, area, grade, kind, hub and standing narrow the list."""
    wanted, on = wanted_of(door), local_date(door.now)
    found = await queries.organizations_page(wanted=wanted, on=on, after=door.after)
    if door.wants_json:
        return Shown(found)
    counted = await queries.facets_of(wanted=wanted, on=on)
    names = await category_names_in(door.lang)
    context = {
        "wanted": wanted,
        "counted": counted,
        "facets": [(facet, said, _choices(facet, wanted, counted, names, door.lang)) for facet, said in _FACETS],
        "saves": f"/saved-searches/save-search?{urlencode(wanted.query())}",
        "may_register": bool({Role.CATALOGUE_KEEPER, Role.PLATFORM_ADMINISTRATOR} & door.user.roles),
    }
    return Shown(found, {**WORDS, **context})


_FACETS = tuple(FACET_WORDS.items())


def _choices(facet: str, wanted: Wanted, counted: queries.Facets, names: dict[str, str], lang: str) -> list[Choice]:
    """Return the values of a facet: the chosen one with the way out of it, else those that would leave something."""
    chosen = getattr(wanted, facet)
    found: Iterable[tuple[str, int]] = [(each.value, each.count) for each in counted.facets.get(facet, [])]
    if chosen:
        found = [(chosen, counted.total)]
    elif facet == "grade":
        found = sorted(found, reverse=True)
    made = []
    for value, count in list(found)[:_MOST_SHOWN]:
        query = {**wanted.query(), facet: "" if chosen else value}
        address = urlencode({name: said for name, said in query.items() if said})
        made.append(
            Choice(
                words=words(_value_words(facet, value, names), lang),
                count=_count(count, counted),
                url=f"/organizations?{address}" if address else "/organizations",
                chosen=bool(chosen),
            )
        )
    return made


def _count(count: int, counted: queries.Facets) -> str:
    shown = min(count, counted.most)
    return f"{shown:,}+" if counted.is_partial else f"{shown:,}"


def _value_words(facet: str, value: str, names: dict[str, str]) -> Said | str:
    if facet == "kind":
        return {str(kind): said for kind, said in KIND_WORDS.items()}.get(value, value)
    if facet == "standing":
        return {str(each): said for each, said in STANDING_FACET_WORDS.items()}.get(value, value)
    if facet == "hub":
        return say("Hub organizations")
    return names.get(value, value)


def asked_in_words(wanted: Wanted, names: dict[str, str], lang: str) -> list[tuple[str, str]]:
    """Return what a search asks, facet by facet, as words to show."""
    said = [(words(say("Words"), lang), wanted.q)] if wanted.q else []
    asked = ((facet, label, getattr(wanted, facet)) for facet, label in _FACETS)
    return said + [
        (words(label, lang), words(_value_words(f, value, names), lang)) for f, label, value in asked if value
    ]


@read("/organizations/facets", name="facets_of", returns=queries.Facets)
async def facets(door: Door[None]) -> Shown | Response[None]:
    """Count by what a search may be narrowed, among the first `most` that answer; a browser is led to the list."""
    wanted = wanted_of(door)
    if not door.wants_json:
        return Response(
            content=None, status_code=303, headers={"Location": f"/organizations?{urlencode(wanted.query())}"}
        )
    return Shown(await queries.facets_of(wanted=wanted, on=local_date(door.now)))


ROUTES: list[Route] = [organizations, facets]
