"""What a panel's member asks a bidder, what the bidder answers, and a member's word on an explained price."""

from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import Meta

from market.base.forms import Code, Words
from market.tendering.forms.tenders import BidNumber, Optionally
from market.tendering.states.clarifications import MATTER_WORDS, Matter

ClarificationNumber = Annotated[int, Meta(title="Question of the panel", extra={"choices": "clarifications"})]


class AskClarification(msgspec.Struct, frozen=True, kw_only=True):
    """A question to the bidder behind a number; who of the panel asks is told to nobody."""

    bid: BidNumber
    matter: Annotated[Matter, Meta(title="Matter", extra={"words": MATTER_WORDS})]
    question: Annotated[
        Words,
        Meta(
            title="Question", description="What is unclear, or how the bidder can keep its price. No hints at others."
        ),
    ]
    until: Annotated[
        datetime,
        Meta(
            title="Answer until",
            description="Shanghai time; at least half an hour ahead.",
            extra={"law": "A-6"},
        ),
    ]


class AnswerClarification(msgspec.Struct, frozen=True, kw_only=True):
    """The bidder's answer, which the panel reads under the bid's number."""

    clarification: ClarificationNumber
    answer: Annotated[
        Words,
        Meta(
            title="Answer",
            description="It explains the bid and changes neither price nor substance. Do not name yourself.",
        ),
    ]
    files: Annotated[
        list[Code],
        Meta(
            title="Evidence",
            description="Cost calculation, wages, contracts of like services: files of your organization.",
            extra={"choices": "files", "law": "A-6"},
        ),
    ] = []


class JudgeClarification(msgspec.Struct, frozen=True, kw_only=True):
    """One member's word on whether the bidder has proved that it can keep its price."""

    clarification: ClarificationNumber
    explained: Annotated[bool, Meta(title="The price is explained and proved", extra={"law": "A-6"})]
    reason: Annotated[
        Optionally, Meta(title="Reason", description="Needed when it is not explained.", extra={"law": "A-7"})
    ] = ""
    looked_up: Annotated[
        Optionally,
        Meta(
            title="What you looked up",
            description="Sites and words searched on the web and what was found; it stands in the report.",
            extra={"law": "A-7"},
        ),
    ] = ""
