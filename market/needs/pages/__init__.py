"""The doors of needs and budget lines."""

from market.base.web import Route
from market.needs.pages import lines, needs

ROUTES: list[Route] = [*needs.ROUTES, *lines.ROUTES]
