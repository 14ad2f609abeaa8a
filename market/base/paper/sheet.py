"""The paper frame: a builder that takes headings, facts, tables, amounts and signatures, and returns a PDF.

Equal content gives equal bytes: nothing of the day, the machine or the process enters. The fingerprint printed on every
page is the digest of the content, so that a sheet of paper can be compared with the record it was made from.
"""

import hashlib
import io
import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Self

from babel.dates import format_date
from babel.numbers import format_decimal
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, CondPageBreak, Flowable, Frame, PageTemplate, Spacer

from market.base.money import Yuan, in_capitals
from market.base.paper.attaching import attach
from market.base.paper.fonts import Faces
from market.base.paper.signed import Place, Signed
from market.base.paper.tickets import Tickets, in_rows
from market.base.paper.typesetting import QUIET, RULE, Align, Cell, Grid, Prose, Style, Type
from market.base.qr import PaperCode
from market.base.refusal import Said, say
from market.base.words import translations

_MARGIN, _TOP, _FOOT = 22 * mm, 24 * mm, 22 * mm
_ROOM_BELOW_HEADING = 34 * mm
_WATERMARK, _PALE = "演示数据 / demo data", HexColor("#e6e6e6")
_LOCALES = {"zh": "zh_Hans_CN", "en": "en_GB"}
_PAGE, _CODE, _FINGERPRINT = say("Page {page} of {pages}"), say("No. {code}"), say("Fingerprint {fingerprint}")
_FIGURES, _CAPITALS = say("{label} (in figures)"), say("{label} (in capitals)")
_SIGNED, _SIGNED_ON, _STAMP = say("Signed by: {name}"), say("Date: {day}"), say("(signature and seal)")
_TITLE = Style(size=18, leading=27, bold=True, align="centre", after=4)
_SUBTITLE = Style(size=10, leading=15, align="centre", colour=QUIET, after=12)
_PAIR, _ABOVE_SIGNATURES = (28, 72), 5 * mm
_HEADINGS = {
    1: Style(size=13, leading=20, bold=True, before=10, after=5),
    2: Style(size=11, leading=17, bold=True, before=6, after=3),
}
_TEXT = Style(size=10, leading=17, after=5)
_CELL, _LABEL = Style(size=9.5, leading=14.5), Style(size=9.5, leading=14.5, colour=QUIET)
_HEAD = Style(size=9.5, leading=14.5, bold=True, align="centre")
_AMOUNT = Style(size=11, leading=17, bold=True)
_SMALL = Style(size=8, leading=11, colour=QUIET)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading, its share of the width relative to the others, and where its text stands."""

    title: str
    share: float = 1.0
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Signature:
    """One party's block: who it is, who signed for it and on which day; both empty leave room for a pen."""

    party: str
    name: str = ""
    signed_on: date | None = None


class Press:
    """What all papers of a running product share: the cache of faces, and whether it is a demo."""

    def __init__(self) -> None:
        """Begin outside the demo, with the cache of the account that runs the program."""
        self.furnish(demo=False)

    def furnish(self, *, demo: bool, cache: Path | None = None, spare: Path | None = None) -> None:
        """Say whether every page tells that its data are invented, and where static fonts are kept.

        That is `cache` when given; else the account's own cache folder, or `spare` when there is none to write in.
        """
        self.demo = demo
        self.faces = Faces(cache or _own_cache() or spare or Path(".shecai") / "fonts")

    def prepare(self) -> None:
        """Make the fonts now rather than with the first paper: half a minute once per cache folder, then nothing."""
        self.faces.prepare()


def _own_cache() -> Path | None:
    try:
        folder = Path.home() / ".cache" / "shecai" / "fonts"
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, RuntimeError):
        return None
    return folder if os.access(folder, os.W_OK) else None


PRESS = Press()


