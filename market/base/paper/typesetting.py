"""Lines and grids for paper: Chinese and Latin text broken as readers expect, and tables that run over pages.

Latin words stay whole, no line begins with a closing mark or ends with an opening one, a string without breaks is cut.
A row taller than what is left of a page goes on on the next, and the header of a table is repeated there.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Literal

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable

from market.base.paper.fonts import Faces, by_name, printable

INK, QUIET, RULE, SHADE = HexColor("#1a1a1a"), HexColor("#5c5c5c"), HexColor("#9a9a9a"), HexColor("#eef1f4")
_NO_START = frozenset("，。、；：？！）】》」』〕”’％…—·,.;:!?)]}%〉｝℃°")
_NO_END = frozenset("（【《「『〔“‘([{￥¥$〈｛")
_PAD_X, _PAD_Y = 5.0, 3.5
_FEWEST_LINES, _SHORT_ROW = 3, 12

Align = Literal["left", "centre", "right"]


@dataclass(frozen=True, slots=True)
class Style:
    """How a piece of text looks; sizes in points, `indent` in characters of the first line."""

    size: float = 10.0
    leading: float = 16.0
    bold: bool = False
    align: Align = "left"
    colour: Any = INK
    indent: int = 0
    before: float = 0.0
    after: float = 6.0

    def baseline(self, line: int) -> float:
        """Return how far below the top the baseline of a line (from 1) is; Chinese characters sit a little below it."""
        return line * self.leading - (self.leading - self.size) / 2 - self.size * 0.12


@dataclass(frozen=True, slots=True)
class Type:
    """The faces with the memory of where each character stands in them."""

    faces: Faces

    def width(self, text: str, style: Style) -> float:
        """Return the width of a line in points."""
        return sum(_placed(self.faces, c, style.bold)[1] for c in text) * style.size

    def known(self, text: str, *, bold: bool) -> str:
        """Return the text with every character that no font has replaced by its name."""
        return "".join(c if c == "\n" or self.faces_have(c, bold=bold) else by_name(c) for c in printable(text))

    def faces_have(self, character: str, *, bold: bool) -> bool:
        """Tell whether some font has the character."""
        return _placed(self.faces, character, bold)[0] != ""

    def runs(self, line: str, style: Style) -> list[tuple[str, str]]:
        """Return the line cut where the font changes."""
        runs: list[tuple[str, str]] = []
        for character in line:
            font = _placed(self.faces, character, style.bold)[0]
            if runs and runs[-1][0] == font:
                runs[-1] = (font, runs[-1][1] + character)
            else:
                runs.append((font, character))
        return runs

    def draw(self, canvas: Any, x: float, y: float, line: str, style: Style) -> None:
        """Draw one line with its baseline at y, x being its left end, centre or right end by the style's align."""
        back = {"left": 0.0, "centre": 0.5, "right": 1.0}[style.align]
        pen = canvas.beginText(x - back * self.width(line, style) if back else x, y)
        pen.setFillColor(style.colour)
        for font, part in self.runs(line, style):
            pen.setFont(font, style.size)
            pen.textOut(part)
        canvas.drawText(pen)

    def lines(self, text: str, *, style: Style, room: float) -> list[str]:
        """Break a text into lines that fit the room; its own line breaks are kept."""
        lines: list[str] = []
        for number, paragraph in enumerate(self.known(text, bold=style.bold).split("\n")):
            head = "\u3000" * style.indent if number == 0 or style.indent else ""
            lines.extend(self._fill(head, _atoms(paragraph), style, room))
        return lines

    def _fill(self, head: str, atoms: Iterable[str], style: Style, room: float) -> list[str]:
        lines, line = [], head
        for atom in atoms:
            if self.width((line + atom).rstrip(" "), style) <= room:
                line += atom
                continue
            if line.strip(" ") and line != head:
                lines.append(line.rstrip(" "))
                line = ""
            for character in atom.lstrip(" ") if not line else atom:
                if line and self.width(line + character, style) > room:
                    lines.append(line)
                    line = ""
                line += character
        return [*lines, line.rstrip(" ")]


@lru_cache(maxsize=40_000)
def _placed(faces: Faces, character: str, bold: bool) -> tuple[str, float]:  # noqa: FBT001  a cache key
    return faces.place(character, bold=bold) or ("", 0.0)


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF" or character in "“”‘’…—·〔〕"


def _atoms(text: str) -> list[str]:
    """Cut a paragraph into pieces that must not be broken; a space stays at the end of its piece."""
    atoms: list[str] = []
    for character in text:
        last = atoms[-1] if atoms else ""
        if last and (
            character == " "
            or (character in _NO_START and not last.endswith(" "))
            or last[-1] in _NO_END
            or not (_is_wide(character) or _is_wide(last[-1]) or last.endswith(" "))
        ):
            atoms[-1] = last + character
        else:
            atoms.append(character)
    return atoms


