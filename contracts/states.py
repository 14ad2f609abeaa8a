"""The words of contracts: states of a contract, a delivery and an invoice, the acts, and the tables that join them."""

from enum import StrEnum

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


class DeliveryState(StrEnum):
    """Where one report of a delivered milestone stands."""

    REPORTED = "reported"
    RETURNED = "returned"
    ACCEPTED = "accepted"


class InvoiceState(StrEnum):
    """Where an invoice stands."""

    #: The supplier has sent it; the payment clock runs.
    SUBMITTED = "submitted"
    #: The street sent it back with reasons; its number stays used.
    RETURNED = "returned"
    #: It may be paid.
    APPROVED = "approved"
    #: It is paid in full.
    PAID = "paid"


class TaxStatus(StrEnum):
    """How the supplier is taxed, as its invoice states it."""

    #: A non-profit organization with the tax-exempt qualification.
    EXEMPT = "exempt"
    SMALL_SCALE = "small-scale"
    GENERAL = "general"


class Act(StrEnum):
    """What is done in contracts."""

    DRAFT_CONTRACT = "draft-contract"
    DRAFT_CONTRACT_FROM_RESULT = "draft-contract-from-result"
    REVIEW_CONTRACT = "review-contract"
    SIGN_CONTRACT = "sign-contract"
    RECORD_SESSION = "record-session"
    REPORT_DELIVERY = "report-delivery"
    GIVE_OPINION = "give-opinion"
    ACCEPT_DELIVERY = "accept-delivery"
    RETURN_DELIVERY = "return-delivery"
    CLOSE_CONTRACT = "close-contract"
    SUBMIT_INVOICE = "submit-invoice"
    APPROVE_INVOICE = "approve-invoice"
    RETURN_INVOICE = "return-invoice"
    RECORD_PAYMENT = "record-payment"


PUBLISHED = frozenset({State.IN_FORCE, State.CLOSED})
_SUPPLIER = frozenset({Role.ORGANIZATION_ADMINISTRATOR, Role.BIDDER})
_IN_FORCE = frozenset({State.IN_FORCE})

CONTRACT = Lifecycle(
    kind="contract",
    collection="contracts",
    label=say("Contract"),
    states={
        State.DRAFTED: say("in legal review"),
        State.RETURNED: say("sent back by legal review"),
        State.REVIEWED: say("to be signed"),
        State.IN_FORCE: say("in force"),
        State.CLOSED: say("closed"),
    },
    tones={
        State.DRAFTED: Tone.WAITING,
        State.REVIEWED: Tone.WAITING,
        State.RETURNED: Tone.REFUSED,
        State.IN_FORCE: Tone.OPEN,
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
            on=_IN_FORCE,
            to=None,
            by=_SUPPLIER,
            label=say("Record a session"),
            law="C-8",
            when="is_supplier",
        ),
        Step(
            Act.REPORT_DELIVERY,
            on=_IN_FORCE,
            to=None,
            by=_SUPPLIER,
            label=say("Report a delivery"),
            law="C-17",
            when="has_milestone_to_deliver",
        ),
        Step(
            Act.GIVE_OPINION,
            on=_IN_FORCE,
            to=None,
            by=frozenset({Role.RESIDENT_REPRESENTATIVE}),
            label=say("Give the residents’ opinion"),
            law="C-11",
            when="has_delivery_to_judge",
        ),
        Step(
            Act.ACCEPT_DELIVERY,
            on=_IN_FORCE,
            to=None,
            by=frozenset({Role.STREET_SUPERVISOR}),
            label=say("Accept a delivery"),
            law="C-10",
            when="has_delivery_to_accept",
        ),
        Step(
            Act.RETURN_DELIVERY,
            on=_IN_FORCE,
            to=None,
            by=frozenset({Role.STREET_SUPERVISOR}),
            label=say("Send a delivery back"),
            law="C-10",
            when="has_delivery_to_return",
        ),
        Step(
            Act.CLOSE_CONTRACT,
            on=_IN_FORCE,
            to=State.CLOSED,
            by=frozenset({Role.PURCHASER}),
            label=say("Close the contract"),
            law="C-17",
            when="is_settled",
        ),
    ),
)

INVOICE = Lifecycle(
    kind="invoice",
    collection="invoices",
    label=say("Invoice"),
    states={
        InvoiceState.SUBMITTED: say("submitted"),
        InvoiceState.RETURNED: say("sent back"),
        InvoiceState.APPROVED: say("approved for payment"),
        InvoiceState.PAID: say("paid"),
    },
    tones={
        InvoiceState.SUBMITTED: Tone.WAITING,
        InvoiceState.APPROVED: Tone.WAITING,
        InvoiceState.RETURNED: Tone.REFUSED,
        InvoiceState.PAID: Tone.CLOSED,
    },
    steps=(
        Step(
            Act.SUBMIT_INVOICE,
            on=_IN_FORCE,
            to=InvoiceState.SUBMITTED,
            by=_SUPPLIER,
            label=say("Submit an invoice"),
            law="C-17",
            of="contract",
            when="has_milestone_to_invoice",
        ),
        Step(
            Act.APPROVE_INVOICE,
            on=frozenset({InvoiceState.SUBMITTED}),
            to=InvoiceState.APPROVED,
            by=frozenset({Role.BUDGET_OFFICER}),
            label=say("Approve the invoice"),
            law="E-13",
            when="not_my_acceptance",
        ),
        Step(
            Act.RETURN_INVOICE,
            on=frozenset({InvoiceState.SUBMITTED}),
            to=InvoiceState.RETURNED,
            by=frozenset({Role.BUDGET_OFFICER}),
            label=say("Send the invoice back"),
            law="C-15",
            when="is_of_street",
        ),
        Step(
            Act.RECORD_PAYMENT,
            on=frozenset({InvoiceState.APPROVED}),
            to=InvoiceState.PAID,
            by=frozenset({Role.BUDGET_OFFICER}),
            label=say("Record a payment"),
            law="C-13",
            when="not_my_approval",
        ),
    ),
)

LIFECYCLES = (CONTRACT, INVOICE)
