"""The JSON Schema of a form, made from the same annotations by which `forms.decode` reads it."""

import typing
from typing import Any

import msgspec

from market.base.fields import kind_of, unwrap

_SIMPLE: dict[str, dict[str, Any]] = {
    "tick": {"type": "boolean"},
    "number": {"type": "integer"},
    "decimal": {"type": ["string", "number"]},
    "amount": {"type": "string", "pattern": r"^[0-9]{1,12}(\.[0-9]{1,2})?$"},
    "day": {"type": "string", "format": "date"},
    "moment": {"type": "string", "format": "date-time"},
    "choice": {"type": "string"},
}


def schema_of(form: type[msgspec.Struct]) -> dict[str, Any]:
    """Return the schema of a form's JSON body; what may be left out is not required, and unknown fields are ignored."""
    fields = msgspec.structs.fields(form)
    return {
        "title": form.__name__,
        "description": (form.__doc__ or "").strip(),
        "type": "object",
        "properties": {field.encode_name: _property(field.type) for field in fields},
        "required": [field.encode_name for field in fields if field.required],
    }


def _property(annotation: Any) -> dict[str, Any]:
    plain, metas = unwrap(annotation)
    made = _shape(plain, metas)
    for meta in metas:
        words = {"title": meta.title, "description": meta.description}
        made |= {name: value for name, value in words.items() if value}
        if made.get("type") == "string":
            made |= _bounds(meta, {"minLength": "min_length", "maxLength": "max_length", "pattern": "pattern"})
        elif made.get("type") == "integer":
            made |= _bounds(
                meta, {"minimum": "ge", "exclusiveMinimum": "gt", "maximum": "le", "exclusiveMaximum": "lt"}
            )
        if meta.extra and meta.extra.get("law"):
            made["x-law"] = meta.extra["law"]
    return made


def _shape(plain: Any, metas: list[msgspec.Meta]) -> dict[str, Any]:
    if typing.get_origin(plain) is list:
        (inner,) = typing.get_args(plain)
        return {"type": "array", "items": _property(inner)}
    if isinstance(plain, type) and issubclass(plain, msgspec.Struct):
        return schema_of(plain)
    kind = kind_of(plain, metas)
    made = dict(_SIMPLE.get(kind, {"type": "string"}))
    return made | {"enum": [str(member.value) for member in plain]} if kind == "choice" and plain is not str else made


def _bounds(meta: msgspec.Meta, names: dict[str, str]) -> dict[str, Any]:
    found = {name: getattr(meta, attribute) for name, attribute in names.items()}
    return {name: value for name, value in found.items() if value is not None}
