"""What purchasers, approvers, bidders and experts send about a tender."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

import msgspec
from msgspec import Meta

from market.base.forms import Amount, Code, Line, Words
from market.base.refusal import say
from market.tendering.rules.terms import Criterion, DraftOffer, MilestoneTerm, Offer, WantedTerms

_PER_CENT = Decimal(100)

Points = Annotated[Decimal, Meta(title="Points")]
BidNumber = Annotated[int, Meta(title="Bid", extra={"choices": "bids"})]
Optionally = Annotated[str, Meta(max_length=5000, extra_json_schema={"x-kind": "words"})]


class CriterionRow(msgspec.Struct, frozen=True, kw_only=True):
    """One quality criterion with its points."""

    title: Annotated[Line, Meta(title="Criterion")]
    points: Annotated[Decimal, Meta(title="Most points")]
    guide: Annotated[Optionally, Meta(title="How it is scored")] = ""


class MilestoneRow(msgspec.Struct, frozen=True, kw_only=True):
    """One stage of delivery with its share of the price."""

    title: Annotated[Line, Meta(title="Milestone")]
    due_on: Annotated[date, Meta(title="Due on")]
    percent: Annotated[Decimal, Meta(title="Per cent of the price", extra={"unit": say("%")})]


class DraftTender(msgspec.Struct, frozen=True, kw_only=True):
    """The terms of a notice; what is left empty is taken from the need."""

    qualification: Annotated[
        Words,
        Meta(
            title="Who may bid",
            description="Only conditions the law allows; a roster is none.",
            extra={"law": "D-01", "group": say("Bidders and closing")},
        ),
    ]
    closes_at: Annotated[
        datetime,
        Meta(
            title="Closing", description="Shanghai time; until then bids are taken.", extra={"law": "L-1.consultation"}
        ),
    ]
    service_from: Annotated[date, Meta(title="Service begins on", extra={"group": say("Term of the service")})]
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
            extra={"law": "F-2.max", "unit": say("points"), "group": say("How bids are scored")},
        ),
    ]
    criteria: Annotated[list[CriterionRow], Meta(title="Quality criteria", extra={"law": "F-9"})]
    milestones: Annotated[
        list[MilestoneRow], Meta(title="Milestones", extra={"law": "C-17", "group": say("Milestones and payment")})
    ]
    title: Annotated[Line, Meta(title="Title", extra={"group": say("Otherwise than in the need")})] | None = None
    requirement: Annotated[Words, Meta(title="What is asked for")] | None = None
    budget: Annotated[Amount, Meta(title="Budget in yuan", extra={"law": "B-10"})] | None = None
    opens_at: Annotated[datetime, Meta(title="Opening", description="Left empty: the closing.")] | None = None
    panel_size: Annotated[int, Meta(title="Experts on the panel", extra={"law": "E-3"})] = 3

    def terms(self) -> WantedTerms:
        """Return the terms, criteria and milestones numbered in their order, per cents as shares."""
        return WantedTerms(
            qualification=self.qualification,
            closes_at=self.closes_at,
            service_from=self.service_from,
            service_until=self.service_until,
            price_points=self.price_points,
            criteria=[
                Criterion(number=n, title=c.title, guide=c.guide, points=c.points)
                for n, c in enumerate(self.criteria, 1)
            ],
            milestones=[
                MilestoneTerm(number=n, title=m.title, due_on=m.due_on, share=m.percent / _PER_CENT)
                for n, m in enumerate(self.milestones, 1)
            ],
            panel_size=self.panel_size,
            title=self.title,
            requirement=self.requirement,
            budget=self.budget,
            opens_at=self.opens_at,
        )


class PublishTender(msgspec.Struct, frozen=True, kw_only=True):
    """Closing and opening, when they must move because the notice is published later than planned."""

    closes_at: Annotated[datetime, Meta(title="Closing", extra={"law": "L-1.consultation"})] | None = None
    opens_at: Annotated[datetime, Meta(title="Opening")] | None = None


class AskQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """A question; the answer is public, the asker is not named."""

    text: Annotated[
        Words, Meta(title="Question", description="Everybody will read it with the answer: do not name yourself.")
    ]


class AnswerQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """The street's answer, for everybody to read."""

    question: Annotated[int, Meta(title="Question", extra={"choices": "questions"})]
    answer: Annotated[Words, Meta(title="Answer")]


