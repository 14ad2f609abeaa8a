"""What a holiday list moves in contracts: the days for signing and paying that the law's arithmetic made."""

from datetime import date

from contracts.rules.money import pay_by
from contracts.states import InvoiceState, State
from market.base.calendar import add_days, local_date
from market.base.database import rows
from market.base.ledger import Event
from market.law.actions import move_deadline
from market.law.queries import law_on
from market.law.rules import moved_to

Moved = tuple[str, str, date, date]


async def reckon_contracts_anew(event: Event) -> None:
    """Follow the taking in of a holiday list: move open days for signing and for paying.

    Milestones and repairs were agreed or set by hand; they stay.
    """
    since = date.fromisoformat((event.public or {})["since"])
    moved = [*await _to_sign(event, since), *await _to_pay(event, since)]
    await move_deadline(moved=moved, holidays=event.code, by=event.by, now=event.at)


async def _to_sign(event: Event, since: date) -> list[Moved]:
    waiting = await rows(
        "SELECT id, code, street, award_sent_on, sign_by FROM contract WHERE state IN ($1, $2) AND sign_by >= $3"
        " ORDER BY id FOR UPDATE",
        str(State.DRAFTED),
        str(State.REVIEWED),
        since,
    )
    moved: list[Moved] = []
    for row in waiting:
        law = await law_on(day=row["award_sent_on"], street=row["street"])
        then = add_days(row["award_sent_on"], int(law.number("L-11")))
        if day := moved_to(before=row["sign_by"], after=then, now=local_date(event.at)):
            await rows("UPDATE contract SET sign_by = $2, revision = revision + 1 WHERE id = $1", row["id"], day)
            moved.append((row["code"], "sign", row["sign_by"], day))
    return moved


async def _to_pay(event: Event, since: date) -> list[Moved]:
    waiting = await rows(
        "SELECT i.id, i.code, i.submitted_at, i.pay_by, c.street FROM invoice i"
        " JOIN contract_milestone m ON m.id = i.milestone JOIN contract c ON c.id = m.contract"
        " WHERE i.state IN ($1, $2) AND i.pay_by >= $3 ORDER BY i.id FOR UPDATE OF i",
        str(InvoiceState.SUBMITTED),
        str(InvoiceState.APPROVED),
        since,
    )
    moved: list[Moved] = []
    for row in waiting:
        received_on = local_date(row["submitted_at"])
        then = pay_by(received_on=received_on, law=await law_on(day=received_on, street=row["street"]))
        if day := moved_to(before=row["pay_by"], after=then, now=local_date(event.at)):
            await rows("UPDATE invoice SET pay_by = $2, revision = revision + 1 WHERE id = $1", row["id"], day)
            moved.append((row["code"], "pay", row["pay_by"], day))
    return moved
