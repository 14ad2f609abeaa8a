"""The words of listings in the directory, and of the mandates under which hubs help."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from catalogs.states.acts import Act
from market.base.lifecycle import Lifecycle, Step, Tone
from market.base.refusal import Said, say
from market.people.states import Role


class ListingState(StrEnum):
    """Where an application for the directory stands; whether it counts on a day is told by its term."""

    APPLIED = "applied"
    RETURNED = "returned"
    LISTED = "listed"
    REFUSED = "refused"
    LAPSED = "lapsed"


class Outcome(StrEnum):
    """What the keeper says of an application."""

    ACCEPT = "accept"
    RETURN = "return"
    REFUSE = "refuse"


OUTCOME_WORDS: Mapping[Outcome, Said] = MappingProxyType(
    {
        Outcome.ACCEPT: say("List it"),
        Outcome.RETURN: say("Return it once for repair"),
        Outcome.REFUSE: say("Refuse it"),
    }
)


class MandateState(StrEnum):
    """Whether a mandate was taken back; that its days are over is told by the clock."""

    GRANTED = "granted"
    REVOKED = "revoked"


_ADMINISTRATOR = frozenset({Role.ORGANIZATION_ADMINISTRATOR})
_HELPERS = frozenset({Role.ORGANIZATION_ADMINISTRATOR, Role.HUB_STAFF})
_KEEPER = frozenset({Role.CATALOGUE_KEEPER})
_CLOCK = frozenset({Role.CLOCK})
_REGISTERED = frozenset({"registered"})

LISTING = Lifecycle(
    kind="listing",
    collection="listings",
    label=say("Listing in the directory"),
    states={
        ListingState.APPLIED: say("Waiting for the keeper"),
        ListingState.RETURNED: say("Returned for repair"),
        ListingState.LISTED: say("Listed in the directory"),
        ListingState.REFUSED: say("Application refused"),
        ListingState.LAPSED: say("Listing lapsed"),
    },
    tones={
        ListingState.APPLIED: Tone.WAITING,
        ListingState.RETURNED: Tone.WAITING,
        ListingState.LISTED: Tone.OPEN,
        ListingState.REFUSED: Tone.REFUSED,
        ListingState.LAPSED: Tone.CLOSED,
    },
    steps=(
        Step(
            Act.APPLY_FOR_LISTING,
            _REGISTERED,
            ListingState.APPLIED,
            _HELPERS,
            say("Apply for a listing"),
            law="D-01",
            of="organization",
            when="acts-for",
            final=False,
        ),
        Step(
            Act.REPAIR_LISTING,
            frozenset({ListingState.RETURNED}),
            ListingState.APPLIED,
            _HELPERS,
            say("Repair the application"),
            law="HR-12",
            when="acts-for",
            final=False,
        ),
        Step(
            Act.REVIEW_LISTING,
            frozenset({ListingState.APPLIED}),
            ListingState.LISTED,
            _KEEPER,
            say("Review the application"),
            law="HR-11",
        ),
        Step(
            Act.RENEW_LISTING,
            frozenset({ListingState.LISTED, ListingState.LAPSED}),
            ListingState.APPLIED,
            _HELPERS,
            say("Renew the listing"),
            law="HR-13",
            when="renewable",
            final=False,
        ),
        Step(
            Act.REMIND_LISTING,
            frozenset({ListingState.LISTED}),
            None,
            _CLOCK,
            say("Remind of the end of a listing"),
            law="HR-13",
        ),
        Step(
            Act.LAPSE_LISTING,
            frozenset({ListingState.LISTED}),
            ListingState.LAPSED,
            _CLOCK,
            say("Let a listing lapse"),
            law="HR-11",
        ),
        Step(
            Act.CLOSE_REPAIR,
            frozenset({ListingState.RETURNED}),
            ListingState.REFUSED,
            _CLOCK,
            say("Close an application that was not repaired"),
            law="HR-12",
        ),
    ),
)

MANDATE = Lifecycle(
    kind="mandate",
    collection="mandates",
    label=say("Mandate of a hub"),
    states={MandateState.GRANTED: say("Mandate granted"), MandateState.REVOKED: say("Mandate revoked")},
    tones={MandateState.GRANTED: Tone.OPEN, MandateState.REVOKED: Tone.CLOSED},
    steps=(
        Step(
            Act.GRANT_MANDATE,
            _REGISTERED,
            MandateState.GRANTED,
            _ADMINISTRATOR,
            say("Mandate a hub"),
            law="P-10",
            of="organization",
            when="own",
        ),
        Step(
            Act.REVOKE_MANDATE,
            frozenset({MandateState.GRANTED}),
            MandateState.REVOKED,
            _ADMINISTRATOR,
            say("Revoke the mandate"),
            when="own",
        ),
    ),
)
