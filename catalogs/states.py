"""The words of the catalogues: registers and their entries, standings of organizations, acts on both."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

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

    IN_USE = "in-use"
    RETIRED = "retired"


class StandingKind(StrEnum):
    """What an authority has recorded about an organization."""

    DISHONEST_DEBTOR = "dishonest-debtor"
    TAX_OFFENDER = "tax-offender"
    PROCUREMENT_OFFENDER = "procurement-offender"
    CIVIL_SERIOUS = "civil-serious"
    SERIOUS_ILLEGALITY = "serious-illegality"
    ABNORMAL = "abnormal"
    GRADE = "grade"
    ANNUAL_CHECK = "annual-check"
    CHARITY = "charity"
    HUB = "hub"


STANDING_WORDS: Mapping[str, Said] = MappingProxyType(
    {
        StandingKind.DISHONEST_DEBTOR: say("List of dishonest debtors under enforcement"),
        StandingKind.TAX_OFFENDER: say("List of parties to major tax offences"),
        StandingKind.PROCUREMENT_OFFENDER: say("List of serious offences in government procurement"),
        StandingKind.CIVIL_SERIOUS: say("Civil-affairs list of serious illegality and dishonesty"),
        StandingKind.SERIOUS_ILLEGALITY: say("Penalty for serious illegality in business"),
        StandingKind.ABNORMAL: say("Civil-affairs list of abnormal activity"),
        StandingKind.GRADE: say("Assessment grade"),
        StandingKind.ANNUAL_CHECK: say("Annual check"),
        StandingKind.CHARITY: say("Recognized charity"),
        StandingKind.HUB: say("Designated hub organization"),
    }
)

BARS: Mapping[str, str] = MappingProxyType(
    {
        StandingKind.DISHONEST_DEBTOR: "P-11",
        StandingKind.TAX_OFFENDER: "P-11",
        StandingKind.PROCUREMENT_OFFENDER: "P-11",
        StandingKind.CIVIL_SERIOUS: "P-15",
        StandingKind.SERIOUS_ILLEGALITY: "P-06",
    }
)
"""The only standings that bar, each with its rule; everything else is information (D-01 to D-07)."""


GRADE_WORDS: Mapping[str, Said] = MappingProxyType(
    {"excellent": say("Excellent"), "good": say("Good"), "fair": say("Fair"), "poor": say("Poor")}
)
"""The grades of published evaluations (K-6), as the track record shows them."""


class StandingState(StrEnum):
    """Whether a standing was taken back by the authority; that its term has ended is told by the clock."""

    RECORDED = "recorded"
    LIFTED = "lifted"


class ProfileState(StrEnum):
    """A profile is kept as long as the organization is registered."""

    KEPT = "kept"


class Act(StrEnum):
    """The deeds of the catalogues."""

    ADD_ITEM = "add-item"
    REVISE_ITEM = "revise-item"
    RETIRE_ITEM = "retire-item"
    UPDATE_PROFILE = "update-profile"
    RECORD_STANDING = "record-standing"
    LIFT_STANDING = "lift-standing"


_KEEPER = frozenset({Role.CATALOGUE_KEEPER})
_AUTHORITIES = frozenset({Role.CATALOGUE_KEEPER, Role.FINANCE_SUPERVISOR})
_REGISTERED = frozenset({"registered"})

ENTRY = Lifecycle(
    kind="entry",
    collection="catalogs",
    label=say("Catalogue entry"),
    states={EntryState.IN_USE: say("In use"), EntryState.RETIRED: say("Retired")},
    tones={
        EntryState.IN_USE: Tone.OPEN,
        EntryState.RETIRED: Tone.REFUSED,
    },
    steps=(
        Step(Act.ADD_ITEM, EVERY, EntryState.IN_USE, _KEEPER, say("Add a service to the menu"), law="N-9"),
        Step(
            Act.REVISE_ITEM,
            frozenset({EntryState.IN_USE}),
            None,
            _KEEPER,
            say("Revise this service"),
            law="N-9",
            when="of-the-menu",
            final=False,
        ),
        Step(
            Act.RETIRE_ITEM,
            frozenset({EntryState.IN_USE}),
            EntryState.RETIRED,
            _KEEPER,
            say("Retire this service"),
            law="N-9",
            when="of-the-menu",
        ),
    ),
)

STANDING = Lifecycle(
    kind="standing",
    collection="standings",
    label=say("Standing"),
    states={StandingState.RECORDED: say("Recorded"), StandingState.LIFTED: say("Lifted")},
    tones={
        StandingState.LIFTED: Tone.CLOSED,
    },
    steps=(
        Step(
            Act.RECORD_STANDING,
            _REGISTERED,
            StandingState.RECORDED,
            _AUTHORITIES,
            say("Record a standing"),
            law="X-7",
            of="organization",
        ),
        Step(
            Act.LIFT_STANDING,
            frozenset({StandingState.RECORDED}),
            StandingState.LIFTED,
            _AUTHORITIES,
            say("Lift this standing"),
            law="X-7",
        ),
    ),
)

PROFILE = Lifecycle(
    kind="profile",
    collection="organizations",
    label=say("Profile"),
    states={ProfileState.KEPT: say("Kept")},
    steps=(
        Step(
            Act.UPDATE_PROFILE,
            _REGISTERED,
            None,
            frozenset({Role.ORGANIZATION_ADMINISTRATOR}),
            say("Update the profile"),
            law="D-01",
            of="organization",
            when="own",
            final=False,
        ),
    ),
)

LIFECYCLES = (ENTRY, STANDING, PROFILE)
