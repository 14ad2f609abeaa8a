"""Reads of what profiles said before and after each change; personal values only for those who may see them."""

from datetime import datetime

import msgspec

from catalogs.queries.mandates import facts_about, sees_contacts
from catalogs.tables import Profile
from market.base.calendar import local_date
from market.base.database import one, rows
from market.base.personal import COVER, OWN, PARTNERS, personal_columns
from market.base.records import Listing
from market.base.refusal import NotFound
from market.people.states import User

PAGE = 50


class ChangeLine(msgspec.Struct, frozen=True, kw_only=True):
    """One field of a profile that was changed: what it said, what it says since, by the organization or its hub."""

    number: int
    revision: int
    field: str
    before: str
    after: str
    changed_at: datetime
    hub: str
    hub_name: str


def covered_fields(*, is_own: bool, is_partner: bool) -> frozenset[str]:
    """Return the fields of a profile that a reader may not see, by what the columns say of themselves."""
    hidden = {PARTNERS: not (is_own or is_partner), OWN: not is_own}
    return frozenset(name for name, sight in personal_columns(Profile).items() if hidden.get(sight, False))


async def history_page(*, organization: str, user: User, now: datetime, after: str | None) -> Listing[ChangeLine]:
    """Return an organization's changes, newest first, 50 a page. Raises NotFound when there is no such organization."""
    if await one("SELECT 1 FROM organization WHERE code = $1", organization) is None:
        raise NotFound
    own = user.organization == organization
    partner = sees_contacts(user) or bool(await facts_about(organization=organization, user=user, on=local_date(now)))
    covered = covered_fields(is_own=own, is_partner=partner)
    found = await rows(
        "SELECT c.id AS number, c.revision, c.field, c.before, c.after, c.changed_at, c.hub,"
        " coalesce(h.name, '') AS hub_name FROM profile_change c JOIN organization o ON o.id = c.organization"
        " LEFT JOIN organization h ON h.code = c.hub WHERE o.code = $1 AND ($2::bigint IS NULL OR c.id < $2)"
        " ORDER BY c.id DESC LIMIT $3",
        organization,
        int(after) if after and after.isdecimal() and len(after) < 19 else None,  # noqa: PLR2004  a bigint
        PAGE + 1,
    )
    items = [_line(row, covered=covered) for row in found[:PAGE]]
    return Listing(items=items, next=str(items[-1].number) if len(found) > PAGE else None)


def _line(row: dict[str, object], *, covered: frozenset[str]) -> ChangeLine:
    shown = dict(row)
    if row["field"] in covered:
        shown |= {name: COVER if row[name] else "" for name in ("before", "after")}
    return msgspec.convert(shown, ChangeLine)
