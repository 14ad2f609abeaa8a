"""What is sent to take in a file."""

from typing import Annotated

import msgspec
from msgspec import Meta

from catalogs.states.imports import IMPORT_WORDS, ImportKind
from market.base.forms import Code


class CheckImport(msgspec.Struct, frozen=True, kw_only=True):
    """A file of a list, attached before."""

    kind: Annotated[ImportKind, Meta(title="List", extra={"words": IMPORT_WORDS, "law": "X-7"})]
    file: Annotated[
        Code,
        Meta(
            title="File",
            description="XLSX or CSV with one row of headings; attach it first.",
            extra={"choices": "files"},
        ),
    ]
