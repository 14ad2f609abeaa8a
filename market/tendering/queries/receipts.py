"""Reads of receipts: one's own, with what can be checked of it here and now."""

import hashlib
from datetime import datetime

import msgspec

from market.base.database import Row
from market.base.records import Record
from market.base.refusal import NotFound
from market.people.states import User
from market.tendering.queries.bids import own_bid, own_bid_row
from market.tendering.rules.terms import DraftOffer, Offer
from market.tendering.sealing import BrokenSeal, receipts, reopen
from market.tendering.sealing.receipts import Promise


class ReceiptCard(Record, frozen=True, kw_only=True):
    """A signed promise with what it was signed by; `holds` tells whether the record is still as it was promised.

    `matches_content` is None until the bid is opened: then it tells whether what was opened is what was sealed.
    """

    promise: Promise
    leaf: str
    signature: str
    public_key: str
    holds: bool
    matches_content: bool | None


async def receipt_for(*, tender: Row, user: User) -> ReceiptCard:
    """Return the receipt of the reader's own organization. Raises NotFound when nothing is submitted."""
    bid = await own_bid_row(tender=tender, user=user)
    if bid["signature"] is None:
        raise NotFound
    promise = Promise(
        tender=tender["code"],
        bid=bid["code"],
        submission=bid["submissions"],
        fingerprint=bid["fingerprint"],
        submitted_at=bid["submitted_at"],
    )
    public = receipts.public_key()
    signed = receipts.check(promise, leaf=bid["leaf"], signature=bid["signature"], public=public)
    return ReceiptCard(
        code=bid["code"],
        state=bid["state"],
        url=f"/tenders/{tender['code']}/receipt",
        promise=promise,
        leaf=bid["leaf"],
        signature=bid["signature"],
        public_key=public,
        holds=signed and hashlib.sha256(bid["content"]).hexdigest() == bid["fingerprint"],
        matches_content=_matches(bid) if bid["opened_key"] is not None else None,
    )


def _matches(bid: Row) -> bool:
    """Tell whether the sealed bytes, opened once more by their own key, say what the record says."""
    try:
        offer = reopen(Offer, content=bid["content"], key=bid["opened_key"])
    except BrokenSeal:
        return False
    return (offer.price, offer.plan, offer.files) == (bid["price"], bid["plan"], bid["files"])


class OwnCopy(msgspec.Struct, frozen=True, kw_only=True):
    """A draft to keep: which tender's, of when, and every word of it."""

    tender: str
    draft_at: datetime | None
    draft: DraftOffer


async def own_copy(*, tender: Row, user: User) -> bytes | None:
    """Return the reader's own draft as JSON to keep, None when there is none."""
    own = await own_bid(tender=tender, user=user)
    if own.draft is None:
        return None
    return msgspec.json.format(
        msgspec.json.encode(OwnCopy(tender=own.tender, draft_at=own.draft_at, draft=own.draft)), indent=2
    )
