"""The words of lists of issues: where they come from, what becomes of a row."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from market.base.lifecycle import EVERY, Lifecycle, Step, Tone
from market.base.refusal import Said, say
from market.needs.states.acts import Act
from market.needs.states.needs import State
from market.people.states import Role


class IssueSource(StrEnum):
    """Who wrote the list."""

    GRID = "grid"
    HOTLINE = "hotline"


ISSUE_SOURCE_WORDS: Mapping[IssueSource, Said] = MappingProxyType(
    {IssueSource.GRID: say("Grid patrol"), IssueSource.HOTLINE: say("12345 hotline")}
)


class IssueFate(StrEnum):
    """What becomes of a row."""

    WRITTEN = "written"
    KNOWN = "known"
    REFUSED = "refused"


ISSUE_FATE_WORDS: Mapping[IssueFate, Said] = MappingProxyType(
    {
        IssueFate.WRITTEN: say("taken in"),
        IssueFate.KNOWN: say("known already"),
        IssueFate.REFUSED: say("cannot be read"),
    }
)


class IssueListState(StrEnum):
    """A list that was taken in stays."""

    KEPT = "kept"


ISSUE_LIST = Lifecycle(
    kind="issue-list",
    collection="issues",
    label=say("List of issues"),
    states={IssueListState.KEPT: say("Taken in")},
    tones={IssueListState.KEPT: Tone.CLOSED},
    steps=(
        Step(
            Act.IMPORT_ISSUES,
            EVERY,
            IssueListState.KEPT,
            frozenset({Role.PURCHASER}),
            say("Take in a list of issues"),
            law="R-7",
            final=True,
        ),
        Step(
            Act.CITE_ISSUES,
            frozenset({State.DRAFT, State.SENT_BACK}),
            None,
            frozenset({Role.PURCHASER}),
            say("Cite issues as evidence"),
            law="B-1",
            of="need",
            when="own",
            final=False,
        ),
    ),
)
