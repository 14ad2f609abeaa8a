"""Reads of bids: each organization's own part, its content in clear for itself alone, and the opening record."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

import msgspec

from market.base.database import Row, one
from market.base.records import Record
from market.base.refusal import NotFound
from market.people.states import Role, User
from market.tendering.queries.clarifications import ClarificationLine, clarifications_for_bidder
from market.tendering.rules.terms import DraftOffer, LastPrice, Offer
from market.tendering.sealing import open_content
from market.tendering.states import State

OPENED = frozenset(
    {State.OPENED, State.EVALUATING, State.QUOTING, State.RANKED, State.EVALUATED, State.AWARDED, State.CONTRACTED}
)


class BidReceipt(Record, frozen=True, kw_only=True):
    """What a bidder holds in hand: never the price, so that the receipt may lie about."""

    tender: str
    submitted_at: datetime | None = None
    fingerprint: str | None = None
    submissions: int = 0
    leaf: str | None = None
    signature: str | None = None
    draft_at: datetime | None = None


class QuoteReceipt(msgspec.Struct, frozen=True, kw_only=True):
    """The receipt of a final quote."""

    submitted_at: datetime
    fingerprint: str


class MyPart(msgspec.Struct, frozen=True, kw_only=True):
    """A bidder's own part in a tender."""

    documents_taken_at: datetime | None = None
    bid: BidReceipt | None = None
    quote: QuoteReceipt | None = None
    voided_at: datetime | None = None
    opening_confirmed_at: datetime | None = None
    refusal: str = ""
    total: Decimal | None = None
    rank: int | None = None
    clarifications: list[ClarificationLine] = []


class OwnBid(Record, frozen=True, kw_only=True):
    """One's own bid: its draft in clear, and what was submitted in clear once it is opened.

    Between submission and opening only the keyholders together can read it, so that `submitted` is None; the sizes of
    what is sealed are told.
    """

    tender: str
    submitted: Offer | None
    sealed_bytes: int | None
    submitted_at: datetime | None
    fingerprint: str | None
    draft: DraftOffer | None
    draft_at: datetime | None


class OpeningLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the opening record. Prices are shown to the street and the auditors, to a bidder only its own.

    Law: 财库〔2014〕214号 第十九条: nobody may tell a supplier another's price while they consult.
    """

    organization: str
    name: str
    submitted_at: datetime
    fingerprint: str
    price: Decimal | None
    confirmed_at: datetime | None
    remark: str


def receipt_of(*, bid: Row, tender: str) -> BidReceipt:
    """Return the receipt of a bid's row."""
    return BidReceipt(
        code=bid["code"],
        state=bid["state"],
        url=f"/tenders/{tender}/my-bid",
        tender=tender,
        submitted_at=bid["submitted_at"],
        fingerprint=bid["fingerprint"],
        submissions=bid["submissions"],
        leaf=bid["leaf"],
        signature=bid["signature"],
        draft_at=bid["draft_at"],
    )


async def bid_row(*, tender: int, organization: str | None) -> Row | None:
    """Return an organization's bid on a tender, None when there is none."""
    return await one("SELECT * FROM bid WHERE tender = $1 AND organization = $2", tender, organization or "")


async def my_part(*, tender: Row, user: User, now: datetime) -> MyPart | None:
    """Return what an organization did in a tender, and what its panel asks it; None for those who do not bid."""
    if not user.may_be(Role.BIDDER):
        return None
    found = await one(
        "SELECT b.*, d.taken_at, q.submitted_at AS quoted_at, q.fingerprint AS quote_fingerprint"
        " FROM (SELECT $1::bigint AS tender, $2::text AS organization) x"
        " LEFT JOIN documents_taken d ON d.tender = x.tender AND d.organization = x.organization"
        " LEFT JOIN bid b ON b.tender = x.tender AND b.organization = x.organization LEFT JOIN quote q ON q.bid = b.id",
        tender["id"],
        user.organization or "",
    )
    if found is None:
        return None
    part = _my_part(tender, found)
    if found["number"] is None:
        return part
    asked = await clarifications_for_bidder(tender=tender, organization=user.organization or "", now=now)
    return msgspec.structs.replace(part, clarifications=asked)


