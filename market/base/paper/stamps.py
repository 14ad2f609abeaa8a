"""What is seen of a signature: a small card of lines, drawn as a page of its own that is laid into its field."""

import io
from collections.abc import Sequence

from reportlab.lib.colors import HexColor, white
from reportlab.pdfgen.canvas import Canvas

from market.base.paper.sheet import PRESS
from market.base.paper.typesetting import Style, Type

_FRAME, _SEAL = HexColor("#b3261e"), HexColor("#8c1d18")
_PAD = 4.0
_FIRST, _LATER = Style(size=9, leading=12.5, bold=True, colour=_SEAL), Style(size=7, leading=9.6, colour=_SEAL)


def stamp(lines: Sequence[str], *, width: float, height: float) -> bytes:
    """Draw lines in a frame of this size in points, the first of them larger; a line too long is broken."""
    out, type_ = io.BytesIO(), Type(PRESS.faces)
    first_font = type_.runs(" ", _LATER)[0][0]
    canvas = Canvas(out, pagesize=(width, height), invariant=1, pageCompression=1, initialFontName=first_font)
    canvas.setStrokeColor(_FRAME)
    canvas.setFillColor(white)
    canvas.setLineWidth(0.8)
    canvas.rect(0.5, 0.5, width - 1, height - 1, fill=1)
    y = height - _PAD
    for number, text in enumerate(lines):
        style = _LATER if number else _FIRST
        for line in type_.lines(text, style=style, room=width - 2 * _PAD):
            type_.draw(canvas, _PAD, y - style.baseline(1), line, style)
            y -= style.leading
    canvas.showPage()
    canvas.save()
    return out.getvalue()
