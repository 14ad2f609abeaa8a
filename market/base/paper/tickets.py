"""Tickets to cut out, two beside each other: an address as a QR code, and words beside it."""

from collections.abc import Sequence

from reportlab.lib.colors import grey
from reportlab.platypus import Flowable

from market.base.paper.typesetting import Prose, Style, Type
from market.base.qr import PaperCode

_ABREAST = 2
_PAD, _GAP = 5.0, 4.0
_WORDS = Style(size=8, leading=13)


class Tickets(Flowable):  # type: ignore[misc]  # reportlab ships no types
    """One row of tickets with a dashed line to cut along; it is never cut by a page."""

    def __init__(self, tickets: Sequence[tuple[str, str]], *, type_: Type) -> None:
        super().__init__()
        self._parts = [
            (PaperCode(address), Prose(words, style=_WORDS, type_=type_)) for address, words in tickets[:_ABREAST]
        ]

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return the size: the whole width, and the height of the tallest ticket."""
        self.width, self._each = width, width / _ABREAST
        self._sizes = []
        for code, prose in self._parts:
            wide, high = code.wrap(self._each, height)
            room = self._each - wide - _GAP - 2 * _PAD
            self._sizes.append((wide, high, prose.wrap(room, height)[1]))
        self.height = max(max(high, words) for _, high, words in self._sizes) + 2 * _PAD
        return self.width, self.height

    def draw(self) -> None:
        """Draw each ticket in its frame."""
        canvas = self.canv
        for at, ((code, prose), (wide, high, words)) in enumerate(zip(self._parts, self._sizes, strict=True)):
            left, top = at * self._each, self.height - _PAD
            canvas.saveState()
            canvas.setStrokeColor(grey)
            canvas.setDash(3, 3)
            canvas.rect(left, 0, self._each, self.height)
            canvas.restoreState()
            code.drawOn(canvas, left + _PAD, top - high)
            prose.drawOn(canvas, left + _PAD + wide + _GAP, top - words)


def in_rows(tickets: Sequence[tuple[str, str]]) -> list[Sequence[tuple[str, str]]]:
    """Return tickets by rows."""
    return [tickets[at : at + _ABREAST] for at in range(0, len(tickets), _ABREAST)]
