"""Who hears of a contract's drafting, review, signing and closing."""

from contracts.states import Act, State
from contracts.telling.addressing import SUPPLIERS, contract_row, hands_of, telling_of
from market.base.ledger import Event
from market.base.refusal import say
from market.people.states import Role
from market.people.topics import Telling, Tells, Topic, named, serving


async def _drafted(event: Event) -> list[Telling]:
    row = await contract_row(event.code)
    words = say("The contract “{title}” waits for your legal review.", title=row["title"])
    return [telling_of(event, Topic.CONTRACTS, words, serving(row["street"], *hands_of(Act.REVIEW_CONTRACT)))]


async def _reviewed(event: Event) -> list[Telling]:
    row = await contract_row(event.code)
    if row["state"] == State.RETURNED:
        words = say("The contract “{title}” was sent back by legal review; draft it anew.", title=row["title"])
        own = (*named(row["drafted_by"]), *serving(row["street"], Role.PURCHASER))
        return [telling_of(event, Topic.CONTRACTS, words, own)]
    words = say("The contract “{title}” is ready: sign it by {day}.", title=row["title"], day=row["sign_by"])
    signers = (*serving(row["street"], Role.APPROVER), *serving(row["supplier"], Role.ORGANIZATION_ADMINISTRATOR))
    passed = say("The contract “{title}” passed legal review.", title=row["title"])
    return [
        telling_of(event, Topic.CONTRACTS, words, signers),
        telling_of(event, Topic.CONTRACTS, passed, serving(row["street"], Role.PURCHASER)),
    ]


async def _signed(event: Event) -> list[Telling]:
    row = await contract_row(event.code)
    if row["state"] == State.IN_FORCE:
        words = say("The contract “{title}” is signed by both sides and in force.", title=row["title"])
        sides = (*serving(row["street"], Role.PURCHASER, Role.APPROVER), *serving(row["supplier"], *SUPPLIERS))
        return [telling_of(event, Topic.CONTRACTS, words, sides)]
    words = say("The other side has signed “{title}”: sign by {day}.", title=row["title"], day=row["sign_by"])
    if event.detail["side"] == "buyer":
        return [telling_of(event, Topic.CONTRACTS, words, serving(row["supplier"], Role.ORGANIZATION_ADMINISTRATOR))]
    return [telling_of(event, Topic.CONTRACTS, words, serving(row["street"], Role.APPROVER))]


async def _closed(event: Event) -> list[Telling]:
    row = await contract_row(event.code)
    words = say("The contract “{title}” is closed.", title=row["title"])
    sides = (*serving(row["street"], Role.PURCHASER, Role.APPROVER), *serving(row["supplier"], *SUPPLIERS))
    return [telling_of(event, Topic.CONTRACTS, words, sides)]


SIGNING: Tells = {
    "contracts:draft-contract": _drafted,
    "contracts:draft-contract-from-result": _drafted,
    "contracts:review-contract": _reviewed,
    "contracts:sign-contract": _signed,
    "contracts:close-contract": _closed,
}
