"""The words of organizations in the directory: what authorities recorded of them, and their profiles."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from catalogs.states.acts import Act
from market.base.lifecycle import Lifecycle, Step, Tone
from market.base.refusal import Said, say
from market.people.states import Role


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
    PUBLIC_FUNDRAISING = "public-fundraising"
    TAX_EXEMPT = "tax-exempt"
    DONATION_DEDUCTION = "donation-deduction"
    SANCTION = "sanction"
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
        StandingKind.PUBLIC_FUNDRAISING: say("Qualified for public fundraising"),
        StandingKind.TAX_EXEMPT: say("Tax exemption as a non-profit organization"),
        StandingKind.DONATION_DEDUCTION: say("Donations to it are deductible from tax"),
        StandingKind.SANCTION: say("Administrative penalty"),
        StandingKind.HUB: say("Designated hub organization"),
    }
)

REASON_WORDS: Mapping[str, Said] = MappingProxyType(
    {
        "abnormal-1": say("(1) The annual report was not sent on time"),
        "abnormal-2": say("(2) No party organization was set up as required"),
        "abnormal-3": say("(3) An order to rectify was not met in time"),
        "abnormal-4": say("(4) A charity broke the rules of public fundraising"),
        "abnormal-5": say("(5) A warning, or a fine below 50,000 yuan"),
        "abnormal-6": say("(6) It cannot be reached at its registered address"),
        "abnormal-7": say("(7) Another case named by law"),
        "civil-serious-1": say("(1) Two years or longer on the list of abnormal activity"),
        "civil-serious-2": say("(2) A change registered by fraud was revoked"),
        "civil-serious-3": say("(3) It was ordered to suspend its activities"),
        "civil-serious-4": say("(4) A fine of 50,000 yuan or more"),
        "civil-serious-5": say("(5) Two or more warnings or smaller fines within three years"),
        "civil-serious-6": say("(6) It is a dishonest debtor under enforcement"),
        "civil-serious-7": say("(7) Its registration was revoked or cancelled"),
        "civil-serious-8": say("(8) Another serious case named by law"),
    }
)
"""Why an organization is on a civil-affairs list: the items of articles 11 and 15 of 民政部令第60号, by kind."""

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


TERMS: Mapping[str, str] = MappingProxyType(
    {
        StandingKind.GRADE: "X-8",
        StandingKind.TAX_EXEMPT: "X-11",
        StandingKind.DONATION_DEDUCTION: "X-12",
    }
)
"""The standings that hold for years of the law where their document names no end, each with its rule."""

GRADE_WORDS: Mapping[str, Said] = MappingProxyType(
    {"excellent": say("Excellent"), "good": say("Good"), "fair": say("Fair"), "poor": say("Poor")}
)
"""The grades of published evaluations (K-6), as the track record shows them."""


class StandingState(StrEnum):
    """Whether a standing was lifted by the authority or ended by time; its days tell whether it counts."""

    RECORDED = "recorded"
    LIFTED = "lifted"
    ENDED = "ended"


class PartyOrganization(StrEnum):
    """How an organization has set up its party organization, as it tells itself."""

    OWN = "own"
    JOINT = "joint"
    FUNCTIONAL = "functional"
    NONE = "none"


PARTY_WORDS: Mapping[PartyOrganization, Said] = MappingProxyType(
    {
        PartyOrganization.OWN: say("Party organization of its own"),
        PartyOrganization.JOINT: say("Joint party organization"),
        PartyOrganization.FUNCTIONAL: say("Functional party organization"),
        PartyOrganization.NONE: say("No party organization"),
    }
)


class ProfileState(StrEnum):
    """A profile is kept as long as the organization is registered."""

    KEPT = "kept"


_AUTHORITIES = frozenset({Role.CATALOGUE_KEEPER, Role.FINANCE_SUPERVISOR})
_REGISTERED = frozenset({"registered"})

STANDING = Lifecycle(
    kind="standing",
    collection="standings",
    label=say("Standing"),
    states={
        StandingState.RECORDED: say("Recorded"),
        StandingState.LIFTED: say("Lifted"),
        StandingState.ENDED: say("Its term ended"),
    },
    tones={
        StandingState.LIFTED: Tone.CLOSED,
        StandingState.ENDED: Tone.CLOSED,
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
        Step(
            Act.END_STANDING,
            frozenset({StandingState.RECORDED}),
            StandingState.ENDED,
            frozenset({Role.CLOCK}),
            say("End a standing whose term is over"),
            law="X-8",
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
            frozenset({Role.ORGANIZATION_ADMINISTRATOR, Role.HUB_STAFF}),
            say("Update the profile"),
            law="D-01",
            of="organization",
            when="acts-for",
            final=False,
        ),
    ),
)
