"""What the catalogue keeper sends about entries and editions."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import Meta

from catalogs.rules import Indicator, MenuItemWords
from catalogs.states import REGISTER_WORDS, Register
from market.base.forms import Amount, Code, Line, Name, Words
from market.base.refusal import say


class EditedRegister(StrEnum):
    """The registers that have editions, for the choice of one."""

    MENU = Register.MENU.value
    GUIDING = Register.GUIDING.value


class IndicatorRow(msgspec.Struct, frozen=True, kw_only=True):
    """What is measured of a service."""

    name: Annotated[Line, Meta(title="What is measured")]
    number: Annotated[Decimal, Meta(title="Number to reach", le=999_999_999_999)]
    unit: Annotated[Name, Meta(title="Unit", max_length=40)]


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

    standard: Annotated[
        Words,
        Meta(
            title="What good delivery is",
            description="What residents can expect, and how it is told from poor delivery.",
            extra={"group": say("Service standard")},
        ),
    ] = ""
    indicators: Annotated[
        list[IndicatorRow],
        Meta(
            title="Service indicators",
            description="Each with a number and a unit; needs take them over.",
            extra={"law": "K-1"},
        ),
    ] = []
    staff: Annotated[Words, Meta(title="Staff needed", description="How many, and with which training.")] = ""
    evidence: Annotated[
        Words, Meta(title="Evidence of delivery", description="Which records show that it was delivered.")
    ] = ""

    def words(self) -> MenuItemWords:
        """Return the service as rules take it."""
        rows = tuple(Indicator(**msgspec.structs.asdict(row)) for row in self.indicators)
        return MenuItemWords(**{**msgspec.structs.asdict(self), "indicators": rows})


class AddGuidingEntry(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of the guiding catalogue, below another."""

    parent: Annotated[Code, Meta(title="Above it", extra={"choices": "parents", "law": "N-9"})]
    code: Annotated[Code, Meta(title="Code", description="Begins with the code above it.", max_length=20)]
    name_zh: Annotated[Name, Meta(title="Name in Chinese")]
    name_en: Annotated[Name, Meta(title="Name in English")] = ""


class ReviseGuidingEntry(msgspec.Struct, frozen=True, kw_only=True):
    """The names of an entry of the guiding catalogue."""

    name_zh: Annotated[Name, Meta(title="Name in Chinese")]
    name_en: Annotated[Name, Meta(title="Name in English")] = ""


class BeginEdition(msgspec.Struct, frozen=True, kw_only=True):
    """Of which register an edition is begun."""

    register: Annotated[EditedRegister, Meta(title="Register", extra={"words": REGISTER_WORDS})]


class PublishCatalogue(msgspec.Struct, frozen=True, kw_only=True):
    """From which day an edition holds, and what it rests on."""

    in_force_from: Annotated[
        date, Meta(title="In force from", description="Today or later; time puts it in force.", extra={"law": "N-9"})
    ]
    grounds: Annotated[
        Words, Meta(title="What it rests on", description="The document with its number, and what was asked before.")
    ]


class WithdrawEdition(msgspec.Struct, frozen=True, kw_only=True):
    """Why an edition is taken back before its day."""

    reason: Annotated[
        Words,
        Meta(
            title="Reason",
            description="Of a published edition everybody reads it.",
            max_length=1000,
            extra={"law": "N-9"},
        ),
    ]
