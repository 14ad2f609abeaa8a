"""The words of oversight: findings, which an auditor opens, a street answers and the auditor closes."""

from enum import StrEnum

from market.base.lifecycle import Lifecycle, Step, Tone
from market.base.refusal import say
from market.people.states import Role


class Act(StrEnum):
    """The deeds of oversight."""

    OPEN_FINDING = "open-finding"
    ANSWER_FINDING = "answer-finding"
    CLOSE_FINDING = "close-finding"


class State(StrEnum):
    """Where a finding stands."""

    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"


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

LIFECYCLES = (FINDING,)
