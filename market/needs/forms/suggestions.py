"""What residents send to suggest and support, and officers to answer, merge and hide."""

from typing import Annotated

import msgspec
from msgspec import Meta

from market.base.forms import Code, Line, Words
from market.base.refusal import say
from market.needs.rules.suggestions import Wording
from market.needs.states import OUTCOME_WORDS, SERVICE_WORDS, Kind, Outcome

Proof = Annotated[
    str,
    Meta(
        title="Proof of the phone number",
        description="As confirm-code answered; browsers carry it by themselves.",
        max_length=1000,
        extra_json_schema={"x-kind": "hidden"},
    ),
]


class SendCode(msgspec.Struct, frozen=True, kw_only=True):
    """To which number the code goes."""

    phone: Annotated[
        Line,
        Meta(
            title="Mobile number",
            description="Nobody sees it. It only proves that each person counts once, and brings you the answer.",
            max_length=20,
            extra={"law": "R-7", "autocomplete": "tel"},
        ),
    ]
    back: Annotated[str, Meta(title="Where to go back to", max_length=200, extra_json_schema={"x-kind": "hidden"})] = ""


class ConfirmCode(msgspec.Struct, frozen=True, kw_only=True):
    """The code as it came; a browser has told the number before."""

    phone: Annotated[str, Meta(title="Mobile number", max_length=20, extra_json_schema={"x-kind": "hidden"})] = ""
    code: Annotated[
        Line,
        Meta(
            title="Code of six digits",
            description="It is good for ten minutes.",
            max_length=10,
            extra={"autocomplete": "one-time-code"},
        ),
    ]


class SuggestNeed(msgspec.Struct, frozen=True, kw_only=True):
    """What is needed, where, for whom; everybody can read it."""

    title: Annotated[
        Line, Meta(title="What is needed", description="In one sentence.", max_length=60, extra={"group": say("What")})
    ]
    category: Annotated[Kind, Meta(title="Which kind of service", extra={"words": SERVICE_WORDS})]
    words: Annotated[
        Words, Meta(title="Tell more", description="When, how often, why it is lacking.", max_length=1000)
    ] = ""
    street: Annotated[Code, Meta(title="Street", extra={"choices": "streets", "group": say("Where and for whom")})]
    place: Annotated[
        Line,
        Meta(title="Where", description="An estate, lane or building; no number of a flat.", max_length=80),
    ]
    served: Annotated[
        Line,
        Meta(title="For whom", description="Such as: older people living alone. No names.", max_length=80),
    ]
    people: Annotated[int | None, Meta(title="How many people, about", gt=0, le=1_000_000)] = None
    proof: Proof = ""

    def wording(self) -> Wording:
        """Return it as rules take it."""
        return Wording(
            title=self.title,
            words=self.words,
            place=self.place,
            served=self.served,
            people=self.people,
            category=self.category,
        )


class SupportSuggestion(msgspec.Struct, frozen=True, kw_only=True):
    """One voice more."""

    proof: Proof = ""


class AnswerSuggestion(msgspec.Struct, frozen=True, kw_only=True):
    """What the street says; everybody reads it, and all who spoke are told."""

    outcome: Annotated[Outcome, Meta(title="Answer", extra={"words": OUTCOME_WORDS, "law": "B-1"})]
    reason: Annotated[
        Words,
        Meta(title="Reason", description="In plain words: what happens next, or why not.", max_length=1000),
    ]
    need: Annotated[
        Code | None,
        Meta(
            title="The need made of it",
            description="When it is drafted already; it can be named later.",
            extra={"choices": "needs"},
        ),
    ] = None
    link: Annotated[
        str,
        Meta(
            title="Where the service is found",
            description="An address of this site, such as /contracts/C-2026-0001.",
            max_length=200,
            extra_json_schema={"x-kind": "line"},
        ),
    ] = ""


class MergeSuggestions(msgspec.Struct, frozen=True, kw_only=True):
    """Which one stays."""

    into: Annotated[
        Code,
        Meta(
            title="The suggestion that stays",
            description="All voices go there; this page leads to it.",
            extra={"choices": "others"},
        ),
    ]


class HideSuggestion(msgspec.Struct, frozen=True, kw_only=True):
    """Why nobody shall read it any more."""

    reason: Annotated[
        Words,
        Meta(title="Reason", description="Everybody reads the reason; do not repeat what is hidden.", max_length=500),
    ]
