"""The words of needs: where one stands, what is done to it, which channel a purchase takes."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from market.base.lifecycle import EVERY, Lifecycle, Step, Tone
from market.base.refusal import Said, say
from market.needs.states.acts import Act
from market.people.states import Role


class State(StrEnum):
    """Where a need stands."""

    #: The purchaser writes it; the street alone sees it.
    DRAFT = "draft"
    #: Its money is reserved; a second person reads it.
    SUBMITTED = "submitted"
    #: The reviewer wants it changed; the reservation is given back.
    SENT_BACK = "sent-back"
    #: It may be bought.
    APPROVED = "approved"
    #: A tender is made of it.
    TENDERING = "tendering"
    #: Its hand-over file is made; the purchase runs outside this house.
    HANDED_OVER = "handed-over"
    #: The outside process awarded it; its contract is to be made.
    AWARDED = "awarded"
    #: A contract binds its money.
    CONTRACTED = "contracted"
    #: The street does not want it any more; its money is free.
    WITHDRAWN = "withdrawn"


RESERVING = (State.SUBMITTED, State.APPROVED, State.TENDERING, State.HANDED_OVER, State.AWARDED)
"""Where a need holds its budget reserved on its line."""


class Decision(StrEnum):
    """How a review ends."""

    APPROVE = "approve"
    SEND_BACK = "send-back"


DECISION_WORDS: Mapping[Decision, Said] = MappingProxyType(
    {Decision.APPROVE: say("Approve"), Decision.SEND_BACK: say("Send back")}
)


class Answer(StrEnum):
    """A purchaser's answer to a question of the negative list."""

    NO = "no"
    YES = "yes"


ANSWER_WORDS: Mapping[Answer, Said] = MappingProxyType({Answer.NO: say("No"), Answer.YES: say("Yes")})

QUESTIONS: Mapping[str, Said] = MappingProxyType(
    {
        "N-1": say("Does the service lie outside the duties of government?"),
        "N-2": say("Is it something the government must do itself, such as a permit, a penalty or a decision?"),
        "N-3": say("Are goods or works bought, or works bundled with services?"),
        "N-4": say("Is it a way of borrowing money?"),
        "N-5": say("Is staff hired for the buyer, dispatched labour used, or a public-benefit post set up?"),
        "N-6": say("Does another law or rule of the State forbid buying it?"),
    }
)
"""The negative list as questions; a yes to any of them ends the purchase."""


class Channel(StrEnum):
    """Where the purchase runs: in this house, or on the city's official platform."""

    HERE = "here"
    OFFICIAL = "official"


_PURCHASER = frozenset({Role.PURCHASER})
_OPEN = frozenset({State.DRAFT, State.SENT_BACK})

NEED = Lifecycle(
    kind="need",
    collection="needs",
    label=say("Need"),
    states={
        State.DRAFT: say("Draft"),
        State.SUBMITTED: say("In review"),
        State.SENT_BACK: say("Sent back"),
        State.APPROVED: say("Approved"),
        State.TENDERING: say("In tendering"),
        State.HANDED_OVER: say("Handed over"),
        State.AWARDED: say("Awarded outside"),
        State.CONTRACTED: say("Under contract"),
        State.WITHDRAWN: say("Withdrawn by the street"),
    },
    tones={
        State.SUBMITTED: Tone.WAITING,
        State.SENT_BACK: Tone.REFUSED,
        State.APPROVED: Tone.OPEN,
        State.TENDERING: Tone.OPEN,
        State.HANDED_OVER: Tone.OPEN,
        State.AWARDED: Tone.WAITING,
        State.CONTRACTED: Tone.CLOSED,
        State.WITHDRAWN: Tone.REFUSED,
    },
    steps=(
        Step(Act.DRAFT_NEED, EVERY, State.DRAFT, _PURCHASER, say("Draft a need"), law="N-7"),
        Step(Act.REVISE_NEED, _OPEN, None, _PURCHASER, say("Revise the need"), when="own", final=False),
        Step(Act.SUBMIT_NEED, _OPEN, State.SUBMITTED, _PURCHASER, say("Submit for review"), law="N-10", when="own"),
        Step(
            Act.REVIEW_NEED,
            frozenset({State.SUBMITTED}),
            State.APPROVED,
            frozenset({Role.APPROVER, Role.LEGAL_REVIEWER, Role.STREET_SUPERVISOR}),
            say("Review the need"),
            law="B-5",
            when="second-person",
        ),
        Step(
            Act.WITHDRAW_NEED,
            frozenset({State.DRAFT, State.SUBMITTED, State.SENT_BACK, State.APPROVED}),
            State.WITHDRAWN,
            _PURCHASER,
            say("Withdraw the need"),
            law="N-10",
            when="own",
        ),
        Step(
            Act.CHOOSE_METHOD,
            frozenset({State.DRAFT, State.SENT_BACK, State.APPROVED}),
            None,
            _PURCHASER,
            say("Choose the method"),
            law="H-7",
            when="own",
            final=False,
        ),
        Step(
            Act.HAND_OVER,
            frozenset({State.APPROVED}),
            State.HANDED_OVER,
            _PURCHASER,
            say("Hand over"),
            law="H-4",
            when="own-outside",
        ),
        Step(
            Act.TRACK_OFFICIAL,
            frozenset({State.HANDED_OVER}),
            None,
            _PURCHASER,
            say("Note a stage"),
            law="H-4",
            when="own",
            final=False,
        ),
        Step(
            Act.RECORD_OFFICIAL_RESULT,
            frozenset({State.HANDED_OVER}),
            State.AWARDED,
            _PURCHASER,
            say("Record the official result"),
            law="H-4",
            when="own",
        ),
    ),
)
