"""How far each section of a need's form is: what is filled in, and what submission would still miss there."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import msgspec

from market.base.refusal import Objection, Said
from market.needs.states import Readiness


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """A section of the form with its place there, how far it is, and how many things submission would miss."""

    name: Said
    number: int
    readiness: Readiness
    missing: int


def sections_of(
    *, groups: Sequence[tuple[Said, Sequence[str]]], values: Mapping[str, Any], objections: Iterable[Objection]
) -> list[Section]:
    """Return the sections in their order; `groups` are their names with the fields that stand in them.

    A section is done when submission has nothing against its fields, begun when one of them is filled in.
    """
    against = [objection.field.partition(".")[0] for objection in objections]
    made = []
    for number, (name, fields) in enumerate(groups, 1):
        missing = sum(1 for field in against if field in fields)
        begun = any(_is_filled(values.get(field)) for field in fields)
        readiness = Readiness.DONE if begun and not missing else Readiness.BEGUN if begun else Readiness.TO_DO
        made.append(Section(name=name, number=number, readiness=readiness, missing=missing))
    return made


def _is_filled(value: Any) -> bool:
    return value is not None and value is not False and value not in ("", [], (), {}, Decimal(0))
