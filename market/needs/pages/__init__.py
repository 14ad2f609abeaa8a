"""The doors of needs and budget lines."""

from market.base.web import Route
from market.needs.pages import intentions, issues, lines, needs, official, photos, suggestions, voices

ROUTES: list[Route] = [
    *needs.ROUTES,
    *lines.ROUTES,
    *suggestions.ROUTES,
    *voices.ROUTES,
    *photos.ROUTES,
    *issues.ROUTES,
    *official.ROUTES,
    *intentions.ROUTES,
]
