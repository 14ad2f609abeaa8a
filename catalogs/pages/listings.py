"""The doors of listings and mandates, and of what profiles said before."""

from typing import Any

import msgspec
from litestar.response import Stream

from catalogs import actions, forms, queries
from catalogs.pages.words import WORDS
from catalogs.states import Act, ListingState
from market.base.calendar import local_date
from market.base.fields import unwrap
from market.base.records import Listing
from market.base.refusal import NotFound
from market.base.web import Door, Filled, Route, Shown, act, listing, read
from market.people.sending import own_files, send_attachment

FIELD_TITLES = {
    field.name: next((meta.title for meta in unwrap(field.type)[1] if meta.title), field.name)
    for field in msgspec.structs.fields(forms.UpdateProfile)
}
"""What the fields of a profile are called on its form."""


@listing("/listings", name="listings_page", template="catalogs/listings.html", returns=queries.ListingLine)
async def listings(door: Door[None]) -> Shown:
    """List the listings one may see, newest application first; `?state=` narrows the list."""
    asked = door.query("state")
    state = asked if asked in set(ListingState) else None
    found = await queries.listings_page(user=door.user, on=local_date(door.now), state=state, after=door.after)
    return Shown(found, {"state": state})


@read("/listings/{code:str}", name="listing_for", template="catalogs/listing.html", returns=queries.ListingCard)
async def listing_card(door: Door[None]) -> queries.ListingCard:
    """Show a listing with its term, and to its own, its hub and the keeper also what was asked and said."""
    return await queries.listing_for(code=door.code, user=door.user, on=local_date(door.now))


@read("/listings/{code:str}/files/{attachment:str}", name="listing_file", media="*/*", signed_in=True)
async def listing_file(door: Door[None]) -> Stream:
    """Answer a document of an application to its own organization, its hub and the keeper."""
    wanted = str(door.request.path_params["attachment"])
    card = await queries.listing_for(code=door.code, user=door.user, on=local_date(door.now))
    if all(wanted != kept.code for kept in card.files):
        raise NotFound
    return await send_attachment(code=wanted)


async def _fill_application(door: Door[None]) -> Filled:
    card = await queries.organization_page(code=door.code, user=door.user, on=local_date(door.now))
    if not any(link.act == Act.APPLY_FOR_LISTING for link in card.acts):
        raise NotFound
    return Filled(
        record=card, choices={"categories": await queries.category_choices(), "files": await own_files(by=door.user)}
    )


async def _fill_listing(door: Door[None]) -> Filled:
    card = await queries.listing_for(code=door.code, user=door.user, on=local_date(door.now))
    values = {"statement": card.statement, "files": [kept.code for kept in card.files]}
    stand = [(kept.code, kept.name) for kept in card.files]
    own = [each for each in await own_files(by=door.user) if each not in stand]
    return Filled(record=card, values=values, choices={"files": stand + own})


@act(
    Act.APPLY_FOR_LISTING,
    "/organizations/{code:str}/apply-for-listing",
    form=forms.ApplyForListing,
    returns=queries.ListingCard,
    fill=_fill_application,
)
async def apply_for_listing(door: Door[forms.ApplyForListing]) -> queries.ListingCard:
    """Apply for a listing in a category, for one's own organization or on a mandate."""
    sent = door.form
    return await actions.apply_for_listing(
        organization=door.code,
        category=sent.category,
        statement=sent.statement,
        files=sent.files,
        by=door.user,
        now=door.now,
    )


def _sent_again(card: Any) -> dict[str, Any]:
    return {"statement": "材料已补正。", "files": [kept.code for kept in card.files]}


@act(
    Act.REPAIR_LISTING,
    "/listings/{code:str}/repair-listing",
    form=forms.Again,
    returns=queries.ListingCard,
    fill=_fill_listing,
    example=_sent_again,
)
async def repair_listing(door: Door[forms.Again]) -> queries.ListingCard:
    """Send a returned application again."""
    sent = door.form
    return await actions.repair_listing(
        code=door.code, statement=sent.statement, files=sent.files, expected=door.expected, by=door.user, now=door.now
    )


