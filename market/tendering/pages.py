"""The doors of tendering: the notices, every act on them, the bidder's own bid, blind files, and the papers."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from typing import Any

from litestar import Response
from litestar.response import Stream

from market.base.records import Listing
from market.base.refusal import NotFound
from market.base.storage import disposition
from market.base.web import Door, Filled, Route, Shown, act, file, listing, read
from market.needs.queries import need_for
from market.people.attachments import open_attachment, own_attachments
from market.tendering import actions, documents, examples, forms, queries
from market.tendering.queries import BidReceipt, OwnBid, TenderCard, TenderLine
from market.tendering.queries.panel import BlindBid
from market.tendering.queries.reports import report_for
from market.tendering.queries.tenders import law_of_tender
from market.tendering.states import Act, BidState

_TENDER = "/tenders/{code:str}"
PDF = "application/pdf"


@listing("/tenders", name="tenders_page", template="tendering/tenders.html", returns=TenderLine)
async def tenders(door: Door[None]) -> Listing[TenderLine]:
    """List the notices, newest first; of one state with `?state=open`."""
    return await queries.tenders_page(user=door.user, state=door.query("state"), after=door.after)


@read(_TENDER, name="tender_for", template="tendering/tender.html", returns=TenderCard)
async def tender(door: Door[None]) -> TenderCard:
    """Show a notice with everything that is the reader's to see."""
    return await _card(door)


@read(f"{_TENDER}/my-bid", name="own_bid", template="tendering/my_bid.html", returns=OwnBid, signed_in=True)
async def my_bid(door: Door[None]) -> Shown:
    """Show one's own bid in clear, to one's own organization alone."""
    row = await queries.tender_row(code=door.code, user=door.user)
    files = await own_attachments(by=door.user, sealed_for=door.code)
    return Shown(await queries.own_bid(tender=row, user=door.user), {"tender": await _card(door), "files": files})


async def _card(door: Door[Any]) -> TenderCard:
    return await queries.tender_for(code=door.code, user=door.user, now=door.now)


async def _fill(door: Door[None]) -> Filled:
    return Filled(record=await _card(door))


# Before the opening


async def _fill_draft(door: Door[None]) -> Filled:
    need = await need_for(code=door.code, user=door.user)
    return Filled(record=need, values={"title": need.title, "budget": need.budget, "panel_size": 3})


@act(
    Act.DRAFT_TENDER,
    "/needs/{code:str}/draft-tender",
    form=forms.DraftTender,
    returns=TenderCard,
    fill=_fill_draft,
    example=examples.DRAFT,
)
async def draft_tender(door: Door[forms.DraftTender]) -> TenderCard:
    """Draft a tender from an approved need."""
    return await actions.draft_tender(need=door.code, sent=door.form, by=door.user, now=door.now)


async def _fill_publication(door: Door[None]) -> Filled:
    return Filled(record=await _card(door))


@act(
    Act.PUBLISH_TENDER,
    f"{_TENDER}/publish-tender",
    form=forms.PublishTender,
    returns=TenderCard,
    fill=_fill_publication,
    template="tendering/publish.html",
    example={},
)
async def publish_tender(door: Door[forms.PublishTender]) -> TenderCard:
    """Publish a draft as its notice."""
    sent = door.form
    return await actions.publish_tender(
        code=door.code,
        closes_at=sent.closes_at,
        opens_at=sent.opens_at,
        expected=door.expected,
        by=door.user,
        now=door.now,
    )


@act(Act.TAKE_DOCUMENTS, f"{_TENDER}/take-documents", returns=TenderCard, fill=_fill, example={})
async def take_documents(door: Door[None]) -> TenderCard:
    """Take the documents for one's organization."""
    return await actions.take_documents(code=door.code, by=door.user, now=door.now)


@act(
    Act.ASK_QUESTION,
    f"{_TENDER}/ask-question",
    form=forms.AskQuestion,
    returns=TenderCard,
    fill=_fill,
    example=examples.QUESTION,
)
async def ask_question(door: Door[forms.AskQuestion]) -> TenderCard:
    """Ask about the documents; the asker is not named."""
    return await actions.ask_question(code=door.code, text=door.form.text, by=door.user, now=door.now)