class Paper:
    """A document on A4 paper, built from the top; every method returns the paper, `pdf()` prints it.

    `code` is the record's code; `lang` is that of the frame's words, and the caller gives all others translated.
    """

    def __init__(
        self, *, title: str, code: str, lang: str = "zh", subtitle: str = "", demo: bool | None = None
    ) -> None:
        self._title, self._code = title, code
        self._lang = "en" if lang.lower().startswith("en") else "zh"
        self._demo = PRESS.demo if demo is None else demo
        self._type = Type(PRESS.faces)
        self._story: list[Flowable] = []
        self._content: list[Any] = [title, code, subtitle, self._lang]
        self._files: dict[str, bytes] = {}
        #: Where the blocks that are signed in the file stand; filled when it is printed.
        self.places: dict[str, Place] = {}
        self._prose(title, _TITLE)
        self._prose(subtitle, _SUBTITLE)

    @property
    def fingerprint(self) -> str:
        """The first 16 hexadecimal digits of the SHA-256 of the content so far."""
        content = json.dumps(self._content, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:16]

    def heading(self, text: str, *, level: int = 1) -> Self:
        """Add a heading of level 1 or 2; it stays with what follows."""
        self._content.append(["heading", level, text])
        # Kept together with a whole table it would leave half a page empty, so it only asks for room for a few lines.
        self._story.append(CondPageBreak(_ROOM_BELOW_HEADING))
        return self._prose(text, _HEADINGS[level])

    def text(self, text: str, *, small: bool = False) -> Self:
        """Add paragraphs, one per line of the text; Chinese ones are indented by two characters."""
        self._content.append(["text", text])
        style = _SMALL if small else replace(_TEXT, indent=2 if self._lang == "zh" else 0)
        return self._prose(text, style)

    def facts(self, rows: Sequence[tuple[str, str]]) -> Self:
        """Add pairs of a label and a value; an empty value is shown as a dash."""
        self._content.append(["facts", [list(row) for row in rows]])
        cells = [[Cell(label, _LABEL, shaded=True), Cell(value or "—", _CELL)] for label, value in rows]
        return self._grid(cells, shares=_PAIR)

    def table(self, *, columns: Sequence[Column | str], rows: Sequence[Sequence[str]]) -> Self:
        """Add a table whose header is repeated on every page it reaches."""
        heads = [Column(column) if isinstance(column, str) else column for column in columns]
        self._content.append(["table", [head.title for head in heads], [list(row) for row in rows]])
        cells = [[Cell(head.title, _HEAD, shaded=True) for head in heads]]
        styles = [replace(_CELL, align=head.align) for head in heads]
        cells.extend([Cell(text, style) for style, text in zip(styles, row, strict=True)] for row in rows)
        return self._grid(cells, shares=[head.share for head in heads], header=1)

    def amount(self, label: str, yuan: Yuan) -> Self:
        """Add an amount in figures and in the capitals that prevail over them."""
        figures, capitals = f"￥{format_decimal(yuan, '#,##0.00', locale='en')}", in_capitals(yuan)
        self._content.append(["amount", label, figures, capitals])
        return self._grid(
            [
                [Cell(self._say(_FIGURES, label=label), _LABEL, shaded=True), Cell(figures, _AMOUNT)],
                [Cell(self._say(_CAPITALS, label=label), _LABEL, shaded=True), Cell(capitals, _AMOUNT)],
            ],
            shares=_PAIR,
        )

    def code(self, address: str, *, words: str) -> Self:
        """Add an address as a QR code with words below it, so that whoever reads the paper finds the page."""
        self._content.append(["code", address, words])
        self._story.append(PaperCode(address))
        return self._prose(words, _SMALL)

    def tickets(self, tickets: Sequence[tuple[str, str]]) -> Self:
        """Add tickets to cut out, two beside each other: an address as a QR code, and words beside it."""
        self._content.append(["tickets", [list(ticket) for ticket in tickets]])
        self._story.extend(Tickets(row, type_=self._type) for row in in_rows(tickets))
        return self

    def attach(self, name: str, data: bytes) -> Self:
        """Put a file inside the document, under an ASCII name: what the paper says, for programs."""
        self._content.append(["file", name, hashlib.sha256(data).hexdigest()])
        self._files[name] = data
        return self

    def signatures(self, blocks: Sequence[Signature], *, fields: Sequence[str] = ()) -> Self:
        """Add signature blocks, two beside each other; a block is never cut by a page.

        `fields` names the blocks that are signed in the file: `places` tells where they came to stand.
        """
        self._content.append(["signatures", [{**asdict(b), "signed_on": str(b.signed_on or "")} for b in blocks]])
        self._story.append(Spacer(1, _ABOVE_SIGNATURES))
        for at in range(0, len(blocks), 2):
            pair = [Cell(self._block(block), replace(_CELL, leading=21)) for block in blocks[at : at + 2]]
            if named := fields[at : at + 2]:
                row = Signed([pair], shares=[1] * len(pair), type_=self._type, names=named, places=self.places)
                self._story.append(row)
            else:
                self._grid([pair], shares=[1] * len(pair))
        return self

    def pdf(self) -> bytes:
        """Print the paper; the same content gives the same bytes."""
        out = io.BytesIO()
        # Left alone, reportlab begins every page with a font that it does not embed.
        first_font = self._type.runs(" ", _TEXT)[0][0]
        template = BaseDocTemplate(
            out,
            pagesize=A4,
            title=self._title,
            author="Shecai",
            subject=self._code,
            invariant=1,
            lang="zh-CN" if self._lang == "zh" else "en",
            pageCompression=1,
            initialFontName=first_font,
        )
        width, height = A4
        room = Frame(_MARGIN, _FOOT, width - 2 * _MARGIN, height - _TOP - _FOOT, 0, 0, 0, 0)
        template.addPageTemplates(PageTemplate("sheet", [room], onPage=lambda canvas, _: self._under(canvas)))
        fingerprint = self.fingerprint

        class _Counted(Canvas):  # type: ignore[misc]  # reportlab ships no types
            """A canvas that keeps its pages back until it knows how many they are."""

            def __init__(canvas, *args: Any, **named: Any) -> None:  # noqa: N805  self is the paper
                super().__init__(*args, **named)
                canvas.kept: list[dict[str, Any]] = []

            def showPage(canvas) -> None:  # noqa: N802, N805
                canvas.kept.append(dict(canvas.__dict__))
                canvas._startPage()

            def save(canvas) -> None:  # noqa: N805
                kept = canvas.kept
                for number, state in enumerate(kept, start=1):
                    canvas.__dict__.update(state)
                    self._frame(canvas, page=number, pages=len(kept), fingerprint=fingerprint)
                    Canvas.showPage(canvas)
                if self._files:
                    attach(canvas, files=self._files)
                Canvas.save(canvas)

        template.build(list(self._story), canvasmaker=_Counted)
        return out.getvalue()

    def _prose(self, text: str, style: Style) -> Self:
        if text:
            self._story.append(Prose(text, style=style, type_=self._type))
        return self

    def _grid(self, rows: Sequence[Sequence[Cell]], *, shares: Sequence[float], header: int = 0) -> Self:
        if len(rows) > header:
            self._story.append(Grid(rows, shares=shares, type_=self._type, header=header))
        return self

    def _say(self, said: Said, **values: object) -> str:
        return translations(self._lang).gettext(said.msgid).format(**values)

    def _block(self, block: Signature) -> str:
        day = format_date(block.signed_on, "long", locale=_LOCALES[self._lang]) if block.signed_on else ""
        lines = (self._say(_SIGNED, name=block.name), self._say(_SIGNED_ON, day=day), self._say(_STAMP))
        return "\n".join((block.party, *lines))

    def _under(self, canvas: Any) -> None:
        """Draw the watermark below everything."""
        if not self._demo:
            return
        canvas.saveState()
        canvas.translate(A4[0] / 2, A4[1] / 2)
        canvas.rotate(38)
        self._type.draw(canvas, 0, 0, _WATERMARK, Style(size=44, bold=True, align="centre", colour=_PALE))
        canvas.restoreState()

    def _frame(self, canvas: Any, *, page: int, pages: int, fingerprint: str) -> None:
        """Draw header and footer of one page."""
        width, height = A4
        left, right, head, foot = _MARGIN, width - _MARGIN, height - 15 * mm, 13 * mm
        code = self._say(_CODE, code=self._type.known(self._code, bold=False))
        room = right - left - self._type.width(code, _SMALL) - 12
        lines = self._type.lines(self._title, style=_SMALL, room=room)
        self._type.draw(canvas, left, head, lines[0] + ("…" if len(lines) > 1 else ""), _SMALL)
        self._type.draw(canvas, right, head, code, replace(_SMALL, align="right"))
        canvas.setStrokeColor(RULE)
        canvas.setLineWidth(0.4)
        canvas.line(left, head - 5, right, head - 5)
        canvas.line(left, foot + 12, right, foot + 12)
        self._type.draw(canvas, left, foot, self._say(_FINGERPRINT, fingerprint=fingerprint), _SMALL)
        count = self._say(_PAGE, page=page, pages=pages)
        self._type.draw(canvas, right, foot, count, replace(_SMALL, align="right"))
        if self._demo:
            self._type.draw(canvas, width / 2, foot, _WATERMARK, replace(_SMALL, align="centre"))
