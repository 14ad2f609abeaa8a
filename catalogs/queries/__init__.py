"""Reads of the catalogues: entries of the registers, and organizations with standing and track record."""

from datetime import datetime

from catalogs.queries.directory import Facets, OrganizationLine, facets_of, organizations_page
from catalogs.queries.due import next_turn
from catalogs.queries.editions import (
    EditionCard,
    EditionEntryCard,
    EditionEntryLine,
    EditionLine,
    edition_entries_page,
    edition_entry_for,
    edition_for,
    edition_in_force,
    editions_page,
)
from catalogs.queries.entries import EntryCard, EntryLine, ItemCard, entry_for, item_for, menu_item_for
from catalogs.queries.finding import find_items, find_organizations, organizations_offering
from catalogs.queries.history import ChangeLine, history_page
from catalogs.queries.listings import ListingCard, ListingLine, listing_for, listings_page, waiting_listings
from catalogs.queries.mandates import MandateCard, hub_choices, mandate_for, mandates_page
from catalogs.queries.organizations import (
    OrganizationPage,
    OrganizationProfile,
    Standing,
    StandingCard,
    organization_page,
    organization_profile,
    standing_for,
    standing_of,
    street_choices,
)
from catalogs.queries.trees import (
    category_choices,
    central_catalogue,
    guiding_choices,
    item_choices,
    menu_choices,
    origins,
    trees,
)
from market.base.records import Waiting
from market.people.states import User

__all__ = [
    "ChangeLine",
    "EditionCard",
    "EditionEntryCard",
    "EditionEntryLine",
    "EditionLine",
    "EntryCard",
    "EntryLine",
    "Facets",
    "ItemCard",
    "ListingCard",
    "ListingLine",
    "MandateCard",
    "OrganizationLine",
    "OrganizationPage",
    "OrganizationProfile",
    "Standing",
    "StandingCard",
    "category_choices",
    "central_catalogue",
    "edition_entries_page",
    "edition_entry_for",
    "edition_for",
    "edition_in_force",
    "editions_page",
    "entry_for",
    "facets_of",
    "find_items",
    "find_organizations",
    "guiding_choices",
    "history_page",
    "hub_choices",
    "item_choices",
    "item_for",
    "listing_for",
    "listings_page",
    "mandate_for",
    "mandates_page",
    "menu_choices",
    "menu_item_for",
    "next_turn",
    "organization_page",
    "organization_profile",
    "organizations_offering",
    "organizations_page",
    "origins",
    "standing_for",
    "standing_of",
    "street_choices",
    "trees",
    "waiting_for",
]


async def waiting_for(*, user: User, now: datetime) -> list[Waiting]:
    """Return the applications for a listing that wait for the keeper, or for their repair."""
    return await waiting_listings(user=user, now=now)
