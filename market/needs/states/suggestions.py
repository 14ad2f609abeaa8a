"""The words of suggestions: what residents ask for, what becomes of it, and which later steps they hear of."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from market.base.lifecycle import EVERY, Lifecycle, Step, Tone
from market.base.refusal import Said, say
from market.needs.states.acts import Act
from market.people.states import Role


class SuggestionState(StrEnum):
    """Where a suggestion stands."""

    #: Neighbours support it; the street has not answered.
    OPEN = "open"
    #: The street takes it up: a need is made of it.
    TAKEN_UP = "taken-up"
    #: There is such a service already.
    SERVED = "served"
    #: Volunteers, the residents' committee or a unit of the neighbourhood can do it without a purchase.
    OTHERS = "others"
    #: It cannot be done, for the reason given.
    NOT_POSSIBLE = "not-possible"
    #: Another suggestion asks for the same; all voices went there.
    MERGED = "merged"
    #: It was taken from public sight, for the reason given.
    HIDDEN = "hidden"


class Outcome(StrEnum):
    """How a street answers."""

    TAKEN_UP = "taken-up"
    SERVED = "served"
    OTHERS = "others"
    NOT_POSSIBLE = "not-possible"


OUTCOME_WORDS: Mapping[Outcome, Said] = MappingProxyType(
    {
        Outcome.TAKEN_UP: say("We take it up"),
        Outcome.SERVED: say("There is such a service already"),
        Outcome.OTHERS: say("Volunteers or a unit of the neighbourhood can do it"),
        Outcome.NOT_POSSIBLE: say("It is not possible"),
    }
)


class Kind(StrEnum):
    """The four kinds of community services a suggestion may ask for."""

    LIFE = "LIFE"
    CHARITY = "CHARITY"
    CULTURE = "CULTURE"
    MEDIATION = "MEDIATION"


SERVICE_WORDS: Mapping[Kind, Said] = MappingProxyType(
    {
        Kind.LIFE: say("Daily life: meals, care, repairs"),
        Kind.CHARITY: say("Help for those in need"),
        Kind.CULTURE: say("Culture and sports"),
        Kind.MEDIATION: say("Disputes and mediation"),
    }
)


class Progress(StrEnum):
    """A later step that all who spoke hear of."""

    ANSWERED = "answered"
    MERGED = "merged"
    PLANNED = "planned"
    TENDERING = "tendering"
    AWARDED = "awarded"
    CONTRACTED = "contracted"
    EVALUATED = "evaluated"
    STOPPED = "stopped"


_OPEN = frozenset({SuggestionState.OPEN})
_SPOKEN_FOR = frozenset({SuggestionState.OPEN, SuggestionState.TAKEN_UP})
_ANSWERABLE = _SPOKEN_FOR | {SuggestionState.SERVED, SuggestionState.OTHERS, SuggestionState.NOT_POSSIBLE}
_RESIDENTS = frozenset({Role.RESIDENTS_COMMITTEE, Role.RESIDENT_REPRESENTATIVE, Role.ANYONE})
_ANYONE = frozenset({Role.ANYONE})
_PURCHASER = frozenset({Role.PURCHASER})

SUGGESTION = Lifecycle(
    kind="suggestion",
    collection="suggestions",
    label=say("Suggestion"),
    states={
        SuggestionState.OPEN: say("Open for support"),
        SuggestionState.TAKEN_UP: say("Taken up"),
        SuggestionState.SERVED: say("Served already"),
        SuggestionState.OTHERS: say("Done by neighbours"),
        SuggestionState.NOT_POSSIBLE: say("Not possible"),
        SuggestionState.MERGED: say("Merged with another"),
        SuggestionState.HIDDEN: say("Hidden"),
    },
    tones={
        SuggestionState.OPEN: Tone.OPEN,
        SuggestionState.TAKEN_UP: Tone.WAITING,
        SuggestionState.SERVED: Tone.CLOSED,
        SuggestionState.OTHERS: Tone.CLOSED,
        SuggestionState.NOT_POSSIBLE: Tone.REFUSED,
        SuggestionState.HIDDEN: Tone.REFUSED,
    },
    steps=(
        Step(Act.SEND_CODE, EVERY, None, _ANYONE, say("Send a code to my phone"), final=False),
        Step(Act.CONFIRM_CODE, EVERY, None, _ANYONE, say("Confirm the code"), final=False),
        Step(
            Act.SUGGEST_NEED,
            EVERY,
            SuggestionState.OPEN,
            _RESIDENTS,
            say("Suggest what is needed"),
            law="B-1",
            final=True,
        ),
        Step(
            Act.SUPPORT_SUGGESTION,
            _SPOKEN_FOR,
            None,
            _RESIDENTS,
            say("I need this too"),
            when="not-yet",
            final=False,
        ),
        Step(Act.ATTACH_PHOTO, _OPEN, None, _RESIDENTS, say("Add a photo"), when="raised", final=False),
        Step(
            Act.ANSWER_SUGGESTION,
            _ANSWERABLE,
            SuggestionState.TAKEN_UP,
            _PURCHASER,
            say("Answer the suggestion"),
            law="B-1",
            when="answerable",
        ),
        Step(
            Act.MERGE_SUGGESTIONS,
            _SPOKEN_FOR,
            SuggestionState.MERGED,
            _PURCHASER,
            say("Merge with another suggestion"),
            when="mergeable",
        ),
        Step(
            Act.HIDE_SUGGESTION,
            _ANSWERABLE | {SuggestionState.MERGED},
            SuggestionState.HIDDEN,
            frozenset({Role.PURCHASER, Role.STREET_SUPERVISOR}),
            say("Hide the suggestion"),
            law="R-7",
            when="own",
        ),
    ),
)