async def _fill_answer(door: Door[None]) -> Filled:
    card = await _card(door)
    waiting = [(str(q.number), f"{q.number}. {q.text}") for q in card.questions if q.answer is None]
    return Filled(record=card, choices={"questions": waiting})


@act(
    Act.ANSWER_QUESTION,
    f"{_TENDER}/answer-question",
    form=forms.AnswerQuestion,
    returns=TenderCard,
    fill=_fill_answer,
    example=examples.ANSWER,
)
async def answer_question(door: Door[forms.AnswerQuestion]) -> TenderCard:
    """Answer a question for everybody."""
    sent = door.form
    return await actions.answer_question(
        code=door.code, question=sent.question, answer=sent.answer, by=door.user, now=door.now
    )


async def _fill_bid(door: Door[None]) -> Filled:
    """Begin with the draft, else with what was submitted; a price is shown to its own organization alone."""
    card = await _card(door)
    values: Mapping[str, Any] = {}
    if card.mine is not None and card.mine.bid is not None:
        row = await queries.tender_row(code=door.code, user=door.user)
        own = await queries.own_bid(tender=row, user=door.user)
        content = own.draft or own.submitted
        if content is not None:
            values = {name: getattr(content, name) for name in ("price", "plan", "declared", "files")}
    staged = await own_attachments(by=door.user, sealed_for=door.code)
    files = [(f.code, f"{f.code} · {f.media_type} · {f.size}") for f in staged]
    return Filled(record=card, values=values, choices={"files": files})


@act(
    Act.SAVE_DRAFT_BID,
    f"{_TENDER}/save-draft-bid",
    form=forms.SaveDraftBid,
    returns=BidReceipt,
    fill=_fill_bid,
    template="tendering/bid.html",
    example=examples.DRAFT_BID,
)
async def save_draft_bid(door: Door[forms.SaveDraftBid]) -> BidReceipt:
    """Keep a draft of the bid, sealed."""
    return await actions.save_draft_bid(code=door.code, sent=door.form, by=door.user)


@act(
    Act.SUBMIT_BID,
    f"{_TENDER}/submit-bid",
    form=forms.SubmitBid,
    returns=BidReceipt,
    fill=_fill_bid,
    template="tendering/bid.html",
    example=examples.BID,
)
async def submit_bid(door: Door[forms.SubmitBid]) -> BidReceipt:
    """Submit a sealed bid, or replace it."""
    return await actions.submit_bid(code=door.code, sent=door.form, by=door.user)


@act(Act.WITHDRAW_BID, f"{_TENDER}/withdraw-bid", returns=BidReceipt, fill=_fill, example={})
async def withdraw_bid(door: Door[None]) -> BidReceipt:
    """Take a bid back before the closing."""
    return await actions.withdraw_bid(code=door.code, by=door.user)


# The opening and the panel


@act(Act.TURN_KEY, f"{_TENDER}/turn-key", returns=TenderCard, fill=_fill, example={})
async def turn_key(door: Door[None]) -> TenderCard:
    """Open all bids."""
    return await actions.turn_key(code=door.code, by=door.user, now=door.now)


@act(
    Act.CONFIRM_OPENING,
    f"{_TENDER}/confirm-opening",
    form=forms.ConfirmOpening,
    returns=TenderCard,
    fill=_fill,
    example={"remark": ""},
)
async def confirm_opening(door: Door[forms.ConfirmOpening]) -> TenderCard:
    """Confirm the opening record."""
    return await actions.confirm_opening(code=door.code, remark=door.form.remark, by=door.user, now=door.now)


@act(Act.DRAW_PANEL, f"{_TENDER}/draw-panel", returns=TenderCard, fill=_fill, example={})
async def draw_panel(door: Door[None]) -> TenderCard:
    """Draw the panel at random."""
    return await actions.draw_panel(code=door.code, by=door.user, now=door.now)