@act(
    Act.RENEW_LISTING,
    "/listings/{code:str}/renew-listing",
    form=forms.Again,
    returns=queries.ListingCard,
    fill=_fill_listing,
    example=_sent_again,
)
async def renew_listing(door: Door[forms.Again]) -> queries.ListingCard:
    """Ask for another term of a listing."""
    sent = door.form
    return await actions.renew_listing(
        code=door.code, statement=sent.statement, files=sent.files, expected=door.expected, by=door.user, now=door.now
    )


async def _fill_record(door: Door[None]) -> Filled:
    return Filled(record=await queries.listing_for(code=door.code, user=door.user, on=local_date(door.now)))


@act(
    Act.REVIEW_LISTING,
    "/listings/{code:str}/review-listing",
    form=forms.ReviewListing,
    returns=queries.ListingCard,
    fill=_fill_record,
    example={"outcome": "accept"},
)
async def review_listing(door: Door[forms.ReviewListing]) -> queries.ListingCard:
    """List an application, return it once for repair, or refuse it."""
    sent = door.form
    return await actions.review_listing(
        code=door.code, outcome=sent.outcome, reason=sent.reason, expected=door.expected, by=door.user, now=door.now
    )


@listing(
    "/mandates", name="mandates_page", template="catalogs/mandates.html", returns=queries.MandateCard, signed_in=True
)
async def mandates(door: Door[None]) -> Listing[queries.MandateCard]:
    """List the mandates that one's organization gave or holds, newest first."""
    return await queries.mandates_page(user=door.user, on=local_date(door.now), after=door.after)


@read(
    "/mandates/{code:str}",
    name="mandate_for",
    template="catalogs/mandate.html",
    returns=queries.MandateCard,
    signed_in=True,
)
async def mandate(door: Door[None]) -> queries.MandateCard:
    """Show a mandate to the two it joins."""
    return await queries.mandate_for(code=door.code, user=door.user, on=local_date(door.now))


async def _fill_mandate(door: Door[None]) -> Filled:
    card = await queries.organization_page(code=door.code, user=door.user, on=local_date(door.now))
    if not any(link.act == Act.GRANT_MANDATE for link in card.acts):
        raise NotFound
    return Filled(record=card, choices={"hubs": await queries.hub_choices(on=local_date(door.now))})


@act(
    Act.GRANT_MANDATE,
    "/organizations/{code:str}/grant-mandate",
    form=forms.GrantMandate,
    returns=queries.MandateCard,
    fill=_fill_mandate,
    example={"hub": "51000000MJ1234561G", "until_on": "2027-03-01"},
)
async def grant_mandate(door: Door[forms.GrantMandate]) -> queries.MandateCard:
    """Let a hub keep one's own organization's profile and listings."""
    return await actions.grant_mandate(
        organization=door.code,
        hub=door.form.hub,
        until_on=door.form.until_on,
        shown=not door.form.hidden,
        by=door.user,
        now=door.now,
    )


async def _fill_revoke(door: Door[None]) -> Filled:
    return Filled(record=await queries.mandate_for(code=door.code, user=door.user, on=local_date(door.now)))


@act(Act.REVOKE_MANDATE, "/mandates/{code:str}/revoke-mandate", returns=queries.MandateCard, fill=_fill_revoke)
async def revoke_mandate(door: Door[None]) -> queries.MandateCard:
    """Take a mandate back."""
    return await actions.revoke_mandate(code=door.code, by=door.user, now=door.now)


@listing(
    "/organizations/{code:str}/history",
    name="history_page",
    template="catalogs/history.html",
    returns=queries.ChangeLine,
)
async def history(door: Door[None]) -> Shown:
    """List what an organization's profile said before and after each change, newest first."""
    found = await queries.history_page(organization=door.code, user=door.user, now=door.now, after=door.after)
    return Shown(found, {**WORDS, "organization": door.code, "field_titles": FIELD_TITLES})


ROUTES: list[Route] = [
    *(listings, listing_card, listing_file, apply_for_listing, repair_listing, renew_listing, review_listing),
    *(mandates, mandate, grant_mandate, revoke_mandate, history),
]
