"""Reads of mandates: which hubs may keep an organization's profile and listings on a day."""

from datetime import date, datetime

import msgspec

from catalogs.states import MandateState
from market.base.database import Row, one, rows
from market.base.records import Listing, Record, acts_for
from market.base.refusal import NotFound
from market.people.states import Role, User


class MandateCard(Record, frozen=True, kw_only=True):
    """A mandate: who lets which hub keep its directory entries, until which day; `in_force` on the day of reading."""

    organization: str
    organization_name: str
    hub: str
    hub_name: str
    granted_on: date
    until_on: date
    shown: bool
    granted_at: datetime
    revoked_at: datetime | None
    in_force: bool


def mandated(*, hub: str, organization: str, on: str) -> str:
    """Return SQL that tells whether a hub holds a mandate of an organization on a day; the arguments are SQL."""
    return (
        "EXISTS (SELECT 1 FROM mandate mm JOIN organization mh ON mh.id = mm.hub"  # noqa: S608
        f" WHERE mm.organization = {organization} AND mh.code = {hub} AND mm.state = 'granted'"
        f" AND mm.granted_on <= {on} AND mm.until_on > {on})"
    )


async def facts_about(*, organization: str, user: User, on: date) -> frozenset[str]:
    """Return what an organization is to a reader: `own` to its administrator, `acts-for` also to its hub's staff."""
    if user.organization is None:
        return frozenset()
    if user.organization == organization:
        return frozenset({"own", "acts-for"}) if user.may_be(Role.ORGANIZATION_ADMINISTRATOR) else frozenset()
    if not user.may_be(Role.HUB_STAFF):
        return frozenset()
    row = await one(
        f"SELECT {mandated(hub='$2', organization='o.id', on='$3')} AS holds"  # noqa: S608
        " FROM organization o WHERE o.code = $1",
        organization,
        user.organization,
        on,
    )
    return frozenset({"acts-for"}) if row and row["holds"] else frozenset()


def sees_contacts(user: User) -> bool:
    """Tell whether a reader serves a street office or an authority, which may reach an organization's contact."""
    return user.organization_kind in ("street", "authority") and user.roles != {Role.ANYONE}


_CARD = """
    SELECT m.*, o.code AS organization_code, o.name AS organization_name, h.code AS hub_code, h.name AS hub_name
    FROM mandate m JOIN organization o ON o.id = m.organization JOIN organization h ON h.id = m.hub
"""


def _card(row: Row, *, user: User, on: date) -> MandateCard:
    own = user.organization == row["organization_code"]
    in_force = row["state"] == MandateState.GRANTED and row["granted_on"] <= on < row["until_on"]
    facts = frozenset({"own"} if own else set())
    return msgspec.convert(
        {
            **row,
            "organization": row["organization_code"],
            "hub": row["hub_code"],
            "url": f"/mandates/{row['code']}",
            "acts": acts_for(kind="mandate", code=row["code"], state=row["state"], by=user, facts=facts),
            "in_force": in_force,
        },
        MandateCard,
        from_attributes=True,
    )


async def mandate_for(*, code: str, user: User, on: date) -> MandateCard:
    """Return a mandate to the two it joins, the keeper and the auditor. Raises NotFound for everybody else."""
    row = await one(_CARD + " WHERE m.code = $1", code)
    if row is None or not (
        user.organization in (row["organization_code"], row["hub_code"])
        or user.may_be(Role.CATALOGUE_KEEPER, Role.AUDITOR)
    ):
        raise NotFound
    return _card(row, user=user, on=on)


async def mandates_page(*, user: User, on: date, after: str | None) -> Listing[MandateCard]:
    """Return the mandates that a reader's organization gave or holds, newest first; the keeper sees all."""
    found = await rows(
        _CARD + " WHERE (o.code = $1 OR h.code = $1 OR $2) AND ($3::text IS NULL OR m.code < $3)"
        " ORDER BY m.code DESC LIMIT 51",
        user.organization,
        user.may_be(Role.CATALOGUE_KEEPER, Role.AUDITOR),
        after,
    )
    items = [_card(row, user=user, on=on) for row in found[:50]]
    return Listing(items=items, next=items[-1].code if len(found) > 50 else None)  # noqa: PLR2004  a page


async def hub_choices(*, on: date) -> list[tuple[str, str]]:
    """Return code and name of the organizations designated as hubs on a day, by name."""
    found = await rows(
        "SELECT DISTINCT o.code, o.name FROM standing s JOIN organization o ON o.id = s.organization"
        " WHERE s.kind = 'hub' AND s.from_on <= $1 AND (s.until_on IS NULL OR s.until_on > $1)"
        " AND (s.lifted_on IS NULL OR s.lifted_on > $1) ORDER BY o.name",
        on,
    )
    return [(row["code"], row["name"]) for row in found]
