"""What an XLSX file must be before anything of it is loaded: small enough unpacked, plain XML, no macros, no lock.

An XLSX file is an archive whose own list says how large each part is; nothing reads beyond what that list says. Each
part's bytes are seen once, in pieces: how many marks it has bounds what a reader can make of it in memory.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO
from xml.parsers import expat  # the parser itself, told to stop at the first declaration or element

from market.base.refusal import Objection, Refused, Said, say

MOST_UNPACKED = 400_000_000
MOST_RATIO = 250
MOST_PARTS = 2000
_SMALL = 2_000_000
_OTHER_PART = 16_000_000
_LONGEST_ROW = 4_000_000
_MARKS_OF_SHEET = 14_000_000
_MARKS_OF_STRINGS = 6_000_000
_MARKS_OF_OTHERS = 600_000
_PIECE = 262_144
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
_MERGED = re.compile(rb"mergeCell\s[^>]{0,60}?ref=[\"']([A-Z0-9:]{2,30})[\"']")
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_STRINGS = re.compile(r"xl/sharedStrings\.xml", re.IGNORECASE)
_TOO_MUCH = say("The file unpacks to far more than a table needs; it was not opened.")
_BROKEN = say("The file is damaged or no XLSX file; save it anew as .xlsx.")


def refused(message: Said) -> Refused:
    """Return the refusal of a whole file."""
    return Refused([Objection("file", message)])


def merged_cells(file: BinaryIO) -> dict[str, list[str]]:
    """Judge an XLSX file without loading it; return the merged ranges of each sheet by the name of its part.

    Raises Refused for a file that is locked, an old .xls, damaged, has macros or declarations (entities), or that
    unpacks to too much.
    """
    file.seek(0)
    if file.read(len(_COMPOUND)) == _COMPOUND:
        raise refused(say("The file is locked by a password or an old .xls file; save it as .xlsx without a password."))
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            _judge_sizes(parts, size=file.seek(0, 2))
            return {part.filename: _judge_part(archive, part) for part in parts if _is_xml(part.filename)}
    except (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, NotImplementedError, UnicodeError) as error:
        raise refused(_BROKEN) from error


def _judge_sizes(parts: list[zipfile.ZipInfo], *, size: int) -> None:
    names = [part.filename for part in parts]
    if any(part.flag_bits & 1 for part in parts):
        raise refused(say("The file is locked by a password; save it without one."))
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise refused(say("The file has macros; save it as .xlsx, which has none."))
    if len(names) != len(set(names)):
        raise refused(_BROKEN)
    unpacked, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    # More packed bytes than the file has means that parts lie over each other.
    if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED or packed > size:
        raise refused(_TOO_MUCH)
    for part in parts:
        other = not (_SHEET.fullmatch(part.filename) or _STRINGS.fullmatch(part.filename))
        dense = part.file_size > _SMALL and part.file_size > MOST_RATIO * max(part.compress_size, 1)
        if dense or (other and _is_xml(part.filename) and part.file_size > _OTHER_PART):
            raise refused(_TOO_MUCH)


def _is_xml(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels", ".vml"))


def _judge_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> list[str]:
    """Look through a part in pieces: its beginning, how many marks it has, how long its rows are, what is merged."""
    sheet = bool(_SHEET.fullmatch(part.filename))
    strings = bool(_STRINGS.fullmatch(part.filename))
    allowed = _MARKS_OF_SHEET if sheet else _MARKS_OF_STRINGS if strings else _MARKS_OF_OTHERS
    prologue, marks, since_row, merged, kept = _Prologue(), 0, 0, list[str](), b""
    for piece in _pieces(archive, part):
        if not prologue.passed:
            prologue.see(piece)
        marks += piece.count(b"<")
        if sheet:
            last = max((found.start() for found in _ROW.finditer(piece)), default=-1)
            since_row = len(piece) - last if last >= 0 else since_row + len(piece)
            # A range may lie across two pieces: what is kept of the last one is shorter than any range.
            merged += [found.decode() for found in _MERGED.findall(kept + piece)]
            kept = piece[-100:] if not _MERGED.search(piece[-100:]) else b""
        if marks > allowed or since_row > _LONGEST_ROW:
            raise refused(_TOO_MUCH)
    if not prologue.passed:
        raise refused(_BROKEN)
    return merged


def _pieces(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(part) as opened:
        while piece := opened.read(_PIECE):
            yield piece


class _Prologue:
    """The beginning of a part, up to its first element: where declarations and entities would stand."""

    def __init__(self) -> None:
        self.passed = False
        self._parser = expat.ParserCreate()
        self._parser.XmlDeclHandler = self._declared
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.StartElementHandler = self._element

    def see(self, piece: bytes) -> None:
        # What is counted and looked for is looked for in UTF-8.
        if b"\0" in piece:
            raise refused(_BROKEN)
        try:
            self._parser.Parse(piece, False)  # noqa: FBT003  expat's own signature
        except expat.ExpatError as error:
            if not self.passed:
                raise refused(_BROKEN) from error

    def _declared(self, _version: str, encoding: str | None, _alone: int) -> None:
        if encoding is not None and encoding.upper() not in ("UTF-8", "US-ASCII", "ASCII"):
            raise refused(_BROKEN)

    def _doctype(self, *_: object) -> None:
        raise refused(say("The file declares entities, which no table needs; it was not opened."))

    def _element(self, *_: object) -> None:
        self.passed = True
        self._parser.StartElementHandler = None
