"""Reads of what the guiding catalogue in force covers, for the need that must say so."""

from catalogs.rules.coverage import Coverage, coverage_of
from market.base.database import rows


async def coverage_for(*, item: str, category: str | None = None) -> Coverage:
    """Return what of the guiding catalogue in force covers an official item, of one category when the need names it."""
    found = await rows(
        "SELECT 'item' AS register, l.entry AS code, l.category FROM entry_link l WHERE l.entry = $1"
        " UNION ALL SELECT 'item', $1, m.category FROM entry m"
        " WHERE m.register = 'menu' AND m.state = 'in-use' AND m.item = $1"
        " UNION ALL SELECT 'guiding', g.code, l.category FROM entry g JOIN entry_link l ON l.entry = g.code"
        " WHERE g.register = 'guiding' AND g.state = 'in-use'",
        item,
    )
    own = {row["category"] for row in found if row["register"] == "item"}
    guiding: dict[str, set[str]] = {}
    for row in found:
        if row["register"] == "guiding":
            guiding.setdefault(row["code"], set()).add(row["category"])
    return coverage_of(categories=own & {category} if category else own, guiding=guiding)
