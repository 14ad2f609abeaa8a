"""The words of editions: the guiding catalogue and the menu change by a draft that is published for a day."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from catalogs.states.acts import Act
from catalogs.states.entries import Register
from market.base.lifecycle import EVERY, Lifecycle, Step, Tone
from market.base.refusal import Said, say
from market.people.states import Role


class EditionState(StrEnum):
    """Where an edition of a register stands."""

    #: The keeper writes it; only who keeps or oversees the catalogue sees it.
    DRAFT = "draft"
    #: The keeper threw it away; nobody but them ever saw it.
    DROPPED = "dropped"
    #: Everybody may read it; it waits for its day.
    PUBLISHED = "published"
    #: It was taken back before its day; it is kept as it was, and never held.
    WITHDRAWN = "withdrawn"
    #: What holds today.
    IN_FORCE = "in-force"
    #: A later edition holds; it is kept as it was.
    SUPERSEDED = "superseded"


WITH_EDITIONS = (Register.MENU, Register.GUIDING)
"""The registers that the district's keeper keeps by editions; the others are the State's or the house's own."""

FIELD_WORDS: Mapping[str, Said] = MappingProxyType(
    {
        "name_zh": say("Name in Chinese"),
        "name_en": say("Name in English"),
        "parent": say("Above it"),
        "level": say("Level"),
        "unit_zh": say("Unit"),
        "unit_en": say("Unit in English"),
        "item": say("Official item code"),
        "category": say("Category"),
        "price_from": say("Reference price from"),
        "price_until": say("Reference price until"),
        "standard": say("What good delivery is"),
        "indicators": say("Service indicators"),
        "staff": say("Staff needed"),
        "evidence": say("Evidence of delivery"),
        "state": say("State"),
    }
)
"""What an entry says, as a comparison of two editions names it."""

_KEEPER = frozenset({Role.CATALOGUE_KEEPER})

EDITION = Lifecycle(
    kind="edition",
    collection="catalogs/editions",
    label=say("Edition of the catalogue"),
    states={
        EditionState.DRAFT: say("Draft"),
        EditionState.DROPPED: say("Thrown away"),
        EditionState.PUBLISHED: say("Published, waits for its day"),
        EditionState.WITHDRAWN: say("Withdrawn before its day"),
        EditionState.IN_FORCE: say("In force"),
        EditionState.SUPERSEDED: say("Replaced by a later one"),
    },
    tones={
        EditionState.PUBLISHED: Tone.WAITING,
        EditionState.IN_FORCE: Tone.OPEN,
        EditionState.DROPPED: Tone.REFUSED,
        EditionState.WITHDRAWN: Tone.REFUSED,
        EditionState.SUPERSEDED: Tone.CLOSED,
    },
    steps=(
        Step(Act.BEGIN_EDITION, EVERY, EditionState.DRAFT, _KEEPER, say("Begin an edition"), law="N-9"),
        Step(
            Act.PUBLISH_CATALOGUE,
            frozenset({EditionState.DRAFT}),
            EditionState.PUBLISHED,
            _KEEPER,
            say("Publish this edition"),
            law="N-9",
        ),
        Step(
            Act.WITHDRAW_EDITION,
            frozenset({EditionState.DRAFT, EditionState.PUBLISHED}),
            EditionState.WITHDRAWN,
            _KEEPER,
            say("Withdraw this edition before its day"),
            law="N-9",
        ),
        Step(
            Act.PUT_IN_FORCE,
            frozenset({EditionState.PUBLISHED}),
            EditionState.IN_FORCE,
            frozenset({Role.CLOCK}),
            say("Put the edition in force"),
            law="N-9",
        ),
    ),
)
