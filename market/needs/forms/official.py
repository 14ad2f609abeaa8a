"""What purchasers send about methods, intentions and purchases outside this house."""

from datetime import date
from decimal import Decimal
from typing import Annotated

import msgspec
from msgspec import Meta

from market.base.forms import Amount, Code, Line, Name, Words
from market.base.refusal import say
from market.needs.rules.methods import TopUp
from market.needs.rules.official import PaidStage, Papers, Result, ScoredBy
from market.needs.states.official import (
    EXEMPTION_WORDS,
    METHOD_WORDS,
    OUTCOME_WORDS,
    STAGE_WORDS,
    Exemption,
    Ground,
    Method,
    Outcome,
    Stage,
)

_PER_CENT = Decimal(100)
Number = Annotated[str, Meta(min_length=1, max_length=80, extra_json_schema={"x-kind": "line"})]
Address = Annotated[
    str, Meta(min_length=8, max_length=500, pattern="^https?://[^ ]+$", extra_json_schema={"x-kind": "line"})
]


class ChooseMethod(msgspec.Struct, frozen=True, kw_only=True):
    """The method a need is bought by, on which grounds, and why."""

    method: Annotated[Method, Meta(title="Method", extra={"words": METHOD_WORDS, "law": "H-7"})]
    grounds: Annotated[
        list[Ground],
        Meta(
            title="Grounds that hold",
            description="Only what can be shown; each is filed with the purchase.",
            extra={"choices": "grounds"},
        ),
    ] = []
    original: Annotated[
        Amount | None,
        Meta(title="Original contract", description="For a top-up with the same supplier.", extra={"law": "H-9"}),
    ] = None
    earlier: Annotated[Amount | None, Meta(title="Topped up before")] = None
    reason: Annotated[Words, Meta(title="Why this method", max_length=2000)]

    def top_up(self) -> TopUp:
        """Return what a top-up is measured by."""
        return TopUp(original=self.original or Decimal(0), earlier=self.earlier or Decimal(0))


class PublishIntention(msgspec.Struct, frozen=True, kw_only=True):
    """What is planned and when; project and budget are the need's."""

    month_on: Annotated[
        date,
        Meta(
            title="Planned month",
            description="Any day of the month in which the purchase starts.",
            extra={"law": "B-8"},
        ),
    ]
    outline: Annotated[
        Words | None,
        Meta(title="Outline of the need", description="Left empty: what the need says is wanted.", max_length=2000),
    ] = None
    remark: Annotated[Line | None, Meta(title="Remark")] = None
    exempt_because: Annotated[
        Exemption | None,
        Meta(
            title="Why it comes later than the period",
            extra={"words": EXEMPTION_WORDS, "group": say("Only when it is late, or changed")},
        ),
    ] = None
    reason: Annotated[Words | None, Meta(title="Reason", max_length=2000)] = None


class ScoredRow(msgspec.Struct, frozen=True, kw_only=True):
    """One quality criterion with its points."""

    title: Annotated[Line, Meta(title="Criterion")]
    points: Annotated[Decimal, Meta(title="Most points", le=100)]
    guide: Annotated[str, Meta(title="How it is scored", max_length=2000, extra_json_schema={"x-kind": "words"})] = ""


class StageRow(msgspec.Struct, frozen=True, kw_only=True):
    """One stage of delivery with its share of the price."""

    title: Annotated[Line, Meta(title="Milestone")]
    due_on: Annotated[date, Meta(title="Due on")]
    percent: Annotated[Decimal, Meta(title="Per cent of the price", le=100, extra={"unit": say("%")})]


class HandOver(msgspec.Struct, frozen=True, kw_only=True):
    """What the documents say beside the need."""

    qualification: Annotated[
        Words,
        Meta(
            title="Who may bid",
            description="Only conditions the law allows; a roster is none.",
            extra={"law": "D-01", "group": say("Requirement and term")},
        ),
    ]
    service_from: Annotated[date, Meta(title="Service begins on")]
    service_until: Annotated[
        date,
        Meta(
            title="Service ends before", description="The first day on which no service is due.", extra={"law": "C-2"}
        ),
    ]
    price_points: Annotated[
        Decimal,
        Meta(
            title="Points for the price",
            description="Out of 100 together with the criteria.",
            ge=0,
            le=100,
            extra={"law": "F-1", "unit": say("points"), "group": say("How bids are scored")},
        ),
    ]
    criteria: Annotated[list[ScoredRow], Meta(title="Quality criteria", extra={"law": "F-9"})] = []
    milestones: Annotated[
        list[StageRow], Meta(title="Milestones", extra={"law": "C-17", "group": say("Milestones and payment")})
    ]
    without_intention: Annotated[
        Exemption | None,
        Meta(
            title="No intention is needed because",
            extra={"words": EXEMPTION_WORDS, "law": "B-8", "group": say("Intention")},
        ),
    ] = None
    without_intention_reason: Annotated[Words | None, Meta(title="Reason for this", max_length=2000)] = None

    def papers(self) -> Papers:
        """Return the documents as rules take them, per cents as shares."""
        return Papers(
            qualification=self.qualification,
            service_from=self.service_from,
            service_until=self.service_until,
            price_points=self.price_points,
            criteria=tuple(ScoredBy(title=c.title, points=c.points, guide=c.guide) for c in self.criteria),
            milestones=tuple(
                PaidStage(number=n, title=m.title, due_on=m.due_on, share=m.percent / _PER_CENT)
                for n, m in enumerate(self.milestones, 1)
            ),
        )


class TrackOfficial(msgspec.Struct, frozen=True, kw_only=True):
    """A stage of the outside process, and the number under which it runs there."""

    number: Annotated[
        Number, Meta(title="Official number", description="As the platform's notice shows it.", extra={"law": "H-4"})
    ]
    platform_url: Annotated[
        Address | None,
        Meta(title="Address of the notice", description="Kept as text for readers; this house never calls it."),
    ] = None
    stage: Annotated[Stage, Meta(title="Stage", extra={"words": STAGE_WORDS})]
    reached_on: Annotated[date, Meta(title="Reached on")]
    note: Annotated[Words | None, Meta(title="Note", max_length=2000)] = None


class RecordOfficialResult(msgspec.Struct, frozen=True, kw_only=True):
    """How the outside process ended, with its notice."""

    outcome: Annotated[Outcome, Meta(title="Outcome", extra={"words": OUTCOME_WORDS})]
    supplier: Annotated[
        Code | None,
        Meta(
            title="Supplier",
            description="Unified social credit code of an organization that is registered here.",
            extra={"group": say("When it was awarded")},
        ),
    ] = None
    price: Annotated[Amount | None, Meta(title="Price", extra={"law": "M-8"})] = None
    notice_number: Annotated[
        Name | None, Meta(title="Number of the notice", max_length=80, extra={"group": say("Its notice")})
    ] = None
    notice_on: Annotated[date | None, Meta(title="Notice published on", extra={"law": "L-9.open-tender"})] = None
    notice_text: Annotated[
        Words | None, Meta(title="Text of the notice", description="What it says, or why the purchase failed.")
    ] = None
    notice_file: Annotated[Code | None, Meta(title="Notice as a file", extra={"choices": "files"})] = None

    def result(self) -> Result:
        """Return the result as rules take it."""
        return Result(
            outcome=self.outcome,
            supplier=self.supplier or "",
            price=self.price,
            notice_number=self.notice_number or "",
            notice_on=self.notice_on,
            notice_text=self.notice_text or "",
            notice_file=self.notice_file or "",
        )
