"""Who hears of a contract: the two sides, whoever's hand it needs next, and the residents who are to be asked."""

from datetime import date
from decimal import Decimal

from contracts.queries.parties import COMMITTEES_OF_STREET
from contracts.states import CONTRACT, INVOICE, Act, State
from market.base.database import Row, one, rows
from market.base.ledger import Event
from market.base.refusal import Said, say
from market.people.states import Role
from market.people.topics import Telling, Tells, Topic, Whom, named, serving

_SUPPLIER = (Role.ORGANIZATION_ADMINISTRATOR, Role.BIDDER)


async def _contract(code: str) -> Row:
    row = await one("SELECT * FROM contract WHERE code = $1", code)
    assert row is not None  # noqa: S101  the event is about it
    return row


async def _invoice(code: str) -> Row:
    row = await one(
        "SELECT i.code, i.amount, i.supplier, i.pay_by, c.street, c.title FROM invoice i"
        " JOIN contract_milestone m ON m.id = i.milestone JOIN contract c ON c.id = m.contract WHERE i.code = $1",
        code,
    )
    assert row is not None  # noqa: S101  the event is about it
    return row


def _by(act: Act) -> list[Role]:
    step = next(step for life in (CONTRACT, INVOICE) for step in life.steps if step.act == act)
    return [Role(role) for role in sorted(step.by)]


def _telling(event: Event, topic: Topic, words: Said, to: tuple[Whom, ...]) -> Telling:
    folder = "invoices" if topic is Topic.MONEY else "contracts"
    return Telling(topic=topic, says=words, url=f"/{folder}/{event.code}", to=to)


async def _drafted(event: Event) -> list[Telling]:
    row = await _contract(event.code)
    words = say("The contract “{title}” waits for your legal review.", title=row["title"])
    return [_telling(event, Topic.CONTRACTS, words, serving(row["street"], *_by(Act.REVIEW_CONTRACT)))]


async def _reviewed(event: Event) -> list[Telling]:
    row = await _contract(event.code)
    if row["state"] == State.RETURNED:
        words = say("The contract “{title}” was sent back by legal review; draft it anew.", title=row["title"])
        own = (*named(row["drafted_by"]), *serving(row["street"], Role.PURCHASER))
        return [_telling(event, Topic.CONTRACTS, words, own)]
    words = say("The contract “{title}” is ready: sign it by {day}.", title=row["title"], day=row["sign_by"])
    signers = (*serving(row["street"], Role.APPROVER), *serving(row["supplier"], Role.ORGANIZATION_ADMINISTRATOR))
    passed = say("The contract “{title}” passed legal review.", title=row["title"])
    return [
        _telling(event, Topic.CONTRACTS, words, signers),
        _telling(event, Topic.CONTRACTS, passed, serving(row["street"], Role.PURCHASER)),
    ]


async def _signed(event: Event) -> list[Telling]:
    row = await _contract(event.code)
    if row["state"] == State.IN_FORCE:
        words = say("The contract “{title}” is signed by both sides and in force.", title=row["title"])
        sides = (*serving(row["street"], Role.PURCHASER, Role.APPROVER), *serving(row["supplier"], *_SUPPLIER))
        return [_telling(event, Topic.CONTRACTS, words, sides)]
    words = say("The other side has signed “{title}”: sign by {day}.", title=row["title"], day=row["sign_by"])
    if event.detail["side"] == "buyer":
        return [_telling(event, Topic.CONTRACTS, words, serving(row["supplier"], Role.ORGANIZATION_ADMINISTRATOR))]
    return [_telling(event, Topic.CONTRACTS, words, serving(row["street"], Role.APPROVER))]


async def _delivered(event: Event) -> list[Telling]:
    row, values = await _milestone(event)
    committees = await rows(COMMITTEES_OF_STREET, row["street"])
    hear = say("Delivered under “{title}”: stage {number}. Say what residents think of it.", **values)
    judge = say("Delivered under “{title}”: stage {number}. It waits for acceptance.", **values)
    residents = serving([found["code"] for found in committees], Role.RESIDENT_REPRESENTATIVE)
    return [
        _telling(event, Topic.DELIVERIES, judge, serving(row["street"], *_by(Act.ACCEPT_DELIVERY))),
        _telling(event, Topic.DELIVERIES, hear, residents),
    ]


