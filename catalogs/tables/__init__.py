"""What may be bought (registers, their entries and mapping) and who offers it (profiles, standings, track record)."""

from catalogs.tables import editions, entries, imports, listings, organizations
from catalogs.tables.editions import CatalogueEdition, EditionEntry
from catalogs.tables.entries import CentralItem, Edition, Entry, EntryLink
from catalogs.tables.imports import ImportRow, ImportRun
from catalogs.tables.listings import Listing, Mandate, ProfileChange
from catalogs.tables.organizations import Profile, SavedSearch, StandingRow, TrackRecord

__all__ = [
    "INDEXES",
    "INVARIANTS",
    "CatalogueEdition",
    "CentralItem",
    "Edition",
    "EditionEntry",
    "Entry",
    "EntryLink",
    "ImportRow",
    "ImportRun",
    "Listing",
    "Mandate",
    "Profile",
    "ProfileChange",
    "SavedSearch",
    "StandingRow",
    "TrackRecord",
]

INDEXES = [*editions.INDEXES, *organizations.INDEXES, *listings.INDEXES, *imports.INDEXES]

INVARIANTS = {
    **editions.INVARIANTS,
    **entries.INVARIANTS,
    **organizations.INVARIANTS,
    **listings.INVARIANTS,
    **imports.INVARIANTS,
}
