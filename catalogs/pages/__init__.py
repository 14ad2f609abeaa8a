"""The doors of the catalogues: the trees and their entries, the directory, cards of organizations, standings."""

from catalogs.pages import directory, editions, entries, imports, listings, organizations, searches
from market.base.web import Route

ROUTES: list[Route] = [
    *entries.ROUTES,
    *editions.ROUTES,
    *directory.ROUTES,
    *searches.ROUTES,
    *imports.ROUTES,
    *organizations.ROUTES,
    *listings.ROUTES,
]
