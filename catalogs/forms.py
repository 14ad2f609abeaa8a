"""What the catalogue keeper, the authorities and the organizations send."""

from datetime import date
from typing import Annotated

import msgspec
from msgspec import Meta

from catalogs.actions import ProfileWords
from catalogs.rules import MenuItemWords, StandingFact
from catalogs.states import STANDING_WORDS, StandingKind
from market.base.forms import Amount, Code, Line, Name, Words

Digits = Annotated[str, Meta(pattern="^[0-9]{6,40}$")]


class MenuItem(msgspec.Struct, frozen=True, kw_only=True):
    """A service of the menu, with the official item and the category it maps to."""

    name_zh: Annotated[Name, Meta(title="Name in Chinese")]
    name_en: Annotated[Name, Meta(title="Name in English")] = ""
    unit_zh: Annotated[
        Name, Meta(title="Unit", description="In what the service is counted, such as 人次.", max_length=40)
    ]
    unit_en: Annotated[Name, Meta(title="Unit in English", max_length=60)] = ""
    item: Annotated[Code, Meta(title="Official item code", extra={"choices": "items", "law": "N-12"})]
    category: Annotated[Code, Meta(title="Category", extra={"choices": "categories"})]
    price_from: Annotated[Amount | None, Meta(title="Reference price from", description="Yuan for one unit.")] = None
    price_until: Annotated[Amount | None, Meta(title="Reference price until")] = None

    def words(self) -> MenuItemWords:
        """Return the service as rules take it."""
        return MenuItemWords(**msgspec.structs.asdict(self))


class UpdateProfile(msgspec.Struct, frozen=True, kw_only=True):
    """What an organization tells of itself; what is left out is emptied."""

    business_scope: Annotated[Words, Meta(title="Business scope", description="As in the charter.")] = ""
    categories: Annotated[list[Code], Meta(title="Categories of services", extra={"choices": "categories"})] = []
    service_areas: Annotated[
        Line, Meta(title="Service areas", description="Streets served; nobody is bound to one.")
    ] = ""
    address: Annotated[Line, Meta(title="Address")] = ""
    responsible_person: Annotated[Name, Meta(title="Responsible person", extra={"law": "P-09"})] = ""
    full_time_staff: Annotated[int | None, Meta(title="Full-time staff", ge=0, le=1_000_000)] = None
    social_workers: Annotated[int | None, Meta(title="Certified social workers", ge=0, le=1_000_000)] = None
    volunteers: Annotated[int | None, Meta(title="Volunteers", ge=0, le=10_000_000)] = None
    bank_name: Annotated[Line, Meta(title="Bank", description="Shown on invoices only.")] = ""
    bank_account: Annotated[Digits, Meta(title="Bank account", description="Digits only; shown on invoices only.")] = ""

    def words(self) -> ProfileWords:
        """Return the profile as the action takes it."""
        return ProfileWords(**{**msgspec.structs.asdict(self), "categories": tuple(self.categories)})


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

    def standing(self) -> StandingFact:
        """Return the standing as rules take it."""
        return StandingFact(**msgspec.structs.asdict(self))


class LiftStanding(msgspec.Struct, frozen=True, kw_only=True):
    """By which document a standing is lifted."""

    document: Annotated[Line, Meta(title="Document", description="The authority's document with its number.")]
