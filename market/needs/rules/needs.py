"""Judgement about needs: may this be bought, here, with this money, and was it asked for and measured."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

import msgspec

from market.base.money import Yuan, round_half_up
from market.base.refusal import Objection, say
from market.law.states import Law
from market.needs.rules.enterprises import objections_to_set_aside
from market.needs.rules.money import LineFacts, objections_to_reservation
from market.needs.rules.splitting import Earlier, objections_to_splitting
from market.needs.states import QUESTIONS, Answer, Channel

_MONTHS_A_YEAR = 12


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """What the purchase shall reach: a number with its unit, by a day."""

    name: str
    number: Decimal
    unit: str
    due_on: date


class LongTerm(msgspec.Struct, frozen=True, kw_only=True):
    """The five conditions under which a contract may run longer than a year, as the purchaser states them."""

    budget_guaranteed: bool = False
    content_fixed: bool = False
    continuous: bool = False
    funding_stable: bool = False
    price_stable: bool = False

    @property
    def holds(self) -> bool:
        """Tell whether all five are stated."""
        return all(getattr(self, name) for name in self.__struct_fields__)


class NeedPlan(msgspec.Struct, frozen=True, kw_only=True):
    """A need as its purchaser writes it; a draft may be incomplete, what is submitted may not."""

    title: str
    item: str
    menu_item: str = ""
    category: str = ""
    description: str = ""
    standard: str = ""
    quantity: Decimal | None = None
    unit: str = ""
    served: str = ""
    beneficiaries: int | None = None
    place: str = ""
    term_months: int | None = None
    long_term: LongTerm = LongTerm()
    budget: Yuan
    budget_line: str
    targets: tuple[Target, ...] = ()
    answers: Mapping[str, Answer] = {}
    consulted_on: date | None = None
    consulted_how: str = ""
    surveyed_on: date | None = None
    surveyed: tuple[str, ...] = ()
    duty_basis: str = ""
    risk_note: str = ""
    wanted_start_on: date | None = None
    management_cost: Yuan | None = None
    set_aside: str = ""
    set_aside_reason: str = ""
    splitting_reason: str = ""
    consent_document: str = ""
    legal_review: bool = False


def channel_of(*, amount: Yuan, central: bool, law: Law) -> Channel:
    """Return where a purchase must run: in the central catalogue or from the procurement limit on, officially.

    Law: 沪府令65号 第二十四条 (H-4); the limit is data of district and day (H-1).
    """
    return Channel.OFFICIAL if central or amount >= law.number("H-2.limit") else Channel.HERE


def objections_to_draft(*, plan: NeedPlan, line: LineFacts | None, street: str, item_in_use: bool) -> list[Objection]:
    """Object to a draft that could never be bought: without item, money or a line of the street's own."""
    objections: list[Objection] = []
    if not item_in_use:
        objections.append(Objection("item", say("This item code is not in use."), "N-12"))
    if plan.budget <= 0:
        objections.append(Objection("budget", say("The budget is more than nothing.")))
    if line is None or line.street != street:
        objections.append(Objection("budget_line", say("Choose a budget line of your street."), "N-10"))
    if plan.management_cost is not None and not 0 <= plan.management_cost <= plan.budget:
        words = say("The management cost is a part of the budget.")
        objections.append(Objection("management_cost", words, "N-11"))
    if plan.quantity is not None and plan.quantity != round_half_up(plan.quantity):
        objections.append(Objection("quantity", say("A quantity has at most two decimals.")))
    return objections


def objections_to_submission(
    *,
    plan: NeedPlan,
    line: LineFacts | None,
    street: str,
    item_in_use: bool,
    central: bool,
    law: Law,
    today: date,
    earlier: Sequence[Earlier] = (),
    open_tender: bool = False,
) -> list[Objection]:
    """Return everything that keeps a need from review, each reason with its article.

    `earlier` are the other purchases of the same line and item, `open_tender` tells that this one is an open tender.
    """
    official = channel_of(amount=plan.budget, central=central, law=law) is Channel.OFFICIAL
    return [
        *objections_to_draft(plan=plan, line=line, street=street, item_in_use=item_in_use),
        *_objections_to_gaps(plan),
        *_objections_to_answers(plan.answers),
        *_objections_to_money(budget=plan.budget, line=line, today=today),
        *_objections_to_term(plan=plan, law=law),
        *_objections_to_targets(targets=plan.targets, today=today),
        *_objections_to_consultation(plan=plan, today=today),
        *_objections_to_survey(plan=plan, law=law, today=today),
        *(_objections_to_plan_of_law(plan) if official else []),
        *objections_to_set_aside(
            budget=plan.budget, official=official, set_aside=plan.set_aside, reason=plan.set_aside_reason, law=law
        ),
        *objections_to_splitting(
            budget=plan.budget,
            official=official,
            open_tender=open_tender,
            earlier=earlier,
            reason=plan.splitting_reason,
            law=law,
        ),
    ]


