"""The doors of the registers: the trees and their entries."""

import msgspec

from catalogs import actions, forms, queries
from catalogs.pages.words import WORDS
from catalogs.queries.menu import categories_of, services_page
from catalogs.rules.searches import Services, price_of
from catalogs.states import Act, Register
from market.base.calendar import local_date
from market.base.web import Door, Filled, Route, Shown, act, listing, read
from market.people.states import Role


@listing("/catalogs", name="entries_page", template="catalogs/catalogs.html", returns=queries.EntryLine)
async def catalogue(door: Door[None]) -> Shown:
    """List entries by pinyin; `?q=` searches, register, category, price_from and price_until narrow the list."""
    register = door.query("register") if door.query("register") in set(Register) else ""
    wanted = Services(
        q=door.query("q") or "",
        register=register or "",
        category=door.query("category") or "",
        price_from=price_of(door.query("price_from")),
        price_until=price_of(door.query("price_until")),
    )
    words, known = wanted.q, wanted.register
    found = await services_page(wanted=wanted, after=door.after)
    wants_trees = wanted == Services() and not (door.after or door.wants_json)
    shown = await queries.trees() if wants_trees else []
    central = await queries.central_catalogue() if wants_trees else []
    sources = {} if door.wants_json or wants_trees else await queries.origins()
    may_add = Role.CATALOGUE_KEEPER in door.user.roles
    return Shown(
        found,
        {
            **WORDS,
            "words": words,
            "register": known,
            "wanted": wanted,
            "narrower": [] if wants_trees or door.wants_json else await categories_of(wanted=wanted),
            "trees": shown,
            "may_add": may_add,
            "central": central,
            "origins": sources,
        },
    )


@read("/catalogs/{code:str}", name="entry_for", template="catalogs/entry.html", returns=queries.EntryCard)
async def entry(door: Door[None]) -> Shown:
    """Show an entry with its place in the tree, its mapping and its source."""
    return Shown(await queries.entry_for(code=door.code, user=door.user, on=local_date(door.now)), WORDS)


async def _choices() -> dict[str, list[tuple[str, str]]]:
    return {"items": await queries.item_choices(), "categories": await queries.category_choices()}


async def _fill_add_item(_: Door[None]) -> Filled:
    return Filled(choices=await _choices())


async def _fill_entry(door: Door[None]) -> Filled:
    card = await queries.entry_for(code=door.code, user=door.user, on=local_date(door.now))
    values = msgspec.structs.asdict(card.ahead.words if card.ahead else card)
    values["indicators"] = [msgspec.structs.asdict(indicator) for indicator in values["indicators"]]
    return Filled(record=card, values=values, choices=await _choices())


@act(
    Act.ADD_ITEM,
    "/catalogs/add-item",
    form=forms.MenuItem,
    returns=queries.EntryCard,
    fill=_fill_add_item,
    example={
        "name_zh": "社区防跌倒训练",
        "name_en": "Fall-prevention training",
        "unit_zh": "课时",
        "item": "C05010400",
        "category": "LIFE",
        "price_from": "150.00",
        "price_until": "300.00",
        "standard": "每课时由持证教练带领，人数不超过二十人，课前评估跌倒风险。",
        "indicators": [{"name": "学员满意度", "number": "90", "unit": "%"}],
    },
)
async def add_item(door: Door[forms.MenuItem]) -> queries.EntryCard:
    """Add a service to the draft of the menu."""
    return await actions.add_item(menu_item=door.form.words(), by=door.user, now=door.now)


@act(
    Act.REVISE_ITEM,
    "/catalogs/{code:str}/revise-item",
    form=forms.MenuItem,
    returns=queries.EntryCard,
    fill=_fill_entry,
    example=lambda card: {
        "name_zh": card.name_zh,
        "unit_zh": card.unit_zh,
        "item": card.item,
        "category": card.category,
        "price_from": "180.00",
    },
)
async def revise_item(door: Door[forms.MenuItem]) -> queries.EntryCard:
    """Revise a service in the draft of the menu."""
    return await actions.revise_item(
        code=door.code, menu_item=door.form.words(), expected=door.expected, by=door.user, now=door.now
    )


@act(Act.RETIRE_ITEM, "/catalogs/{code:str}/retire-item", returns=queries.EntryCard, fill=_fill_entry)
async def retire_item(door: Door[None]) -> queries.EntryCard:
    """Retire an entry in the draft of its register."""
    return await actions.retire_item(code=door.code, expected=door.expected, by=door.user, now=door.now)


ROUTES: list[Route] = [catalogue, entry, add_item, revise_item, retire_item]
