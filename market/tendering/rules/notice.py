"""Judgement of a notice: periods, each in its own unit, weights, milestones, term, and who may publish.

Law: 财政部令87 and 财库〔2014〕214号 by reference (house rule HR-2 below the procurement limit).
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache

import msgspec

from market.base.calendar import (
    Lists,
    add_days,
    add_months,
    add_working_days,
    end_of_day,
    is_provisional,
    local_date,
    present_lists,
)
from market.base.money import Yuan, round_half_up
from market.base.refusal import Objection, say
from market.law.states import Law, Unit, Verification
from market.tendering.rules.panel import objections_to_panel
from market.tendering.rules.terms import Criterion, MilestoneTerm, Terms
from market.tendering.states import Method

ALL_POINTS = Decimal(100)
_MONTHS_A_YEAR = 12
_SHARE_PLACES = 4
_ADD: dict[Unit, Callable[[date, int], date]] = {Unit.DAYS: add_days, Unit.WORKING_DAYS: add_working_days}


class Period(msgspec.Struct, frozen=True, kw_only=True):
    """One period of the law counted from a day: its last day, and how far its rule was checked.

    `provisional`: the holiday list of that year may still move the last day.
    """

    law: str
    article: str
    length: int
    unit: Unit
    last_day: date
    provisional: bool
    verification: Verification


class Schedule(msgspec.Struct, frozen=True, kw_only=True):
    """The earliest lawful closing of a notice published on a day, and every period that led to it."""

    earliest_closing_at: datetime
    periods: list[Period]


def period_after(*, start: date, law_id: str, law: Law) -> Period:
    """Return a period of the law in its own unit, the start day excluded, the last day rolled over closed days."""
    provision = law[law_id]
    length = int(law.number(law_id))
    last_day = _ADD[provision.unit](start, length)
    return Period(
        law=law_id,
        article=provision.article,
        length=length,
        unit=provision.unit,
        last_day=last_day,
        provisional=is_provisional(last_day),
        verification=provision.verification,
    )


def schedule_for(*, published_at: datetime, law: Law, method: Method = Method.CONSULTATION) -> Schedule:
    """Return the earliest lawful closing: not before the longest of L-1, L-2 and L-3 has run out, at 24:00.

    L-1 from issue to deadline, L-2 documents available, L-3 notice period. Negotiation has no L-2.
    """
    return _schedule_on(local_date(published_at), law, method, present_lists())


@lru_cache(maxsize=4_096)
def _schedule_on(start: date, law: Law, method: Method, lists: Lists) -> Schedule:  # noqa: ARG001  kept under the lists
    """Return the schedule of a day's notices; it is the same for all of them, and pages show it again and again."""
    wanted = [f"{rule}.{method}" for rule in ("L-1", "L-2", "L-3")]
    periods = [period_after(start=start, law_id=law_id, law=law) for law_id in wanted if law_id in law]
    return Schedule(earliest_closing_at=end_of_day(max(p.last_day for p in periods)), periods=periods)


def questions_until(*, closes_at: datetime, law: Law) -> datetime:
    """Return the moment until which questions are taken: early enough for an answer L-4 days before the closing."""
    return closes_at - timedelta(days=int(law.number("L-4.consultation")))


def objections_to_closing(*, terms: Terms, published_at: datetime, law: Law) -> list[Objection]:
    """Object to a closing before any period has run out, naming each, and to an opening before the closing."""
    objections = [
        Objection(
            "closes_at",
            say("The closing may not be before {earliest}.", earliest=end_of_day(period.last_day)),
            period.law,
        )
        for period in schedule_for(published_at=published_at, law=law).periods
        if terms.closes_at < end_of_day(period.last_day)
    ]
    if terms.opens_at < terms.closes_at:
        objections.append(Objection("opens_at", say("Bids may not be opened before the closing.")))
    return objections


def objections_to_terms(*, terms: Terms, budget: Yuan, term_months: int, now: datetime, law: Law) -> list[Objection]:
    """Object to terms that no notice may carry; `budget` and `term_months` are the need's."""
    return [
        *objections_to_closing(terms=terms, published_at=now, law=law),
        *_objections_to_budget(terms=terms, budget=budget),
        *objections_to_panel(size=terms.panel_size, experts=terms.panel_size, method=Method.CONSULTATION, law=law),
        *objections_to_weights(price_points=terms.price_points, criteria=terms.criteria, law=law),
        *_objections_to_service(terms=terms, term_months=term_months, law=law),
        *objections_to_milestones(terms.milestones, service_from=terms.service_from, until=terms.service_until),
    ]