def _objections_to_plan_of_law(plan: NeedPlan) -> Iterable[Objection]:
    """Ask what a statutory purchase adds. Law: 财库〔2021〕22号 第二十五条 (B-4); 政府购买服务管理办法 第十条 (N-1)."""
    if not plan.duty_basis.strip():
        yield Objection("duty_basis", say("Say which duty of the street this serves, and by which document."), "N-1")
    if not plan.risk_note.strip():
        yield Objection("risk_note", say("Say what may go wrong and what is done about it."), "B-4")


def _objections_to_gaps(plan: NeedPlan) -> Iterable[Objection]:
    needed = {
        "description": plan.description,
        "standard": plan.standard,
        "unit": plan.unit,
        "served": plan.served,
        "place": plan.place,
    }
    for name, text in needed.items():
        if not text.strip():
            yield Objection(name, say("This must be said before the need is submitted."))
    for name, number in {"quantity": plan.quantity, "beneficiaries": plan.beneficiaries}.items():
        if number is None or number <= 0:
            yield Objection(name, say("Give a number above nothing before the need is submitted."))


def _objections_to_answers(answers: Mapping[str, Answer]) -> Iterable[Objection]:
    """Law: 政府购买服务管理办法 第十条, in Shanghai 沪财发〔2021〕3号 第十一条 until 2026-04-30 (N-1 to N-6)."""
    for rule in QUESTIONS:
        field = rule.lower().replace("-", "_")
        answer = answers.get(rule)
        if answer is None:
            yield Objection(field, say("Answer this question of the negative list."), rule)
        elif answer == Answer.YES:
            yield Objection(field, say("What the negative list names may not be bought."), rule)


def _objections_to_money(*, budget: Yuan, line: LineFacts | None, today: date) -> Iterable[Objection]:
    if line is None:
        return
    if line.year < today.year:
        yield Objection("budget_line", say("This budget line belongs to {year}.", year=str(line.year)), "N-10")
    yield from objections_to_reservation(budget=budget, line=line)


def _objections_to_term(*, plan: NeedPlan, law: Law) -> Iterable[Objection]:
    """Law: one year, up to three under five conditions; 政府购买服务管理办法 第二十四条 (C-2)."""
    usual, longest = (int(law.number(rule)) * _MONTHS_A_YEAR for rule in ("C-2", "C-2.longest"))
    if plan.term_months is None or plan.term_months < 1:
        yield Objection("term_months", say("Say for how many months the service runs."), "C-2")
    elif plan.term_months > longest:
        yield Objection(
            "term_months", say("A contract runs {most} months at the longest.", most=longest), "C-2.longest"
        )
    elif plan.term_months > usual and not plan.long_term.holds:
        words = say("Above {usual} months all five conditions of a longer term must hold.", usual=usual)
        yield Objection("term_months", words, "C-2.longest")


def _objections_to_targets(*, targets: Sequence[Target], today: date) -> Iterable[Objection]:
    """Law: targets before the purchase, 政府购买服务管理办法 第二十条 (K-1); measurable ones, indicator A21."""
    if not targets:
        yield Objection("targets", say("Name at least one target with number, unit and day."), "K-1")
    for row, target in enumerate(targets):
        if not target.name.strip():
            yield Objection(f"targets.{row}.name", say("Say what shall be reached."), "K-1")
        if target.number <= 0:
            yield Objection(f"targets.{row}.number", say("A target needs a number above nothing."), "K-1")
        if not target.unit.strip():
            yield Objection(f"targets.{row}.unit", say("A target needs a unit."), "K-1")
        if target.due_on <= today:
            yield Objection(f"targets.{row}.due_on", say("A target's day lies ahead."), "K-1")


def _objections_to_consultation(*, plan: NeedPlan, today: date) -> Iterable[Objection]:
    """Law: 政府采购法实施条例 第十五条第二款 (B-1)."""
    if plan.consulted_on is None or not plan.consulted_how.strip():
        yield Objection("consulted_on", say("Say when and how residents were consulted."), "B-1")
    elif plan.consulted_on > today:
        yield Objection("consulted_on", say("Residents must be consulted before the need is submitted."), "B-1")


def _objections_to_survey(*, plan: NeedPlan, law: Law, today: date) -> Iterable[Objection]:
    """Law: 财库〔2021〕22号 第十条、第十一条 (B-2); a survey counts for a year (B-3)."""
    fewest = int(law.number("B-2"))
    entities = {" ".join(name.split()).casefold() for name in plan.surveyed if name.strip()}
    if len(entities) < fewest:
        words = say(
            "Ask at least {fewest} different market entities; {asked} are named.", fewest=fewest, asked=len(entities)
        )
        yield Objection("surveyed", words, "B-2")
    if plan.surveyed_on is None or plan.surveyed_on > today:
        yield Objection("surveyed_on", say("Say on which day the survey was done."), "B-2")
    elif plan.surveyed_on < _years_before(today, int(law.number("B-3"))):
        yield Objection("surveyed_on", say("The survey is older than a year and must be done again."), "B-3")


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 2, 28)
