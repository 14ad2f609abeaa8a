"""Reads of the directory: cards with standing and track record, the list, and facts for upper rooms."""

from datetime import date, datetime
from decimal import Decimal

import msgspec

from catalogs.queries.listings import ListingLine, listings_of
from catalogs.queries.mandates import facts_about, sees_contacts
from catalogs.rules import (
    StandingFact,
    SupplierFacts,
    ends_by_itself,
    is_standing_in_force,
    objections_to_supplier,
)
from catalogs.states import BARS, StandingState
from market.base.database import Row, one, rows
from market.base.money import round_half_up
from market.base.personal import masked
from market.base.records import Record, acts_for
from market.base.refusal import NotFound, Objection
from market.law.queries import MARK, law_on
from market.law.states import Law
from market.people.queries import organization_for
from market.people.states import User

CONTACTS = ("contact_name", "contact_phone")
"""What only an organization, its hub, street offices and authorities see, unless it consents to more."""


class OrganizationProfile(msgspec.Struct, frozen=True, kw_only=True):
    """What an organization tells of itself, with its bank details, for its contracts and invoices."""

    code: str
    name: str
    name_en: str
    kind: str
    business_scope: str
    categories: list[str]
    service_areas: str
    address: str
    responsible_person: str
    legal_representative: str
    supervisory_unit: str
    registered_capital: Decimal | None
    party_organization: str
    streets: list[str]
    contact_name: str
    contact_phone: str
    public_contact: bool
    full_time_staff: int | None
    social_workers: int | None
    volunteers: int | None
    bank_name: str
    bank_account: str


class StandingCard(Record, frozen=True, kw_only=True):
    """A standing with its document; `in_force` and `bars` are told for the day of reading."""

    organization: str
    organization_name: str
    kind: str
    value: str
    from_on: date
    until_on: date | None
    document: str
    authority: str
    reason: str
    recorded_at: datetime
    lifted_on: date | None
    lifted_document: str
    in_force: bool
    bars: str


class TrackLine(msgspec.Struct, frozen=True, kw_only=True):
    """A published evaluation of one of the organization's contracts."""

    contract: str
    title: str
    score: Decimal
    grade: str
    url: str
    published_at: datetime


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """Whether an organization may supply on a day, with every reason why not."""

    organization: str
    name: str
    kind: str
    facts: SupplierFacts
    objections: list[Objection]


class OrganizationPage(Record, frozen=True, kw_only=True):
    """An organization's card in the directory."""

    revision: int
    name: str
    name_en: str
    kind: str
    district: str
    established_on: date | None
    self_registered: bool
    business_scope: str
    categories: list[str]
    service_areas: str
    address: str
    responsible_person: str
    legal_representative: str
    supervisory_unit: str
    registered_capital: Decimal | None
    party_organization: str
    streets: list[str]
    contact_name: str
    contact_phone: str
    public_contact: bool
    full_time_staff: int | None
    social_workers: int | None
    volunteers: int | None
    listings: list[ListingLine]
    standings: list[StandingCard]
    track_record: list[TrackLine]
    average_score: Decimal | None
    may_supply: bool


_PROFILE = """
    SELECT o.code, o.name, o.name_en, o.kind, o.district, o.established_on, p.*
    FROM organization o JOIN profile p ON p.organization = o.id WHERE o.code = $1
"""


async def _profile(code: str) -> Row:
    row = await one(_PROFILE, code)
    if row is None:
        raise NotFound
    return row


async def organization_profile(*, code: str) -> OrganizationProfile:
    """Return an organization's profile with its bank details; callers show those to its partners only."""
    return msgspec.convert(await _profile(code), OrganizationProfile)


async def _standings(organization: str) -> list[Row]:
    return await rows(
        "SELECT s.*, o.code AS organization_code, o.name AS organization_name FROM standing s"
        " JOIN organization o ON o.id = s.organization WHERE o.code = $1 ORDER BY s.from_on DESC, s.id DESC",
        organization,
    )


def _fact(row: Row) -> StandingFact:
    return msgspec.convert({name: row[name] for name in StandingFact.__struct_fields__}, StandingFact)


