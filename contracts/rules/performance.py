"""Judgement of performance: sessions, reported deliveries, the residents' opinion, acceptance by other hands."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal

from market.base.calendar import add_working_days
from market.base.money import round_half_up
from market.base.refusal import Objection, say
from market.law.states import Law

_MOST = Decimal(1_000_000)


def objections_to_session(
    *, held_on: date, today: date, from_on: date, until_on: date, quantity: Decimal
) -> list[Objection]:
    """Object to a session outside the term, in the future or without a quantity."""
    found = []
    if held_on > today:
        found.append(Objection("held_on", say("A session is recorded after it was held."), "C-8"))
    if not from_on <= held_on < until_on:
        found.append(Objection("held_on", say("The session lies outside the term of the contract."), "C-8"))
    if quantity <= 0:
        found.append(Objection("quantity", say("The quantity must be more than 0."), "C-8"))
    elif quantity > _MOST or quantity != round_half_up(quantity):
        words = say("The quantity has at most two decimals and is at most {most}.", most=_MOST)
        found.append(Objection("quantity", words, "C-8"))
    return found


def objections_to_report(*, exists: bool, accepted: bool, pending: bool, evidence: Collection[str]) -> list[Objection]:
    """Object to reporting a milestone that is unknown, accepted, or waiting for acceptance, or without any evidence."""
    if not exists:
        return [Objection("milestone", say("The contract has no such milestone."))]
    found = []
    if accepted:
        found.append(Objection("milestone", say("This milestone is accepted already.")))
    if pending:
        found.append(Objection("milestone", say("A report of this milestone waits for acceptance.")))
    if not evidence:
        found.append(Objection("evidence", say("A delivery is reported with at least one piece of evidence."), "C-8"))
    return found


def objections_to_opinion(
    *, pending: bool, given: bool, satisfied: bool, text: str, delivered_it: bool = False
) -> list[Objection]:
    """Object to an opinion on nothing, of one's own delivery, to a second one, and to dissatisfaction without words."""
    if not pending:
        return [Objection("milestone", say("No report of this milestone waits for acceptance."))]
    found = []
    if delivered_it:
        found.append(Objection("", say("Who reported the delivery may not speak for the residents."), "C-11"))
    if given:
        found.append(Objection("", say("You have given your opinion on this report already.")))
    if not satisfied and not text.strip():
        found.append(Objection("text", say("Tell what the residents are not satisfied with."), "C-11"))
    return found


def objections_to_earlier_hands(*, by: str, buyers: Collection[str], reporter: str | None) -> list[Objection]:
    """Object when who tendered the service or reported its delivery wants to judge it. Law: 政府采购法 第六十一条."""
    found = []
    if by in buyers:
        found.append(Objection("", say("Who tendered the service may not accept its deliveries."), "E-13"))
    if by == reporter:
        found.append(Objection("", say("Who reported the delivery may not accept it."), "E-13"))
    return found


def objections_to_hands(*, by: str, drafter: str, reviewer: str | None) -> list[Objection]:
    """Object when who drafted or reviewed the contract also wants to judge the delivery. Law: 政府采购法 第六十一条."""
    found = []
    if by == drafter:
        found.append(Objection("", say("Who drafted the contract may not accept its deliveries."), "E-13"))
    if by == reviewer:
        found.append(Objection("", say("Who reviewed the contract may not accept its deliveries."), "E-13"))
    return found


def objections_to_acceptance(
    *, pending: bool, by: str, drafter: str, reviewer: str | None, residents: Collection[str]
) -> list[Objection]:
    """Object to accepting nothing, by the wrong hands, or before a resident representative gave an opinion.

    `residents` are the resident representatives whose opinion on this report is on record. Law: 实施条例 第四十五条.
    """
    found = objections_to_hands(by=by, drafter=drafter, reviewer=reviewer)
    if not pending:
        return [*found, Objection("milestone", say("No report of this milestone waits for acceptance."))]
    if not residents:
        words = say("A resident representative must give an opinion before the delivery is accepted.")
        found.append(Objection("", words, "C-11"))
    elif by in residents:
        found.append(Objection("", say("Who spoke for the residents may not accept for the street."), "C-11"))
    return found


def objections_to_sending_back(
    *, pending: bool, by: str, drafter: str, reviewer: str | None, repair_by: date, today: date
) -> list[Objection]:
    """Object to sending back nothing, by the wrong hands, or with a day for the repair that is not ahead."""
    found = objections_to_hands(by=by, drafter=drafter, reviewer=reviewer)
    if not pending:
        found.append(Objection("milestone", say("No report of this milestone waits for acceptance.")))
    if repair_by <= today:
        found.append(Objection("repair_by", say("The day for the repair must lie ahead.")))
    return found


def publish_acceptance_by(*, accepted_on: date, law: Law) -> date:
    """Return the last day for publishing the result of an acceptance: two working days after it."""
    return add_working_days(accepted_on, int(law.number("L-18")))
