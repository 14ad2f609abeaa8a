"""What a file is, told from its bytes and never from what its sender says.

The list of kinds is closed. Word and Excel files are zip archives, so their own list of contents, which stands at
the end of the archive, decides between them; a plain zip and a file with macros are neither.
"""

import codecs
import re
from enum import StrEnum

import puremagic

from market.base.refusal import Objection, say
from market.base.storage.names import extension_of

_HEAD = 8192
# An archive's list of contents stands at its end; an office file's list is far shorter than this.
_TAIL = 131072
_ZIP = b"PK\x03\x04"
_ENTRY = b"PK\x01\x02"
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


class Kind(StrEnum):
    """The kinds of files that may be attached, each with its one media type."""

    PDF = "application/pdf"
    PNG = "image/png"
    JPEG = "image/jpeg"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    CSV = "text/csv"
    TEXT = "text/plain"


KINDS: dict[str, Kind] = {
    "pdf": Kind.PDF,
    "png": Kind.PNG,
    "jpg": Kind.JPEG,
    "jpeg": Kind.JPEG,
    "docx": Kind.DOCX,
    "xlsx": Kind.XLSX,
    "csv": Kind.CSV,
    "txt": Kind.TEXT,
}

_WRITTEN_IN = {Kind.CSV: {"utf-8", "gb18030"}, Kind.TEXT: {"utf-8"}}
_BY_MAGIC = {".pdf": Kind.PDF, ".png": Kind.PNG, ".jpg": Kind.JPEG}


class Inspector:
    """Sees a file's bytes pass and tells at the end what it is; keeps only a little of the head and of the tail."""

    def __init__(self) -> None:
        """Begin before the first byte."""
        self.size = 0
        self._head = b""
        self._tail = b""
        # A table saved by a spreadsheet program in China is as often written in GB 18030 as in UTF-8.
        self._texts = {name: codecs.getincrementaldecoder(name)("strict") for name in ("utf-8", "gb18030")}

    def see(self, chunk: bytes) -> None:
        """Take in the next bytes."""
        self.size += len(chunk)
        if len(self._head) < _HEAD:
            self._head += chunk[: _HEAD - len(self._head)]
        self._tail = (self._tail + chunk[-_TAIL:])[-_TAIL:]
        self._read_as_text(chunk, final=False)

    def kind(self, name: str) -> Kind | None:
        """Return what the bytes are when that agrees with the name's ending, otherwise None."""
        claimed = KINDS.get(extension_of(name))
        self._read_as_text(b"", final=True)
        found = _kind_by_magic(self._head, self._tail)
        if found is None and claimed in _WRITTEN_IN and _WRITTEN_IN[claimed] & set(self._texts):
            return claimed
        return found if found == claimed else None

    def _read_as_text(self, chunk: bytes, *, final: bool) -> None:
        for name, decoder in list(self._texts.items()):
            try:
                text = decoder.decode(chunk, final)
            except UnicodeDecodeError:
                del self._texts[name]
                continue
            if _CONTROLS.search(text):
                del self._texts[name]


def objections_to_name(name: str) -> list[Objection]:
    """Object to a file whose ending is not on the list, before a byte of it is read."""
    if extension_of(name) in KINDS:
        return []
    return [Objection("file", say("Files must be one of: {kinds}.", kinds=", ".join(KINDS)))]


def objections_to_file(*, size: int, kind: Kind | None, name: str) -> list[Objection]:
    """Object to an empty file, and to one whose bytes are not what its name says."""
    if size == 0:
        return [Objection("file", say("The file is empty; choose another."))]
    if kind is None:
        ending = extension_of(name)
        if KINDS.get(ending) in {Kind.CSV, Kind.TEXT}:
            return [Objection("file", say("The file is not plain text in UTF-8; save it as UTF-8 and send it again."))]
        return [Objection("file", say("The file’s content is not {ending}, as its name says.", ending=ending))]
    return []


def objections_to_size(*, size: int, limit: int) -> list[Objection]:
    """Object as soon as more bytes have come than the limit allows."""
    if size <= limit:
        return []
    return [Objection("file", say("The file is larger than {megabytes} MB.", megabytes=limit // 1_000_000))]


def _kind_by_magic(head: bytes, tail: bytes) -> Kind | None:
    if head.startswith(_ZIP):
        return _kind_of_archive(tail)
    try:
        matches = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return None
    known = [_BY_MAGIC[match.extension] for match in matches if match.extension in _BY_MAGIC]
    return known[0] if known and head.startswith((b"%PDF-", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")) else None


def _kind_of_archive(tail: bytes) -> Kind | None:
    names = set()
    place = tail.find(_ENTRY)
    while place >= 0:
        length = int.from_bytes(tail[place + 28 : place + 30], "little")
        names.add(tail[place + 46 : place + 46 + length])
        place = tail.find(_ENTRY, place + 46 + length)
    if b"[Content_Types].xml" not in names or any(name.endswith(b"vbaProject.bin") for name in names):
        return None
    if b"word/document.xml" in names:
        return Kind.DOCX
    return Kind.XLSX if b"xl/workbook.xml" in names else None