class SubmitBid(msgspec.Struct, frozen=True, kw_only=True):
    """A bid: price, plan, staged files by their codes, and the declaration."""

    price: Annotated[Amount, Meta(title="Price in yuan", description="For the whole service.", extra={"law": "M-8"})]
    plan: Annotated[
        Words,
        Meta(
            title="Plan", description="How the service will be done. The panel scores it blind: do not name yourself."
        ),
    ]
    declared: Annotated[
        bool, Meta(title="We meet the legal conditions and have no serious illegal record.", extra={"law": "P-06"})
    ]
    files: Annotated[
        list[Code],
        Meta(title="Files", description="Sealed for this tender as they are attached.", extra={"choices": "files"}),
    ] = []

    def offer(self) -> Offer:
        """Return what is sealed."""
        return Offer(price=self.price, plan=self.plan, declared=self.declared, files=self.files)


class SaveDraftBid(msgspec.Struct, frozen=True, kw_only=True):
    """As much of a bid as there is; only the own organization sees it."""

    price: Annotated[Amount, Meta(title="Price in yuan")] | None = None
    plan: Annotated[Optionally, Meta(title="Plan")] = ""
    declared: Annotated[bool, Meta(title="We meet the legal conditions and have no serious illegal record.")] = False
    files: Annotated[list[Code], Meta(title="Files", extra={"choices": "files"})] = []

    def offer(self) -> DraftOffer:
        """Return what is sealed."""
        return DraftOffer(price=self.price, plan=self.plan, declared=self.declared, files=self.files)


class ConfirmOpening(msgspec.Struct, frozen=True, kw_only=True):
    """The bidder's word on the opening record."""

    remark: Annotated[Optionally, Meta(title="Remark", description="What is wrong with the record, if anything.")] = ""


class DeclareConflict(msgspec.Struct, frozen=True, kw_only=True):
    """Why an expert steps back."""

    reason: Annotated[Words, Meta(title="Reason", description="Do not name the organization.", extra={"law": "E-6"})]


class CheckBid(msgspec.Struct, frozen=True, kw_only=True):
    """One member's word on one bid."""

    bid: BidNumber
    passed: Annotated[bool, Meta(title="Qualified, and meets every requirement", extra={"law": "M-8"})]
    reason: Annotated[Optionally, Meta(title="Reason", description="Needed when it does not pass.")] = ""


class PointsRow(msgspec.Struct, frozen=True, kw_only=True):
    """Points for one criterion."""

    criterion: Annotated[int, Meta(title="Criterion")]
    points: Points


class ScoreBid(msgspec.Struct, frozen=True, kw_only=True):
    """One member's points for one bid, criterion by criterion."""

    bid: BidNumber
    points: Annotated[list[PointsRow], Meta(title="Points", extra={"law": "F-9"})]

    def given(self) -> list[tuple[int, Decimal]]:
        """Return criterion and points as they were sent, doubles and all."""
        return [(row.criterion, row.points) for row in self.points]


class RequestFinalQuotes(msgspec.Struct, frozen=True, kw_only=True):
    """Until when final quotes are taken."""

    until: Annotated[
        datetime, Meta(title="Final quotes until", description="Shanghai time; at least half an hour ahead.")
    ]


class SubmitFinalQuote(msgspec.Struct, frozen=True, kw_only=True):
    """The last price."""

    price: Annotated[Amount, Meta(title="Final price in yuan", description="Not above your bid.", extra={"law": "M-4"})]


class SealReport(msgspec.Struct, frozen=True, kw_only=True):
    """A member's signature under the report."""

    agrees: Annotated[bool, Meta(title="I agree with the report", extra={"law": "E-11"})]
    reasons: Annotated[Optionally, Meta(title="Reasons", description="Needed for a dissent.")] = ""


class CancelTender(msgspec.Struct, frozen=True, kw_only=True):
    """Why the tender ends; it is published."""

    reason: Annotated[Words, Meta(title="Reason", description="It is published.", extra={"law": "L-20"})]
