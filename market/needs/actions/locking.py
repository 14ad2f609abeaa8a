"""A need of one's own street, locked against everybody else who would change it."""

from market.base.database import Row, one
from market.base.refusal import NotFound, same_revision
from market.people.states import User


async def lock_own(code: str, *, by: User, expected: int | None = None) -> Row:
    """Lock a need of one's own street. Raises NotFound, Stale."""
    row = await one("SELECT * FROM need WHERE code = $1 FOR UPDATE", code)
    if row is None or row["street"] != by.organization:
        raise NotFound
    same_revision(expected, row["revision"])
    return row