def _my_part(tender: Row, found: Row) -> MyPart:
    known = tender["state"] in (State.AWARDED, State.CONTRACTED)
    quoted = found["quoted_at"] is not None
    return MyPart(
        documents_taken_at=found["taken_at"],
        bid=receipt_of(bid=found, tender=tender["code"]) if found["code"] else None,
        quote=QuoteReceipt(submitted_at=found["quoted_at"], fingerprint=found["quote_fingerprint"]) if quoted else None,
        voided_at=found["voided_at"] if found["code"] and found["state"] in ("draft", "withdrawn") else None,
        opening_confirmed_at=found["confirmed_at"],
        refusal=found["refusal"] or "",
        total=found["quality"] + found["price_score"] if known and found["rank"] else None,
        rank=found["rank"] if known else None,
    )


async def own_bid_row(*, tender: Row, user: User) -> Row:
    """Return the row of an organization's own bid, to its own bidders alone. Raises NotFound."""
    bid = await bid_row(tender=tender["id"], organization=user.organization) if user.may_be(Role.BIDDER) else None
    if bid is None:
        raise NotFound
    return bid


async def own_bid(*, tender: Row, user: User) -> OwnBid:
    """Return an organization's own bid in clear, to its own bidders alone. Raises NotFound."""
    bid = await own_bid_row(tender=tender, user=user)
    return OwnBid(
        code=bid["code"],
        state=bid["state"],
        url=f"/tenders/{tender['code']}/my-bid",
        tender=tender["code"],
        submitted=_opened_offer(bid),
        sealed_bytes=len(bid["content"]) if bid["content"] is not None else None,
        submitted_at=bid["submitted_at"],
        fingerprint=bid["fingerprint"],
        draft=_draft_of(bid=bid, tender=tender["code"]),
        draft_at=bid["draft_at"],
    )


def _opened_offer(bid: Row) -> Offer | None:
    if bid["price"] is None:
        return None
    return Offer(price=bid["price"], plan=bid["plan"], declared=True, files=bid["files"])


def _draft_of(*, bid: Row, tender: str) -> DraftOffer | None:
    if bid["draft"] is None:
        return None
    subject = f"draft:{bid['code']}"
    return open_content(DraftOffer, content=bid["draft"], key=bid["draft_key"], tender=tender, subject=subject)


def price_of_quote(*, quote: Row, bid: str, tender: str) -> Decimal:
    """Open a final quote; the caller has decided that its round is over."""
    subject = f"quote:{bid}"
    opened = open_content(LastPrice, content=quote["content"], key=quote["content_key"], tender=tender, subject=subject)
    return opened.price


def opening_lines(*, tender: Row, user: User, bids: Sequence[Row]) -> list[OpeningLine] | None:
    """Return the opening record to the street, the bidders and the auditors; None for all others, and before it.

    `bids` are the opened ones with their suppliers' names, in the order in which they came.
    """
    if tender["state"] not in OPENED:
        return None
    sees_all = user.may_be(Role.AUDITOR) or user.organization == tender["street"]
    own = bool(user.organization) and any(bid["organization"] == user.organization for bid in bids)
    if not (sees_all or (own and user.may_be(Role.BIDDER))):
        return None
    return [_opening_line(bid, sees_all=sees_all, own=user.organization) for bid in bids]


def _opening_line(row: Row, *, sees_all: bool, own: str | None) -> OpeningLine:
    fields: dict[str, Any] = {
        name: row[name] for name in ("organization", "submitted_at", "fingerprint", "confirmed_at")
    }
    mine = sees_all or row["organization"] == own
    return OpeningLine(
        **fields,
        name=row["name"],
        price=row["price"] if mine else None,
        remark=row["remark"] if mine else "",
    )
