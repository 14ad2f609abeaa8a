"""Before what cannot be undone: the act is tried and taken back, and every entry is said once more in words."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec

from market.base.database import transaction
from market.base.door import Door
from market.base.fields import Field
from market.base.refusal import Said, say
from market.base.wording import gettext, money, shown, when, words

UNTOLD = frozenset({"secret", "key-file"})
"""Kinds of fields whose entries are shown nowhere again."""
Choices = Mapping[str, list[tuple[str, str]]]
_YES, _NO = say("Yes"), say("No")


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One field's label and what was entered, in words; a table's rows carry entries of their own."""

    label: str
    words: str
    kind: str
    rows: list[list["Entry"]] = []


async def rehearse(perform: Callable[[Door[Any]], Awaitable[Any]], door: Door[Any]) -> Any:
    """Perform an act and take everything back; return what it would answer.

    The act's own transaction joins the outer one, which never commits. Raises whatever the act raises.
    """
    async with transaction() as tried:
        result = await perform(door)
        await tried.rollback()
    return result


def entries(fields: list[Field], form: Any, *, choices: Choices, lang: str) -> list[Entry]:
    """Return every visible field of a read form as its reader knows it: choices by their words, money with its sign."""
    return [
        _entry(field, getattr(form, field.name), choices=choices, lang=lang)
        for field in fields
        if field.kind not in ("hidden", *UNTOLD)
    ]


def _entry(field: Field, value: Any, *, choices: Choices, lang: str) -> Entry:
    label = gettext(lang, field.label)
    if field.kind == "table":
        rows = [entries(field.rows, row, choices=choices, lang=lang) for row in value or []]
        return Entry(label=label, words="", kind="table", rows=rows)
    if field.kind.startswith("many-"):
        said = [_said(field, one, choices=choices, lang=lang) for one in value or []]
        return Entry(label=label, words=shown("", said, lang), kind="many")
    return Entry(label=label, words=_said(field, value, choices=choices, lang=lang), kind=field.kind)


def _said(field: Field, value: Any, *, choices: Choices, lang: str) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return words(_YES if value else _NO, lang)
    known: dict[str, str | Said] = {**dict(field.options), **dict(choices.get(field.choices or field.name, []))}
    if str(value) in known:
        return words(known[str(value)], lang)
    if field.kind == "amount":
        return money(value, lang)
    if isinstance(value, date):
        return when(value, lang)
    said = shown("", value, lang)
    return f"{said} {words(field.unit, lang)}" if field.unit and isinstance(value, (int, Decimal)) else said
