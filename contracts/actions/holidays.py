"""What a holiday list moves in contracts: the days for signing, publishing and paying that the law made."""

from datetime import date

from contracts.actions.clock import clock_of
from contracts.agenda import next_turn_at
from contracts.queries.law import law_of_contract, sign_by
from contracts.rules.money import pay_by
from contracts.rules.terms import publish_by
from contracts.states import CONTRACT, INVOICE, Act, InvoiceState, State
from market.base.calendar import local_date
from market.base.database import Row, rows
from market.base.ledger import Event
from market.law.actions import Moved, move_deadline
from market.law.rules import moved_to
from market.people.states import Role
from market.people.topics import Topic, Whom, serving

_SUPPLIER = (Role.ORGANIZATION_ADMINISTRATOR, Role.BIDDER)


async def reckon_contracts_anew(event: Event) -> None:
    """Follow the taking in of a holiday list: move open days for signing, publishing and paying.

    Milestones and repairs were agreed or set by hand; they stay.
    """
    since = date.fromisoformat((event.public or {})["since"])
    moved = [*await _to_sign(event, since), *await _to_publish(event, since), *await _to_pay(event, since)]
    await move_deadline(moved=moved, holidays=event.code, by=event.by, now=event.at)


def _moved(row: Row, what: str, *, before: date, after: date, to: tuple[Whom, ...]) -> Moved:
    of_money = what == "pay"
    return Moved(
        code=row["code"],
        what=what,
        before=before,
        after=after,
        url=f"/{'invoices' if of_money else 'contracts'}/{row['code']}",
        topic=Topic.MONEY if of_money else Topic.CONTRACTS,
        to=to,
    )


def _street(row: Row, act: Act) -> tuple[Whom, ...]:
    step = next(step for life in (CONTRACT, INVOICE) for step in life.steps if step.act == act)
    return serving(row["street"], *(Role(role) for role in sorted(step.by) if role != Role.ORGANIZATION_ADMINISTRATOR))


async def _to_sign(event: Event, since: date) -> list[Moved]:
    waiting = await rows(
        "SELECT * FROM contract WHERE state IN ($1, $2) AND sign_by >= $3 ORDER BY id FOR UPDATE",
        str(State.DRAFTED),
        str(State.REVIEWED),
        since,
    )
    moved: list[Moved] = []
    for row in waiting:
        then = await sign_by(row=row)
        if day := moved_to(before=row["sign_by"], after=then, now=local_date(event.at)):
            await rows("UPDATE contract SET sign_by = $2, revision = revision + 1 WHERE id = $1", row["id"], day)
            to = (*_street(row, Act.SIGN_CONTRACT), *serving(row["supplier"], Role.ORGANIZATION_ADMINISTRATOR))
            moved.append(_moved(row, "sign", before=row["sign_by"], after=day, to=to))
    return moved


async def _to_publish(event: Event, since: date) -> list[Moved]:
    waiting = await rows(
        "SELECT * FROM contract WHERE state = $1 AND publish_by >= $2 ORDER BY id FOR UPDATE",
        str(State.IN_FORCE),
        since,
    )
    moved: list[Moved] = []
    for row in waiting:
        law = await law_of_contract(row=row, now=event.at)
        then = publish_by(signed_on=local_date(row["signed_at"]), law=law)
        if day := moved_to(before=row["publish_by"], after=then, now=local_date(event.at)):
            await rows("UPDATE contract SET publish_by = $2, revision = revision + 1 WHERE id = $1", row["id"], day)
            to = serving(row["street"], Role.PURCHASER)
            moved.append(_moved(row, "publish", before=row["publish_by"], after=day, to=to))
    return moved


async def _to_pay(event: Event, since: date) -> list[Moved]:
    waiting = await rows(
        "SELECT i.id, i.code, i.state, i.submitted_at, i.pay_by, i.warned_at, i.overdue_at, i.supplier, c.street,"
        " c.signed_at FROM invoice i"
        " JOIN contract_milestone m ON m.id = i.milestone JOIN contract c ON c.id = m.contract"
        " WHERE i.state IN ($1, $2) AND i.pay_by >= $3 ORDER BY i.id FOR UPDATE OF i",
        str(InvoiceState.SUBMITTED),
        str(InvoiceState.APPROVED),
        since,
    )
    moved: list[Moved] = []
    for row in waiting:
        law = await law_of_contract(row=row, now=event.at)
        then = pay_by(received_on=local_date(row["submitted_at"]), law=law)
        if day := moved_to(before=row["pay_by"], after=then, now=local_date(event.at)):
            await rows(
                "UPDATE invoice SET pay_by = $2, next_turn_at = $3, revision = revision + 1 WHERE id = $1",
                row["id"],
                day,
                next_turn_at(clock_of({**row, "pay_by": day})),
            )
            to = (*_street(row, Act.RECORD_PAYMENT), *serving(row["supplier"], *_SUPPLIER))
            moved.append(_moved(row, "pay", before=row["pay_by"], after=day, to=to))
    return moved
