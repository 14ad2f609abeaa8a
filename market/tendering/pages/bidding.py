"""The bidders' doors: documents, questions, drafts, bids, the last price."""

from collections.abc import Mapping
from typing import Any

from market.base.web import Door, Filled, act
from market.people.attachments import own_attachments
from market.tendering import actions, examples, forms, queries
from market.tendering.pages.doors import TENDER, card_at, fill, note_own_bid
from market.tendering.queries import BidReceipt, TenderCard
from market.tendering.states import Act


@act(Act.TAKE_DOCUMENTS, f"{TENDER}/take-documents", returns=TenderCard, fill=fill, example={})
async def take_documents(door: Door[None]) -> TenderCard:
    """Take the documents for one's organization."""
    return await actions.take_documents(code=door.code, by=door.user, now=door.now)


@act(
    Act.ASK_QUESTION,
    f"{TENDER}/ask-question",
    form=forms.AskQuestion,
    returns=TenderCard,
    fill=fill,
    example=examples.QUESTION,
)
async def ask_question(door: Door[forms.AskQuestion]) -> TenderCard:
    """Ask about the documents; the asker is not named."""
    return await actions.ask_question(code=door.code, text=door.form.text, by=door.user, now=door.now)


async def _fill_bid(door: Door[None]) -> Filled:
    """Begin with the draft, shown to its own organization alone; what was submitted can no longer be read here."""
    card = await card_at(door)
    values: Mapping[str, Any] = {}
    if card.mine is not None and card.mine.bid is not None:
        row = await queries.tender_row(code=door.code, user=door.user)
        own = await queries.own_bid(tender=row, user=door.user)
        if own.draft is not None:
            await note_own_bid(door, state=row["state"])
            values = {name: getattr(own.draft, name) for name in ("price", "plan", "declared", "files")}
    staged = await own_attachments(by=door.user, sealed_for=door.code)
    files = [(f.code, f"{f.name or f.code} · {f.media_type}") for f in staged]
    return Filled(record=card, values=values, choices={"files": files}, context={"sealed_for": door.code})


@act(
    Act.SAVE_DRAFT_BID,
    f"{TENDER}/save-draft-bid",
    form=forms.SaveDraftBid,
    returns=BidReceipt,
    fill=_fill_bid,
    template="tendering/bid.html",
    example=examples.DRAFT_BID,
)
async def save_draft_bid(door: Door[forms.SaveDraftBid]) -> BidReceipt:
    """Keep a draft of the bid, sealed."""
    return await actions.save_draft_bid(code=door.code, draft=door.form.offer(), by=door.user)


@act(
    Act.SUBMIT_BID,
    f"{TENDER}/submit-bid",
    form=forms.SubmitBid,
    returns=BidReceipt,
    fill=_fill_bid,
    template="tendering/bid.html",
    example=examples.BID,
)
async def submit_bid(door: Door[forms.SubmitBid]) -> BidReceipt:
    """Submit a sealed bid, or replace it."""
    return await actions.submit_bid(code=door.code, offer=door.form.offer(), by=door.user)


@act(Act.WITHDRAW_BID, f"{TENDER}/withdraw-bid", returns=BidReceipt, fill=fill, example={})
async def withdraw_bid(door: Door[None]) -> BidReceipt:
    """Take a bid back before the closing."""
    return await actions.withdraw_bid(code=door.code, by=door.user)


@act(
    Act.SUBMIT_FINAL_QUOTE,
    f"{TENDER}/submit-final-quote",
    form=forms.SubmitFinalQuote,
    returns=BidReceipt,
    fill=fill,
    template="tendering/quote.html",
    example=examples.QUOTE,
)
async def submit_final_quote(door: Door[forms.SubmitFinalQuote]) -> BidReceipt:
    """Submit the final quote, sealed until the round ends; sent twice it replaces itself."""
    return await actions.submit_final_quote(code=door.code, price=door.form.price, by=door.user)
