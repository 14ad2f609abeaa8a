"""Judgement of what bidders do before the opening: lateness to the second, price, content, questions."""

from collections.abc import Collection
from datetime import datetime, timedelta

from market.base.money import Yuan, share
from market.base.refusal import Objection, say
from market.law.states import Law


def objections_to_lateness(*, now: datetime, closes_at: datetime, field: str = "") -> list[Objection]:
    """Object from the closing moment on; a second late is late, whatever the tender's state says.

    Law: 财政部令87 第三十三条; the closing moment itself is already too late.
    """
    if now >= closes_at:
        return [
            Objection(
                field, say("The closing was at {closes_at}; nothing is taken after it.", closes_at=closes_at), "M-8"
            )
        ]
    return []


def objections_to_price(*, price: Yuan, budget: Yuan, field: str = "price") -> list[Objection]:
    """Object to a price of nothing or above the budget; there is no lowest price (D-11)."""
    if price <= 0:
        return [Objection(field, say("The price must be more than nothing."), "M-8")]
    if price > budget:
        return [Objection(field, say("The price is above the budget of {budget_yuan}.", budget_yuan=budget), "M-8")]
    return []


def objections_to_bid(
    *, price: Yuan, plan: str, declared: bool, took_documents: bool, budget: Yuan, now: datetime, closes_at: datetime
) -> list[Objection]:
    """Object to a bid that is late, priced wrongly, empty, undeclared, or from someone without the documents."""
    objections = objections_to_lateness(now=now, closes_at=closes_at)
    if not took_documents:
        objections.append(Objection("", say("Take the tender documents first."), "L-2.consultation"))
    objections += objections_to_price(price=price, budget=budget)
    if not plan.strip():
        objections.append(Objection("plan", say("Write how the service will be done."), "M-8"))
    if not declared:
        objections.append(
            Objection("declared", say("Declare that your organization meets the legal conditions."), "P-06")
        )
    return objections


def objections_to_buyers_hand(*, serves_buyer: bool, by: str, hands: Collection[str]) -> list[Objection]:
    """Object to a bid by a person who serves the buyer too, or wrote or published the notice. Law: P-10."""
    if not serves_buyer and by not in hands:
        return []
    return [Objection("", say("Who works for the buyer may not bid for its purchase."), "P-10")]


def objections_to_withdrawal(*, now: datetime, closes_at: datetime, submitted: bool) -> list[Objection]:
    """Object when nothing was submitted or the closing has passed."""
    if not submitted:
        return [Objection("", say("There is no submitted bid to withdraw."), "G-5")]
    return objections_to_lateness(now=now, closes_at=closes_at)


def objections_to_question(*, now: datetime, until: datetime) -> list[Objection]:
    """Object to a question that comes too late for an answer before the closing."""
    if now >= until:
        return [Objection("", say("Questions were taken until {until}.", until=until), "L-4.consultation")]
    return []


def objections_to_opening(*, now: datetime, opens_at: datetime) -> list[Objection]:
    """Object to turning the key before the opening moment."""
    if now < opens_at:
        return [Objection("", say("Bids may be opened from {opens_at} on.", opens_at=opens_at), "HR-5")]
    return []


def fewest_suppliers(*, law: Law, is_service: bool = True) -> int:
    """Return how many suppliers a consultation needs to go on: two for purchased services. Law: 财库〔2015〕124号."""
    return int(law.number("M-4.exception" if is_service and "M-4.exception" in law else "M-4"))


def is_too_few(*, suppliers: int, law: Law) -> bool:
    """Tell whether the consultation must end because too few suppliers remain."""
    return suppliers < fewest_suppliers(law=law)


def objections_to_quote(*, price: Yuan, previous: Yuan, now: datetime, closes_at: datetime) -> list[Objection]:
    """Object to a final quote that is late, of nothing, or above the bid's own opening price.

    The requirement did not change in the consultation, so a higher price has no ground.
    """
    objections = objections_to_lateness(now=now, closes_at=closes_at)
    if price <= 0:
        objections.append(Objection("price", say("The price must be more than nothing."), "M-8"))
    if price > previous:
        objections.append(
            Objection(
                "price",
                say("The final quote may not exceed your bid of {previous_yuan}.", previous_yuan=previous),
                "M-4",
            )
        )
    return objections


def objections_to_quote_round(*, now: datetime, until: datetime, law: Law) -> list[Objection]:
    """Object to a round that leaves suppliers too little time. Law: none; house rule (HR-7)."""
    shortest = int(law.number("HR-7"))
    if until - now < timedelta(minutes=shortest):
        words = say("Leave at least {minutes} minutes for the quotes.", minutes=shortest)
        return [Objection("until", words, "HR-7")]
    return []


def deposit_ceiling(*, budget: Yuan, law: Law) -> Yuan:
    """Return the most a bid deposit may be. Law: 政府采购法实施条例 第三十三条."""
    return share(budget, law.number("G-1"))
