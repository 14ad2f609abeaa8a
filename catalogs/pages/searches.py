"""The doors of saved searches: one's own list, one search, saving and dropping."""

from typing import Any

import msgspec

from catalogs.actions import searches as actions
from catalogs.forms.searches import SaveSearch
from catalogs.pages.directory import asked_in_words, wanted_of
from catalogs.queries import category_choices
from catalogs.queries import searches as queries
from catalogs.states import Act
from market.base.web import Door, Filled, Route, Shown, act, listing, read


@listing(
    "/saved-searches",
    name="saved_searches_page",
    template="catalogs/saved_searches.html",
    returns=queries.SavedSearchCard,
    signed_in=True,
)
async def saved_searches(door: Door[None]) -> Shown:
    """List the searches of the directory that one keeps."""
    found = await queries.saved_searches_page(user=door.user, after=door.after)
    names = {} if door.wants_json else await queries.category_names_in(door.lang)
    said = {each.code: asked_in_words(each.wanted, names, door.lang) for each in found.items}
    return Shown(found, {"said": said})


@read(
    "/saved-searches/{code:str}",
    name="saved_search_for",
    template="catalogs/saved_search.html",
    returns=queries.SavedSearchCard,
    signed_in=True,
)
async def saved_search(door: Door[None]) -> Shown:
    """Show one of one's own searches and what it finds."""
    card = await queries.saved_search_for(code=door.code, user=door.user)
    names = {} if door.wants_json else await queries.category_names_in(door.lang)
    return Shown(card, {"said": asked_in_words(card.wanted, names, door.lang)})


async def _fill_save(door: Door[None]) -> Filled:
    wanted = wanted_of(door)
    values: dict[str, Any] = {**msgspec.structs.asdict(wanted), "hub": bool(wanted.hub), "name": wanted.q[:60]}
    return Filled(values=values, choices={"categories": await category_choices()})


@act(
    Act.SAVE_SEARCH,
    "/saved-searches/save-search",
    form=SaveSearch,
    returns=queries.SavedSearchCard,
    fill=_fill_save,
    example={"name": "助餐机构", "q": "助餐", "category": "LIFE"},
)
async def save_search(door: Door[SaveSearch]) -> queries.SavedSearchCard:
    """Keep a search of the directory; what is new in it is mailed every morning."""
    return await actions.save_search(name=door.form.name, wanted=door.form.wanted(), by=door.user, now=door.now)


async def _fill_drop(door: Door[None]) -> Filled:
    return Filled(record=await queries.saved_search_for(code=door.code, user=door.user))


@act(
    Act.DROP_SEARCH,
    "/saved-searches/{code:str}/drop-search",
    returns=queries.SavedSearchCard,
    fill=_fill_drop,
)
async def drop_search(door: Door[None]) -> queries.SavedSearchCard:
    """Drop a search that one keeps."""
    return await actions.drop_search(code=door.code, by=door.user, now=door.now)


ROUTES: list[Route] = [saved_searches, saved_search, save_search, drop_search]
