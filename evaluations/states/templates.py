"""What an indicator template is made of."""

from datetime import date
from enum import StrEnum

import msgspec

from market.base.refusal import Said, say


class Grade(StrEnum):
    """The grade that follows from the unrounded score."""

    EXCELLENT = "excellent"
    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"


class Audience(StrEnum):
    """Who is asked; each audience's answers count for one leaf of the template."""

    RESIDENTS = "residents"
    COMMITTEE = "committee"
    BUYER = "buyer"
    SUPPLIER = "supplier"


class Refusal(StrEnum):
    """Why an answer to a survey was refused."""

    USED = "used"
    LATE = "late"
    FORGED = "forged"


class LeafKind(StrEnum):
    """How a leaf gets its points: computed from records, judged by the evaluator, or from the survey."""

    COMPUTED = "computed"
    JUDGED = "judged"
    SURVEY = "survey"


class Veto(StrEnum):
    """What makes the grade poor whatever the score."""

    FABRICATED_RECORDS = "fabricated-records"
    DIVERTED_FUNDS = "diverted-funds"
    ASSIGNED_CONTRACT = "assigned-contract"
    RESPONSIBLE_ACCIDENT = "responsible-accident"
    REFUSED_AUDIT = "refused-audit"


class Branch(msgspec.Struct, frozen=True, kw_only=True):
    """A level-1 indicator of a template; with `points` its leaves are re-scaled to that many together."""

    code: str
    title_zh: str
    title_en: str
    points: int | None = None


class Leaf(msgspec.Struct, frozen=True, kw_only=True):
    """A level-3 indicator: its weight in points, how it is scored, and on what evidence.

    `formula` is how a computed leaf gets its points from facts (`rules.formulas`); `whole` leaves are judged in whole
    points; `audience` is set for survey leaves.
    """

    code: str
    branch: str
    group_zh: str
    title_zh: str
    title_en: str
    weight: int
    kind: LeafKind
    rule_zh: str
    rule_en: str
    evidence_zh: str
    formula: str = ""
    whole: bool = False
    audience: Audience | None = None


class Template(msgspec.Struct, frozen=True, kw_only=True):
    """An edition of an indicator template, in force from a day on: its leaves weigh 100 points together.

    `family` is what its editions have in common; `category` is the class of services that it is for, "" for all;
    `lasting` services are looked at once more months after their end.
    """

    code: str
    family: str
    in_force_from: date
    title_zh: str
    title_en: str
    source: str
    status: str
    branches: list[Branch]
    leaves: list[Leaf]
    category: str = ""
    lasting: bool = False

    def leaf(self, code: str) -> Leaf | None:
        """Return a leaf by its code, None when the template has no such leaf."""
        return next((leaf for leaf in self.leaves if leaf.code == code), None)


GRADES: dict[Grade, Said] = {
    Grade.EXCELLENT: say("Excellent"),
    Grade.GOOD: say("Good"),
    Grade.FAIR: say("Fair"),
    Grade.POOR: say("Poor"),
}
AUDIENCES: dict[Audience, Said] = {
    Audience.RESIDENTS: say("Residents who were served"),
    Audience.COMMITTEE: say("Residents’ committee and representatives"),
    Audience.BUYER: say("Street office"),
    Audience.SUPPLIER: say("Organization that served"),
}
VETOES: dict[Veto, Said] = {
    Veto.FABRICATED_RECORDS: say("Fabricated records"),
    Veto.DIVERTED_FUNDS: say("Diversion of funds"),
    Veto.ASSIGNED_CONTRACT: say("Assignment of the contract to others"),
    Veto.RESPONSIBLE_ACCIDENT: say("Death or serious injury for which the organization is responsible"),
    Veto.REFUSED_AUDIT: say("Refusal of an audit"),
}
REFUSALS: dict[Refusal, Said] = {
    Refusal.USED: say("Slip used before"),
    Refusal.LATE: say("After the end of the survey"),
    Refusal.FORGED: say("Word of no slip"),
}
