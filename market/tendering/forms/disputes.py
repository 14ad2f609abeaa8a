"""What sets a notice right, and what challengers, streets and the supervisor write to each other."""

from datetime import date, datetime
from typing import Annotated

import msgspec
from msgspec import Meta

from market.base.forms import Amount, Code, Line, Words
from market.base.refusal import say
from market.tendering.rules.corrections import Wanted
from market.tendering.states.disputes import KIND_WORDS, OUTCOME_WORDS, STAGE_WORDS, Kind, Outcome, Stage

_Files = Annotated[
    list[Code],
    Meta(title="Evidence", description="Files of your organization, by their codes.", extra={"choices": "files"}),
]
_Contact = Annotated[
    Line,
    Meta(
        title="Contact",
        description="Name, telephone and address for letters.",
        extra={"group": say("How to reach you")},
    ),
]


class CorrectNotice(msgspec.Struct, frozen=True, kw_only=True):
    """What is corrected; what is left empty stays as it is."""

    reason: Annotated[Words, Meta(title="Reason of the correction", description="It is published.")]
    touches_bids: Annotated[
        bool,
        Meta(
            title="It touches how bids are made",
            description="Changed words of the requirement, the budget or the service days always do.",
            extra={"law": "L-4.consultation"},
        ),
    ] = False
    requirement: Annotated[Words, Meta(title="What is asked for", extra={"group": say("Corrected words")})] | None = (
        None
    )
    budget: Annotated[Amount, Meta(title="Budget in yuan", extra={"law": "B-10"})] | None = None
    service_from: Annotated[date, Meta(title="Service begins on")] | None = None
    service_until: Annotated[date, Meta(title="Service ends before")] | None = None
    title: (
        Annotated[
            Line,
            Meta(
                title="Title",
                description="Slips of the pen only: the object may not change.",
                extra={"law": "L-5.consultation"},
            ),
        ]
        | None
    ) = None
    qualification: (
        Annotated[
            Words,
            Meta(
                title="Who may bid",
                description="Slips of the pen only: the conditions may not change.",
                extra={"law": "L-5.consultation"},
            ),
        ]
        | None
    ) = None
    closes_at: (
        Annotated[
            datetime,
            Meta(
                title="Closing",
                description="Left empty: it stays, or moves as far as the rule wants.",
                extra={"law": "L-4.consultation", "group": say("Moments")},
            ),
        ]
        | None
    ) = None
    opens_at: Annotated[datetime, Meta(title="Opening")] | None = None

    def wanted(self) -> Wanted:
        """Return what is corrected."""
        return Wanted(
            requirement=self.requirement,
            budget=self.budget,
            service_from=self.service_from,
            service_until=self.service_until,
            title=self.title,
            qualification=self.qualification,
            closes_at=self.closes_at,
            opens_at=self.opens_at,
        )


class FileChallenge(msgspec.Struct, frozen=True, kw_only=True):
    """The letter of challenge (质疑函, 财政部令第94号 第十二条)."""

    kind: Annotated[Kind, Meta(title="What you challenge", extra={"words": KIND_WORDS, "law": "Q-2"})]
    matter: Annotated[Words, Meta(title="What exactly is wrong")]
    facts: Annotated[Words, Meta(title="Facts that show it")]
    grounds: Annotated[Words, Meta(title="Legal grounds")]
    request: Annotated[Words, Meta(title="What you ask for")]
    contact: _Contact
    stage: (
        Annotated[
            Stage,
            Meta(title="Which stage", description="For a challenge of the process.", extra={"words": STAGE_WORDS}),
        ]
        | None
    ) = None
    files: _Files = []


class AnswerChallenge(msgspec.Struct, frozen=True, kw_only=True):
    """The street's written answer (质疑答复, 财政部令第94号 第十五条)."""

    outcome: Annotated[Outcome, Meta(title="How it is judged", extra={"words": OUTCOME_WORDS, "law": "Q-6"})]
    answer: Annotated[Words, Meta(title="Answer to each matter", description="No trade secrets of others.")]
    grounds: Annotated[Words, Meta(title="Facts and legal grounds of the answer")]


class FileComplaint(msgspec.Struct, frozen=True, kw_only=True):
    """The letter of complaint (投诉书, 财政部令第94号 第十八条); its matter is the challenge's."""

    facts: Annotated[
        Words, Meta(title="Facts that show it", description="Only of what was challenged.", extra={"law": "Q-7"})
    ]
    grounds: Annotated[Words, Meta(title="Legal grounds")]
    request: Annotated[Words, Meta(title="What you ask for")]
    contact: _Contact
    files: _Files = []


class DecideComplaint(msgspec.Struct, frozen=True, kw_only=True):
    """The supervisor's decision (投诉处理决定书, 财政部令第94号 第三十三条); it is published."""

    outcome: Annotated[Outcome, Meta(title="How it is judged", extra={"words": OUTCOME_WORDS, "law": "Q-6"})]
    decision: Annotated[Words, Meta(title="Decision", description="It is published.", extra={"law": "Q-10"})]
    grounds: Annotated[Words, Meta(title="Facts and legal grounds of the decision")]
