"""The doors through which contracts, invoices, their papers and evidence are read."""

import asyncio

from litestar import Response
from litestar.response import Stream

from contracts import documents, queries
from contracts.forms import KIND_WORDS, REASON_WORDS, TAX_WORDS
from contracts.queries.changes import as_signed
from contracts.queries.drafting import beside_award, requirement_of
from contracts.queries.verifying import mark_of
from contracts.states import State, TaxStatus
from market.base.records import Listing
from market.base.web import Door, Shown, file, listing, read
from market.people.actions import public_address
from market.people.attachments import open_made
from market.people.sending import send_attachment
from market.people.sensitive import Sensitive, note_read
from market.tendering.queries import suspensions_of

_PDF = "application/pdf"


@listing("/contracts", name="contracts_page", template="contracts/contracts.html", returns=queries.ContractLine)
async def contracts(door: Door[None]) -> Listing[queries.ContractLine]:
    """List the contracts one may see, newest first."""
    return await queries.contracts_page(user=door.user, after=door.after)


@read("/contracts/{code:str}", name="contract_for", template="contracts/contract.html", returns=queries.ContractCard)
async def contract(door: Door[None]) -> Shown:
    """Show a contract with its milestones, sessions and invoices, as far as one may see them."""
    card = await queries.contract_for(code=door.code, user=door.user)
    if door.wants_json:
        return Shown(card)
    suspensions = await suspensions_of(tender=card.tender, now=door.now)
    # The award that a returned draft was made from may have fallen since.
    signed = as_signed(card)
    compared = await beside_award(card=signed) if card.is_party and card.state != State.RETURNED else None
    words = {"kind_words": KIND_WORDS, "reason_words": REASON_WORDS}
    return Shown(card, {"suspensions": suspensions, "compared": compared, "signed": signed, **words})


@read("/contracts/{code:str}/paper", name="contract_paper", media=_PDF)
async def contract_paper(door: Door[None]) -> Response[bytes]:
    """Answer the contract as PDF: the signed file once there is one, which nothing changes any more; else its print."""
    card = await queries.contract_for(code=door.code, user=door.user)
    if signed := await queries.signed_file(code=door.code, user=door.user):
        kept = b"".join([chunk async for chunk in await open_made(digest=signed)])
        return file(kept, name=f"{card.code}.pdf", media_type=_PDF)
    requirement = await requirement_of(need=card.need)
    address = public_address(card.url)
    pdf = await asyncio.to_thread(
        documents.contract_paper, as_signed(card), requirement=requirement, address=address, lang=door.lang
    )
    return file(pdf, name=f"{card.code}.pdf", media_type=_PDF)


@read("/contracts/{code:str}/acceptances/{milestone:int}", name="acceptance_paper", media=_PDF)
async def acceptance_paper(door: Door[None]) -> Response[bytes]:
    """Print the certificate of an accepted milestone as PDF."""
    card = await queries.contract_for(code=door.code, user=door.user)
    number = int(door.request.path_params["milestone"])
    pdf = await asyncio.to_thread(documents.acceptance_paper, card, milestone=number, lang=door.lang)
    return file(pdf, name=f"{card.code}-A{number}.pdf", media_type=_PDF)


@read("/contracts/{code:str}/files/{attachment:str}", name="contract_evidence", media="*/*", signed_in=True)
async def contract_evidence(door: Door[None]) -> Stream:
    """Answer a piece of evidence to the parties of its contract."""
    wanted = str(door.request.path_params["attachment"])
    await queries.evidence_for(code=door.code, attachment=wanted, user=door.user)
    return await send_attachment(code=wanted)


@listing(
    "/invoices", name="invoices_page", template="contracts/invoices.html", returns=queries.InvoiceLine, signed_in=True
)
async def invoices(door: Door[None]) -> Listing[queries.InvoiceLine]:
    """List the invoices one may see, newest first."""
    return await queries.invoices_page(user=door.user, after=door.after)


async def _invoice(door: Door[None]) -> queries.InvoiceCard:
    """Return an invoice, noting who read another organization's bank account on it."""
    card = await queries.invoice_for(code=door.code, user=door.user, now=door.now)
    if card.supplier != door.user.organization:
        await note_read(kind=Sensitive.BANK_ACCOUNT, code=card.code, by=door.user, now=door.now)
    return card


@read(
    "/invoices/{code:str}",
    name="invoice_for",
    template="contracts/invoice.html",
    returns=queries.InvoiceCard,
    signed_in=True,
)
async def invoice(door: Door[None]) -> Shown:
    """Show an invoice with its payments."""
    card = await _invoice(door)
    return Shown(card, {"tax": TAX_WORDS[TaxStatus(card.tax_status)]})


@read("/invoices/{code:str}/paper", name="invoice_paper", media=_PDF, signed_in=True)
async def invoice_paper(door: Door[None]) -> Response[bytes]:
    """Print an invoice as PDF."""
    card = await _invoice(door)
    verify = public_address(f"/verify/invoice/{card.code}/{mark_of(code=card.code)}")
    pdf = await asyncio.to_thread(documents.invoice_paper, card, verify=verify, lang=door.lang)
    return file(pdf, name=f"{card.code}.pdf", media_type=_PDF)
