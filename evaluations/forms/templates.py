"""What is sent to add an edition of an indicator template."""

from datetime import date
from typing import Annotated

import msgspec
from msgspec import Meta

from evaluations.rules.templates import Change
from market.base.forms import Code, Line, Words

IndicatorCode = Annotated[str, Meta(pattern="^[A-Z][A-Z0-9-]{1,9}$", extra_json_schema={"x-kind": "line"})]


class LeafChange(msgspec.Struct, frozen=True, kw_only=True):
    """A change of one indicator; what is left empty stays as it was."""

    leaf: Annotated[
        IndicatorCode, Meta(title="Indicator", description="Its code, such as C12; a new code is a new indicator.")
    ]
    weight: Annotated[int, Meta(title="Weight", ge=1, le=100)] | None = None
    title_zh: Annotated[Line, Meta(title="Title in Chinese")] | None = None
    title_en: Annotated[Line, Meta(title="Title in English")] | None = None
    formula: Annotated[Line, Meta(title="Formula", description="Such as share(paid_yuan, payable_yuan).")] | None = None
    rule_zh: Annotated[Line, Meta(title="Scoring rule in Chinese")] | None = None
    rule_en: Annotated[Line, Meta(title="Scoring rule in English")] | None = None
    removed: Annotated[bool, Meta(title="Leave out")] = False

    def change(self) -> Change:
        """Return what the rules take."""
        return Change(**msgspec.structs.asdict(self))


class AddTemplate(msgspec.Struct, frozen=True, kw_only=True):
    """An edition of a template, told by what it changes about the edition before it."""

    family: Annotated[Code, Meta(title="Template", extra={"choices": "families"})]
    code: Annotated[Code, Meta(title="Code of the edition", description="Such as SH-COMM-2027.")]
    title_zh: Annotated[Line, Meta(title="Title in Chinese")]
    title_en: Annotated[Line, Meta(title="Title in English")]
    in_force_from: Annotated[date, Meta(title="In force from", description="Tomorrow or later.")]
    source: Annotated[Words, Meta(title="Source", description="On what the weights and the changes rest.")]
    changes: Annotated[list[LeafChange], Meta(title="Changed indicators")]
