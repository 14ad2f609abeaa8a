"""Money: invoices for accepted milestones, approved and paid by different hands, and the end of the contract."""

from datetime import date, datetime

import msgspec

from contracts.actions.fapiao import free_fapiao
from contracts.actions.locking import lock_contract, lock_invoice, milestone_of
from contracts.agenda import PaymentClock, next_turn_at
from contracts.queries import ContractCard, InvoiceCard, contract_for, invoice_for
from contracts.queries.change_lines import waiting_change
from contracts.queries.contracts import settlement
from contracts.queries.law import law_of_contract
from contracts.rules import money as rules
from contracts.states import CONTRACT, INVOICE, Act, InvoiceState, State, TaxStatus
from contracts.tables import Invoice, Payment
from market.base.calendar import local_date
from market.base.codes import next_number
from market.base.database import rows, transaction
from market.base.ledger import record
from market.base.lifecycle import objections_to_state
from market.base.money import ZERO_YUAN, Yuan
from market.base.refusal import refuse_if
from market.needs.actions import pay_money
from market.people.states import User


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """What the supplier asks for, and where the money shall go."""

    milestone: int
    amount: Yuan
    account_name: str
    bank: str
    bank_account: str
    tax_status: TaxStatus
    note: str = ""


async def submit_invoice(*, contract: str, request: Request, by: User, now: datetime) -> InvoiceCard:
    """Submit an invoice for an accepted milestone; its number is the next of the organization's year, without gaps.

    Refused for what is not accepted and for more than is left of the milestone. The payment clock (C-13) starts,
    by the law under which the contract was signed.
    """
    async with transaction():
        row = await lock_contract(code=contract, by=by, side="supplier")
        stage = await milestone_of(contract=row["id"], number=request.milestone)
        refuse_if(
            [
                *objections_to_state(INVOICE, Act.SUBMIT_INVOICE, row["state"]),
                *rules.objections_to_invoice(
                    exists=stage is not None,
                    accepted=bool(stage and stage["accepted_at"]),
                    amount=request.amount,
                    payable=stage["amount"] if stage else ZERO_YUAN,
                    invoiced=stage["invoiced"] if stage else ZERO_YUAN,
                ),
            ]
        )
        assert stage is not None  # noqa: S101  refused above, or never deleted
        today = local_date(now)
        law = await law_of_contract(row=row, now=now)
        number = await next_number(f"invoice-{row['supplier']}-{today.year}")
        code = f"I-{row['supplier']}-{today.year}-{number:04d}"
        asked = {name: value for name, value in msgspec.structs.asdict(request).items() if name != "milestone"}
        clock = PaymentClock(
            state=InvoiceState.SUBMITTED, pay_by=rules.pay_by(received_on=today, law=law), received_at=now
        )
        await Invoice.insert(
            Invoice(
                code=code,
                supplier=row["supplier"],
                year=today.year,
                number=number,
                milestone=stage["id"],
                state=InvoiceState.SUBMITTED,
                submitted_by=by.account,
                submitted_at=now,
                pay_by=clock.pay_by,
                next_turn_at=next_turn_at(clock),
                **asked,
            )
        )
        detail = {"contract": contract, "milestone": request.milestone, "amount": request.amount}
        await record(room="contracts", act=Act.SUBMIT_INVOICE, code=code, by=by, now=now, detail=detail)
        return await invoice_for(code=code, user=by, now=now)


async def approve_invoice(*, code: str, expected: int | None, by: User, now: datetime) -> InvoiceCard:
    """Approve an invoice for payment. Refused for who accepted the delivery or drafted the contract (E-13)."""
    async with transaction():
        row = await lock_invoice(code=code, by=by, expected=expected)
        refuse_if(
            [
                *objections_to_state(INVOICE, Act.APPROVE_INVOICE, row["state"]),
                *rules.objections_to_approval(by=by.account, accepted_by=row["accepted_by"], drafter=row["drafted_by"]),
            ]
        )
        await rows(
            "UPDATE invoice SET state = 'approved', judged_by = $2, judged_at = $3, revision = revision + 1"
            " WHERE id = $1",
            row["id"],
            by.account,
            now,
        )
        detail = {"contract": row["contract"], "amount": row["amount"] - row["credited"]}
        await record(room="contracts", act=Act.APPROVE_INVOICE, code=code, by=by, now=now, detail=detail)
        return await invoice_for(code=code, user=by, now=now)


