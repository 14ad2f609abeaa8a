"""Judgement of money: invoices for accepted parts, approval and payment by other hands, the payment clock, the end."""

from datetime import date

from contracts.rules.changes import objections_to_open_change
from contracts.states import InvoiceState
from market.base.calendar import add_days, add_working_days
from market.base.money import ZERO_YUAN, Yuan
from market.base.refusal import Objection, say
from market.law.states import Law


def objections_to_invoice(
    *, exists: bool, accepted: bool, payable: Yuan, invoiced: Yuan, amount: Yuan
) -> list[Objection]:
    """Object to an invoice for what is not accepted, or for more than is left of the milestone's share.

    `payable` is the milestone's share of the price, `invoiced` the sum of its invoices that were not sent back.
    """
    if not exists:
        return [Objection("milestone", say("The contract has no such milestone."))]
    if not accepted:
        return [Objection("milestone", say("Only an accepted milestone can be invoiced."), "C-17")]
    if amount <= ZERO_YUAN:
        return [Objection("amount", say("The amount must be more than nothing."))]
    left = payable - invoiced
    if left <= ZERO_YUAN:
        return [Objection("milestone", say("This milestone is invoiced in full already."), "C-17")]
    if amount > left:
        return [
            Objection(
                "amount", say("At most {left_yuan} of this milestone is left to invoice.", left_yuan=left), "C-17"
            )
        ]
    return []


def objections_to_approval(*, by: str, accepted_by: str, drafter: str) -> list[Objection]:
    """Object when who accepted the delivery or bought it also approves its invoice. Law: 政府采购法 第六十一条."""
    found = []
    if by == accepted_by:
        found.append(Objection("", say("Who accepted the delivery may not approve its invoice."), "E-13"))
    if by == drafter:
        found.append(Objection("", say("Who drafted the contract may not approve its invoices."), "E-13"))
    return found


def objections_to_payment(
    *,
    by: str,
    approved_by: str | None,
    amount: Yuan,
    invoice: Yuan,
    paid: Yuan,
    paid_on: date,
    approved_on: date,
    today: date,
) -> list[Objection]:
    """Object to a payment by the approver's hand, above the invoice, before its approval or in the future."""
    found = []
    if by == approved_by:
        found.append(Objection("", say("Who approved the invoice may not record its payment."), "E-13"))
    if amount <= ZERO_YUAN:
        found.append(Objection("amount", say("The amount must be more than nothing.")))
    elif amount > invoice - paid:
        words = say("Only {left_yuan} of this invoice is left to pay.", left_yuan=invoice - paid)
        found.append(Objection("amount", words, "C-13"))
    if paid_on > today:
        found.append(Objection("paid_on", say("A payment is recorded after it was made.")))
    elif paid_on < approved_on:
        found.append(
            Objection("paid_on", say("The invoice was approved on {approved_on} only.", approved_on=approved_on))
        )
    return found


def objections_to_credit(*, amount: Yuan, invoice: Yuan, credited: Yuan, paid: Yuan) -> list[Objection]:
    """Object to taking back more of an invoice than is neither taken back nor paid.

    What is paid stays paid; nobody but the supplier lowers its claim (财库〔2019〕38号 三: no conditions from outside).
    """
    if amount <= ZERO_YUAN:
        return [Objection("amount", say("The amount must be more than nothing."))]
    left = invoice - credited - paid
    if amount > left:
        words = say("Only {left_yuan} of this invoice is neither credited nor paid.", left_yuan=left)
        return [Objection("amount", words, "C-15")]
    return []


def state_after_credit(*, state: InvoiceState, invoice: Yuan, credited: Yuan, paid: Yuan) -> InvoiceState:
    """Return where an invoice stands once so much of it is credited: paid when only what is paid is left of it."""
    if credited == invoice:
        return InvoiceState.CREDITED
    return InvoiceState.PAID if paid and credited + paid == invoice else state


def pay_by(*, received_on: date, law: Law) -> date:
    """Return the last day for paying: the earlier of the old and the newer period after receipt of the invoice.

    30 days by 财库〔2019〕38号; 10 working days by 财办库〔2023〕243号 where it is in force.
    """
    days = [add_days(received_on, int(law.number("C-13")))]
    if "C-13.recommended" in law:
        days.append(add_working_days(received_on, int(law.number("C-13.recommended"))))
    return min(days)


def objections_to_closing(
    *, unaccepted: list[int], amount: Yuan, paid: Yuan, open_invoices: int, waiting: str | None = None
) -> list[Objection]:
    """Object to closing a contract in which something is not accepted, not paid, or an invoice is under way.

    `waiting` is the change that waits for its signatures.
    """
    found = objections_to_open_change(waiting=waiting)
    if unaccepted:
        found.append(Objection("", say("Not yet accepted: milestones {numbers}.", numbers=unaccepted), "C-17"))
    if open_invoices:
        found.append(Objection("", say("{count} invoices are not settled.", count=open_invoices), "C-13"))
    if paid != amount:
        words = say("Of {amount_yuan} only {paid_yuan} is paid.", amount_yuan=amount, paid_yuan=paid)
        found.append(Objection("", words, "C-13"))
    return found
