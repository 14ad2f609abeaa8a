"""The words of the registers and their entries."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from catalogs.states.acts import Act
from market.base.lifecycle import EVERY, Lifecycle, Step, Tone
from market.base.refusal import Said, say
from market.people.states import Role


class Register(StrEnum):
    """Which list an entry belongs to; linked, never confused."""

    #: Official codes of the State's procurement catalogue; every need bears one.
    ITEM = "item"
    #: What may be bought as government purchase of services.
    GUIDING = "guiding"
    #: What a street offers its residents; kept by the catalogue keeper.
    MENU = "menu"
    #: The four categories of community services, and what supports them.
    CATEGORY = "category"


REGISTER_WORDS: Mapping[str, Said] = MappingProxyType(
    {
        Register.ITEM: say("Official item codes"),
        Register.GUIDING: say("Guiding catalogue"),
        Register.MENU: say("Community service menu"),
        Register.CATEGORY: say("Community service categories"),
    }
)


class Checked(StrEnum):
    """How far an entry was compared with its source; every page shows it."""

    VERIFIED = "verified"
    UNVERIFIED = "unverified"
    ILLUSTRATIVE = "illustrative"
    OWN = "own decision"


CHECKED_WORDS: Mapping[str, Said] = MappingProxyType(
    {
        Checked.VERIFIED: say("Compared with the source"),
        Checked.UNVERIFIED: say("From memory, not yet compared with the source"),
        Checked.ILLUSTRATIVE: say("Example, not an official list"),
        Checked.OWN: say("Kept by the catalogue keeper"),
    }
)


class EntryState(StrEnum):
    """Where an entry of a register stands."""

    #: It stands in an edition that is not in force yet; the keeper alone sees it.
    PROPOSED = "proposed"
    IN_USE = "in-use"
    RETIRED = "retired"


_KEEPER = frozenset({Role.CATALOGUE_KEEPER})
_CHANGEABLE = frozenset({EntryState.PROPOSED, EntryState.IN_USE})

ENTRY = Lifecycle(
    kind="entry",
    collection="catalogs",
    label=say("Catalogue entry"),
    states={
        EntryState.PROPOSED: say("Proposed"),
        EntryState.IN_USE: say("In use"),
        EntryState.RETIRED: say("Retired"),
    },
    tones={
        EntryState.PROPOSED: Tone.WAITING,
        EntryState.IN_USE: Tone.OPEN,
        EntryState.RETIRED: Tone.REFUSED,
    },
    # What the keeper changes stands in the draft of the next edition: the entry itself stays as it is until the day.
    steps=(
        Step(Act.ADD_ITEM, EVERY, EntryState.PROPOSED, _KEEPER, say("Add a service to the menu"), law="N-9"),
        Step(
            Act.REVISE_ITEM,
            _CHANGEABLE,
            None,
            _KEEPER,
            say("Revise this service"),
            law="N-9",
            when="of-the-menu",
            final=False,
        ),
        Step(
            Act.ADD_GUIDING_ENTRY,
            EVERY,
            EntryState.PROPOSED,
            _KEEPER,
            say("Add an entry to the guiding catalogue"),
            law="N-9",
        ),
        Step(
            Act.REVISE_GUIDING_ENTRY,
            _CHANGEABLE,
            None,
            _KEEPER,
            say("Revise this guiding entry"),
            law="N-9",
            when="of-the-guiding",
            final=False,
        ),
        Step(
            Act.RETIRE_ITEM,
            _CHANGEABLE,
            None,
            _KEEPER,
            say("Retire this entry"),
            law="N-9",
            when="of-an-edition",
        ),
    ),
)
