"""What every deed of the room needs: the locked row, and mail to those whom the next step concerns."""

from datetime import datetime
from typing import Any

from evaluations.queries.cards import SEEN, reader
from market.base.database import one
from market.base.outbox import post
from market.base.refusal import NotFound, Said, same_revision
from market.base.render import words
from market.people.queries import addresses_of
from market.people.states import Role, User
from market.settings import Settings


class _Site:
    """What the app hands in at start."""

    secret = ""
    base_url = ""


def furnish(settings: Settings) -> None:
    """Take in the secret from which survey slips are made, and the public address for links in mails."""
    _Site.secret = settings.secret_key
    _Site.base_url = settings.base_url


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


async def tell(*, organization: str, roles: tuple[Role, ...], subject: Said, code: str, now: datetime) -> None:
    """Write a mail to those who hold one of these roles, in the caller's transaction, with a link to the evaluation."""
    line = words(subject, "zh-CN")
    for address in await addresses_of(organization=organization, roles=roles):
        await post(to=address, subject=line, body=f"{line}\n{_Site.base_url}/evaluations/{code}\n", now=now)