class Prose(Flowable):  # type: ignore[misc]  # reportlab ships no types
    """A paragraph that may run over pages."""

    def __init__(self, text: str, *, style: Style, type_: Type) -> None:
        super().__init__()
        self._text, self._style, self._type = text, style, type_
        self._lines: list[str] | None = None

    def getSpaceBefore(self) -> float:  # noqa: N802  reportlab's name
        """Return the space above."""
        return self._style.before

    def getSpaceAfter(self) -> float:  # noqa: N802  reportlab's name
        """Return the space below."""
        return self._style.after

    def _broken(self, width: float) -> list[str]:
        if self._lines is None:
            self._lines = self._type.lines(self._text, style=self._style, room=width)
        return self._lines

    def wrap(self, width: float, height: float) -> tuple[float, float]:  # noqa: ARG002  reportlab's signature
        """Return the size at this width."""
        self.width = width
        self.height = len(self._broken(width)) * self._style.leading
        return width, self.height

    def split(self, width: float, height: float) -> list["Prose"]:
        """Cut where the page ends; nothing when not even one line fits."""
        lines, fits = self._broken(width), int(height // self._style.leading)
        if fits <= 0:
            return []
        parts = []
        for piece, style in (
            (lines[:fits], replace(self._style, after=0.0)),
            (lines[fits:], replace(self._style, before=0.0)),
        ):
            part = Prose("", style=style, type_=self._type)
            part._lines = piece
            parts.append(part)
        return parts

    def draw(self) -> None:
        """Draw the lines from the top."""
        x = {"left": 0.0, "centre": self.width / 2, "right": self.width}[self._style.align]
        for number, line in enumerate(self._broken(self.width), start=1):
            base = self.height - self._style.baseline(number)
            self._type.draw(self.canv, x, base, line, self._style)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a grid: its text and look."""

    text: str
    style: Style = Style(size=9.0, leading=13.5)
    shaded: bool = False


_Row = list[list[str]]


class Grid(Flowable):  # type: ignore[misc]  # reportlab ships no types
    """A ruled table. The first `header` rows are repeated on every page; rows may be cut between lines."""

    def __init__(
        self, rows: Sequence[Sequence[Cell]], *, shares: Sequence[float], type_: Type, header: int = 0
    ) -> None:
        super().__init__()
        self._rows, self._type, self._header = [list(row) for row in rows], type_, header
        self._shares = [share / sum(shares) for share in shares]
        self._broken: list[_Row] | None = None

    def getSpaceBefore(self) -> float:  # noqa: N802  reportlab's name
        """Return the space above."""
        return 2.0

    def getSpaceAfter(self) -> float:  # noqa: N802  reportlab's name
        """Return the space below."""
        return 10.0

    def _lines(self, width: float) -> list[_Row]:
        if self._broken is None:
            self._broken = [
                [
                    self._type.lines(cell.text, style=cell.style, room=width * share - 2 * _PAD_X)
                    for cell, share in zip(row, self._shares, strict=True)
                ]
                for row in self._rows
            ]
        return self._broken

    def _height(self, number: int, lines: _Row) -> float:
        row = self._rows[number]
        return 2 * _PAD_Y + max(len(part) * cell.style.leading for cell, part in zip(row, lines, strict=True))

    def wrap(self, width: float, height: float) -> tuple[float, float]:  # noqa: ARG002  reportlab's signature
        """Return the size at this width."""
        self.width = width
        self.height = sum(self._height(number, lines) for number, lines in enumerate(self._lines(width)))
        return width, self.height

    def split(self, width: float, height: float) -> list["Grid"]:
        """Cut after the last row that fits, or inside the first one when it alone is too tall for what is left."""
        lines = self._lines(width)
        left = height - sum(self._height(n, lines[n]) for n in range(self._header))
        at = self._header
        while at < len(lines) and self._height(at, lines[at]) <= left:
            left -= self._height(at, lines[at])
            at += 1
        if at == len(lines):
            return [self]
        fit = int((left - 2 * _PAD_Y) // max(cell.style.leading for cell in self._rows[at]))
        # A short row is better moved whole; a tall one would leave half a page empty or never fit at all.
        if fit >= _FEWEST_LINES and len(max(lines[at], key=len)) > _SHORT_ROW:
            above, below = [part[:fit] for part in lines[at]], [part[fit:] for part in lines[at]]
            return [
                self._part(range(at + 1), [*lines[:at], above]),
                self._part(self._kept(at), [*lines[: self._header], below, *lines[at + 1 :]]),
            ]
        if at == self._header:
            return []
        return [self._part(range(at), lines[:at]), self._part(self._kept(at), [*lines[: self._header], *lines[at:]])]

    def _kept(self, at: int) -> list[int]:
        return [*range(self._header), *range(at, len(self._rows))]

    def _part(self, numbers: Iterable[int], lines: list[_Row]) -> "Grid":
        part = Grid([self._rows[n] for n in numbers], shares=self._shares, type_=self._type, header=self._header)
        part._broken = lines
        return part

    def draw(self) -> None:
        """Draw rules, shades and lines from the top."""
        top, canvas = self.height, self.canv
        canvas.setLineWidth(0.5)
        canvas.setStrokeColor(RULE)
        for number, lines in enumerate(self._lines(self.width)):
            height, x = self._height(number, lines), 0.0
            for cell, part, share in zip(self._rows[number], lines, self._shares, strict=True):
                width = share * self.width
                if cell.shaded:
                    canvas.setFillColor(SHADE)
                canvas.rect(x, top - height, width, height, stroke=1, fill=1 if cell.shaded else 0)
                self._write(cell, part, x, top - _PAD_Y, width)
                x += width
            top -= height

    def _write(self, cell: Cell, lines: Sequence[str], x: float, top: float, width: float) -> None:
        style = cell.style
        at = {"left": x + _PAD_X, "centre": x + width / 2, "right": x + width - _PAD_X}[style.align]
        for number, line in enumerate(lines, start=1):
            self._type.draw(self.canv, at, top - style.baseline(number), line, style)
