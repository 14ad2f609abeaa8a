"""The doors of people."""

from market.people.pages import accounts, files, notices
from market.people.pages.accounts import furnish

ROUTES = [*files.ROUTES, *accounts.ROUTES, *notices.ROUTES]

__all__ = ["ROUTES", "furnish"]
