"""The Chinese words: one catalogue a room, read together at start; and the check that none is missing or wrong.

English sentences are their own keys. `python -m market.base.words check` fails when a sentence has no Chinese, and
`report` also lists what no sentence uses any more.
"""

import ast
import contextlib
import pkgutil
import re
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from gettext import NullTranslations
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import PoFileParser

_ROOT = Path(__file__).resolve().parents[2]
_CATALOGUES = _ROOT / "market" / "locale" / "zh_CN" / "LC_MESSAGES"
_PYTHON = ("market", "catalogs", "contracts", "evaluations")
_PYTHON_KEYWORDS: dict[str, Any] = {"say": None, "_": None, "gettext": (2,), "ngettext": (1, 2)}
_TEMPLATE_KEYWORDS: dict[str, Any] = {"_": None, "gettext": None, "ngettext": (1, 2)}
_PLACEHOLDER = re.compile(r"\{(\w*)[^{}]*\}|%\((\w+)\)")


class Translations(NullTranslations):
    """The sentences of one language; what is not among them is shown in English."""

    def __init__(self, messages: dict[str, str]) -> None:
        """Keep the sentences by their English."""
        super().__init__()
        self._messages = messages

    def gettext(self, message: str) -> str:
        """Translate one sentence."""
        return self._messages.get(message, message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Translate a sentence about a number; Chinese has one form for all."""
        return self._messages.get(msgid1) or super().ngettext(msgid1, msgid2, n)


@cache
def translations(lang: str) -> Translations:
    """Return the sentences of a language, read once."""
    if not lang.startswith("zh"):
        return Translations({})
    messages = {}
    for path in _catalogue_files():
        for message in _read(path)[0]:
            if message.id and message.string:
                messages[_first(message.id)] = _first(message.string)
    return Translations(messages)


def faults() -> list[str]:
    """Return every sentence without Chinese, and every entry that contradicts itself or another."""
    found: list[str] = []
    known: dict[str, tuple[str, str]] = {}
    for path in _catalogue_files():
        messages, twice = _read(path)
        found += [f"{path.name}: written twice: {msgid!r}" for msgid in twice]
        for message in messages:
            msgid, chinese = _first(message.id), _first(message.string)
            if msgid:
                found += [f"{path.name}: {fault}: {msgid!r}" for fault in _faults_of(message)]
                other, where = known.setdefault(msgid, (chinese, path.name))
                if other != chinese:
                    found.append(f"{path.name}: says it differently from {where}: {msgid!r}")
    found += [f"{place}: not translated: {msgid!r}" for msgid, place in said().items() if msgid not in known]
    return found


def unused() -> list[str]:
    """Return the entries whose sentence stands nowhere any more."""
    used = said()
    return [
        f"{path.name}: no longer said: {_first(message.id)!r}"
        for path in _catalogue_files()
        for message in _read(path)[0]
        if _first(message.id) and _first(message.id) not in used
    ]


def said() -> dict[str, str]:
    """Return every sentence that the code, the templates and the forms say, with the first place where they do."""
    found = dict(_of_forms())
    for path, method, keywords in _sources():
        with path.open("rb") as file:
            for line, message, _, _ in extract(method, file, keywords=keywords, options={"encoding": "utf-8"}):
                found.setdefault(_first(message), f"{path.relative_to(_ROOT)}:{line}")
        if method == "python":
            for line, title in _titles(ast.parse(path.read_text(encoding="utf-8"))):
                found.setdefault(title, f"{path.relative_to(_ROOT)}:{line}")
    found.pop("", None)
    return found


def _sources() -> Iterator[tuple[Path, str, dict[str, Any]]]:
    for folder in _PYTHON:
        for path in sorted((_ROOT / folder).rglob("*.py")):
            if "piccolo_migrations" not in path.parts:
                yield path, "python", _PYTHON_KEYWORDS
    for path in sorted((_ROOT / "templates").rglob("*.html")):
        yield path, "jinja2", _TEMPLATE_KEYWORDS


def _titles(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Find the titles of error pages: `title=` of a call whose name ends in trouble, and what a `…_TITLES` holds."""
    for node in ast.walk(tree):
        parts: list[ast.expr] = []
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("trouble"):
            parts = [keyword.value for keyword in node.keywords if keyword.arg == "title"]
        elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]).endswith("_TITLES"):
            parts = node.value.values if isinstance(node.value, ast.Dict) else []
        for part in parts:
            if isinstance(part, ast.Constant) and isinstance(part.value, str):
                yield part.lineno, part.value


def _of_forms() -> Iterator[tuple[str, str]]:
    """Ask every form for its labels, hints and choices: most labels follow from the fields' names."""
    from market.base.fields import fields_of  # noqa: PLC0415  forms say words, and words are asked for before any form
    from market.piccolo_conf import ROOMS  # noqa: PLC0415  it connects the rooms to the database

    for room in ROOMS[1:]:  # the ground floor has the making of forms, and none itself
        for module in _modules(f"{room}.forms"):
            for form in vars(module).values():
                if isinstance(form, type) and issubclass(form, msgspec.Struct) and form.__module__ == module.__name__:
                    with contextlib.suppress(KeyError):  # a struct that is no form
                        for words in _words_of(fields_of(form)):
                            yield words, f"{module.__name__}.{form.__name__}"


def _words_of(fields: Iterable[Any]) -> Iterator[str]:
    for field in fields:
        yield from (field.label, field.hint, *(words.msgid for _, words in field.options))
        yield from _words_of(field.rows)


def _modules(name: str) -> Iterator[ModuleType]:
    if find_spec(name) is not None:
        module = import_module(name)
        yield module
        for inner in pkgutil.iter_modules(getattr(module, "__path__", [])):
            yield import_module(f"{name}.{inner.name}")


def _faults_of(message: Message) -> Iterator[str]:
    msgid, chinese = _first(message.id), _first(message.string)
    if not chinese.strip():
        yield "left empty"
    elif set(_PLACEHOLDER.findall(msgid)) != set(_PLACEHOLDER.findall(chinese)):
        yield "names other values"
    if message.fuzzy:
        yield "marked as uncertain"


class _Watchful(Catalog):
    """A catalogue that notes which sentences were written into it twice."""

    def __init__(self) -> None:
        super().__init__(locale="zh_CN")
        self.twice: list[str] = []

    def __setitem__(self, key: Any, message: Message) -> None:
        if key and self.get(key) is not None:
            self.twice.append(_first(key))
        super().__setitem__(key, message)


def _catalogue_files() -> list[Path]:
    return sorted(_CATALOGUES.glob("*.po"))


def _read(path: Path) -> tuple[list[Message], list[str]]:
    catalogue = _Watchful()
    with path.open("rb") as file:
        PoFileParser(catalogue, abort_invalid=True).parse(file)
    return list(catalogue), catalogue.twice


def _first(words: Any) -> str:
    return words if isinstance(words, str) else words[0]


def main(arguments: list[str]) -> int:
    """Print the faults, for `report` also the unused entries; return 1 when there are faults."""
    found = faults()
    lines = found + (unused() if arguments == ["report"] else [])
    for line in lines:
        print(line)  # noqa: T201  this is a command
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
