"""What the tellers of contracts share."""

from contracts.states import CONTRACT, INVOICE, Act
from market.base.database import Row, one
from market.base.ledger import Event
from market.base.refusal import Said
from market.people.states import Role
from market.people.topics import Telling, Topic, Whom

SUPPLIERS = (Role.ORGANIZATION_ADMINISTRATOR, Role.BIDDER)


async def contract_row(code: str) -> Row:
    """Return the contract an event is about."""
    row = await one("SELECT * FROM contract WHERE code = $1", code)
    assert row is not None  # noqa: S101  the event is about it
    return row


async def invoice_row(code: str) -> Row:
    """Return the invoice an event is about, with its street and title."""
    row = await one(
        "SELECT i.code, i.amount - i.credited AS amount, i.supplier, i.pay_by, c.street, c.title FROM invoice i"
        " JOIN contract_milestone m ON m.id = i.milestone JOIN contract c ON c.id = m.contract WHERE i.code = $1",
        code,
    )
    assert row is not None  # noqa: S101  the event is about it
    return row


def hands_of(act: Act) -> list[Role]:
    """Return the roles that may do an act."""
    step = next(step for life in (CONTRACT, INVOICE) for step in life.steps if step.act == act)
    return [Role(role) for role in sorted(step.by)]


def telling_of(event: Event, topic: Topic, words: Said, to: tuple[Whom, ...]) -> Telling:
    """Tell of an event at the door of its contract, or of its invoice where money is the topic."""
    folder = "invoices" if topic is Topic.MONEY else "contracts"
    return Telling(topic=topic, says=words, url=f"/{folder}/{event.code}", to=to)
