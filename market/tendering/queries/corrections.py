"""Reads of corrections: each with its words before and after, as everybody sees them on the notice."""

from datetime import datetime
from typing import Any

import msgspec

from market.base.database import Row


class CorrectionLine(msgspec.Struct, frozen=True, kw_only=True):
    """One correction of a notice; `closed_at` is the closing before it."""

    number: int
    corrected_at: datetime
    reason: str
    touches_bids: bool
    changes: list[dict[str, Any]]
    closed_at: datetime
    closes_at: datetime


OF_A_CORRECTION = ("number", "corrected_at", "reason", "touches_bids", "changes", "closed_at", "closes_at")


def corrections_from(found: list[Any]) -> list[CorrectionLine]:
    """Return corrections of their rows, the first first; days and moments among the changes as such."""
    lines = [dict(zip(OF_A_CORRECTION, each, strict=True)) for each in found]
    return [_line(line) for line in lines]


def _line(row: Row) -> CorrectionLine:
    return msgspec.convert({**row, "changes": [_typed(change) for change in row["changes"]]}, CorrectionLine)


_TYPES: dict[str, Any] = {"closes_at": datetime, "opens_at": datetime}


def _typed(change: dict[str, Any]) -> dict[str, Any]:
    wanted = _TYPES.get(change["field"])
    if wanted is None:
        return change
    both = {name: datetime.fromisoformat(change[name]) for name in ("original", "corrected")}
    return {**change, **both}
