"""Reads of the catalogues: entries of the registers, and organizations with standing and track record."""

from datetime import datetime

from catalogs.queries.entries import (
    EntryCard,
    EntryLine,
    ItemCard,
    category_choices,
    entries_page,
    entry_for,
    item_choices,
    item_for,
    menu_choices,
    menu_item_for,
    trees,
)
from catalogs.queries.finding import find_items, find_organizations, organizations_offering
from catalogs.queries.organizations import (
    OrganizationLine,
    OrganizationPage,
    OrganizationProfile,
    Standing,
    StandingCard,
    organization_page,
    organization_profile,
    organizations_page,
    standing_for,
    standing_of,
)
from market.base.records import Waiting
from market.people.states import User

__all__ = [
    "EntryCard",
    "EntryLine",
    "ItemCard",
    "OrganizationLine",
    "OrganizationPage",
    "OrganizationProfile",
    "Standing",
    "StandingCard",
    "category_choices",
    "entries_page",
    "entry_for",
    "find_items",
    "find_organizations",
    "item_choices",
    "item_for",
    "menu_choices",
    "menu_item_for",
    "organization_page",
    "organization_profile",
    "organizations_offering",
    "organizations_page",
    "standing_for",
    "standing_of",
    "trees",
    "waiting_for",
]


async def waiting_for(*, user: User, now: datetime) -> list[Waiting]:  # noqa: ARG001  every room's signature
    """Return nothing: neither register waits for anybody yet."""
    return []
