"""What auditors and streets send about findings and flags."""

from typing import Annotated

import msgspec
from msgspec import Meta

from market.base.forms import Code, Line, Words


class OpenFinding(msgspec.Struct, frozen=True, kw_only=True):
    """What was found, about which record, addressed to which street office."""

    subject: Annotated[
        Code, Meta(title="Record concerned", description="The code of a need, tender, contract or evaluation.")
    ]
    street: Annotated[Code, Meta(title="Street office", extra={"choices": "streets"})]
    title: Annotated[Line, Meta(title="Title")]
    text: Annotated[Words, Meta(title="What was found")]


class AnswerFinding(msgspec.Struct, frozen=True, kw_only=True):
    """The street's answer."""

    answer: Annotated[
        Words, Meta(title="Answer", description="What was done, by whom, and what will be done until when.")
    ]


class CloseFinding(msgspec.Struct, frozen=True, kw_only=True):
    """The auditor's conclusion, which is published."""

    conclusion: Annotated[
        Words, Meta(title="Conclusion", description="Published together with the title and the street's answer.")
    ]


class ClearFlag(msgspec.Struct, frozen=True, kw_only=True):
    """Why a flag needs no more."""

    reason: Annotated[
        Words,
        Meta(title="Reason", description="What you looked at and what it showed; name the finding if you opened one."),
    ]
