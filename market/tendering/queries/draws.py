"""Reads of a panel's draw: the digest from the notice on; seed, pool and names once the award is public (E-4, E-8)."""

from datetime import datetime

import msgspec

from market.base.database import Row, one, rows
from market.base.records import Record
from market.base.refusal import NotFound
from market.tendering.rules.draws import Lot, holds, lot_of, ticket_of
from market.tendering.rules.terms import CommittedSeed
from market.tendering.sealing import open_content
from market.tendering.states import State

_PUBLIC = frozenset({State.AWARDED, State.CONTRACTED})


class DrawnLot(Lot, frozen=True, kw_only=True):
    """An expert's lot in a draw; the name stands beside those who judged, and nobody else's is told."""

    lot: str
    name: str


class DrawLine(msgspec.Struct, frozen=True, kw_only=True):
    """One draw, its pool in the order of the lots."""

    number: int
    drawn_at: datetime
    seats: int
    pool: list[DrawnLot]


class DrawCard(Record, frozen=True, kw_only=True):
    """How a panel was drawn; before the award only that its chance was fixed, by which digest and when.

    A notice older than this has no digest until its panel is drawn.
    """

    commitment: str | None = None
    committed_at: datetime | None = None
    seed: str | None = None
    holds: bool | None = None
    draws: list[DrawLine] = msgspec.field(default_factory=list)


def seed_from(row: Row, *, tender: str) -> str:
    """Open a tender's seed; the caller has decided that it is time to."""
    kept = open_content(
        CommittedSeed, content=row["content"], key=row["content_key"], tender=tender, subject="panel-seed"
    )
    return kept.seed


async def draw_for(*, tender: Row) -> DrawCard:
    """Return how a tender's panel is or was drawn. Raises NotFound for a draft."""
    if tender["published_at"] is None:
        raise NotFound
    card = DrawCard(code=tender["code"], state=tender["state"], url=f"/tenders/{tender['code']}/draw")
    kept = await one("SELECT * FROM panel_seed WHERE tender = $1", tender["id"])
    if kept is None:
        return card
    card = msgspec.structs.replace(card, commitment=kept["commitment"], committed_at=kept["committed_at"])
    if tender["state"] not in _PUBLIC:
        return card
    seed = seed_from(kept, tender=tender["code"])
    found = await rows("SELECT * FROM panel_draw WHERE tender = $1 ORDER BY number", tender["id"])
    seats = await rows("SELECT account, name FROM seat WHERE tender = $1 AND recused_at IS NULL", tender["id"])
    pools = [(row["seats"], msgspec.convert(row["pool"], list[Lot])) for row in found]
    names = {ticket_of(seat["account"]): seat["name"] for seat in seats}
    return msgspec.structs.replace(
        card,
        seed=seed,
        holds=holds(seed=seed, commitment=kept["commitment"], draws=pools) if pools else None,
        draws=[
            DrawLine(
                number=row["number"],
                drawn_at=row["drawn_at"],
                seats=row["seats"],
                pool=[_shown(lot, seed=seed, names=names) for lot in pool],
            )
            for row, (_, pool) in zip(found, pools, strict=True)
        ],
    )


def _shown(lot: Lot, *, seed: str, names: dict[str, str]) -> DrawnLot:
    return DrawnLot(
        ticket=lot.ticket,
        standing=lot.standing,
        drawn=lot.drawn,
        lot=lot_of(seed=seed, ticket=lot.ticket),
        name=names.get(lot.ticket, "") if lot.drawn else "",
    )
