"""A form's fields as its annotations describe them: what a page asks for, and how each one is read."""

import types
import typing
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Annotated, Any

import msgspec

from market.base.refusal import Said, say

_YUAN = say("yuan")
_MUCH = 5000


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """One field of a form as a page shows it.

    `group` is the section of the page it begins or belongs to, `unit` stands behind the entry, `most` is told beside
    it, `autocomplete` lets a browser fill it: all from `extra` of its annotation, but for amounts and lengths.
    """

    name: str
    kind: str
    label: str
    hint: str
    law: str
    required: bool
    choices: str
    rows: list["Field"] = []
    options: list[tuple[str, Said]] = []
    group: Said | None = None
    unit: Said | None = None
    most: int | None = None
    autocomplete: str = ""


@cache
def fields_of(form: type[msgspec.Struct]) -> list[Field]:
    """Return a form's fields in order, each with how a page must ask for it; asked once for each form."""
    return [_field(field) for field in msgspec.structs.fields(form)]


def in_groups(fields: Iterable[Field]) -> list[tuple[Said | None, list[Field]]]:
    """Return the fields section by section: a field without a group belongs to the one before it."""
    groups: list[tuple[Said | None, list[Field]]] = []
    for field in fields:
        if not groups or (field.group is not None and field.group != groups[-1][0]):
            groups.append((field.group, []))
        groups[-1][1].append(field)
    return groups


def _field(field: msgspec.structs.FieldInfo) -> Field:
    plain, metas = unwrap(field.type)
    extra: dict[str, Any] = {}
    for meta in metas:
        extra.update(meta.extra or {})
    kind, rows = _kind(plain, metas)
    return Field(
        name=field.encode_name,
        kind=kind,
        label=next((m.title for m in reversed(metas) if m.title), field.name.replace("_", " ").capitalize()),
        hint=next((m.description for m in reversed(metas) if m.description), ""),
        law=extra.get("law", ""),
        required=field.required,
        choices=extra.get("choices", ""),
        rows=rows,
        options=_options(plain, extra),
        group=extra.get("group"),
        unit=extra.get("unit", _YUAN if kind == "amount" else None),
        most=_most(metas) if kind == "words" else None,
        autocomplete=extra.get("autocomplete", ""),
    )


def _most(metas: list[msgspec.Meta]) -> int | None:
    """Return the most characters a page tells: only where fewer are let in than people are used to write."""
    most = min((meta.max_length for meta in metas if meta.max_length is not None), default=_MUCH)
    return most if most < _MUCH else None


def _options(plain: Any, extra: Mapping[str, Any]) -> list[tuple[str, Said]]:
    words = extra.get("words", {})
    if isinstance(plain, type) and issubclass(plain, Enum):
        return [(str(m.value), words.get(m, Said(str(m.value)))) for m in plain]
    return []


def _kind(plain: Any, metas: list[msgspec.Meta]) -> tuple[str, list[Field]]:
    given = next(
        (m.extra_json_schema["x-kind"] for m in metas if m.extra_json_schema and "x-kind" in m.extra_json_schema), ""
    )
    if given:
        return given, []
    if typing.get_origin(plain) is list:
        (inner,) = typing.get_args(plain)
        inner_plain, inner_metas = unwrap(inner)
        if isinstance(inner_plain, type) and issubclass(inner_plain, msgspec.Struct):
            return "table", fields_of(inner_plain)
        kind, _ = _kind(inner_plain, inner_metas)
        return "many-" + kind, []
    if isinstance(plain, type) and issubclass(plain, Enum):
        return "choice", []
    simple = {bool: "tick", int: "number", Decimal: "decimal", date: "day", datetime: "moment", str: "line"}
    return simple[plain], []


def kind_of(plain: Any, metas: list[msgspec.Meta]) -> str:
    """Return how a field is read and shown: `line`, `amount`, `day`, `choice`, `table`, `many-choice` and so on."""
    return _kind(plain, metas)[0]


def unwrap(annotation: Any) -> tuple[Any, list[msgspec.Meta]]:
    """Return the bare type and all Meta around it, outermost last; `| None` is dropped."""
    if typing.get_origin(annotation) is Annotated:
        inner, *rest = typing.get_args(annotation)
        plain, metas = unwrap(inner)
        return plain, metas + [m for m in rest if isinstance(m, msgspec.Meta)]
    if typing.get_origin(annotation) in (typing.Union, types.UnionType):
        (inner,) = [a for a in typing.get_args(annotation) if a is not type(None)]
        return unwrap(inner)
    return annotation, []


def told_kind(metas: list[msgspec.Meta]) -> str:
    """Return the kind that a type tells of itself (`amount`, `words`, `secret`), `line` when it tells none."""
    return next(
        (m.extra_json_schema["x-kind"] for m in metas if m.extra_json_schema and "x-kind" in m.extra_json_schema),
        "line",
    )
