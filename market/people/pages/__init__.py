"""The doors of people."""

from market.people.pages import accounts, files
from market.people.pages.accounts import furnish

ROUTES = [*files.ROUTES, *accounts.ROUTES]

__all__ = ["ROUTES", "furnish"]