def _objections_to_budget(*, terms: Terms, budget: Yuan) -> list[Objection]:
    if terms.budget <= 0:
        return [Objection("budget", say("The budget must be more than nothing."), "B-10")]
    if terms.budget > budget:
        return [Objection("budget", say("The need was approved for {budget_yuan}.", budget_yuan=budget), "N-10")]
    return []


def objections_to_weights(*, price_points: Decimal, criteria: list[Criterion], law: Law) -> list[Objection]:
    """Object to a price weight outside F-2 and to points that do not sum to 100; factors must carry points."""
    objections = []
    least, most = law.number("F-2.min") * ALL_POINTS, law.number("F-2.max") * ALL_POINTS
    if price_points < least:
        objections.append(
            Objection("price_points", say("The price must weigh at least {least} points.", least=least), "F-2.min")
        )
    if price_points > most:
        objections.append(
            Objection("price_points", say("The price must weigh at most {most} points.", most=most), "F-2.max")
        )
    if price_points != round_half_up(price_points):
        objections.append(Objection("price_points", say("Points have at most two decimals."), "F-2.min"))
    objections += [
        Objection(
            f"criteria.{i}.points", say("Each criterion gives more than 0 points, with at most two decimals."), "F-9"
        )
        for i, criterion in enumerate(criteria)
        if criterion.points <= 0 or criterion.points != round_half_up(criterion.points)
    ]
    total = price_points + sum((criterion.points for criterion in criteria), Decimal(0))
    if total != ALL_POINTS:
        objections.append(
            Objection("criteria", say("All points with the price’s must sum to 100, not {total}.", total=total), "F-5")
        )
    return objections


def _objections_to_service(*, terms: Terms, term_months: int, law: Law) -> list[Objection]:
    objections = []
    if terms.service_from < local_date(terms.opens_at):
        objections.append(
            Objection("service_from", say("The service may not begin before the bids are opened."), "N-10")
        )
    if terms.service_until <= terms.service_from:
        objections.append(Objection("service_until", say("The service must end after it begins."), "C-2"))
    elif terms.service_until > add_months(terms.service_from, term_months):
        rule = "C-2" if term_months <= int(law.number("C-2")) * _MONTHS_A_YEAR else "C-2.longest"
        objections.append(
            Objection("service_until", say("The need was approved for {months} months.", months=term_months), rule)
        )
    return objections


def objections_to_milestones(milestones: list[MilestoneTerm], *, service_from: date, until: date) -> list[Objection]:
    """Object to shares that do not sum to the price, and to due days outside the service or out of order."""
    objections = []
    total = sum((milestone.share for milestone in milestones), Decimal(0))
    if total != 1:
        objections.append(
            Objection("milestones", say("The shares must sum to 100 %, not {total} %.", total=total * 100), "C-17")
        )
    previous = service_from
    for i, milestone in enumerate(milestones):
        if milestone.share <= 0 or milestone.share != round_half_up(milestone.share, _SHARE_PLACES):
            objections.append(
                Objection(
                    f"milestones.{i}.percent", say("Each share is more than 0 %, with at most two decimals."), "C-17"
                )
            )
        if not service_from <= milestone.due_on <= until:
            objections.append(
                Objection(f"milestones.{i}.due_on", say("A milestone is due within the service."), "C-17")
            )
        elif milestone.due_on < previous:
            objections.append(Objection(f"milestones.{i}.due_on", say("Milestones stand in order of time."), "C-17"))
        previous = max(previous, milestone.due_on)
    return objections


def objections_to_publisher(*, drafted_by: str, publisher: str) -> list[Objection]:
    """Object when the person who drafted the tender also wants to publish it. Law: 政府采购法 第六十一条."""
    if drafted_by == publisher:
        return [Objection("", say("Who drafted the tender may not publish it."), "E-13")]
    return []


def objections_to_cancelling(
    *, published: bool, is_approver: bool, now: datetime, confirm_until: datetime | None
) -> list[Objection]:
    """Object when a published tender is cancelled by anyone but an approver, or when silence has confirmed its award.

    A draft may be dropped by its drafter.
    """
    found = []
    if published and not is_approver:
        found.append(Objection("", say("Only an approver may cancel a published tender."), "E-13"))
    if confirm_until is not None and now >= confirm_until:
        words = say("The period ended at {until}; rank one is deemed confirmed.", until=confirm_until)
        found.append(Objection("", words, "L-8.consultation"))
    return found
