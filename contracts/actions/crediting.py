"""Credit notes: how a supplier takes back what it asked for too much, under numbers of their own."""

from datetime import datetime

from contracts.actions.fapiao import free_fapiao
from contracts.actions.locking import lock_invoice
from contracts.queries import InvoiceCard, invoice_for
from contracts.rules import money as rules
from contracts.states import INVOICE, Act, InvoiceState
from contracts.tables import CreditNote
from market.base.calendar import local_date
from market.base.codes import next_number
from market.base.database import one, rows, transaction
from market.base.ledger import record
from market.base.lifecycle import objections_to_state
from market.base.money import Yuan
from market.base.refusal import refuse_if
from market.people.states import User


async def issue_credit_note(
    *, code: str, amount: Yuan, reasons: str, expected: int | None, by: User, now: datetime
) -> InvoiceCard:
    """Take back a part of an invoice, or all of it; the milestone can be invoiced anew by as much.

    Its number is the next of the organization's year, without gaps and apart from the invoices'. Refused above what
    is neither credited nor paid. The invoice and its contract are locked first, as by a payment.
    """
    async with transaction():
        row = await lock_invoice(code=code, by=by, side="supplier", expected=expected)
        refuse_if(objections_to_state(INVOICE, Act.ISSUE_CREDIT_NOTE, row["state"]))
        sums = await one(
            "SELECT coalesce(sum(amount), 0.00) AS paid FROM invoice_payment WHERE invoice = $1", row["id"]
        )
        assert sums is not None  # noqa: S101  a sum is always a row
        refuse_if(
            rules.objections_to_credit(
                amount=amount, invoice=row["amount"], credited=row["credited"], paid=sums["paid"]
            )
        )
        note = await _insert(row["id"], supplier=row["supplier"], amount=amount, reasons=reasons, by=by, now=now)
        credited = row["credited"] + amount
        state = rules.state_after_credit(
            state=InvoiceState(row["state"]), invoice=row["amount"], credited=credited, paid=sums["paid"]
        )
        await rows(
            "UPDATE invoice SET credited = $2, state = $3, revision = revision + 1, next_turn_at ="
            " CASE WHEN $3::varchar IN ('submitted', 'approved') THEN next_turn_at END WHERE id = $1",
            row["id"],
            credited,
            str(state),
        )
        if state is InvoiceState.CREDITED:
            await free_fapiao(invoice=row["id"])
        detail = {"contract": row["contract"], "credit_note": note, "amount": amount, "reasons": reasons}
        await record(room="contracts", act=Act.ISSUE_CREDIT_NOTE, code=code, by=by, now=now, detail=detail)
        return await invoice_for(code=code, user=by, now=now)


async def _insert(invoice: int, *, supplier: str, amount: Yuan, reasons: str, by: User, now: datetime) -> str:
    year = local_date(now).year
    number = await next_number(f"credit-note-{supplier}-{year}")
    code = f"R-{supplier}-{year}-{number:04d}"
    await CreditNote.insert(
        CreditNote(
            code=code,
            supplier=supplier,
            year=year,
            number=number,
            invoice=invoice,
            amount=amount,
            reasons=reasons,
            issued_by=by.account,
            issued_at=now,
        )
    )
    return code
