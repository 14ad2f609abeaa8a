"""Who hears of changes of a contract: who must sign, and both sides once it is in effect or declined."""

from typing import Any

from contracts.telling.addressing import SUPPLIERS
from market.base.database import Row, one, rows
from market.base.ledger import Event
from market.base.refusal import Said, say
from market.people.states import Role
from market.people.topics import Telling, Tells, Topic, Whom, serving


async def _row(code: str) -> Row:
    row = await one(
        "SELECT a.*, c.code AS contract_code, c.title, c.street, c.supplier FROM contract_amendment a"
        " JOIN contract c ON c.id = a.contract WHERE a.code = $1",
        code,
    )
    assert row is not None  # noqa: S101  the event is about it
    return row


def _sides(row: Row) -> tuple[Whom, ...]:
    return (*serving(row["street"], Role.PURCHASER, Role.APPROVER), *serving(row["supplier"], *SUPPLIERS))


def _telling(row: Row, words: Said, to: tuple[Whom, ...]) -> Telling:
    return Telling(topic=Topic.CONTRACTS, says=words, url=f"/amendments/{row['code']}", to=to)


def _took_effect(row: Row) -> Said:
    values: dict[str, Any] = {"title": row["title"]}
    if row["kind"] == "suspension":
        return say("Performance of “{title}” is suspended.", **values)
    if row["kind"] == "resumption":
        return say("Performance of “{title}” goes on.", **values)
    if row["kind"] == "termination":
        return say("The contract “{title}” is terminated: what is accepted is paid.", **values)
    return say("The contract “{title}” is amended.", **values)


async def _moved(event: Event) -> list[Telling]:
    row = await _row(event.code)
    if (event.public or {}).get("in_effect"):
        return [_telling(row, _took_effect(row), _sides(row))]
    signed = {
        found["side"]
        for found in await rows("SELECT side FROM contract_amendment_signature WHERE amendment = $1", row["id"])
    }
    words = say("A change of the contract “{title}” waits for your signature.", title=row["title"])
    to: tuple[Whom, ...] = ()
    if "buyer" not in signed and not (row["one_sided"] and row["proposed_side"] != "buyer"):
        to += serving(row["street"], Role.APPROVER)
    if "supplier" not in signed and not (row["one_sided"] and row["proposed_side"] != "supplier"):
        to += serving(row["supplier"], Role.ORGANIZATION_ADMINISTRATOR)
    return [_telling(row, words, to)]


async def _declined(event: Event) -> list[Telling]:
    row = await _row(event.code)
    words = say("A change of the contract “{title}” was declined or withdrawn; read why.", title=row["title"])
    return [_telling(row, words, _sides(row))]


CHANGES: Tells = {
    "contracts:amend-contract": _moved,
    "contracts:suspend-contract": _moved,
    "contracts:resume-contract": _moved,
    "contracts:terminate-contract": _moved,
    "contracts:sign-amendment": _moved,
    "contracts:decline-amendment": _declined,
}
