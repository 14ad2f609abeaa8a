"""What organizations, hubs and the keeper send about listings and mandates."""

from datetime import date
from typing import Annotated

import msgspec
from msgspec import Meta

from catalogs.states import OUTCOME_WORDS, Outcome
from market.base.forms import Code, Words

_FILES = Meta(
    title="Documents",
    description="Registration certificate, charter, last annual report; attach them first.",
    extra={"choices": "files", "law": "P-08"},
)


class ApplyForListing(msgspec.Struct, frozen=True, kw_only=True):
    """In which category an organization asks to be listed, what it has done there, and its documents."""

    category: Annotated[Code, Meta(title="Category", extra={"choices": "categories", "law": "D-01"})]
    statement: Annotated[Words, Meta(title="What the organization has done in this category", max_length=2000)]
    files: Annotated[list[Code], _FILES] = []


class Again(msgspec.Struct, frozen=True, kw_only=True):
    """An application sent again: repaired, or for another term."""

    statement: Annotated[Words, Meta(title="What the organization has done in this category", max_length=2000)]
    files: Annotated[list[Code], _FILES] = []


class ReviewListing(msgspec.Struct, frozen=True, kw_only=True):
    """What the keeper says of an application, and why."""

    outcome: Annotated[Outcome, Meta(title="Decision", extra={"words": OUTCOME_WORDS, "law": "HR-12"})]
    reason: Annotated[
        Words,
        Meta(title="Reason", description="Needed to return or to refuse; the organization reads it.", max_length=1000),
    ] = ""


class GrantMandate(msgspec.Struct, frozen=True, kw_only=True):
    """Which hub may keep the organization's profile and listings, and until when."""

    hub: Annotated[Code, Meta(title="Hub organization", extra={"choices": "hubs"})]
    until_on: Annotated[
        date,
        Meta(title="Mandate until", description="The first day on which it no longer counts; at most three years."),
    ]
    hidden: Annotated[
        bool,
        Meta(
            title="Do not show on our public page that this hub helps us",
            description="Without this tick you consent that both public pages name each other while the mandate holds.",
        ),
    ] = False
