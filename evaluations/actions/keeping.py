"""What every deed of the room needs: the locked row, and the secret of the survey slips."""

from typing import Any

from evaluations.queries.cards import SEEN, reader
from market.base.database import one
from market.base.refusal import NotFound, same_revision
from market.people.states import User
from market.settings import Settings


class _Site:
    """What the app hands in at start."""

    secret = ""


def furnish(settings: Settings) -> None:
    """Take in the secret from which survey slips are made."""
    _Site.secret = settings.secret_key


def survey_secret() -> str:
    """Return the secret from which survey slips are made."""
    if not _Site.secret:
        raise RuntimeError("no settings were handed in")
    return _Site.secret


async def locked(*, code: str, by: User, expected: int | None) -> dict[str, Any]:
    """Lock an evaluation that this user may see and return its row. Raises NotFound, Stale."""
    row = await one("SELECT * FROM evaluation WHERE code = $1 FOR UPDATE", code)
    if row is None or await one(f"{SEEN} AND e.id = $5", *reader(by), row["id"]) is None:
        raise NotFound
    same_revision(expected, row["revision"])
    return row
