"""States and steps of what changes a contract after its signature, and the grounds on which it may be changed."""

from enum import StrEnum

from contracts.states.acts import Act
from contracts.states.contracts import IN_FORCE, State
from market.base.lifecycle import Lifecycle, Step, Tone
from market.base.refusal import say
from market.people.states import Role


class AmendmentState(StrEnum):
    """Where a proposed change stands."""

    #: One side has proposed it; who has not signed it yet signs or declines.
    PROPOSED = "proposed"
    #: Those it needs have signed: the contract reads so from this moment on.
    EFFECTIVE = "effective"
    #: Declined by the other side, or withdrawn by its own.
    DECLINED = "declined"


class Kind(StrEnum):
    """What a change does to the contract."""

    AMENDMENT = "amendment"
    SUSPENSION = "suspension"
    RESUMPTION = "resumption"
    TERMINATION = "termination"


class AmendReason(StrEnum):
    """Why terms are changed."""

    #: More of the same service for more money, within the share that the law allows.
    SUPPLEMENT = "supplement"
    #: Days and stages move, the price stays.
    SCHEDULE = "schedule"
    PUBLIC_INTEREST = "public-interest"
    FORCE_MAJEURE = "force-majeure"


class SuspendReason(StrEnum):
    """Why performance pauses; all but agreement let one side act alone."""

    AGREEMENT = "agreement"
    #: A challenge or complaint may change the result; only the street office may say so.
    DISPUTE = "dispute"
    PUBLIC_INTEREST = "public-interest"
    FORCE_MAJEURE = "force-majeure"


class ResumeReason(StrEnum):
    """Why performance goes on."""

    AGREEMENT = "agreement"
    #: What one side suspended it for is over; that side may say so alone.
    CAUSE_ENDED = "cause-ended"


class EndReason(StrEnum):
    """Why a contract ends early; all but agreement let one side act alone."""

    AGREEMENT = "agreement"
    PUBLIC_INTEREST = "public-interest"
    #: The other side did not do its main duty, after a reminder.
    BREACH = "breach"
    FORCE_MAJEURE = "force-majeure"


PROPOSERS = frozenset({Role.PURCHASER, Role.ORGANIZATION_ADMINISTRATOR})
_PROPOSED = frozenset({AmendmentState.PROPOSED})

AMENDMENT = Lifecycle(
    kind="amendment",
    collection="amendments",
    label=say("Change of a contract"),
    states={
        AmendmentState.PROPOSED: say("to be signed by those it needs"),
        AmendmentState.EFFECTIVE: say("in effect"),
        AmendmentState.DECLINED: say("declined"),
    },
    tones={
        AmendmentState.PROPOSED: Tone.WAITING,
        AmendmentState.EFFECTIVE: Tone.CLOSED,
        AmendmentState.DECLINED: Tone.REFUSED,
    },
    steps=(
        Step(
            Act.AMEND_CONTRACT,
            on=IN_FORCE,
            to=AmendmentState.PROPOSED,
            by=PROPOSERS,
            label=say("Amend the contract"),
            law="C-6",
            of="contract",
            when="may_change",
        ),
        Step(
            Act.SUSPEND_CONTRACT,
            on=IN_FORCE,
            to=AmendmentState.PROPOSED,
            by=PROPOSERS,
            label=say("Suspend the contract"),
            law="C-7",
            of="contract",
            when="may_change",
        ),
        Step(
            Act.RESUME_CONTRACT,
            on=frozenset({State.SUSPENDED}),
            to=AmendmentState.PROPOSED,
            by=PROPOSERS,
            label=say("Resume the contract"),
            law="C-7",
            of="contract",
            when="may_change",
        ),
        Step(
            Act.TERMINATE_CONTRACT,
            on=frozenset({State.IN_FORCE, State.SUSPENDED}),
            to=AmendmentState.PROPOSED,
            by=PROPOSERS,
            label=say("Terminate the contract"),
            law="C-7",
            of="contract",
            when="may_end",
        ),
        Step(
            Act.SIGN_AMENDMENT,
            on=_PROPOSED,
            to=AmendmentState.EFFECTIVE,
            by=frozenset({Role.APPROVER, Role.ORGANIZATION_ADMINISTRATOR}),
            label=say("Sign the change"),
            law="C-7",
            when="may_sign",
        ),
        Step(
            Act.DECLINE_AMENDMENT,
            on=_PROPOSED,
            to=AmendmentState.DECLINED,
            by=frozenset({Role.PURCHASER, Role.APPROVER, Role.ORGANIZATION_ADMINISTRATOR}),
            label=say("Decline or withdraw the change"),
            law="C-7",
            when="is_of_a_side",
        ),
    ),
)
