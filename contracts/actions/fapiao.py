"""The official electronic invoice behind a supplier's own: recorded with its file, its number used once."""

from datetime import date, datetime

import msgspec

from contracts.actions.locking import lock_invoice
from contracts.queries import InvoiceCard, invoice_for
from contracts.rules.fapiao import objections_to_fapiao
from contracts.states import INVOICE, Act
from contracts.tables import Fapiao
from market.base.calendar import local_date
from market.base.database import one, rows, transaction
from market.base.ledger import record
from market.base.lifecycle import objections_to_state
from market.base.money import Yuan
from market.base.refusal import refuse_if
from market.people.attachments import objections_to_attachments
from market.people.states import User


class Official(msgspec.Struct, frozen=True, kw_only=True):
    """What stands on the fapiao, and the code of its file."""

    number: str
    issued_on: date
    amount: Yuan
    file: str


async def record_fapiao(*, code: str, fapiao: Official, expected: int | None, by: User, now: datetime) -> InvoiceCard:
    """Record a fapiao behind one's own invoice. Refused for a number in use, above the invoice, in the future.

    Who records the same number at the same moment waits for the first; the database refuses the second in any case.
    """
    async with transaction():
        row = await lock_invoice(code=code, by=by, side="supplier", expected=expected)
        await one("SELECT pg_advisory_xact_lock(hashtext('fapiao ' || $1))", fapiao.number)
        used = await one(
            "SELECT i.code FROM fapiao f JOIN invoice i ON i.id = f.invoice WHERE f.live_number = $1", fapiao.number
        )
        sums = await one("SELECT coalesce(sum(amount), 0.00) AS recorded FROM fapiao WHERE invoice = $1", row["id"])
        assert sums is not None  # noqa: S101  a sum is always a row
        refuse_if(
            [
                *objections_to_state(INVOICE, Act.RECORD_FAPIAO, row["state"]),
                *objections_to_fapiao(
                    number=fapiao.number,
                    amount=fapiao.amount,
                    issued_on=fapiao.issued_on,
                    today=local_date(now),
                    asked=row["amount"] - row["credited"],
                    recorded=sums["recorded"],
                    used_by=used["code"] if used else None,
                ),
                *await objections_to_attachments(codes=[fapiao.file], field="file", by=by),
            ]
        )
        await Fapiao.insert(
            Fapiao(
                invoice=row["id"],
                number=fapiao.number,
                live_number=fapiao.number,
                issued_on=fapiao.issued_on,
                amount=fapiao.amount,
                file=fapiao.file,
                recorded_by=by.account,
                recorded_at=now,
            )
        )
        await rows("UPDATE invoice SET revision = revision + 1 WHERE id = $1", row["id"])
        detail = {"contract": row["contract"], "fapiao": fapiao.number, "amount": fapiao.amount}
        await record(room="contracts", act=Act.RECORD_FAPIAO, code=code, by=by, now=now, detail=detail)
        return await invoice_for(code=code, user=by, now=now)


async def free_fapiao(*, invoice: int) -> None:
    """Set the numbers behind an invoice free that asks for nothing any more, so that they may serve a new one."""
    await rows("UPDATE fapiao SET live_number = NULL WHERE invoice = $1", invoice)
