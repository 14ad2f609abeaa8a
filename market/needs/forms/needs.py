"""What purchasers and reviewers send."""

from datetime import date
from decimal import Decimal
from typing import Annotated

import msgspec
from msgspec import Meta

from market.base.forms import Amount, Code, Line, Name, Words
from market.base.refusal import say
from market.needs.rules import LongTerm, NeedPlan, Target
from market.needs.states import ANSWER_WORDS, DECISION_WORDS, QUESTIONS, SET_ASIDE_WORDS, Answer, Decision, SetAside


class TargetRow(msgspec.Struct, frozen=True, kw_only=True):
    """A measurable target."""

    name: Annotated[Line, Meta(title="Target")]
    number: Annotated[Decimal, Meta(title="Target number", le=999_999_999_999)]
    unit: Annotated[Name, Meta(title="Unit", max_length=40)]
    due_on: Annotated[date, Meta(title="Due by")]


class EntityRow(msgspec.Struct, frozen=True, kw_only=True):
    """A market entity that was asked."""

    name: Annotated[Line, Meta(title="Market entity asked")]


def _question(rule: str) -> Meta:
    about = {"law": rule, "words": ANSWER_WORDS, "group": say("Negative list")}
    return Meta(title=QUESTIONS[rule].msgid, extra=about)


