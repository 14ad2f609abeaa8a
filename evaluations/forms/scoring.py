"""What is sent about planning, scoring and replying."""

from datetime import date
from decimal import Decimal
from typing import Annotated

import msgspec
from msgspec import Meta

from evaluations.rules.scoring import Judged
from evaluations.states import KINDS, VETOES, Kind, Veto
from market.base.forms import Code, Line, Words

Points = Annotated[Decimal, Meta(title="Points")]
Score = Annotated[Decimal, Meta(ge=0, le=100)]


class PlanEvaluation(msgspec.Struct, frozen=True, kw_only=True):
    """An evaluation of a contract beside those that were planned when it was signed."""

    kind: Annotated[Kind, Meta(title="Kind of evaluation", extra={"words": KINDS, "law": "IND-5.follow-up.from"})]
    opens_on: Annotated[date, Meta(title="Survey opens on")]
    population: Annotated[
        int,
        Meta(
            title="Residents served", description="How many people the survey is about.", extra={"law": "IND-4.n-min"}
        ),
    ]


class SubmitEvidence(msgspec.Struct, frozen=True, kw_only=True):
    """The organization's own account."""

    statement: Annotated[
        Words,
        Meta(title="What was done and achieved", description="Against each target, with numbers where there are any."),
    ]
    self_score: Annotated[Score, Meta(title="Own score", description="Out of 100, by the same indicators.")]
    attachments: Annotated[list[Code], Meta(title="Files", extra={"choices": "files"})] = []


class LeafPoints(msgspec.Struct, frozen=True, kw_only=True):
    """Points for one indicator, or why it does not apply."""

    leaf: Annotated[Code, Meta(title="Indicator", extra={"choices": "leaves"})]
    points: Points | None = None
    removed: Annotated[bool, Meta(title="Does not apply")] = False
    reason: Annotated[Line, Meta(title="Reason")] | None = None

    def judged(self) -> Judged:
        """Return what the rules take."""
        points = None if self.removed else self.points
        return Judged(leaf=self.leaf, points=points, removed=self.removed, reason=self.reason or "")


class ScoreEvaluation(msgspec.Struct, frozen=True, kw_only=True):
    """The evaluator's points, opinion, and a veto where there is one."""

    scores: Annotated[list[LeafPoints], Meta(title="Indicators to judge", extra={"law": "K-5"})]
    opinion: Annotated[
        Words, Meta(title="Opinion", description="What went well, what should change. Published with the result.")
    ]
    veto: Annotated[Veto, Meta(title="Veto event", extra={"words": VETOES})] | None = None
    veto_evidence: Annotated[Words, Meta(title="Evidence of the veto event")] | None = None


class ObjectionPoint(msgspec.Struct, frozen=True, kw_only=True):
    """One objection to the draft: against which indicator, and why."""

    leaf: Annotated[Code, Meta(title="Indicator", extra={"choices": "leaves"})] | None = None
    words: Annotated[Words, Meta(title="Objection", description="What is wrong, and which record shows it.")]


class ReplyToEvaluation(msgspec.Struct, frozen=True, kw_only=True):
    """The organization's reply to the draft, with its objections one by one where it has any."""

    reply: Annotated[Words, Meta(title="Reply", description="Published with the result.", extra={"law": "IND-3.reply"})]
    points: Annotated[
        list[ObjectionPoint], Meta(title="Objections", description="Each one must be answered in writing.")
    ] = []


class PointAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to one objection."""

    number: Annotated[Code, Meta(title="Objection", extra={"choices": "numbers"})]
    answer: Annotated[Words, Meta(title="Answer to this objection")]


class AnswerReply(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to the reply, with changed points where the reply was right."""

    answer: Annotated[Words, Meta(title="Answer", description="Point by point. Published with the result.")]
    answers: Annotated[list[PointAnswer], Meta(title="Answers to the objections", extra={"law": "IND-3.reply"})] = []
    changes: Annotated[
        list[LeafPoints], Meta(title="Changed points", description="Only the evaluator changes points.")
    ] = []
