"""A document as content before any format: headings, facts, paragraphs and tables, written as PDF and as DOCX alike."""

import io
from collections.abc import Sequence
from typing import Self

import msgspec
from docx import Document
from docx.document import Document as Docx
from docx.oxml.ns import qn
from docx.shared import Pt

from market.base.paper import Column, Paper

_FONT, _SIZE = "宋体", 11


class Heading(msgspec.Struct, frozen=True, tag=True):
    """A heading."""

    text: str


class Facts(msgspec.Struct, frozen=True, tag=True):
    """Pairs of a label and a value."""

    rows: tuple[tuple[str, str], ...]


class Prose(msgspec.Struct, frozen=True, tag=True):
    """Paragraphs, one a line."""

    text: str


class Table(msgspec.Struct, frozen=True, tag=True):
    """A table with the titles of its columns and their widths relative to each other."""

    titles: tuple[str, ...]
    shares: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]


class Part:
    """One document, built from the top; `name` is its file's name without the ending."""

    def __init__(self, *, name: str, title: str, code: str, subtitle: str = "", lang: str = "zh-CN") -> None:
        self.name, self.title, self.code, self.subtitle, self.lang = name, title, code, subtitle, lang
        self.blocks: list[Heading | Facts | Prose | Table] = []

    def heading(self, text: str) -> Self:
        """Add a heading."""
        self.blocks.append(Heading(text))
        return self

    def facts(self, rows: Sequence[tuple[str, str]]) -> Self:
        """Add pairs of a label and a value."""
        self.blocks.append(Facts(tuple(rows)))
        return self

    def prose(self, text: str) -> Self:
        """Add paragraphs."""
        self.blocks.append(Prose(text or "—"))
        return self

    def table(self, columns: Sequence[tuple[str, float]], rows: Sequence[Sequence[str]]) -> Self:
        """Add a table; without rows it is left out."""
        if rows:
            titles, shares = zip(*columns, strict=True)
            self.blocks.append(Table(titles, shares, tuple(tuple(row) for row in rows)))
        return self


def as_pdf(part: Part) -> bytes:
    """Return a document on the house's paper."""
    paper = Paper(title=part.title, code=part.code, lang=part.lang, subtitle=part.subtitle)
    for block in part.blocks:
        match block:
            case Heading(text):
                paper.heading(text)
            case Facts(rows):
                paper.facts(rows)
            case Prose(text):
                paper.text(text)
            case Table(titles, shares, rows):
                columns = [Column(title, share) for title, share in zip(titles, shares, strict=True)]
                paper.table(columns=columns, rows=rows)
    return paper.pdf()


def as_docx(part: Part) -> bytes:
    """Return a document that an office edits further; Chinese type is named for East Asian characters too."""
    document = Document()
    for name in ("Normal", "Title", "Heading 1"):
        style = document.styles[name]
        style.font.name = _FONT
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _FONT)
    document.styles["Normal"].font.size = Pt(_SIZE)
    document.core_properties.title, document.core_properties.author = part.title, ""
    document.add_heading(part.title, level=0)
    document.add_paragraph(" · ".join(text for text in (part.subtitle, part.code) if text))
    for block in part.blocks:
        _write(document, block)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _write(document: Docx, block: Heading | Facts | Prose | Table) -> None:
    match block:
        case Heading(text):
            document.add_heading(text, level=1)
        case Prose(text):
            for line in text.splitlines():
                document.add_paragraph(line)
        case Facts(rows):
            _grid(document, [[label, value or "—"] for label, value in rows])
        case Table(titles, _, rows):
            _grid(document, [titles, *rows])


def _grid(document: Docx, rows: Sequence[Sequence[str]]) -> None:
    table = document.add_table(rows=0, cols=len(rows[0]))
    table.style = "Table Grid"
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.add_paragraph()