async def return_invoice(*, code: str, reasons: str, expected: int | None, by: User, now: datetime) -> InvoiceCard:
    """Send an invoice back with reasons; its number stays used, and its milestone can be invoiced anew."""
    async with transaction():
        row = await lock_invoice(code=code, by=by, expected=expected)
        refuse_if(objections_to_state(INVOICE, Act.RETURN_INVOICE, row["state"]))
        await rows(
            "UPDATE invoice SET state = 'returned', judged_by = $2, judged_at = $3, reasons = $4, next_turn_at = NULL,"
            " revision = revision + 1 WHERE id = $1",
            row["id"],
            by.account,
            now,
            reasons,
        )
        await free_fapiao(invoice=row["id"])
        await record(
            room="contracts", act=Act.RETURN_INVOICE, code=code, by=by, now=now, detail={"contract": row["contract"]}
        )
        return await invoice_for(code=code, user=by, now=now)


async def record_payment(
    *, code: str, amount: Yuan, paid_on: date, reference: str, expected: int | None, by: User, now: datetime
) -> InvoiceCard:
    """Record money that was paid on an approved invoice; the invoice is paid when nothing is left of it.

    Refused for who approved it, above what is left, in the future, and before the approval.
    """
    async with transaction():
        row = await lock_invoice(code=code, by=by, expected=expected)
        refuse_if(objections_to_state(INVOICE, Act.RECORD_PAYMENT, row["state"]))
        earlier = await rows("SELECT amount FROM invoice_payment WHERE invoice = $1", row["id"])
        paid = sum((payment["amount"] for payment in earlier), ZERO_YUAN)
        refuse_if(
            rules.objections_to_payment(
                by=by.account,
                approved_by=row["judged_by"],
                amount=amount,
                invoice=row["amount"] - row["credited"],
                paid=paid,
                paid_on=paid_on,
                approved_on=local_date(row["judged_at"]),
                today=local_date(now),
            )
        )
        await Payment.insert(
            Payment(
                invoice=row["id"],
                number=len(earlier) + 1,
                amount=amount,
                paid_on=paid_on,
                reference=reference,
                recorded_by=by.account,
                recorded_at=now,
            )
        )
        state = InvoiceState.PAID if paid + amount == row["amount"] - row["credited"] else InvoiceState.APPROVED
        await rows(
            "UPDATE invoice SET state = $2, next_turn_at = CASE WHEN $2::varchar = 'approved' THEN next_turn_at END,"
            " revision = revision + 1 WHERE id = $1",
            row["id"],
            str(state),
        )
        await pay_money(code=row["need"], amount=amount, now=now, by=by)
        public = {
            "contract": row["contract"],
            "milestone": row["milestone_number"],
            "street": row["street"],
            "supplier": row["supplier"],
            "amount": amount,
            "paid_on": paid_on,
            "payment": len(earlier) + 1,
        }
        await record(
            room="contracts",
            act=Act.RECORD_PAYMENT,
            code=code,
            by=by,
            now=now,
            public=public,
            detail={"reference": reference},
        )
        return await invoice_for(code=code, user=by, now=now)


async def close_contract(*, code: str, expected: int | None, by: User, now: datetime) -> ContractCard:
    """Close a contract in which everything is accepted, invoiced and paid."""
    async with transaction():
        row = await lock_contract(code=code, by=by, side="street", expected=expected)
        refuse_if(objections_to_state(CONTRACT, Act.CLOSE_CONTRACT, row["state"]))
        settled = await settlement(contract=row)
        waiting = await waiting_change(contract=row["id"])
        refuse_if(rules.objections_to_closing(**settled, waiting=waiting))
        await rows(
            "UPDATE contract SET state = $2, closed_at = $3, revision = revision + 1 WHERE id = $1",
            row["id"],
            str(State.CLOSED),
            now,
        )
        public = {
            "code": code,
            "tender": row["tender"],
            "street": row["street"],
            "supplier": row["supplier"],
            "amount": row["amount"],
            "released": row["released"],
            "paid": settled["paid"],
            "closed_at": now,
        }
        await record(room="contracts", act=Act.CLOSE_CONTRACT, code=code, by=by, now=now, public=public)
        return await contract_for(code=code, user=by)
