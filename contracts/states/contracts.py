"""States and steps of a contract."""

from enum import StrEnum

from contracts.states.acts import Act
from market.base.lifecycle import Lifecycle, Step, Tone
from market.base.refusal import say
from market.people.states import Role


class State(StrEnum):
    """Where a contract stands."""

    #: The purchaser has written it from the award; a lawyer reads it.
    DRAFTED = "drafted"
    #: The lawyer sent it back with reasons; the purchaser drafts a new one from the same award.
    RETURNED = "returned"
    #: The lawyer passed it; each side signs.
    REVIEWED = "reviewed"
    #: Both have signed: it is published and performed.
    IN_FORCE = "in-force"
    #: Performance pauses; what was delivered before is still judged and paid.
    SUSPENDED = "suspended"
    #: Ended before its term: what is accepted is paid, the rest was given back.
    TERMINATED = "terminated"
    #: Everything is accepted, invoiced and paid.
    CLOSED = "closed"


class Side(StrEnum):
    """Who signs."""

    BUYER = "buyer"
    SUPPLIER = "supplier"


class Review(StrEnum):
    """What the legal review concludes."""

    PASS = "pass"  # noqa: S105  a conclusion, no secret
    RETURN = "return"


PUBLISHED = frozenset({State.IN_FORCE, State.SUSPENDED, State.TERMINATED, State.CLOSED})
SUPPLIERS = frozenset({Role.ORGANIZATION_ADMINISTRATOR, Role.BIDDER})
IN_FORCE = frozenset({State.IN_FORCE})
BINDING = frozenset({State.IN_FORCE, State.SUSPENDED})
PAYABLE = frozenset({State.IN_FORCE, State.SUSPENDED, State.TERMINATED})

CONTRACT = Lifecycle(
    kind="contract",
    collection="contracts",
    label=say("Contract"),
    states={
        State.DRAFTED: say("in legal review"),
        State.RETURNED: say("sent back by legal review"),
        State.REVIEWED: say("to be signed"),
        State.IN_FORCE: say("in force"),
        State.SUSPENDED: say("performance suspended"),
        State.TERMINATED: say("terminated early"),
        State.CLOSED: say("closed"),
    },
    tones={
        State.DRAFTED: Tone.WAITING,
        State.REVIEWED: Tone.WAITING,
        State.RETURNED: Tone.REFUSED,
        State.IN_FORCE: Tone.OPEN,
        State.SUSPENDED: Tone.WAITING,
        State.TERMINATED: Tone.REFUSED,
        State.CLOSED: Tone.CLOSED,
    },
    steps=(
        Step(
            Act.DRAFT_CONTRACT,
            on=frozenset({"awarded"}),
            to=State.DRAFTED,
            by=frozenset({Role.PURCHASER}),
            label=say("Draft the contract"),
            law="C-3",
            of="tender",
            when="has_no_contract",
        ),
        Step(
            Act.DRAFT_CONTRACT_FROM_RESULT,
            on=frozenset({"awarded"}),
            to=State.DRAFTED,
            by=frozenset({Role.PURCHASER}),
            label=say("Draft the contract of the result"),
            law="C-3",
            of="need",
            when="own-without-contract",
        ),
        Step(
            Act.REVIEW_CONTRACT,
            on=frozenset({State.DRAFTED}),
            to=State.REVIEWED,
            by=frozenset({Role.LEGAL_REVIEWER}),
            label=say("Review the contract"),
            law="B-5",
            when="not_my_draft",
        ),
        Step(
            Act.SIGN_CONTRACT,
            on=frozenset({State.REVIEWED}),
            to=State.IN_FORCE,
            by=frozenset({Role.APPROVER, Role.ORGANIZATION_ADMINISTRATOR}),
            label=say("Sign the contract"),
            law="L-11",
            when="may_sign",
        ),
        Step(
            Act.RECORD_SESSION,
            on=IN_FORCE,
            to=None,
            by=SUPPLIERS,
            label=say("Record a session"),
            law="C-8",
            when="is_supplier",
        ),
        Step(
            Act.REPORT_DELIVERY,
            on=IN_FORCE,
            to=None,
            by=SUPPLIERS,
            label=say("Report a delivery"),
            law="C-17",
            when="has_milestone_to_deliver",
        ),
        Step(
            Act.GIVE_OPINION,
            on=BINDING,
            to=None,
            by=frozenset({Role.RESIDENT_REPRESENTATIVE}),
            label=say("Give the residents’ opinion"),
            law="C-11",
            when="has_delivery_to_judge",
        ),
        Step(
            Act.ACCEPT_DELIVERY,
            on=BINDING,
            to=None,
            by=frozenset({Role.STREET_SUPERVISOR}),
            label=say("Accept a delivery"),
            law="C-10",
            when="has_delivery_to_accept",
        ),
        Step(
            Act.RETURN_DELIVERY,
            on=BINDING,
            to=None,
            by=frozenset({Role.STREET_SUPERVISOR}),
            label=say("Send a delivery back"),
            law="C-10",
            when="has_delivery_to_return",
        ),
        Step(
            Act.CLOSE_CONTRACT,
            on=frozenset({State.IN_FORCE, State.TERMINATED}),
            to=State.CLOSED,
            by=frozenset({Role.PURCHASER}),
            label=say("Close the contract"),
            law="C-17",
            when="is_settled",
        ),
    ),
)
