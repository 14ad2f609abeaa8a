"""Chinese type for paper: static fonts made once from the variable ones of a package, and text laid out in them.

No character is ever printed blank: what the main font lacks is looked for in its Japanese, Traditional and Korean
siblings, and what no font has is printed by name, 〔U+20BB7〕. The static fonts are kept in a cache folder, written
beside and moved into place, under a lock: processes that start together make them once and never see half a file.
"""

import fcntl
import os
import re
import tempfile
import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont as Source
from fontTools.varLib import instancer
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

_PACKAGE = "justmytype-intl-cjk"
_RECIPE = 1
_MAIN = "SC"
_SIBLINGS = ("JP", "TC", "KR")
_WEIGHTS = {"Regular": 400, "Bold": 700}
_UNUSED_ON_PAPER = ("GSUB", "GPOS", "GDEF", "BASE", "STAT", "vhea", "vmtx", "gasp", "prep")
_PRINTED_NOT = frozenset("\u00ad\ufeff") | {chr(code) for code in (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))}
_APOSTROPHE = re.compile(r"(?<=[A-Za-z])’")
_WIDE_CODE = re.compile(rb"<([0-9A-F]{5,6})>")


class _Face(TTFont):  # type: ignore[misc]  # reportlab ships no types
    """A font whose characters beyond the BMP can be copied from the page; reportlab writes their codes wrongly."""

    def addObjects(self, doc: object) -> None:  # noqa: N802  reportlab's name
        """Add the font to the document, its character map in UTF-16 as the format asks."""
        before = set(doc.idToObject)  # type: ignore[attr-defined]
        super().addObjects(doc)
        for name in set(doc.idToObject) - before:  # type: ignore[attr-defined]
            if name.startswith("toUnicodeCMap:"):
                stream = doc.idToObject[name]  # type: ignore[attr-defined]
                stream.content = _WIDE_CODE.sub(_as_utf_16, stream.content.encode()).decode()


def _as_utf_16(found: re.Match[bytes]) -> bytes:
    return b"<" + chr(int(found[1], 16)).encode("utf-16-be").hex().upper().encode() + b">"


class Faces:
    """The faces of one cache folder, registered with reportlab when first needed."""

    def __init__(self, cache: Path) -> None:
        """Keep the folder; nothing is made or read yet."""
        self._cache = cache
        self._faces: dict[tuple[str, str], _Face] = {}
        self._lock = threading.Lock()

    def prepare(self) -> None:
        """Make the two main faces now, about half a minute the first time, nothing afterwards."""
        for weight in _WEIGHTS:
            self._face(_MAIN, weight)

    def place(self, character: str, *, bold: bool) -> tuple[str, float] | None:
        """Return the font that has the character and its width for size 1, or None when no font has it."""
        for script, weight in ((_MAIN, "Bold" if bold else "Regular"), *((script, "Regular") for script in _SIBLINGS)):
            if script != _MAIN and character not in _characters(script):
                continue
            face = self._face(script, weight)
            if ord(character) in face.face.charToGlyph:
                return face.fontName, face.face.getCharWidth(ord(character)) / 1000
        return None

    def _face(self, script: str, weight: str) -> _Face:
        with self._lock:
            if (script, weight) not in self._faces:
                name = f"NotoSans{script}-{weight}"
                path = self._cache / f"{name}-{version(_PACKAGE)}-r{_RECIPE}.ttf"
                if not path.exists():
                    with _alone(self._cache):
                        if not path.exists():
                            _make(script, weight, name, path)
                face = _Face(name, str(path), shapable=False)
                pdfmetrics.registerFont(face)
                self._faces[script, weight] = face
            return self._faces[script, weight]


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _source(script: str) -> Path:
    folder = Path(str(files("justmytype_intl_cjk"))) / "fonts" / "ofl"
    return folder / f"notosans{script.lower()}" / f"NotoSans{script}[wght].ttf"


@lru_cache(maxsize=4)
def _characters(script: str) -> frozenset[str]:
    with Source(_source(script), lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))


def _make(script: str, weight: str, name: str, path: Path) -> None:
    font = Source(_source(script), recalcTimestamp=False, recalcBBoxes=False)
    for table in _UNUSED_ON_PAPER:
        if table in font:
            del font[table]
    if script != _MAIN:
        options = subset.Options(layout_features=[], notdef_outline=True)
        keeper = subset.Subsetter(options)
        keeper.populate(unicodes=[ord(c) for c in _characters(script) - _characters(_MAIN)])
        keeper.subset(font)
    instancer.instantiateVariableFont(font, {"wght": _WEIGHTS[weight]}, inplace=True)
    # reportlab tells embedded fonts apart by these names only.
    family = f"Noto Sans {script} {weight}"
    for name_id, words in ((1, family), (2, "Regular"), (4, family), (6, name)):
        font["name"].setName(words, name_id, 3, 1, 0x409)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{name}-")
    try:
        with os.fdopen(handle, "wb") as out:
            font.save(out)
            out.flush()
            os.fsync(out.fileno())
        Path(temporary).replace(path)
    finally:
        Path(temporary).unlink(missing_ok=True)


def printable(text: str) -> str:
    """Return the text as paper can bear it: marks that only steer a screen are named, line breaks are kept.

    A right-to-left override in a name would print another name than the one stored, so it is shown.
    """
    out = []
    # The Chinese fonts draw the curly apostrophe as wide as a character.
    text = _APOSTROPHE.sub("'", text)
    for character in text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    "):
        if character in _PRINTED_NOT:
            continue
        if character != "\n" and unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp"):
            out.append(by_name(character))
        elif character != " " and unicodedata.category(character) == "Zs":
            out.append("\u3000" if character == "\u3000" else " ")
        else:
            out.append(character)
    return "".join(out)


def by_name(character: str) -> str:
    """Return what is printed for a character that no font has.

    >>> by_name("😀")
    '〔U+1F600〕'
    """
    return f"〔U+{ord(character):04X}〕"