async def _opinion_given(event: Event) -> list[Telling]:
    row, values = await _milestone(event)
    words = say("A resident representative gave an opinion on stage {number} of “{title}”.", **values)
    return [_telling(event, Topic.DELIVERIES, words, serving(row["street"], *_by(Act.ACCEPT_DELIVERY)))]


async def _accepted(event: Event) -> list[Telling]:
    row, values = await _milestone(event)
    words = say("Stage {number} of “{title}” was accepted: you may ask for payment.", **values)
    return [_telling(event, Topic.DELIVERIES, words, serving(row["supplier"], *_SUPPLIER))]


async def _returned(event: Event) -> list[Telling]:
    row, values = await _milestone(event)
    repair = date.fromisoformat(event.detail["repair_by"])
    words = say("Stage {number} of “{title}” was returned: repair it by {day}.", **values, day=repair)
    return [_telling(event, Topic.DELIVERIES, words, serving(row["supplier"], *_SUPPLIER))]


async def _milestone(event: Event) -> tuple[Row, dict[str, object]]:
    row = await _contract(event.code)
    number = (event.public or event.detail)["milestone"]
    return row, {"title": row["title"], "number": number}


async def _invoiced(event: Event) -> list[Telling]:
    row = await _invoice(event.code)
    words = say(
        "An invoice over {amount_yuan} for “{title}”: pay it by {day}.",
        amount_yuan=row["amount"],
        title=row["title"],
        day=row["pay_by"],
    )
    return [_telling(event, Topic.MONEY, words, serving(row["street"], *_by(Act.APPROVE_INVOICE)))]


async def _invoice_approved(event: Event) -> list[Telling]:
    row = await _invoice(event.code)
    values = {"amount_yuan": row["amount"], "title": row["title"]}
    words = say("Your invoice over {amount_yuan} for “{title}” was approved.", **values)
    pay = say("The invoice over {amount_yuan} for “{title}” is approved: pay it by {day}.", **values, day=row["pay_by"])
    return [
        _telling(event, Topic.MONEY, words, serving(row["supplier"], *_SUPPLIER)),
        _telling(event, Topic.MONEY, pay, serving(row["street"], *_by(Act.RECORD_PAYMENT))),
    ]


async def _invoice_returned(event: Event) -> list[Telling]:
    row = await _invoice(event.code)
    words = say("Your invoice over {amount_yuan} was returned; read why.", amount_yuan=row["amount"])
    return [_telling(event, Topic.MONEY, words, serving(row["supplier"], *_SUPPLIER))]


async def _paid(event: Event) -> list[Telling]:
    row = await _invoice(event.code)
    amount = Decimal((event.public or {})["amount"])
    words = say("{amount_yuan} were paid for “{title}”.", amount_yuan=amount, title=row["title"])
    return [_telling(event, Topic.MONEY, words, serving(row["supplier"], *_SUPPLIER))]


async def _closed(event: Event) -> list[Telling]:
    row = await _contract(event.code)
    words = say("The contract “{title}” is closed.", title=row["title"])
    sides = (*serving(row["street"], Role.PURCHASER, Role.APPROVER), *serving(row["supplier"], *_SUPPLIER))
    return [_telling(event, Topic.CONTRACTS, words, sides)]


TELLS: Tells = {
    "contracts:draft-contract": _drafted,
    "contracts:draft-contract-from-result": _drafted,
    "contracts:review-contract": _reviewed,
    "contracts:sign-contract": _signed,
    "contracts:report-delivery": _delivered,
    "contracts:give-opinion": _opinion_given,
    "contracts:accept-delivery": _accepted,
    "contracts:return-delivery": _returned,
    "contracts:submit-invoice": _invoiced,
    "contracts:approve-invoice": _invoice_approved,
    "contracts:return-invoice": _invoice_returned,
    "contracts:record-payment": _paid,
    "contracts:close-contract": _closed,
}
