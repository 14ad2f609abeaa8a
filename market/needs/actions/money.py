"""The money of needs: reserved by a submission, committed by a contract, paid by an invoice, given back otherwise.

Whoever moves money locks the need first and its budget line after it, so that two never wait for each other. Each
movement of a line leaves a row in the same statement, so that its sums can be read back to their deeds.
"""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum

import msgspec

from market.base.database import Row, one, rows, transaction
from market.base.money import Yuan
from market.base.refusal import NotFound, Objection, refuse_if, say
from market.needs import rules
from market.needs.queries import line_facts
from market.needs.states import State
from market.people.states import User

_NOTHING = Decimal(0)


class Movement(msgspec.Struct, frozen=True, kw_only=True):
    """By how much a deed changes a line's amount and parts, for which need or contract, on which document."""

    act: StrEnum | str
    subject: str = ""
    document: str = ""
    file: str = ""
    amount: Yuan = _NOTHING
    reserved: Yuan = _NOTHING
    committed: Yuan = _NOTHING
    paid: Yuan = _NOTHING


async def lock_line(code: str) -> Row | None:
    """Lock a budget line against everybody else who would spend it; None when there is none."""
    return await one("SELECT * FROM budget_line WHERE code = $1 FOR UPDATE", code)


async def move(*, line: str, movement: Movement, by: User, now: datetime) -> None:
    """Change a line's sums and keep by what; the line's own constraints refuse what would overspend it."""
    await rows(
        "WITH moved AS (INSERT INTO budget_movement"
        " (line, at, act, subject, document, file, amount, reserved, committed, paid, account)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11))"
        " UPDATE budget_line SET amount = amount + $7, reserved = reserved + $8, committed = committed + $9,"
        " paid = paid + $10 WHERE code = $1",
        line,
        now,
        str(movement.act),
        movement.subject,
        movement.document,
        movement.file,
        movement.amount,
        movement.reserved,
        movement.committed,
        movement.paid,
        by.account,
    )


async def reserve(*, line: str, amount: Yuan, need: str, act: StrEnum, by: User, now: datetime) -> None:
    """Reserve money for a need on a line that the caller has locked and asked."""
    await move(line=line, movement=Movement(act=act, subject=need, reserved=amount), by=by, now=now)


async def give_back(*, line: str, amount: Yuan, need: str, act: StrEnum, by: User, now: datetime) -> None:
    """Give a need's reservation back; locks the line."""
    await move(line=line, movement=Movement(act=act, subject=need, reserved=-amount), by=by, now=now)


async def _lock_need(code: str) -> Row:
    row = await one("SELECT * FROM need WHERE code = $1 FOR UPDATE", code)
    if row is None:
        raise NotFound
    return row


async def commit_money(*, code: str, amount: Yuan, contract: str, now: datetime, by: User) -> None:
    """Commit a contract's amount: the reservation ends, what the contract does not need is free again.

    A later contract on the same need takes from what the line still has. Refused above the need's budget (M-8),
    without a tender or an award outside, or when the line has too little left (N-10). Called under the event of the
    contract's signature.
    """
    async with transaction():
        need = await _lock_need(code)
        objections = _objections_to_commitment_state(need)
        objections += rules.objections_to_commitment(budget=need["budget"], committed=need["committed"], amount=amount)
        refuse_if(objections)
        line = await lock_line(need["budget_line"])
        if line is None:
            raise NotFound
        first = need["state"] != State.CONTRACTED
        if not first:
            refuse_if(rules.objections_to_reservation(budget=amount, line=line_facts(line)))
        movement = Movement(
            act="sign-contract",
            subject=contract,
            reserved=-need["budget"] if first else _NOTHING,
            committed=amount,
        )
        await move(line=line["code"], movement=movement, by=by, now=now)
        await rows(
            "UPDATE need SET state = $2, committed = committed + $3, revision = revision + 1 WHERE code = $1",
            code,
            str(State.CONTRACTED),
            amount,
        )


async def change_commitment(*, code: str, money: Yuan, contract: str, act: StrEnum, now: datetime, by: User) -> None:
    """Commit more on a need whose contract was supplemented, or give back what a contract no longer takes.

    A supplement may pass the need's budget (C-6) and never what its line has left (N-10). Called under the event of the
    change of contract.
    """
    async with transaction():
        need = await _lock_need(code)
        line = await lock_line(need["budget_line"])
        if line is None:
            raise NotFound
        if money > 0:
            refuse_if(
                Objection("amount", o.message, o.law)
                for o in rules.objections_to_reservation(budget=money, line=line_facts(line))
            )
        await move(line=line["code"], movement=Movement(act=act, subject=contract, committed=money), by=by, now=now)
        await rows(
            "UPDATE need SET committed = committed + $2, supplements = supplements + greatest($2, 0),"
            " revision = revision + 1 WHERE code = $1",
            code,
            money,
        )


def _objections_to_commitment_state(need: Row) -> list[Objection]:
    if need["state"] in (State.TENDERING, State.AWARDED, State.CONTRACTED):
        return []
    return [Objection("", say("No tender was made of this need, so that no contract can spend its money."), "N-10")]


async def pay_money(*, code: str, amount: Yuan, now: datetime, by: User) -> None:
    """Turn committed money into paid money. Refused above what is committed and unpaid.

    Called under the event of the payment's recording.
    """
    async with transaction():
        need = await _lock_need(code)
        refuse_if(rules.objections_to_payment(committed=need["committed"], paid=need["paid"], amount=amount))
        movement = Movement(act="record-payment", subject=code, committed=-amount, paid=amount)
        await move(line=need["budget_line"], movement=movement, by=by, now=now)
        await rows("UPDATE need SET paid = paid + $2 WHERE code = $1", code, amount)
