"""What budget officers send."""

from typing import Annotated

import msgspec
from msgspec import Meta

from market.base.forms import Amount, Code, Line
from market.needs.rules import Allotted
from market.needs.states import SOURCE_WORDS, Source


class AllotBudget(msgspec.Struct, frozen=True, kw_only=True):
    """Money of a year for a purpose."""

    title: Annotated[Line, Meta(title="Title", description="What the money is for.")]
    year: Annotated[int, Meta(title="Year")]
    source: Annotated[Source, Meta(title="Source of the money", extra={"words": SOURCE_WORDS})]
    amount: Annotated[
        Amount, Meta(title="Amount", description="Yuan, with at most two decimals.", extra={"law": "N-10"})
    ]

    def line(self) -> Allotted:
        """Return the line as rules take it."""
        return Allotted(**msgspec.structs.asdict(self))


class HandLine(AllotBudget, frozen=True, kw_only=True):
    """Money of a year that follows its task from a department to the street."""

    from_unit: Annotated[
        Line, Meta(title="From the department", description="Whose task the street takes over with the money.")
    ]
    document: Annotated[Line, Meta(title="Document", description="Its number, as it is printed.")]
    file: Annotated[Code, Meta(title="The document as a file", extra={"choices": "files"})]


class AdjustLine(msgspec.Struct, frozen=True, kw_only=True):
    """The amount that a line has from now on."""

    amount: Annotated[
        Amount,
        Meta(title="New amount", description="What the whole line has from now on, in yuan.", extra={"law": "N-10"}),
    ]
    document: Annotated[Line, Meta(title="Document", description="Its number, as it is printed.")]
    file: Annotated[Code | None, Meta(title="The document as a file", extra={"choices": "files"})] = None


class ImportBudget(msgspec.Struct, frozen=True, kw_only=True):
    """A file of budget lines."""

    file: Annotated[
        Code,
        Meta(
            title="File of budget lines",
            description="XLSX or CSV whose first row says: title, year, source, amount; from_unit and document if any.",
            extra={"choices": "files"},
        ),
    ]
    document: Annotated[Line, Meta(title="Document", description="The approved budget, by its number.")]
    dry_run: Annotated[bool, Meta(title="Only show what would be allotted")] = False
