"""What is sent about changes of a contract: terms, a pause, its end, and the other side's answer."""

from datetime import date
from typing import Annotated

import msgspec
from msgspec import Meta

from contracts.states import AmendReason, EndReason, Kind, ResumeReason, SuspendReason
from market.base.forms import Amount, Code, Line, Words
from market.base.refusal import say

AMEND_WORDS = {
    AmendReason.SUPPLEMENT: say("Supplement: more of the same service"),
    AmendReason.SCHEDULE: say("Days and stages move, the price stays"),
    AmendReason.PUBLIC_INTEREST: say("Public interest"),
    AmendReason.FORCE_MAJEURE: say("Force majeure"),
}
SUSPEND_WORDS = {
    SuspendReason.AGREEMENT: say("Both sides agree"),
    SuspendReason.DISPUTE: say("A challenge or complaint is under way"),
    SuspendReason.PUBLIC_INTEREST: say("Public interest"),
    SuspendReason.FORCE_MAJEURE: say("Force majeure"),
}
RESUME_WORDS = {
    ResumeReason.AGREEMENT: say("Both sides agree"),
    ResumeReason.CAUSE_ENDED: say("What you suspended it for is over"),
}
END_WORDS = {
    EndReason.AGREEMENT: say("Both sides agree"),
    EndReason.PUBLIC_INTEREST: say("Public interest"),
    EndReason.BREACH: say("Breach of the other side’s main duty"),
    EndReason.FORCE_MAJEURE: say("Force majeure"),
}
REASON_WORDS = {
    str(key): said for words in (AMEND_WORDS, SUSPEND_WORDS, RESUME_WORDS, END_WORDS) for key, said in words.items()
}
KIND_WORDS = {
    str(Kind.AMENDMENT): say("Amendment"),
    str(Kind.SUSPENSION): say("Suspension"),
    str(Kind.RESUMPTION): say("Resumption"),
    str(Kind.TERMINATION): say("Termination"),
}

Explanation = Annotated[
    Words,
    Meta(
        title="Why, in words",
        description="It is published with the change; do not name residents.",
        extra={"law": "C-7"},
    ),
]
Files = Annotated[
    list[Code],
    Meta(
        title="Evidence",
        description="Minutes, notices or photographs; needed where one side acts alone.",
        extra={"choices": "files"},
    ),
]


class StageRow(msgspec.Struct, frozen=True, kw_only=True):
    """One milestone as it shall read; what is left empty stays."""

    number: Annotated[
        int | None,
        Meta(title="Milestone", description="Left empty: a new one.", ge=1, le=999, extra={"choices": "stages"}),
    ] = None
    title: Annotated[Line | None, Meta(title="Title")] = None
    due_on: Annotated[date | None, Meta(title="Due on")] = None
    amount: Annotated[Amount | None, Meta(title="Amount", extra={"unit": say("yuan")})] = None


class StageDay(msgspec.Struct, frozen=True, kw_only=True):
    """The new day of a milestone after a suspension."""

    number: Annotated[int, Meta(title="Milestone", ge=1, le=999, extra={"choices": "stages"})]
    due_on: Annotated[date, Meta(title="Due on")]


class AmendContract(msgspec.Struct, frozen=True, kw_only=True):
    """The terms as they shall read; what is left empty stays."""

    reason: Annotated[
        AmendReason, Meta(title="Reason of the change", extra={"words": AMEND_WORDS, "law": "C-6", "group": say("Why")})
    ]
    explanation: Explanation
    amount: Annotated[
        Amount | None,
        Meta(
            title="Contract amount after the change",
            description="The whole amount. Left empty: it stays. Named without milestones, the last open one bears it.",
            extra={"law": "C-6", "unit": say("yuan"), "group": say("Terms as they shall read")},
        ),
    ] = None
    until_on: Annotated[
        date | None,
        Meta(
            title="Service ends before",
            description="The first day after the service. Left empty: the end stays.",
            extra={"law": "C-2"},
        ),
    ] = None
    milestones: Annotated[
        list[StageRow],
        Meta(
            title="Milestones that change",
            description="Only those not yet reported; together all milestones sum to the amount.",
            extra={"law": "C-17"},
        ),
    ] = []
    evidence: Files = []


class SuspendContract(msgspec.Struct, frozen=True, kw_only=True):
    """Why performance pauses."""

    reason: Annotated[
        SuspendReason, Meta(title="Ground of the suspension", extra={"words": SUSPEND_WORDS, "law": "C-7"})
    ]
    explanation: Explanation
    evidence: Files = []


class ResumeContract(msgspec.Struct, frozen=True, kw_only=True):
    """Why performance goes on, and which days move."""

    reason: Annotated[ResumeReason, Meta(title="Ground of the resumption", extra={"words": RESUME_WORDS, "law": "C-7"})]
    explanation: Explanation
    until_on: Annotated[
        date | None,
        Meta(
            title="Service ends before",
            description="At most so many days later as the suspension took. Left empty: the end stays.",
            extra={"law": "C-7", "group": say("Days that move")},
        ),
    ] = None
    milestones: Annotated[
        list[StageDay], Meta(title="Milestones that move", description="Only those not yet reported.")
    ] = []
    evidence: Files = []


class TerminateContract(msgspec.Struct, frozen=True, kw_only=True):
    """Why the contract ends early."""

    reason: Annotated[EndReason, Meta(title="Ground of the termination", extra={"words": END_WORDS, "law": "C-7"})]
    explanation: Explanation
    evidence: Files = []


class SignAmendment(msgspec.Struct, frozen=True, kw_only=True):
    """The text of the change that was read."""

    fingerprint: Annotated[
        Line | None,
        Meta(
            title="Fingerprint of the text you read",
            description="Compared with the text to be signed; a machine may leave it out.",
        ),
    ] = None


class DeclineAmendment(msgspec.Struct, frozen=True, kw_only=True):
    """Why the change is declined or withdrawn."""

    reasons: Annotated[Words, Meta(title="Reasons", description="Read by both sides.")]
