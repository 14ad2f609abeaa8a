"""What budget officers send."""

from typing import Annotated

import msgspec
from msgspec import Meta

from market.base.forms import Amount, Line
from market.needs.states import SOURCE_WORDS, Source


class AllotBudget(msgspec.Struct, frozen=True, kw_only=True):
    """Money of a year for a purpose."""

    title: Annotated[Line, Meta(title="Title", description="What the money is for.")]
    year: Annotated[int, Meta(title="Year")]
    source: Annotated[Source, Meta(title="Source of the money", extra={"words": SOURCE_WORDS})]
    amount: Annotated[
        Amount, Meta(title="Amount", description="Yuan, with at most two decimals.", extra={"law": "N-10"})
    ]
