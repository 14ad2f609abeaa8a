"""The money of needs: lines are allotted, reserved by a submission, committed by a contract, paid by an invoice.

Whoever moves money locks the need first and its budget line after it, so that two never wait for each other.
"""

from datetime import datetime

from market.base.calendar import local_date
from market.base.codes import code_for
from market.base.database import Row, one, rows, transaction
from market.base.ledger import record
from market.base.money import Yuan
from market.base.refusal import NotFound, Objection, refuse_if, say
from market.needs import rules
from market.needs.queries import LineCard, line_facts, line_for
from market.needs.states import Act, Source, State
from market.needs.tables import BudgetLine
from market.people.states import User


async def allot_budget(*, title: str, year: int, source: Source, amount: Yuan, by: User, now: datetime) -> LineCard:
    """Allot a budget line to one's own street. Refused without title or amount, or for a year that is not at hand."""
    async with transaction():
        refuse_if(rules.objections_to_line(title=title, year=year, amount=amount, today=local_date(now)))
        code = await code_for("L", now)
        await BudgetLine.insert(
            BudgetLine(
                code=code,
                street=by.organization,
                year=year,
                title=title,
                source=str(source),
                amount=amount,
                allotted_at=now,
                allotted_by=by.account,
            )
        )
        detail = {"street": by.organization, "year": year, "amount": amount, "source": source}
        await record(room="needs", act=Act.ALLOT_BUDGET, code=code, by=by, now=now, detail=detail)
        return await line_for(code=code, user=by)


async def lock_line(code: str) -> Row | None:
    """Lock a budget line against everybody else who would spend it; None when there is none."""
    return await one("SELECT * FROM budget_line WHERE code = $1 FOR UPDATE", code)


async def reserve(*, line: str, amount: Yuan) -> None:
    """Reserve money on a line that the caller has locked and asked."""
    await rows("UPDATE budget_line SET reserved = reserved + $2 WHERE code = $1", line, amount)


async def give_back(*, line: str, amount: Yuan) -> None:
    """Give a reservation back; locks the line."""
    await rows("UPDATE budget_line SET reserved = reserved - $2 WHERE code = $1", line, amount)


async def _lock_need(code: str) -> Row:
    row = await one("SELECT * FROM need WHERE code = $1 FOR UPDATE", code)
    if row is None:
        raise NotFound
    return row


async def commit_money(*, code: str, amount: Yuan, contract: str, now: datetime, by: User) -> None:  # noqa: ARG001
    """Commit a contract's amount: the reservation ends, what the contract does not need is free again.

    A later contract on the same need takes from what the line still has. Refused above the need's budget (M-8),
    without a tender, or when the line has too little left (N-10). Called under the event of the contract's signature.
    """
    async with transaction():
        need = await _lock_need(code)
        objections = _objections_to_commitment_state(need)
        objections += rules.objections_to_commitment(budget=need["budget"], committed=need["committed"], amount=amount)
        refuse_if(objections)
        line = await lock_line(need["budget_line"])
        if line is None:
            raise NotFound
        first = need["state"] == State.TENDERING
        if not first:
            refuse_if(rules.objections_to_reservation(budget=amount, line=line_facts(line)))
        await rows(
            "UPDATE budget_line SET reserved = reserved - $2, committed = committed + $3 WHERE code = $1",
            line["code"],
            need["budget"] if first else 0,
            amount,
        )
        await rows(
            "UPDATE need SET state = $2, committed = committed + $3, revision = revision + 1 WHERE code = $1",
            code,
            str(State.CONTRACTED),
            amount,
        )


def _objections_to_commitment_state(need: Row) -> list[Objection]:
    if need["state"] in (State.TENDERING, State.CONTRACTED):
        return []
    return [Objection("", say("No tender was made of this need, so that no contract can spend its money."), "N-10")]


async def pay_money(*, code: str, amount: Yuan, now: datetime, by: User) -> None:  # noqa: ARG001
    """Turn committed money into paid money. Refused above what is committed and unpaid.

    Called under the event of the payment's recording.
    """
    async with transaction():
        need = await _lock_need(code)
        refuse_if(rules.objections_to_payment(committed=need["committed"], paid=need["paid"], amount=amount))
        await rows(
            "UPDATE budget_line SET committed = committed - $2, paid = paid + $2 WHERE code = $1",
            need["budget_line"],
            amount,
        )
        await rows("UPDATE need SET paid = paid + $2 WHERE code = $1", code, amount)
