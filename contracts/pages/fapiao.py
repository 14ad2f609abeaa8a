"""The doors of official electronic invoices: recording one, and reading its file."""

from litestar.response import Stream

from contracts import actions, forms, queries
from contracts.actions import Official
from contracts.states import Act, TaxStatus
from market.base.web import Door, Filled, act, read
from market.people.sending import own_files, send_attachment


async def _fill_fapiao(door: Door[None]) -> Filled:
    card = await queries.invoice_for(code=door.code, user=door.user, now=door.now)
    return Filled(
        record=card,
        values={"amount": str(card.amount - card.credited)},
        choices={"files": await own_files(by=door.user)},
        context={"tax": forms.TAX_WORDS[TaxStatus(card.tax_status)]},
    )


@act(
    Act.RECORD_FAPIAO,
    "/invoices/{code:str}/record-fapiao",
    form=forms.RecordFapiao,
    returns=queries.InvoiceCard,
    fill=_fill_fapiao,
    template="contracts/judge_invoice.html",
    example={"number": "26310000000000000001", "issued_on": "2026-03-02", "amount": "100.00", "file": "file"},
)
async def record_fapiao(door: Door[forms.RecordFapiao]) -> queries.InvoiceCard:
    """Record the fapiao behind an invoice."""
    sent = door.form
    official = Official(number=sent.number, issued_on=sent.issued_on, amount=sent.amount, file=sent.file)
    return await actions.record_fapiao(
        code=door.code, fapiao=official, expected=door.expected, by=door.user, now=door.now
    )


@read("/invoices/{code:str}/files/{attachment:str}", name="fapiao_file", media="*/*", signed_in=True)
async def fapiao_file(door: Door[None]) -> Stream:
    """Answer the file of a fapiao to who may read its invoice."""
    wanted = str(door.request.path_params["attachment"])
    await queries.fapiao_file(code=door.code, attachment=wanted, user=door.user)
    return await send_attachment(code=wanted)
