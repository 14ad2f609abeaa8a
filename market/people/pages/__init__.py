"""The doors of people."""

from market.people.pages import accounts, files, notices, registrations
from market.people.pages.accounts import furnish

ROUTES = [*files.ROUTES, *accounts.ROUTES, *registrations.ROUTES, *notices.ROUTES]

__all__ = ["ROUTES", "furnish"]