@act(
    Act.DECLARE_CONFLICT,
    f"{_TENDER}/declare-conflict",
    form=forms.DeclareConflict,
    returns=TenderCard,
    fill=_fill,
    example=examples.CONFLICT,
)
async def declare_conflict(door: Door[forms.DeclareConflict]) -> Response[Any] | TenderCard:
    """Step back from the panel."""
    return await actions.declare_conflict(code=door.code, reason=door.form.reason, by=door.user, now=door.now)


def _bids(card: TenderCard, state: BidState) -> list[BlindBid]:
    return [bid for bid in card.panel.bids if bid.state == state] if card.panel else []


async def _fill_check(door: Door[None]) -> Filled:
    card = await _card(door)
    waiting = [bid for bid in _bids(card, BidState.OPENED) if bid.my_check is None]
    return Filled(
        record=card, choices={"bids": [(str(bid.number), str(bid.number)) for bid in waiting]}, context={"bids": waiting}
    )


@act(
    Act.CHECK_BID,
    f"{_TENDER}/check-bid",
    form=forms.CheckBid,
    returns=TenderCard,
    fill=_fill_check,
    template="tendering/panel_act.html",
    example=examples.CHECK,
)
async def check_bid(door: Door[forms.CheckBid]) -> TenderCard:
    """Check whether a bid is qualified and meets the requirements."""
    return await actions.check_bid(code=door.code, sent=door.form, by=door.user, now=door.now)


async def _fill_score(door: Door[None]) -> Filled:
    card = await _card(door)
    waiting = [bid for bid in _bids(card, BidState.VALID) if not bid.my_points]
    return Filled(
        record=card, choices={"bids": [(str(bid.number), str(bid.number)) for bid in waiting]}, context={"bids": waiting}
    )


@act(
    Act.SCORE_BID,
    f"{_TENDER}/score-bid",
    form=forms.ScoreBid,
    returns=TenderCard,
    fill=_fill_score,
    template="tendering/score.html",
    example=examples.SCORES,
)
async def score_bid(door: Door[forms.ScoreBid]) -> TenderCard:
    """Score a bid on every criterion."""
    return await actions.score_bid(code=door.code, sent=door.form, by=door.user, now=door.now)


@act(
    Act.REQUEST_FINAL_QUOTES,
    f"{_TENDER}/request-final-quotes",
    form=forms.RequestFinalQuotes,
    returns=TenderCard,
    fill=_fill,
    example=examples.ROUND,
)
async def request_final_quotes(door: Door[forms.RequestFinalQuotes]) -> TenderCard:
    """Ask the valid bidders for final quotes."""
    return await actions.request_final_quotes(code=door.code, until=door.form.until, by=door.user, now=door.now)


# The request's mark would be a plain digest of path and price, from which a price can be guessed: no key is kept.
@act(
    Act.SUBMIT_FINAL_QUOTE,
    f"{_TENDER}/submit-final-quote",
    form=forms.SubmitFinalQuote,
    returns=BidReceipt,
    fill=_fill,
    example=examples.QUOTE,
    once=False,
)
async def submit_final_quote(door: Door[forms.SubmitFinalQuote]) -> BidReceipt:
    """Submit the final quote, sealed until the round ends; sent twice it replaces itself."""
    return await actions.submit_final_quote(code=door.code, price=door.form.price, by=door.user)


# The award


@act(
    Act.SEAL_REPORT,
    f"{_TENDER}/seal-report",
    form=forms.SealReport,
    returns=TenderCard,
    fill=_fill,
    template="tendering/panel_act.html",
    example=examples.SIGNATURE,
)
async def seal_report(door: Door[forms.SealReport]) -> TenderCard:
    """Sign the evaluation report."""
    sent = door.form
    return await actions.seal_report(
        code=door.code, agrees=sent.agrees, reasons=sent.reasons, by=door.user, now=door.now
    )


@act(Act.CONFIRM_AWARD, f"{_TENDER}/confirm-award", returns=TenderCard, fill=_fill, example={})
async def confirm_award(door: Door[None]) -> TenderCard:
    """Confirm the award to rank one."""
    return await actions.confirm_award(code=door.code, expected=door.expected, by=door.user, now=door.now)


