"""What the organizations and the authorities send about organizations."""

from datetime import date
from typing import Annotated

import msgspec
from msgspec import Meta

from catalogs.actions import ProfileWords
from catalogs.rules import StandingFact
from catalogs.states import PARTY_WORDS, STANDING_WORDS, PartyOrganization, StandingKind
from market.base.forms import Amount, Code, Line, Name, Words

Digits = Annotated[str, Meta(pattern="^[0-9]{6,40}$")]


class UpdateProfile(msgspec.Struct, frozen=True, kw_only=True):
    """What an organization tells of itself; what is left out is emptied."""

    business_scope: Annotated[Words, Meta(title="Business scope", description="As in the charter.")] = ""
    categories: Annotated[list[Code], Meta(title="Categories of services", extra={"choices": "categories"})] = []
    service_areas: Annotated[
        Line, Meta(title="Service areas", description="Streets served; nobody is bound to one.")
    ] = ""
    address: Annotated[Line, Meta(title="Address")] = ""
    responsible_person: Annotated[Name, Meta(title="Responsible person", extra={"law": "P-09"})] = ""
    legal_representative: Annotated[Name, Meta(title="Legal representative")] = ""
    supervisory_unit: Annotated[
        Line, Meta(title="Supervisory unit", description="As on the certificate; 直接登记 when registered directly.")
    ] = ""
    registered_capital: Annotated[
        Amount | None, Meta(title="Registered capital", description="Yuan. Information only.", extra={"law": "D-10"})
    ] = None
    party_organization: Annotated[
        PartyOrganization | None, Meta(title="Party organization", extra={"words": PARTY_WORDS})
    ] = None
    streets: Annotated[list[Code], Meta(title="Streets served", extra={"choices": "streets", "law": "D-07"})] = []
    contact_name: Annotated[
        Name,
        Meta(title="Contact person", description="Street offices, authorities and your hub see it; nobody else."),
    ] = ""
    contact_phone: Annotated[
        str,
        Meta(
            title="Contact's telephone",
            pattern=r"^[0-9+][0-9 -]{5,30}$",
            max_length=40,
            extra_json_schema={"x-kind": "line"},
        ),
    ] = ""
    public_contact: Annotated[
        bool,
        Meta(title="The contact person agrees to be shown to everybody", description="Untick it to withdraw consent."),
    ] = False
    full_time_staff: Annotated[int | None, Meta(title="Full-time staff", ge=0, le=1_000_000)] = None
    social_workers: Annotated[int | None, Meta(title="Certified social workers", ge=0, le=1_000_000)] = None
    volunteers: Annotated[int | None, Meta(title="Volunteers", ge=0, le=10_000_000)] = None
    bank_name: Annotated[Line, Meta(title="Bank", description="Shown on invoices only.")] = ""
    bank_account: Annotated[Digits, Meta(title="Bank account", description="Digits only; shown on invoices only.")] = ""

    def words(self) -> ProfileWords:
        """Return the profile as the action takes it."""
        return ProfileWords(
            **{
                **msgspec.structs.asdict(self),
                "categories": tuple(self.categories),
                "streets": tuple(self.streets),
                "party_organization": self.party_organization or "",
            }
        )


class RecordStanding(msgspec.Struct, frozen=True, kw_only=True):
    """What an authority decided about an organization, with its document."""

    kind: Annotated[StandingKind, Meta(title="Kind", extra={"words": STANDING_WORDS})]
    value: Annotated[
        Line, Meta(title="Outcome", description="1A to 5A of a grade, or the result of an annual check.", max_length=40)
    ] = ""
    from_on: Annotated[date, Meta(title="Counts from")]
    until_on: Annotated[
        date | None, Meta(title="Counts until", description="The first day on which it no longer counts.")
    ] = None
    document: Annotated[Line, Meta(title="Document", description="The authority's document with its number.")]
    authority: Annotated[Line, Meta(title="Authority", description="Who decided it.")] = ""
    reason: Annotated[
        Code | None,
        Meta(
            title="Reason by its article", description="Of the two civil-affairs lists.", extra={"choices": "reasons"}
        ),
    ] = None

    def standing(self) -> StandingFact:
        """Return the standing as rules take it."""
        return StandingFact(**{**msgspec.structs.asdict(self), "reason": self.reason or ""})


class LiftStanding(msgspec.Struct, frozen=True, kw_only=True):
    """By which document a standing is lifted."""

    document: Annotated[Line, Meta(title="Document", description="The authority's document with its number.")]
