"""States and steps of an invoice."""

from enum import StrEnum

from contracts.states.acts import Act
from contracts.states.contracts import PAYABLE, SUPPLIERS
from market.base.lifecycle import Lifecycle, Step, Tone
from market.base.refusal import say
from market.people.states import Role


class InvoiceState(StrEnum):
    """Where an invoice stands."""

    #: The supplier has sent it; the payment clock runs.
    SUBMITTED = "submitted"
    #: The street sent it back with reasons; its number stays used.
    RETURNED = "returned"
    #: It may be paid.
    APPROVED = "approved"
    #: Credit notes took all of it back before anything was paid.
    CREDITED = "credited"
    #: What credit notes left of it is paid in full.
    PAID = "paid"


class TaxStatus(StrEnum):
    """How the supplier is taxed, as its invoice states it."""

    #: A non-profit organization with the tax-exempt qualification.
    EXEMPT = "exempt"
    SMALL_SCALE = "small-scale"
    GENERAL = "general"


_ASKS = frozenset({InvoiceState.SUBMITTED, InvoiceState.APPROVED})
_CLOCK = frozenset({Role.CLOCK})

INVOICE = Lifecycle(
    kind="invoice",
    collection="invoices",
    label=say("Invoice"),
    states={
        InvoiceState.SUBMITTED: say("submitted"),
        InvoiceState.RETURNED: say("sent back"),
        InvoiceState.APPROVED: say("approved for payment"),
        InvoiceState.CREDITED: say("credited in full"),
        InvoiceState.PAID: say("paid"),
    },
    tones={
        InvoiceState.SUBMITTED: Tone.WAITING,
        InvoiceState.APPROVED: Tone.WAITING,
        InvoiceState.RETURNED: Tone.REFUSED,
        InvoiceState.CREDITED: Tone.REFUSED,
        InvoiceState.PAID: Tone.CLOSED,
    },
    steps=(
        Step(
            Act.SUBMIT_INVOICE,
            on=PAYABLE,
            to=InvoiceState.SUBMITTED,
            by=SUPPLIERS,
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
            Act.ISSUE_CREDIT_NOTE,
            on=frozenset({InvoiceState.SUBMITTED, InvoiceState.APPROVED}),
            to=None,
            by=SUPPLIERS,
            label=say("Issue a credit note"),
            law="C-15",
            when="is_own",
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
        Step(
            Act.RECORD_FAPIAO,
            on=_ASKS,
            to=None,
            by=SUPPLIERS,
            label=say("Record a fapiao"),
            law="C-13",
            when="is_own",
        ),
        Step(
            Act.WARN_OF_PAYMENT,
            on=_ASKS,
            to=None,
            by=_CLOCK,
            label=say("Call a payment to mind"),
            law="C-13",
        ),
        Step(
            Act.MARK_PAYMENT_OVERDUE,
            on=_ASKS,
            to=None,
            by=_CLOCK,
            label=say("Mark a payment as overdue"),
            law="C-13",
        ),
    ),
)
