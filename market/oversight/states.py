"""The words of oversight: findings, which a street answers, and flags, which the auditor looks into and clears."""

from enum import StrEnum

from market.base.lifecycle import Lifecycle, Step, Tone
from market.base.refusal import say
from market.people.states import Role


class Act(StrEnum):
    """The deeds of oversight."""

    OPEN_FINDING = "open-finding"
    ANSWER_FINDING = "answer-finding"
    CLOSE_FINDING = "close-finding"
    RAISE_FLAG = "raise-flag"
    CLEAR_FLAG = "clear-flag"


class State(StrEnum):
    """Where a finding stands."""

    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"


class FlagState(StrEnum):
    """Where a flag stands."""

    RAISED = "raised"
    CLEARED = "cleared"


FINDING = Lifecycle(
    kind="finding",
    collection="findings",
    label=say("Finding"),
    states={State.OPEN: say("To be answered"), State.ANSWERED: say("Answered"), State.CLOSED: say("Closed")},
    tones={
        State.OPEN: Tone.WAITING,
        State.ANSWERED: Tone.WAITING,
        State.CLOSED: Tone.CLOSED,
    },
    steps=(
        Step(
            Act.OPEN_FINDING,
            frozenset(),
            State.OPEN,
            frozenset({Role.AUDITOR}),
            say("Open a finding"),
            law="K-1",
            final=True,
        ),
        Step(
            Act.ANSWER_FINDING,
            frozenset({State.OPEN}),
            State.ANSWERED,
            frozenset({Role.STREET_SUPERVISOR, Role.APPROVER}),
            say("Answer the finding"),
            law="HR-6",
            when="concerns_reader",
        ),
        Step(
            Act.CLOSE_FINDING,
            frozenset({State.ANSWERED}),
            State.CLOSED,
            frozenset({Role.AUDITOR}),
            say("Close the finding"),
        ),
    ),
)

FLAG = Lifecycle(
    kind="flag",
    collection="flags",
    label=say("Flag"),
    states={FlagState.RAISED: say("To be looked into"), FlagState.CLEARED: say("Cleared")},
    tones={FlagState.RAISED: Tone.WAITING, FlagState.CLEARED: Tone.CLOSED},
    steps=(
        Step(
            Act.RAISE_FLAG,
            frozenset(),
            FlagState.RAISED,
            frozenset({Role.CLOCK}),
            say("Raise a flag"),
            law="HR-1",
        ),
        Step(
            Act.CLEAR_FLAG,
            frozenset({FlagState.RAISED}),
            FlagState.CLEARED,
            frozenset({Role.AUDITOR}),
            say("Clear the flag"),
        ),
    ),
)

LIFECYCLES = (FINDING, FLAG)