_FACTS = f"""
    SELECT {MARK} AS law_mark, o.name, o.kind, p.public_class, p.fiscally_funded, p.legal_person,
           coalesce((SELECT jsonb_agg(jsonb_build_object('kind', s.kind, 'from_on', s.from_on, 'until_on', s.until_on,
                                                         'lifted_on', s.lifted_on, 'document', s.document,
                                                         'value', s.value) ORDER BY s.from_on DESC, s.id DESC)
                     FROM standing s WHERE s.organization = o.id), '[]') AS standings
    FROM organization o JOIN profile p ON p.organization = o.id WHERE o.code = $1
"""  # noqa: S608


async def standing_of(*, organization: str, on: date) -> Standing:
    """Return whether an organization may supply on a day, with all reasons and their rules. Raises NotFound."""
    row = await one(_FACTS, organization)
    if row is None:
        raise NotFound
    facts = msgspec.convert(row, SupplierFacts)
    objections = objections_to_supplier(supplier=facts, on=on, law=await law_on(day=on, mark=row["law_mark"]))
    return Standing(organization=organization, name=row["name"], kind=row["kind"], facts=facts, objections=objections)


def _standing_card(row: Row, *, user: User, on: date, law: Law) -> StandingCard:
    fact = _fact(row)
    ends = ends_by_itself(standing=fact, law=law)
    in_force = is_standing_in_force(standing=msgspec.structs.replace(fact, until_on=ends), on=on)
    return msgspec.convert(
        {
            **row,
            "organization": row["organization_code"],
            "until_on": ends,
            "url": f"/standings/{row['code']}",
            "acts": acts_for(kind="standing", code=row["code"], state=row["state"], by=user),
            "in_force": in_force,
            "bars": BARS.get(row["kind"], "") if in_force else "",
        },
        StandingCard,
        from_attributes=True,
    )


async def street_choices() -> list[tuple[str, str]]:
    """Return the area code and the name of every street office, by code; for the areas an organization serves."""
    found = await rows(
        "SELECT street_code, name FROM organization WHERE kind = 'street' AND street_code <> '' ORDER BY street_code"
    )
    return [(row["street_code"], row["name"]) for row in found]


async def standing_for(*, code: str, user: User, on: date) -> StandingCard:
    """Return a standing; they are public, as their documents are. Raises NotFound."""
    row = await one(
        "SELECT s.*, o.code AS organization_code, o.name AS organization_name FROM standing s"
        " JOIN organization o ON o.id = s.organization WHERE s.code = $1",
        code,
    )
    if row is None:
        raise NotFound
    return _standing_card(row, user=user, on=on, law=await law_on(day=on))


async def organization_page(*, code: str, user: User, on: date) -> OrganizationPage:
    """Return an organization's card with standing today, track record and what the reader may do. Raises NotFound."""
    identity = await organization_for(code=code, user=user)
    row = await _profile(code)
    facts = await facts_about(organization=code, user=user, on=on)
    own = acts_for(kind="organization", code=code, state=identity.state, by=user, facts=facts) if facts else []
    sees = bool(facts) or user.organization == code or sees_contacts(user) or row["public_contact"]
    track = await rows(
        "SELECT t.contract, t.title, t.score, t.grade, t.url, t.published_at FROM track_record t"
        " JOIN organization o ON o.id = t.organization WHERE o.code = $1"
        " ORDER BY t.published_at DESC, t.id DESC LIMIT 100",
        code,
    )
    standing = await standing_of(organization=code, on=on)
    law = await law_on(day=on)
    cards = [_standing_card(found, user=user, on=on, law=law) for found in await _standings(code)]
    return msgspec.convert(
        {
            **row,
            **masked({name: row[name] for name in CONTACTS}, columns=CONTACTS, sees=sees),
            "listings": await listings_of(organization=code, user=user, on=on),
            "state": identity.state,
            "self_registered": identity.self_registered,
            "url": identity.url,
            "acts": [*identity.acts, *(link for link in own if link not in identity.acts)],
            "standings": sorted(cards, key=lambda card: (not card.in_force, card.state == StandingState.LIFTED)),
            "track_record": track,
            "average_score": _average([line["score"] for line in track]),
            "may_supply": not standing.objections,
        },
        OrganizationPage,
        from_attributes=True,
    )


def _average(scores: list[Decimal]) -> Decimal | None:
    return round_half_up(sum(scores, Decimal(0)) / len(scores)) if scores else None
