"""Reads of organizations that enter themselves: what one asked for, until the word from its mail comes back."""

from datetime import date, datetime

import msgspec

from market.base.database import Row, one, rows
from market.base.records import Record, acts_for
from market.base.refusal import NotFound, Said
from market.people.codes import warnings_about_code
from market.people.rules import REQUESTS_COUNTED_OVER
from market.people.states import RegistrationState, User


class RegistrationCard(Record, frozen=True, kw_only=True):
    """What an organization said of itself; `organization_url` leads to its page once it is confirmed.

    Whoever knows its code reads it, which is random and stands in the answer and in the mail alone.
    """

    organization: str
    organization_url: str
    name: str
    name_en: str
    kind: str
    district: str
    established_on: date | None
    email: str
    expires_at: datetime

    @property
    def warnings(self) -> list[Said]:
        """Return what looks odd about the code without making it wrong."""
        return warnings_about_code(self.organization)


class HowMany(msgspec.Struct, frozen=True, kw_only=True):
    """How many registrations were asked for lately: under one mail address, for one code, and in all."""

    of_mail: int
    of_organization: int
    in_all: int


async def registration_for(*, code: str, user: User, now: datetime) -> RegistrationCard:
    """Return a registration. Raises NotFound for one that was not confirmed in time."""
    row = await one(
        "SELECT * FROM registration WHERE code = $1 AND (state = 'confirmed' OR expires_at > $2)", code, now
    )
    if row is None:
        raise NotFound
    return _card(row, user)


def _card(row: Row, user: User) -> RegistrationCard:
    confirmed = row["state"] == RegistrationState.CONFIRMED
    return msgspec.convert(
        {
            **row,
            "url": f"/registrations/{row['code']}",
            "acts": acts_for(kind="registration", code=row["code"], state=row["state"], by=user),
            "organization": row["organization_code"],
            "organization_url": f"/organizations/{row['organization_code']}" if confirmed else "",
        },
        RegistrationCard,
        from_attributes=True,
    )


async def requested_lately(*, email: str, organization: str, now: datetime) -> HowMany:
    """Return how many registrations came within the time over which they are counted."""
    found = await rows(
        "SELECT count(*) FILTER (WHERE lower(email) = lower($1)) AS of_mail,"
        " count(*) FILTER (WHERE organization_code = $2) AS of_organization, count(*) AS in_all"
        " FROM registration WHERE requested_at > $3",
        email,
        organization,
        now - REQUESTS_COUNTED_OVER,
    )
    return msgspec.convert(found[0], HowMany)
