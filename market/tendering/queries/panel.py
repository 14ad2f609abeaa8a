"""Reads of the panel: what a seated expert sees, never a supplier's name; others' scores only when all are in."""

from datetime import datetime
from decimal import Decimal

import msgspec

from market.base.database import Row, one, rows
from market.base.refusal import NotFound
from market.law.states import Law
from market.people.states import Role, User
from market.tendering.queries.clarifications import ClarificationLine, clarifications_for_panel
from market.tendering.rules.panel import all_have_scored
from market.tendering.rules.scoring import LowPrice, low_prices
from market.tendering.states import BidState, State

_SEATED = frozenset({State.EVALUATING, State.QUOTING, State.RANKED, State.EVALUATED, State.AWARDED, State.CONTRACTED})
_RANKED = frozenset({State.RANKED, State.EVALUATED, State.AWARDED, State.CONTRACTED})


class BlindFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file of a bid, without its name."""

    number: int
    url: str


class GivenPoints(msgspec.Struct, frozen=True, kw_only=True):
    """Points one member gave for one criterion; members are numbered by their own scores' order, not named."""

    member: int
    criterion: int
    points: Decimal


class BlindBid(msgspec.Struct, frozen=True, kw_only=True):
    """A bid under its number: no supplier, and no price until the ranking."""

    number: int
    state: str
    plan: str
    files: list[BlindFile]
    on_no_list: bool
    my_check: bool | None
    my_reason: str
    my_points: list[GivenPoints]
    all_points: list[GivenPoints]
    quality: Decimal | None = None
    price_score: Decimal | None = None
    final_price: Decimal | None = None
    total: Decimal | None = None
    rank: int | None = None


class PanelView(msgspec.Struct, frozen=True, kw_only=True):
    """The panel's work as one of its members sees it."""

    members: int
    signed: int
    i_signed: bool
    all_scored: bool
    bids: list[BlindBid]
    clarifications: list[ClarificationLine] = []
    low_prices: list[LowPrice] = []


async def seat_of(*, tender: int, account: str) -> Row | None:
    """Return an account's seat on a panel, None when it has none or stepped back."""
    return await one(
        "SELECT * FROM seat WHERE tender = $1 AND account = $2 AND recused_at IS NULL", tender, account or ""
    )


async def scored_by_seat(*, tender: int) -> dict[str, set[int]]:
    """Return, for every seated member, the numbers of the bids that member has scored."""
    found = await rows(
        "SELECT s.account, array_agg(DISTINCT b.number) FILTER (WHERE b.number IS NOT NULL) AS numbers"
        " FROM seat s LEFT JOIN score c ON c.seat = s.id LEFT JOIN bid b ON b.id = c.bid"
        " WHERE s.tender = $1 AND s.recused_at IS NULL GROUP BY s.account",
        tender,
    )
    return {row["account"]: set(row["numbers"] or ()) for row in found}


async def panel_view(*, tender: Row, user: User, law: Law, now: datetime) -> PanelView | None:
    """Return the panel's work to one of its seated members, prices that ask for a word included; None for others."""
    if tender["state"] not in _SEATED or not user.may_be(Role.PANEL_EXPERT):
        return None
    seat = await seat_of(tender=tender["id"], account=user.account)
    return await _view(tender, seat, law, now) if seat else None


async def _view(tender: Row, seat: Row, law: Law, now: datetime) -> PanelView:
    bids = await rows("SELECT * FROM bid WHERE tender = $1 AND number IS NOT NULL ORDER BY number", tender["id"])
    checks = await rows("SELECT c.* FROM bid_check c WHERE c.seat = $1", seat["id"])
    points = await rows(
        "SELECT c.bid, c.seat, c.criterion, c.points FROM score c JOIN seat s ON s.id = c.seat"
        " WHERE s.tender = $1 AND s.recused_at IS NULL ORDER BY c.seat, c.criterion",
        tender["id"],
    )
    seats = await rows("SELECT id, signed_at FROM seat WHERE tender = $1 AND recused_at IS NULL", tender["id"])
    scored = await scored_by_seat(tender=tender["id"])
    valid = [bid["number"] for bid in bids if bid["state"] == BidState.VALID]
    complete = len(scored) == tender["panel_size"] and all_have_scored(scored=scored, valid=valid) and bool(valid)
    return PanelView(
        members=len(seats),
        signed=sum(s["signed_at"] is not None for s in seats),
        i_signed=seat["signed_at"] is not None,
        all_scored=complete,
        bids=[_blind(bid, tender, seat, checks, points, complete=complete) for bid in bids],
        clarifications=await clarifications_for_panel(tender=tender, seat=seat["id"], now=now),
        low_prices=low_prices(_known_prices(tender, bids), ceiling=tender["budget"], law=law),
    )


def _known_prices(tender: Row, bids: list[Row]) -> dict[int, Decimal]:
    known = tender["state"] in _RANKED
    return {bid["number"]: bid["final_price"] for bid in bids if known and bid["rank"] is not None}


def _blind(bid: Row, tender: Row, seat: Row, checks: list[Row], points: list[Row], *, complete: bool) -> BlindBid:
    check = next((c for c in checks if c["bid"] == bid["id"]), None)
    ranked = tender["state"] in _RANKED and bid["rank"] is not None
    url = f"/tenders/{tender['code']}/bids/{bid['number']}/files"
    members = sorted({p["seat"] for p in points})
    given = [(members.index(p["seat"]) + 1, p) for p in points if p["bid"] == bid["id"]]
    return BlindBid(
        number=bid["number"],
        state=bid["state"],
        plan=bid["plan"],
        files=[BlindFile(number=n, url=f"{url}/{n}") for n in range(1, len(bid["files"] or ()) + 1)],
        on_no_list=bool(bid["on_no_list"]),
        my_check=check["passed"] if check else None,
        my_reason=check["reason"] if check else "",
        my_points=[_points(member, p) for member, p in given if p["seat"] == seat["id"]],
        all_points=[_points(member, p) for member, p in given] if complete else [],
        quality=bid["quality"] if ranked else None,
        price_score=bid["price_score"] if ranked else None,
        final_price=bid["final_price"] if ranked else None,
        total=bid["quality"] + bid["price_score"] if ranked else None,
        rank=bid["rank"] if ranked else None,
    )


def _points(member: int, row: Row) -> GivenPoints:
    return GivenPoints(member=member, criterion=row["criterion"], points=row["points"])


async def file_of_bid(*, tender: Row, bid: int, number: int, user: User) -> str:
    """Return the attachment behind a blind file, to a seated expert alone. Raises NotFound."""
    seat = await seat_of(tender=tender["id"], account=user.account)
    opened = await rows("SELECT number, files FROM bid WHERE tender = $1 AND number IS NOT NULL", tender["id"])
    files: list[str] = next((found["files"] for found in opened if found["number"] == bid), [])
    if seat is None or not 1 <= number <= len(files):
        raise NotFound
    return str(files[number - 1])
