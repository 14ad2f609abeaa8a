"""Who hears of invoices and payments."""

from decimal import Decimal

from contracts.states import Act
from contracts.telling.addressing import SUPPLIERS, hands_of, invoice_row, telling_of
from market.base.ledger import Event
from market.base.refusal import say
from market.people.topics import Telling, Tells, Topic, serving


async def _invoiced(event: Event) -> list[Telling]:
    row = await invoice_row(event.code)
    words = say(
        "An invoice over {amount_yuan} for “{title}”: pay it by {day}.",
        amount_yuan=row["amount"],
        title=row["title"],
        day=row["pay_by"],
    )
    return [telling_of(event, Topic.MONEY, words, serving(row["street"], *hands_of(Act.APPROVE_INVOICE)))]


async def _invoice_approved(event: Event) -> list[Telling]:
    row = await invoice_row(event.code)
    values = {"amount_yuan": row["amount"], "title": row["title"]}
    words = say("Your invoice over {amount_yuan} for “{title}” was approved.", **values)
    pay = say("The invoice over {amount_yuan} for “{title}” is approved: pay it by {day}.", **values, day=row["pay_by"])
    return [
        telling_of(event, Topic.MONEY, words, serving(row["supplier"], *SUPPLIERS)),
        telling_of(event, Topic.MONEY, pay, serving(row["street"], *hands_of(Act.RECORD_PAYMENT))),
    ]


async def _invoice_returned(event: Event) -> list[Telling]:
    row = await invoice_row(event.code)
    words = say("Your invoice over {amount_yuan} was returned; read why.", amount_yuan=row["amount"])
    return [telling_of(event, Topic.MONEY, words, serving(row["supplier"], *SUPPLIERS))]


async def _credited(event: Event) -> list[Telling]:
    row = await invoice_row(event.code)
    amount = Decimal(event.detail["amount"])
    words = say("{amount_yuan} of an invoice for “{title}” were taken back.", amount_yuan=amount, title=row["title"])
    return [telling_of(event, Topic.MONEY, words, serving(row["street"], *hands_of(Act.RECORD_PAYMENT)))]


async def _paid(event: Event) -> list[Telling]:
    row = await invoice_row(event.code)
    amount = Decimal((event.public or {})["amount"])
    words = say("{amount_yuan} were paid for “{title}”.", amount_yuan=amount, title=row["title"])
    return [telling_of(event, Topic.MONEY, words, serving(row["supplier"], *SUPPLIERS))]


async def _near(event: Event) -> list[Telling]:
    row = await invoice_row(event.code)
    words = say(
        "An invoice over {amount_yuan} for “{title}” is not paid yet: its last day is {day}.",
        amount_yuan=row["amount"],
        title=row["title"],
        day=row["pay_by"],
    )
    return [telling_of(event, Topic.MONEY, words, serving(row["street"], *hands_of(Act.RECORD_PAYMENT)))]


async def _overdue(event: Event) -> list[Telling]:
    row = await invoice_row(event.code)
    words = say(
        "The payment of {amount_yuan} for “{title}” is overdue since {day}.",
        amount_yuan=row["amount"],
        title=row["title"],
        day=row["pay_by"],
    )
    to = (*serving(row["street"], *hands_of(Act.RECORD_PAYMENT)), *serving(row["supplier"], *SUPPLIERS))
    return [telling_of(event, Topic.MONEY, words, to)]


async def _fapiao(event: Event) -> list[Telling]:
    row = await invoice_row(event.code)
    words = say("The fapiao of an invoice for “{title}” is there.", title=row["title"])
    return [telling_of(event, Topic.MONEY, words, serving(row["street"], *hands_of(Act.RECORD_PAYMENT)))]


PAYING: Tells = {
    "contracts:submit-invoice": _invoiced,
    "contracts:approve-invoice": _invoice_approved,
    "contracts:return-invoice": _invoice_returned,
    "contracts:issue-credit-note": _credited,
    "contracts:record-payment": _paid,
    "contracts:record-fapiao": _fapiao,
    "contracts:warn-of-payment": _near,
    "contracts:mark-payment-overdue": _overdue,
}
