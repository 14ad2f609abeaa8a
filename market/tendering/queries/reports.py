"""Reads for the evaluation report: ranking, refusals, every member's points, low prices, dissent.

The panel's names stand in it only once the award is public (E-8).
"""

from collections.abc import Sequence
from decimal import Decimal

import msgspec

from market.base.database import Row, rows
from market.base.refusal import NotFound
from market.law.states import Law
from market.people.states import Role, User
from market.tendering.queries.clarifications import ReportedClarification, clarifications_reported
from market.tendering.queries.panel import seat_of
from market.tendering.rules.scoring import LowPrice, low_prices
from market.tendering.states import State

REPORTED = frozenset({State.EVALUATED, State.AWARDED, State.CONTRACTED})
_PUBLIC = frozenset({State.AWARDED, State.CONTRACTED})


class ReportedBid(msgspec.Struct, frozen=True, kw_only=True):
    """A bid in the report; whoever sent no final quote or was refused has no rank."""

    number: int
    supplier: str
    supplier_name: str
    first_price: Decimal
    final_price: Decimal | None
    quality: Decimal | None
    price_score: Decimal | None
    total: Decimal | None
    rank: int | None
    by_lot: bool
    refusal: str


class MemberSheet(msgspec.Struct, frozen=True, kw_only=True):
    """One member's points for one bid, criterion by criterion in order; `name` is "" while it is secret."""

    member: int
    name: str
    number: int
    points: list[Decimal]


class MemberWord(msgspec.Struct, frozen=True, kw_only=True):
    """One member's signature under the report."""

    member: int
    name: str
    agrees: bool
    dissent: str


class EvaluationReport(msgspec.Struct, frozen=True, kw_only=True):
    """The evaluation report of one tender."""

    bids: list[ReportedBid]
    sheets: list[MemberSheet]
    members: list[MemberWord]
    low_prices: list[LowPrice]
    clarifications: list[ReportedClarification]


def ranking_for(*, tender: Row, user: User, bids: Sequence[Row]) -> list[ReportedBid] | None:
    """Return the ranking to the street and the auditors once the report is sealed; None for others and before.

    `bids` are the opened ones with their suppliers' names.
    """
    if tender["state"] not in REPORTED:
        return None
    if not (user.may_be(Role.AUDITOR) or user.organization == tender["street"]):
        return None
    return _reported(bids)


async def report_for(*, tender: Row, law: Law, user: User) -> EvaluationReport:
    """Return the sealed report to the street, the auditors and the panel. Raises NotFound for others and before."""
    if tender["state"] not in REPORTED:
        raise NotFound
    inside = user.may_be(Role.AUDITOR) or user.organization == tender["street"]
    if not inside and await seat_of(tender=tender["id"], account=user.account) is None:
        raise NotFound
    bids = await _reported_bids(tender)
    seats = await rows("SELECT * FROM seat WHERE tender = $1 AND recused_at IS NULL ORDER BY id", tender["id"])
    quotes = {bid.number: bid.final_price for bid in bids if bid.final_price is not None}
    return EvaluationReport(
        bids=bids,
        sheets=await _sheets(tender, seats),
        members=[
            MemberWord(member=n, name=_name(seat, tender), agrees=bool(seat["agrees"]), dissent=seat["dissent"])
            for n, seat in enumerate(seats, 1)
        ],
        low_prices=low_prices(quotes, ceiling=tender["budget"], law=law),
        clarifications=await clarifications_reported(tender=tender, seats=seats, names=tender["state"] in _PUBLIC),
    )


def _name(seat: Row, tender: Row) -> str:
    return str(seat["name"]) if tender["state"] in _PUBLIC else ""


async def _reported_bids(tender: Row) -> list[ReportedBid]:
    return _reported(
        await rows(
            "SELECT b.*, coalesce(o.name, '') AS name FROM bid b LEFT JOIN organization o ON o.code = b.organization"
            " WHERE b.tender = $1 AND b.number IS NOT NULL",
            tender["id"],
        )
    )


def _reported(bids: Sequence[Row]) -> list[ReportedBid]:
    """Return opened bids as the report lists them: by rank, those without one last."""
    return [
        ReportedBid(
            number=bid["number"],
            supplier=bid["organization"],
            supplier_name=bid["name"],
            first_price=bid["price"],
            final_price=bid["final_price"],
            quality=bid["quality"],
            price_score=bid["price_score"],
            total=bid["quality"] + bid["price_score"] if bid["rank"] else None,
            rank=bid["rank"],
            by_lot=bid["by_lot"],
            refusal=bid["refusal"],
        )
        for bid in sorted(bids, key=lambda bid: (bid["rank"] is None, bid["rank"], bid["number"]))
    ]


async def _sheets(tender: Row, seats: list[Row]) -> list[MemberSheet]:
    found = await rows(
        "SELECT b.number, c.seat, array_agg(c.points ORDER BY c.criterion) AS points FROM score c"
        " JOIN bid b ON b.id = c.bid WHERE b.tender = $1 GROUP BY b.number, c.seat ORDER BY b.number, c.seat",
        tender["id"],
    )
    members = {seat["id"]: (n, _name(seat, tender)) for n, seat in enumerate(seats, 1)}
    return [
        MemberSheet(member=members[s["seat"]][0], name=members[s["seat"]][1], number=s["number"], points=s["points"])
        for s in found
        if s["seat"] in members
    ]
