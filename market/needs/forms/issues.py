"""What officers send to take in lists of issues and to cite them."""

from typing import Annotated

import msgspec
from msgspec import Meta

from market.base.forms import Code, Line
from market.needs.states import ISSUE_SOURCE_WORDS, IssueSource


class ImportIssues(msgspec.Struct, frozen=True, kw_only=True):
    """A list of issues, attached before."""

    source: Annotated[IssueSource, Meta(title="Who wrote the list", extra={"words": ISSUE_SOURCE_WORDS})]
    file: Annotated[
        Code,
        Meta(
            title="File",
            description="XLSX or CSV with number, kind, place and day. Callers and their words are not read.",
            extra={"choices": "files", "law": "R-7"},
        ),
    ]
    dry_run: Annotated[
        bool, Meta(title="Only show what would become of each row", extra_json_schema={"x-kind": "hidden"})
    ] = False


class CiteIssues(msgspec.Struct, frozen=True, kw_only=True):
    """A group of issues: its kind and place with a stroke between them."""

    group: Annotated[
        Line, Meta(title="Issues", description="Kind | place, as the lists have them.", extra={"choices": "groups"})
    ]
