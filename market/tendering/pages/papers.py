"""The papers as PDF, and the files of bids under names that tell nothing."""

import asyncio

from litestar import Response
from litestar.response import Stream

from market.base.refusal import NotFound
from market.base.web import Door, file, read
from market.people.sending import send_attachment
from market.people.sensitive import Sensitive, note_read
from market.tendering import documents, queries
from market.tendering.pages.doors import TENDER, card_at
from market.tendering.queries.awards import confirmed_by, may_read_letter
from market.tendering.queries.panel import file_of_bid
from market.tendering.queries.reports import report_for
from market.tendering.queries.tenders import law_of_tender

PDF = "application/pdf"


@read(f"{TENDER}/notice.pdf", name="notice_paper", media=PDF)
async def notice_paper(door: Door[None]) -> Response[bytes]:
    """Answer the notice as PDF."""
    card = await card_at(door)
    content = await asyncio.to_thread(documents.notice, tender=card, lang=door.lang)
    return file(content, name=f"{card.code}-notice.pdf", media_type=PDF)


@read(f"{TENDER}/opening.pdf", name="opening_paper", media=PDF, signed_in=True)
async def opening_paper(door: Door[None]) -> Response[bytes]:
    """Answer the opening record as PDF, as its reader may see it."""
    card = await card_at(door)
    if card.opening is None:
        raise NotFound
    content = await asyncio.to_thread(documents.opening_record, tender=card, lines=card.opening, lang=door.lang)
    return file(content, name=f"{card.code}-opening.pdf", media_type=PDF)


@read(f"{TENDER}/report.pdf", name="report_paper", media=PDF, signed_in=True)
async def report_paper(door: Door[None]) -> Response[bytes]:
    """Answer the evaluation report as PDF to the street, the panel and the auditors."""
    row = await queries.tender_row(code=door.code, user=door.user)
    law = await law_of_tender(row=row, now=door.now)
    report = await report_for(tender=row, law=law, user=door.user)
    card = await card_at(door)
    content = await asyncio.to_thread(documents.evaluation_report, tender=card, report=report, lang=door.lang)
    return file(content, name=f"{card.code}-report.pdf", media_type=PDF)


@read(f"{TENDER}/award-letter.pdf", name="award_letter_paper", media=PDF, signed_in=True)
async def award_letter_paper(door: Door[None]) -> Response[bytes]:
    """Answer the letter of award as PDF to both sides and the auditors."""
    card = await card_at(door)
    if card.result is None or not may_read_letter(street=card.street, result=card.result, user=door.user):
        raise NotFound
    signer = await confirmed_by(tender=card.code)
    content = await asyncio.to_thread(
        documents.award_letter, tender=card, result=card.result, signer=signer, lang=door.lang
    )
    return file(content, name=f"{card.code}-award.pdf", media_type=PDF)


@read(f"{TENDER}/bids/{{bid:int}}/files/{{number:int}}", name="blind_file", media="*/*", signed_in=True)
async def blind_file(door: Door[None]) -> Stream:
    """Answer a file of an opened bid to a seated expert, under a name that tells nothing."""
    bid, number = int(door.request.path_params["bid"]), int(door.request.path_params["number"])
    row = await queries.tender_row(code=door.code, user=door.user)
    attachment = await file_of_bid(tender=row, bid=bid, number=number, user=door.user)
    await note_read(kind=Sensitive.BID_FILE, code=door.code, by=door.user, now=door.now)
    return await send_attachment(code=attachment, name=f"bid-{bid}-file-{number}")
