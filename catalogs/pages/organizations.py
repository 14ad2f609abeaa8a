"""The doors of the directory: organizations, their cards, profiles and standings."""

from typing import Any

import msgspec

from catalogs import actions, forms, queries
from catalogs.pages.profiles import shown_besides
from catalogs.pages.words import WORDS
from catalogs.states import REASON_WORDS, Act
from market.base.calendar import local_date
from market.base.web import Door, Filled, Route, Shown, act, read
from market.base.wording import words


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
    besides = await shown_besides(card, on=on, lang=door.lang)
    standing = await queries.standing_of(organization=door.code, on=on)
    categories = {code: words.removeprefix(f"{code} ") for code, words in await queries.category_choices()}
    return Shown(card, {**WORDS, **besides, "objections_to_supply": standing.objections, "category_names": categories})


async def _fill_profile(door: Door[None]) -> Filled:
    card = await queries.organization_page(code=door.code, user=door.user, on=local_date(door.now))
    own = await queries.organization_profile(code=door.code) if door.user.organization == door.code else card
    values: dict[str, Any] = msgspec.structs.asdict(own)
    return Filled(record=card, values=values, choices=await _profile_choices())


async def _profile_choices() -> dict[str, list[tuple[str, str]]]:
    return {"categories": await queries.category_choices(), "streets": await queries.street_choices()}


async def _fill_record_standing(door: Door[None]) -> Filled:
    card = await queries.organization_page(code=door.code, user=door.user, on=local_date(door.now))
    return Filled(
        record=card, choices={"reasons": [(key, words(said, door.lang)) for key, said in REASON_WORDS.items()]}
    )


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
    fill=_fill_record_standing,
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


ROUTES: list[Route] = [organization, update_profile, record_standing, standing, lift_standing]