@act(
    Act.CANCEL_TENDER,
    f"{_TENDER}/cancel-tender",
    form=forms.CancelTender,
    returns=TenderCard,
    fill=_fill,
    example=examples.CANCELLING,
)
async def cancel_tender(door: Door[forms.CancelTender]) -> TenderCard:
    """Cancel a tender with a reason."""
    return await actions.cancel_tender(
        code=door.code, reason=door.form.reason, expected=door.expected, by=door.user, now=door.now
    )


# Papers and files


@read(f"{_TENDER}/notice.pdf", name="notice_paper", template="")
async def notice_paper(door: Door[None]) -> Response[bytes]:
    """Answer the notice as PDF."""
    card = await _card(door)
    content = await asyncio.to_thread(documents.notice, tender=card, lang=door.lang)
    return file(content, name=f"{card.code}-notice.pdf", media_type=PDF)


@read(f"{_TENDER}/opening.pdf", name="opening_paper", template="", signed_in=True)
async def opening_paper(door: Door[None]) -> Response[bytes]:
    """Answer the opening record as PDF, as its reader may see it."""
    card = await _card(door)
    if card.opening is None:
        raise NotFound
    content = await asyncio.to_thread(documents.opening_record, tender=card, lines=card.opening, lang=door.lang)
    return file(content, name=f"{card.code}-opening.pdf", media_type=PDF)


@read(f"{_TENDER}/report.pdf", name="report_paper", template="", signed_in=True)
async def report_paper(door: Door[None]) -> Response[bytes]:
    """Answer the evaluation report as PDF to the street, the panel and the auditors."""
    row = await queries.tender_row(code=door.code, user=door.user)
    law = await law_of_tender(row=row, now=door.now)
    report = await report_for(tender=row, law=law, user=door.user)
    card = await _card(door)
    content = await asyncio.to_thread(documents.evaluation_report, tender=card, report=report, lang=door.lang)
    return file(content, name=f"{card.code}-report.pdf", media_type=PDF)


@read(f"{_TENDER}/award-letter.pdf", name="award_letter_paper", template="", signed_in=True)
async def award_letter_paper(door: Door[None]) -> Response[bytes]:
    """Answer the letter of award as PDF to both sides and the auditors."""
    card = await _card(door)
    if card.result is None or not queries.may_read_letter(card=card, user=door.user):
        raise NotFound
    content = await asyncio.to_thread(documents.award_letter, tender=card, result=card.result, lang=door.lang)
    return file(content, name=f"{card.code}-award.pdf", media_type=PDF)


@read(f"{_TENDER}/bids/{{bid:int}}/files/{{number:int}}", name="blind_file", template="", signed_in=True)
async def blind_file(door: Door[None]) -> Stream:
    """Answer a file of an opened bid to a seated expert, under a name that tells nothing."""
    bid, number = int(door.request.path_params["bid"]), int(door.request.path_params["number"])
    row = await queries.tender_row(code=door.code, user=door.user)
    attachment = await queries.file_of_bid(tender=row, bid=bid, number=number, user=door.user)
    kept, chunks = await open_attachment(code=attachment, user=None)
    headers = disposition(name=f"bid-{bid}-file-{number}", media_type=kept["media_type"])
    return Stream(_each(chunks), media_type=kept["media_type"], headers=headers)


async def _each(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    async for chunk in chunks:
        yield chunk


ROUTES: list[Route] = [
    tenders,
    tender,
    my_bid,
    draft_tender,
    publish_tender,
    take_documents,
    ask_question,
    answer_question,
    save_draft_bid,
    submit_bid,
    withdraw_bid,
    turn_key,
    confirm_opening,
    draw_panel,
    declare_conflict,
    check_bid,
    score_bid,
    request_final_quotes,
    submit_final_quote,
    seal_report,
    confirm_award,
    cancel_tender,
    notice_paper,
    opening_paper,
    report_paper,
    award_letter_paper,
    blind_file,
]
