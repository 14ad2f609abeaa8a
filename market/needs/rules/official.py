"""Judgement of purchases outside this house: what is handed over, the stages noted, the result taken back."""

from datetime import date
from decimal import Decimal

import msgspec

from market.base.calendar import add_months
from market.base.money import Yuan
from market.base.refusal import Objection, say
from market.law.states import Law
from market.needs.states.official import Method, Outcome

ALL_POINTS = Decimal(100)


class ScoredBy(msgspec.Struct, frozen=True, kw_only=True):
    """One quality criterion and the most points it can give."""

    title: str
    points: Decimal
    guide: str = ""


class PaidStage(msgspec.Struct, frozen=True, kw_only=True):
    """One stage of delivery and the share (0-1) of the price that it makes payable."""

    number: int
    title: str
    due_on: date
    share: Decimal


class Papers(msgspec.Struct, frozen=True, kw_only=True):
    """What the documents of a purchase outside say beside the need. Service days are [from, until)."""

    qualification: str
    service_from: date
    service_until: date
    price_points: Decimal
    criteria: tuple[ScoredBy, ...]
    milestones: tuple[PaidStage, ...]


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """How the outside process ended, as its notice says."""

    outcome: Outcome
    supplier: str = ""
    price: Yuan | None = None
    notice_number: str = ""
    notice_on: date | None = None
    notice_text: str = ""
    notice_file: str = ""


def objections_to_papers(*, papers: Papers, method: Method, term_months: int, today: date, law: Law) -> list[Objection]:
    """Object to weights, milestones and a term that no document may carry; `term_months` is the need's."""
    return [
        *_objections_to_weights(papers=papers, method=method, law=law),
        *_objections_to_term(papers=papers, term_months=term_months, today=today),
        *_objections_to_stages(papers),
    ]


def _objections_to_weights(*, papers: Papers, method: Method, law: Law) -> list[Objection]:
    """Law: 财政部令第87号 第五十五条 (F-1), 财库〔2014〕214号 第二十四条 (F-2)."""
    if method not in (Method.OPEN_TENDER, Method.INVITATION, Method.CONSULTATION):
        return []
    rule = "F-2.min" if method is Method.CONSULTATION else "F-1"
    least = law.number(rule) * ALL_POINTS
    found = []
    if papers.price_points < least:
        found.append(Objection("price_points", say("The price must weigh at least {least} points.", least=least), rule))
    most = law.number("F-2.max") * ALL_POINTS
    if method is Method.CONSULTATION and papers.price_points > most:
        found.append(
            Objection("price_points", say("The price must weigh at most {most} points.", most=most), "F-2.max")
        )
    found += [
        Objection(f"criteria.{row}.points", say("Each criterion gives more than 0 points."), "F-9")
        for row, one in enumerate(papers.criteria)
        if one.points <= 0
    ]
    total = papers.price_points + sum((one.points for one in papers.criteria), Decimal(0))
    if total != ALL_POINTS:
        words = say("All points with the price’s must sum to 100, not {total}.", total=total)
        found.append(Objection("criteria", words, "F-5"))
    return found


def _objections_to_term(*, papers: Papers, term_months: int, today: date) -> list[Objection]:
    found = []
    if papers.service_from < today:
        found.append(Objection("service_from", say("The service may not begin in the past."), "C-2"))
    if papers.service_until <= papers.service_from:
        found.append(Objection("service_until", say("The service must end after it begins."), "C-2"))
    elif papers.service_until > add_months(papers.service_from, term_months):
        words = say("The need was approved for {months} months.", months=term_months)
        found.append(Objection("service_until", words, "C-2"))
    return found


def _objections_to_stages(papers: Papers) -> list[Objection]:
    """Law: 财库〔2021〕22号 第二十三条、第二十四条 (C-17)."""
    found = []
    total = sum((stage.share for stage in papers.milestones), Decimal(0))
    if total != 1:
        words = say("The shares must sum to 100 %, not {total} %.", total=(total * ALL_POINTS).normalize())
        found.append(Objection("milestones", words, "C-17"))
    previous = papers.service_from
    for row, stage in enumerate(papers.milestones):
        if stage.share <= 0:
            found.append(Objection(f"milestones.{row}.percent", say("Each share is more than 0 %."), "C-17"))
        if not papers.service_from <= stage.due_on <= papers.service_until:
            found.append(Objection(f"milestones.{row}.due_on", say("A milestone is due within the service."), "C-17"))
        elif stage.due_on < previous:
            found.append(Objection(f"milestones.{row}.due_on", say("Milestones stand in order of time."), "C-17"))
        previous = max(previous, stage.due_on)
    return found


def objections_to_stage(*, number: str, reached_on: date, handed_over_on: date, today: date) -> list[Objection]:
    """Object to a stage without the official number, before the hand-over, or in the future (H-4)."""
    found = []
    if not number.strip():
        found.append(Objection("number", say("Give the number under which the platform runs it."), "H-4"))
    if not handed_over_on <= reached_on <= today:
        words = say("A stage is reached between the hand-over on {handed_over_on} and today.",
                    handed_over_on=handed_over_on)  # fmt: skip
        found.append(Objection("reached_on", words, "H-4"))
    return found


def objections_to_result(
    *, result: Result, number: str, known: bool, budget: Yuan, handed_over_on: date, today: date, by_platform: bool
) -> list[Objection]:
    """Object to a result without its notice, a supplier who is not registered, or a price above the budget (M-8).

    `known`: the supplier is an organization of this house; `number` is the official one, noted before;
    `by_platform`: it ran on the city's platform, which gives it that number.
    """
    found: list[Objection] = []
    if by_platform and not number:
        found.append(Objection("", say("Note first under which number the platform runs this purchase."), "H-4"))
    if result.notice_on is not None and not handed_over_on <= result.notice_on <= today:
        words = say("The notice was published between the hand-over on {handed_over_on} and today.",
                    handed_over_on=handed_over_on)  # fmt: skip
        found.append(Objection("notice_on", words, "L-9.open-tender"))
    if not (result.notice_text.strip() or result.notice_file):
        found.append(Objection("notice_text", say("Give the text of the notice, or attach it."), "L-9.open-tender"))
    if result.outcome is Outcome.AWARDED:
        found += _objections_to_award(result=result, known=known, budget=budget)
    return found


def _objections_to_award(*, result: Result, known: bool, budget: Yuan) -> list[Objection]:
    found = []
    if not result.supplier:
        found.append(Objection("supplier", say("Name the supplier by its unified social credit code.")))
    elif not known:
        words = say("No organization with this code is registered here; it registers itself, or is registered for it.")
        found.append(Objection("supplier", words))
    if result.price is None or result.price <= 0:
        found.append(Objection("price", say("The price is more than nothing.")))
    elif result.price > budget:
        found.append(Objection("price", say("The need was approved for {budget_yuan}.", budget_yuan=budget), "M-8"))
    if result.notice_on is None:
        found.append(Objection("notice_on", say("Say on which day the result was published."), "L-9.open-tender"))
    return found
