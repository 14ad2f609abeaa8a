"""The words of budget lines: where the money comes from, what is done to it."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from market.base.lifecycle import EVERY, Lifecycle, Step, Tone
from market.base.refusal import Said, say
from market.needs.states.acts import Act
from market.people.states import Role


class LineState(StrEnum):
    """A budget line is there from the day it is allotted."""

    ALLOTTED = "allotted"


class Source(StrEnum):
    """Where the money of a budget line comes from."""

    CITY = "city"
    DISTRICT = "district"
    STREET = "street"
    FUND = "fund"


SOURCE_WORDS: Mapping[Source, Said] = MappingProxyType(
    {
        Source.CITY: say("City budget"),
        Source.DISTRICT: say("District budget"),
        Source.STREET: say("Street budget"),
        Source.FUND: say("Community fund"),
    }
)


BUDGET_LINE = Lifecycle(
    kind="budget-line",
    collection="budget",
    label=say("Budget line"),
    states={LineState.ALLOTTED: say("Allotted")},
    tones={
        LineState.ALLOTTED: Tone.OPEN,
    },
    steps=(
        Step(
            Act.ALLOT_BUDGET,
            EVERY,
            LineState.ALLOTTED,
            frozenset({Role.BUDGET_OFFICER}),
            say("Allot a budget line"),
            law="N-10",
            final=True,
        ),
        Step(
            Act.HAND_LINE,
            EVERY,
            LineState.ALLOTTED,
            frozenset({Role.BUDGET_OFFICER}),
            say("Take over a line handed by a department"),
            law="N-10",
            final=True,
        ),
        Step(
            Act.IMPORT_BUDGET,
            EVERY,
            LineState.ALLOTTED,
            frozenset({Role.BUDGET_OFFICER}),
            say("Import budget lines"),
            law="N-10",
        ),
        Step(
            Act.ADJUST_LINE,
            frozenset({LineState.ALLOTTED}),
            None,
            frozenset({Role.BUDGET_OFFICER}),
            say("Adjust the budget line"),
            law="N-10",
            when="own",
        ),
    ),
)