class DraftNeed(msgspec.Struct, frozen=True, kw_only=True):
    """A need as its purchaser writes it; what is not yet known may be left open until it is submitted."""

    title: Annotated[Line, Meta(title="Title", extra={"group": say("What is bought")})]
    menu_item: Annotated[Code | None, Meta(title="Service of the menu", extra={"choices": "menu"})] = None
    item: Annotated[
        Code | None,
        Meta(
            title="Official item code",
            description="Follows from the service of the menu when one is chosen.",
            extra={"choices": "items", "law": "N-12"},
        ),
    ] = None
    budget_line: Annotated[
        Code, Meta(title="Budget line", extra={"choices": "lines", "law": "N-10", "group": say("Its money")})
    ]
    budget: Annotated[
        Amount, Meta(title="Budget", description="Yuan, with at most two decimals.", extra={"law": "H-4"})
    ]
    management_cost: Annotated[
        Amount | None,
        Meta(
            title="Management cost within the budget",
            description="Where a charitable organization may deliver it, its management cost is part of the budget.",
            extra={"law": "N-11"},
        ),
    ] = None
    splitting_reason: Annotated[
        Words,
        Meta(
            title="Why it is not one purchase with the others",
            description="Where the same line and item are bought several times a year up to the procurement limit.",
            extra={"law": "HR-1"},
        ),
    ] = ""
    description: Annotated[Words, Meta(title="What is wanted", extra={"group": say("Content and standard")})] = ""
    standard: Annotated[Words, Meta(title="Standard", description="How good delivery is told from bad.")] = ""
    quantity: Annotated[Decimal | None, Meta(title="Quantity", gt=0, le=999_999_999_999)] = None
    unit: Annotated[Name, Meta(title="Unit", max_length=40)] = ""
    served: Annotated[Line, Meta(title="Who is served")] = ""
    beneficiaries: Annotated[int | None, Meta(title="How many people are served", gt=0, le=10_000_000)] = None
    place: Annotated[Line, Meta(title="Place")] = ""
    term_months: Annotated[
        int | None,
        Meta(title="Term in months", gt=0, le=120, extra={"law": "C-2", "group": say("Term of the service")}),
    ] = None
    wanted_start_on: Annotated[date | None, Meta(title="Wanted from")] = None
    budget_guaranteed: Annotated[
        bool, Meta(title="Longer term: the budget is guaranteed", extra={"law": "C-2.longest"})
    ] = False
    content_fixed: Annotated[bool, Meta(title="Longer term: the content is fixed")] = False
    continuous: Annotated[bool, Meta(title="Longer term: the service must go on without a break")] = False
    funding_stable: Annotated[bool, Meta(title="Longer term: the funding is stable")] = False
    price_stable: Annotated[bool, Meta(title="Longer term: the price is stable")] = False
    targets: Annotated[
        list[TargetRow],
        Meta(
            title="Targets",
            description="Each with a number, a unit and a day.",
            extra={"law": "K-1", "group": say("Performance targets")},
        ),
    ] = []
    consulted_on: Annotated[
        date | None, Meta(title="Residents consulted on", extra={"law": "B-1", "group": say("Residents and market")})
    ] = None
    consulted_how: Annotated[
        Words,
        Meta(title="How residents were consulted", description="Meeting, survey or hearing, and how many took part."),
    ] = ""
    surveyed_on: Annotated[date | None, Meta(title="Market asked on", extra={"law": "B-3"})] = None
    surveyed: Annotated[list[EntityRow], Meta(title="Market entities asked", extra={"law": "B-2"})] = []
    set_aside: Annotated[
        SetAside | None,
        Meta(
            title="Set aside for small enterprises",
            description="Asked from the procurement limit on. Social organizations are no enterprises.",
            extra={"law": "S-4", "words": SET_ASIDE_WORDS, "group": say("Policy, law and risk")},
        ),
    ] = None
    set_aside_reason: Annotated[Line, Meta(title="Reason for the exemption", extra={"law": "S-4"})] = ""
    duty_basis: Annotated[
        Words,
        Meta(title="Duty served", description="Which duty of the street, by which document.", extra={"law": "N-1"}),
    ] = ""
    consent_document: Annotated[
        Line,
        Meta(
            title="Document of the government’s consent",
            description="By its number; asked where the guiding catalogue does not cover the item.",
            extra={"law": "N-8"},
        ),
    ] = ""
    risk_note: Annotated[
        Words,
        Meta(title="Risks", description="What may go wrong, and what is done about it.", extra={"law": "B-4"}),
    ] = ""
    legal_review: Annotated[
        bool,
        Meta(
            title="Ask for a review of law",
            description="From the procurement limit on it always follows; below it the street decides.",
            extra={"law": "B-4"},
        ),
    ] = False
    n_1: Annotated[Answer | None, _question("N-1")] = None
    n_2: Annotated[Answer | None, _question("N-2")] = None
    n_3: Annotated[Answer | None, _question("N-3")] = None
    n_4: Annotated[Answer | None, _question("N-4")] = None
    n_5: Annotated[Answer | None, _question("N-5")] = None
    n_6: Annotated[Answer | None, _question("N-6")] = None

    def plan(self) -> NeedPlan:
        """Return the need as rules take it."""
        given = {rule: getattr(self, rule.lower().replace("-", "_")) for rule in QUESTIONS}
        return NeedPlan(
            title=self.title,
            item=self.item or "",
            menu_item=self.menu_item or "",
            description=self.description,
            standard=self.standard,
            quantity=self.quantity,
            unit=self.unit,
            served=self.served,
            beneficiaries=self.beneficiaries,
            place=self.place,
            term_months=self.term_months,
            long_term=LongTerm(**{name: getattr(self, name) for name in LongTerm.__struct_fields__}),
            budget=self.budget,
            budget_line=self.budget_line,
            targets=tuple(Target(**msgspec.structs.asdict(row)) for row in self.targets),
            answers={rule: answer for rule, answer in given.items() if answer is not None},
            consulted_on=self.consulted_on,
            consulted_how=self.consulted_how,
            surveyed_on=self.surveyed_on,
            surveyed=tuple(row.name for row in self.surveyed),
            duty_basis=self.duty_basis,
            risk_note=self.risk_note,
            consent_document=self.consent_document,
            wanted_start_on=self.wanted_start_on,
            management_cost=self.management_cost,
            set_aside=str(self.set_aside or ""),
            set_aside_reason=self.set_aside_reason,
            splitting_reason=self.splitting_reason,
            legal_review=self.legal_review,
        )


class ReviewNeed(msgspec.Struct, frozen=True, kw_only=True):
    """How a review ends."""

    decision: Annotated[Decision, Meta(title="Decision", extra={"words": DECISION_WORDS, "law": "B-5"})]
    reason: Annotated[Words, Meta(title="Reason", description="What must be changed, when it is sent back.")] = ""


class WithdrawNeed(msgspec.Struct, frozen=True, kw_only=True):
    """Why the street takes a need back."""

    reason: Annotated[Words, Meta(title="Reason", description="Why the street does not want it any more.")]
