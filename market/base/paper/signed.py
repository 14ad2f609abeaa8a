"""Signature blocks that tell where they came to stand, so that a signature can be laid over their lines."""

from collections.abc import Sequence
from typing import Any

import msgspec

from market.base.paper.typesetting import Cell, Grid, Type

_LINES = 3  # by whom, on which day, signature and seal
_EDGE = 2


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """The room for a signature: its page from 0, and its left, lower, right and upper edge in points."""

    page: int
    left: int
    lower: int
    right: int
    upper: int


class Signed(Grid):
    """One row of blocks under their names; each block's last lines are the room for its signature."""

    def __init__(
        self,
        rows: Sequence[Sequence[Cell]],
        *,
        shares: Sequence[float],
        type_: Type,
        names: Sequence[str],
        places: dict[str, Place],
    ) -> None:
        super().__init__(rows, shares=shares, type_=type_)
        self._names, self._places, self._leading = names, places, rows[0][0].style.leading

    def split(self, width: float, height: float) -> list[Any]:  # noqa: ARG002  reportlab's signature
        """Stay whole: a signature stands on one page."""
        return []

    def draw(self) -> None:
        """Draw the blocks and note where they stand."""
        super().draw()
        left, lower = self.canv.absolutePosition(0, 0)
        each = self.width / len(self._names)
        for number, name in enumerate(self._names):
            self._places[name] = Place(
                page=self.canv.getPageNumber() - 1,
                left=round(left + number * each) + _EDGE,
                lower=round(lower) + _EDGE,
                right=round(left + (number + 1) * each) - _EDGE,
                upper=round(lower + _LINES * self._leading) + _EDGE,
            )
