"""The doors of money: invoices, approval, payment, and the contract's end."""

from typing import Any

from contracts import actions, forms, queries
from contracts.actions import Request
from contracts.states import Act, InvoiceState, TaxStatus
from market.base.web import Door, Filled, act


async def _fill_contract(door: Door[None]) -> Filled:
    return Filled(record=await queries.contract_for(code=door.code, user=door.user))


@act(
    Act.CLOSE_CONTRACT,
    "/contracts/{code:str}/close-contract",
    returns=queries.ContractCard,
    fill=_fill_contract,
    example={},
)
async def close_contract(door: Door[None]) -> queries.ContractCard:
    """Close a contract that is settled."""
    return await actions.close_contract(code=door.code, expected=door.expected, by=door.user, now=door.now)


async def _fill_invoice(door: Door[None]) -> Filled:
    card = await queries.contract_for(code=door.code, user=door.user)
    left = {str(m.number): m for m in card.milestones if m.accepted_at and m.invoiced < m.amount}
    values: dict[str, Any] = {"account_name": card.supplier_name, **await queries.last_account(user=door.user)}
    if len(left) == 1:
        [(number, only)] = left.items()
        values |= {"milestone": number, "amount": str(only.amount - only.invoiced)}
    return Filled(
        record=card,
        values=values,
        choices={"milestones": [(number, f"{number}. {m.title}") for number, m in left.items()]},
    )


@act(
    Act.SUBMIT_INVOICE,
    "/contracts/{code:str}/submit-invoice",
    form=forms.SubmitInvoice,
    returns=queries.InvoiceCard,
    fill=_fill_invoice,
    template="contracts/submit_invoice.html",
    example=lambda card: {
        "milestone": next(m.number for m in card.milestones if m.accepted_at and m.invoiced < m.amount),
        "amount": str(next(m.amount - m.invoiced for m in card.milestones if m.accepted_at and m.invoiced < m.amount)),
        "account_name": card.supplier_name,
        "bank": "示例银行示例支行",
        "bank_account": "6200000000000000000",
        "tax_status": "exempt",
    },
)
async def submit_invoice(door: Door[forms.SubmitInvoice]) -> queries.InvoiceCard:
    """Submit an invoice for an accepted milestone."""
    sent = door.form
    request = Request(
        milestone=sent.milestone,
        amount=sent.amount,
        account_name=sent.account_name,
        bank=sent.bank,
        bank_account=sent.bank_account,
        tax_status=sent.tax_status,
        note=sent.note or "",
    )
    return await actions.submit_invoice(contract=door.code, request=request, by=door.user, now=door.now)


async def _fill_money(door: Door[None]) -> Filled:
    card = await queries.invoice_for(code=door.code, user=door.user, now=door.now)
    pays = card.state == InvoiceState.APPROVED and card.supplier != door.user.organization
    values = {"amount": str(card.left)} if pays else {}
    return Filled(record=card, values=values, context={"tax": forms.TAX_WORDS[TaxStatus(card.tax_status)]})


@act(
    Act.APPROVE_INVOICE,
    "/invoices/{code:str}/approve-invoice",
    returns=queries.InvoiceCard,
    fill=_fill_money,
    example={},
    template="contracts/judge_invoice.html",
)
async def approve_invoice(door: Door[None]) -> queries.InvoiceCard:
    """Approve an invoice for payment."""
    return await actions.approve_invoice(code=door.code, expected=door.expected, by=door.user, now=door.now)


@act(
    Act.RETURN_INVOICE,
    "/invoices/{code:str}/return-invoice",
    form=forms.ReturnInvoice,
    returns=queries.InvoiceCard,
    fill=_fill_money,
    template="contracts/judge_invoice.html",
    example={"reasons": "账号与备案账户不一致，请核对后重新提交。"},
)
async def return_invoice(door: Door[forms.ReturnInvoice]) -> queries.InvoiceCard:
    """Send an invoice back."""
    return await actions.return_invoice(
        code=door.code, reasons=door.form.reasons, expected=door.expected, by=door.user, now=door.now
    )


@act(
    Act.ISSUE_CREDIT_NOTE,
    "/invoices/{code:str}/issue-credit-note",
    form=forms.IssueCreditNote,
    returns=queries.InvoiceCard,
    fill=_fill_money,
    template="contracts/judge_invoice.html",
    example={"amount": "100.00", "reasons": "金额填写有误，冲减后重新申请。"},
)
async def issue_credit_note(door: Door[forms.IssueCreditNote]) -> queries.InvoiceCard:
    """Take back a part of an invoice by a credit note."""
    sent = door.form
    return await actions.issue_credit_note(
        code=door.code,
        amount=sent.amount,
        reasons=sent.reasons,
        expected=door.expected,
        by=door.user,
        now=door.now,
    )


@act(
    Act.RECORD_PAYMENT,
    "/invoices/{code:str}/record-payment",
    form=forms.RecordPayment,
    returns=queries.InvoiceCard,
    fill=_fill_money,
    template="contracts/judge_invoice.html",
    example=lambda card: {
        "amount": str(card.left),
        "paid_on": "2026-03-02",
        "reference": "国库支付凭证 2026-0302-001",
    },
)
async def record_payment(door: Door[forms.RecordPayment]) -> queries.InvoiceCard:
    """Record a payment on an approved invoice."""
    sent = door.form
    return await actions.record_payment(
        code=door.code,
        amount=sent.amount,
        paid_on=sent.paid_on,
        reference=sent.reference,
        expected=door.expected,
        by=door.user,
        now=door.now,
    )
