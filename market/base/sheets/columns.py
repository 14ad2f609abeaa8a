"""What a column holds and how a cell of it is read: pure, every fault named by its cell."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import lru_cache
from typing import Any

import msgspec

from market.base.refusal import Objection, Said, say

LONGEST_CELL = 5000
_DAY = re.compile(r"(\d{4})\s*(?:[-/.]|年)\s*(\d{1,2})\s*(?:[-/.]|月)\s*(\d{1,2})\s*日?")
_PLAIN_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
_NUMBER = re.compile(r"\d{1,15}")
_AMOUNT = re.compile(r"\d{1,12}(?:\.\d{1,2})?")
# What the columns of the database take.
_LARGEST = 10**9
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# What stands in brackets belongs to its word.
_SEPARATORS = re.compile(r"[、,，;；\n](?![^（(]*[）)])")
_WORDS_OF_YES = {"是": True, "yes": True, "true": True, "1": True, "否": False, "no": False, "false": False, "0": False}


class Holds(StrEnum):
    """What the cells of a column hold."""

    LINE = "line"
    TEXT = "text"
    #: Letters and digits whose every place counts: a number cell has lost some of them.
    CODE = "code"
    NUMBER = "number"
    AMOUNT = "amount"
    DAY = "day"
    YES = "yes"
    CHOICE = "choice"
    MANY = "many"


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """A column: the name of its field, its headings (the first is written, all are read) and what its cells hold.

    `needed` columns must be in the file and filled in; `choices` are value and words of CHOICE and MANY, `also` other
    words that files use, with their value.
    """

    name: str
    titles: tuple[str, ...]
    holds: Holds = Holds.LINE
    needed: bool = False
    most: int = 200
    choices: Mapping[str, str] = {}
    also: Mapping[str, str] = {}


class Faulty(Exception):
    """A cell that cannot be read; carries the words why."""

    def __init__(self, message: Said) -> None:
        """Keep the words."""
        self.message = message
        super().__init__(message.msgid)


def as_heading(text: Any) -> str:
    """Return a heading as headings are compared: without blanks, brackets of notes and marks of required ones."""
    plain = unicodedata.normalize("NFKC", str(text or "")).casefold()
    return re.sub(r"\(.*?\)|[\s*:：]", "", plain)


def tidy(text: str) -> str:
    """Return a text as it is kept: ends of lines alike, no blanks around it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def letters_of(number: int) -> str:
    """Return a column's letters, from 1.

    >>> letters_of(28)
    'AB'
    """
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def read_cell(column: Column, value: Any, *, at: str) -> Any:
    """Return what a cell holds, None when it is empty. Raises Faulty, naming the cell."""
    if isinstance(value, str):
        value = tidy(value)
    if value is None or value == "":
        return None
    if isinstance(value, str) and (len(value) > LONGEST_CELL or _CONTROL.search(value)):
        raise Faulty(
            say("Cell {cell} is longer than {most} characters or has control characters.", cell=at, most=LONGEST_CELL)
        )
    return _READ[column.holds](column, value, at)


def _text(column: Column, value: Any, at: str) -> str:
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise Faulty(say("Cell {cell} must hold text.", cell=at))
    text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    if column.holds is not Holds.TEXT:
        text = " ".join(text.split())
    most = LONGEST_CELL if column.holds is Holds.TEXT else column.most
    if len(text) > most:
        raise Faulty(say("Cell {cell} is longer than {most} characters.", cell=at, most=most))
    return text


def _code(column: Column, value: Any, at: str) -> str:
    if not isinstance(value, str):
        raise Faulty(say("Cell {cell} holds a number, which may have lost digits: store the code as text.", cell=at))
    return _text(column, re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", value)).upper(), at)


def _number(_: Column, value: Any, at: str) -> int:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < _LARGEST:
        raise Faulty(say("Cell {cell} must hold a whole number.", cell=at))
    return value


def _amount(_: Column, value: Any, at: str) -> Decimal:
    text = value.replace(",", "") if isinstance(value, str) else str(value)
    try:
        amount = Decimal(text)
    except InvalidOperation:
        amount = Decimal(-1)
    if isinstance(value, bool) or amount < 0 or not _AMOUNT.fullmatch(format(amount.normalize(), "f")):
        raise Faulty(say("Cell {cell} must hold an amount in yuan with at most two decimals.", cell=at))
    return amount.quantize(Decimal("0.01"))


def _day(_: Column, value: Any, at: str) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    match = isinstance(value, str) and (_DAY.fullmatch(value) or _PLAIN_DAY.fullmatch(value))
    try:
        if match:
            return date(*(int(part) for part in match.groups()))
    except ValueError:
        pass
    raise Faulty(say("Cell {cell} must hold a day such as 2026-03-02.", cell=at))


def _yes(_: Column, value: Any, at: str) -> bool:
    known = _WORDS_OF_YES.get(str(value).casefold())
    if known is None:
        raise Faulty(say("Cell {cell} must hold 是 or 否.", cell=at))
    return known


def _choice(column: Column, value: Any, at: str) -> str:
    text = _compared(str(value))
    for key, words in column.choices.items():
        if text in (_compared(key), _compared(words)):
            return key
    for words, key in column.also.items():
        if text == _compared(words):
            return key
    known = "、".join(dict.fromkeys(column.choices.values()))
    raise Faulty(say("Cell {cell} must hold one of: {known}.", cell=at, known=known))


@lru_cache(maxsize=2000)
def _compared(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _many(column: Column, value: Any, at: str) -> list[str]:
    parts = [part.strip() for part in _SEPARATORS.split(str(value)) if part.strip()]
    return list(dict.fromkeys(_choice(column, part, at) for part in parts))


_READ: Mapping[Holds, Any] = {
    Holds.LINE: _text,
    Holds.TEXT: _text,
    Holds.CODE: _code,
    Holds.NUMBER: _number,
    Holds.AMOUNT: _amount,
    Holds.DAY: _day,
    Holds.YES: _yes,
    Holds.CHOICE: _choice,
    Holds.MANY: _many,
}


def written(column: Column, value: Any) -> str | int | Decimal | None:
    """Return a field's value as its cell is written; days as text, so that every program reads them alike."""
    if value is None or value in ("", []):
        return None
    if column.holds is Holds.YES:
        return "是" if value else "否"
    if column.holds is Holds.CHOICE:
        return column.choices.get(value, str(value))
    if column.holds is Holds.MANY:
        return "、".join(column.choices.get(each, each) for each in value)
    if isinstance(value, date):
        return value.isoformat()
    plain: str | int | Decimal = tidy(value) if isinstance(value, str) else value
    return plain


def faulty(column: Column, fault: Faulty) -> Objection:
    """Return a cell's fault as an objection to its field."""
    return Objection(column.name, fault.message)
