"""Reads of purchases outside this house: the card within a need, what a contract is made of, the file."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import msgspec

from market.base.database import Row, one, rows
from market.base.refusal import NotFound
from market.needs.rules.official import PaidStage, ScoredBy
from market.needs.states import State
from market.people.queries import organization_names


class StageLine(msgspec.Struct, frozen=True, kw_only=True):
    """A stage that the outside process reached."""

    stage: str
    reached_on: date
    note: str
    tracked_at: datetime


class FileInZip(msgspec.Struct, frozen=True, kw_only=True):
    """One file of the hand-over file, with the SHA-256 of its bytes."""

    name: str
    size: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What the hand-over file holds; `digest` is of the whole."""

    digest: str
    size: int
    files: list[FileInZip]


class OfficialCard(msgspec.Struct, frozen=True, kw_only=True):
    """One round of a need outside: what was handed over, where it stands, how it ended. Who did it is told within."""

    round: int
    method: str
    qualification: str
    service_from: date
    service_until: date
    price_points: Decimal
    criteria: list[ScoredBy]
    milestones: list[PaidStage]
    file_url: str
    manifest: Manifest
    handed_over_at: datetime
    number: str
    platform_url: str
    stages: list[StageLine]
    outcome: str
    supplier: str | None
    supplier_name: str
    price: Decimal | None
    notice_number: str
    notice_on: date | None
    notice_text: str
    recorded_at: datetime | None
    contract: str | None


class OfficialAward(msgspec.Struct, frozen=True, kw_only=True):
    """What a contract is made of when the purchase ran outside; `hands` are those who handed over and recorded."""

    need: str
    title: str
    item: str
    street: str
    street_name: str
    district: str
    supplier: str
    supplier_name: str
    amount: Decimal
    awarded_on: date
    service_from: date
    service_until: date
    milestones: list[PaidStage]
    state: str
    contract: str | None
    hands: frozenset[str]


async def rounds_of(*, need: str) -> list[OfficialCard]:
    """Return the rounds of a need outside, the newest first; whoever asks has seen the need."""
    found = await rows("SELECT * FROM official_purchase WHERE need = $1 ORDER BY round DESC", need)
    if not found:
        return []
    stages = await rows(
        "SELECT * FROM official_stage WHERE purchase = ANY ($1) ORDER BY reached_on, id", [row["id"] for row in found]
    )
    names = await organization_names(codes={row["supplier"] for row in found if row["supplier"]})
    return [_card(row, stages=stages, names=names) for row in found]


def _card(row: Row, *, stages: list[Row], names: dict[str, str]) -> OfficialCard:
    return msgspec.convert(
        {
            **row,
            "file_url": f"/needs/{row['need']}/hand-over-file?round={row['round']}",
            "stages": [stage for stage in stages if stage["purchase"] == row["id"]],
            "supplier_name": names.get(row["supplier"] or "", ""),
        },
        OfficialCard,
        from_attributes=True,
    )


async def official_award(*, need: str) -> OfficialAward:
    """Return what a contract is made of, for the rooms above. Raises NotFound when nothing was awarded outside."""
    row = await one(
        "SELECT p.*, n.title, n.item, n.street, n.state AS need_state, o.name AS street_name, o.district,"
        " s.name AS supplier_name FROM official_purchase p JOIN need n ON n.code = p.need"
        " JOIN organization o ON o.code = n.street JOIN organization s ON s.code = p.supplier"
        " WHERE p.need = $1 AND p.outcome = 'awarded'",
        need,
    )
    if row is None:
        raise NotFound
    made: dict[str, Any] = {
        **row,
        "amount": row["price"],
        "awarded_on": row["notice_on"],
        "state": row["need_state"],
        "hands": {row["handed_over_by"], row["recorded_by"]},
    }
    return msgspec.convert(made, OfficialAward)


async def hand_over_file(*, need: str, round_: int | None) -> Manifest:
    """Return the manifest of a round's hand-over file, the newest when none is named. Raises NotFound."""
    row = await one(
        "SELECT manifest FROM official_purchase WHERE need = $1 AND ($2::int IS NULL OR round = $2)"
        " ORDER BY round DESC LIMIT 1",
        need,
        round_,
    )
    if row is None:
        raise NotFound
    return msgspec.convert(row["manifest"], Manifest)


def where_awarded(*, need: str) -> str:
    """Return SQL that tells whether a need waits for the contract of its official result; `need` is SQL itself."""
    return (
        f"({need}.state = '{State.AWARDED}' AND EXISTS (SELECT 1 FROM official_purchase p WHERE p.need = {need}.code"  # noqa: S608
        " AND p.outcome = 'awarded' AND p.contract IS NULL))"
    )
