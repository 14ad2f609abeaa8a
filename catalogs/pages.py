"""The doors of the catalogues: the trees and their entries, the directory, cards of organizations, standings."""

from typing import Any

import msgspec

from catalogs import actions, forms, queries
from catalogs.states import CHECKED_WORDS, GRADE_WORDS, REGISTER_WORDS, STANDING_WORDS, Act, Register
from market.base.calendar import local_date
from market.base.records import Listing
from market.base.web import Door, Filled, Route, Shown, act, listing, read
from market.people.states import KIND_WORDS, Role

WORDS = {
    "register_words": REGISTER_WORDS,
    "checked_words": CHECKED_WORDS,
    "standing_words": STANDING_WORDS,
    "kind_words": KIND_WORDS,
    "grade_words": GRADE_WORDS,
}


@listing("/catalogs", name="entries_page", template="catalogs/catalogs.html", returns=queries.EntryLine)
async def catalogue(door: Door[None]) -> Shown:
    """List entries of the registers by code; `?q=` searches names and codes, `?register=` keeps one register."""
    words, register = door.query("q"), door.query("register")
    known = register if register in set(Register) else None
    found = await queries.entries_page(words=words, register=known, after=door.after)
    wants_trees = not (words or known or door.after or door.wants_json)
    shown = await queries.trees() if wants_trees else []
    may_add = Role.CATALOGUE_KEEPER in door.user.roles
    return Shown(found, {**WORDS, "words": words, "register": known, "trees": shown, "may_add": may_add})


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
    return Filled(record=card, values=msgspec.structs.asdict(card), choices=await _choices())


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
    },
)
async def add_item(door: Door[forms.MenuItem]) -> queries.EntryCard:
    """Add a service to the menu."""
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
    """Revise a service of the menu."""
    return await actions.revise_item(
        code=door.code, menu_item=door.form.words(), expected=door.expected, by=door.user, now=door.now
    )


@act(Act.RETIRE_ITEM, "/catalogs/{code:str}/retire-item", returns=queries.EntryCard, fill=_fill_entry)
async def retire_item(door: Door[None]) -> queries.EntryCard:
    """Retire a service of the menu."""
    return await actions.retire_item(code=door.code, expected=door.expected, by=door.user, now=door.now)


@listing(
    "/organizations",
    name="organizations_page",
    template="catalogs/organizations.html",
    returns=queries.OrganizationLine,
)
async def organizations(door: Door[None]) -> Shown:
    """List organizations by code; `?q=` searches, `?kind=` and `?category=` narrow the list."""
    wanted = {"words": door.query("q"), "kind": door.query("kind"), "category": door.query("category")}
    found: Listing[queries.OrganizationLine] = await queries.organizations_page(after=door.after, **wanted)
    categories = [] if door.wants_json else await queries.category_choices()
    may_register = bool({Role.CATALOGUE_KEEPER, Role.PLATFORM_ADMINISTRATOR} & door.user.roles)
    return Shown(found, {**WORDS, **wanted, "category_choices": categories, "may_register": may_register})


@read(
    "/organizations/{code:str}",
    name="organization_page",
    template="catalogs/organization.html",
    returns=queries.OrganizationPage,
)
async def organization(door: Door[None]) -> Shown:
    """Show an organization's card: profile, standing today, contracts' track record and published evaluations."""
    on = local_date(door.now)
    card = await queries.organization_page(code=door.code, user=door.user, on=on)
    if door.wants_json:
        return Shown(card)
    standing = await queries.standing_of(organization=door.code, on=on)
    categories = {code: words.removeprefix(f"{code} ") for code, words in await queries.category_choices()}
    return Shown(card, {**WORDS, "objections_to_supply": standing.objections, "category_names": categories})


async def _fill_profile(door: Door[None]) -> Filled:
    card = await queries.organization_page(code=door.code, user=door.user, on=local_date(door.now))
    own = await queries.organization_profile(code=door.code) if door.user.organization == door.code else card
    values: dict[str, Any] = msgspec.structs.asdict(own)
    return Filled(record=card, values=values, choices={"categories": await queries.category_choices()})


@act(
    Act.UPDATE_PROFILE,
    "/organizations/{code:str}/update-profile",
    form=forms.UpdateProfile,
    returns=queries.OrganizationPage,
    fill=_fill_profile,
    example={
        "business_scope": "居家养老、老年助餐、独居老人探访关爱。",
        "categories": ["LIFE"],
        "service_areas": "梧桐街道、清河街道",
        "full_time_staff": 40,
        "bank_name": "示例银行梧桐支行",
        "bank_account": "6200000000000040001",
    },
)
async def update_profile(door: Door[forms.UpdateProfile]) -> queries.OrganizationPage:
    """Update one's own organization's profile."""
    return await actions.update_profile(
        organization=door.code, words=door.form.words(), expected=door.expected, by=door.user, now=door.now
    )


@act(
    Act.RECORD_STANDING,
    "/organizations/{code:str}/record-standing",
    form=forms.RecordStanding,
    returns=queries.StandingCard,
    fill=_fill_profile,
    example={"kind": "abnormal", "from_on": "2026-02-02", "document": "示例区民政局公告〔2026〕1号（虚构）"},
)
async def record_standing(door: Door[forms.RecordStanding]) -> queries.StandingCard:
    """Record what an authority decided about an organization."""
    return await actions.record_standing(
        organization=door.code, standing=door.form.standing(), by=door.user, now=door.now
    )


@read("/standings/{code:str}", name="standing_for", template="catalogs/standing.html", returns=queries.StandingCard)
async def standing(door: Door[None]) -> Shown:
    """Show a standing with its document and what follows from it."""
    return Shown(await queries.standing_for(code=door.code, user=door.user, on=local_date(door.now)), WORDS)


async def _fill_standing(door: Door[None]) -> Filled:
    return Filled(record=await queries.standing_for(code=door.code, user=door.user, on=local_date(door.now)))


@act(
    Act.LIFT_STANDING,
    "/standings/{code:str}/lift-standing",
    form=forms.LiftStanding,
    returns=queries.StandingCard,
    fill=_fill_standing,
    example={"document": "示例区民政局移出公告〔2026〕4号（虚构）"},
)
async def lift_standing(door: Door[forms.LiftStanding]) -> queries.StandingCard:
    """Lift a standing from today on."""
    return await actions.lift_standing(code=door.code, document=door.form.document, by=door.user, now=door.now)


ROUTES: list[Route] = [
    catalogue,
    entry,
    add_item,
    revise_item,
    retire_item,
    organizations,
    organization,
    update_profile,
    record_standing,
    standing,
    lift_standing,
]
