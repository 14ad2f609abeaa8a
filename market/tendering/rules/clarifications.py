"""Judgement of what a panel asks a bidder: when it may ask, until when the bidder answers, who has to judge a price.

An answer explains the bid; it changes neither its price nor its substance (财政部令87 第五十一条). An abnormally low
price makes no bid invalid by itself: the bidder is heard first (财库〔2026〕2号, A-6).
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

import msgspec

from market.base.refusal import Objection, say
from market.law.states import Law
from market.tendering.rules.scoring import LowPrice
from market.tendering.states.clarifications import Matter

_JUDGED_TOO_LOW = "A-4"


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A question of the panel as rules look at it; `explained` is None while nobody has judged, or nobody has to."""

    bid: int
    matter: Matter
    answer_by: datetime
    answered: bool
    explained: bool | None = None

    def is_open(self, *, now: datetime) -> bool:
        """Tell whether the bidder may still answer."""
        return not self.answered and now < self.answer_by

    def waits(self, *, now: datetime) -> bool:
        """Tell whether the panel must wait before it signs: for the bidder, or for its own word on a price."""
        return self.is_open(now=now) or (self.matter is Matter.LOW_PRICE and self.explained is None)


def shortest_time(*, matter: Matter, law: Law) -> tuple[int, str]:
    """Return the fewest minutes a bidder has to answer, and the rule that says so."""
    rule = "A-6" if matter is Matter.LOW_PRICE and "A-6" in law else "HR-7"
    return int(law.number(rule)), rule


def rule_of_price(*, bid: int, low: Sequence[LowPrice]) -> str:
    """Return the first limit that a bid's price fell below; else that the panel itself judges it too low (A-4)."""
    return next((found.law for found in low if found.number == bid), _JUDGED_TOO_LOW)


def objections_to_asking(
    *,
    bid: int,
    matter: Matter,
    until: datetime,
    bids: Collection[int],
    ranked: Collection[int],
    earlier: Iterable[Asked],
    is_signed: bool,
    now: datetime,
    law: Law,
) -> list[Objection]:
    """Object to a question about no bid, about a price the panel cannot know yet, asked twice or with too little time.

    `bids` are those still in; `ranked` those whose prices are known. After the first signature nothing is asked (E-12).
    """
    objections = []
    if bid not in bids:
        objections.append(Objection("bid", say("There is no bid with this number."), "M-8"))
    elif matter is Matter.LOW_PRICE and bid not in ranked:
        objections.append(Objection("matter", say("Prices are known to the panel after the ranking only."), "F-9"))
    if any(each.bid == bid and each.matter is matter and _stands(each, now=now) for each in earlier):
        words = say("The panel has asked this already; wait for the answer and judge it.")
        objections.append(Objection("bid", words, "A-6" if matter is Matter.LOW_PRICE else "HR-7"))
    shortest, rule = shortest_time(matter=matter, law=law)
    if until - now < timedelta(minutes=shortest):
        words = say("Leave the bidder at least {minutes} minutes to answer.", minutes=shortest)
        objections.append(Objection("until", words, rule))
    if is_signed:
        words = say("A member has signed the report; nothing can be asked any more.")
        objections.append(Objection("", words, "E-12"))
    return objections


def _stands(asked: Asked, *, now: datetime) -> bool:
    """Tell whether an earlier question stands: a price is asked about once, a meaning again once it was answered."""
    return asked.matter is Matter.LOW_PRICE or asked.is_open(now=now)


def objections_to_answering(*, asked: Asked | None, now: datetime) -> list[Objection]:
    """Object to an answer to nothing, a second one, or one too late."""
    if asked is None:
        return [Objection("clarification", say("The panel has asked you nothing with this number."))]
    if asked.answered:
        return [Objection("clarification", say("You have answered already; what was said stands."), "E-12")]
    if now >= asked.answer_by:
        words = say("The time to answer ended at {moment}.", moment=asked.answer_by)
        return [Objection("clarification", words, "A-6" if asked.matter is Matter.LOW_PRICE else "HR-7")]
    return []


def objections_to_judging(
    *, asked: Asked | None, has_voted: bool, explained: bool, reason: str, now: datetime
) -> list[Objection]:
    """Object to judging what is no price, too early, twice, or without a reason (A-6, A-7)."""
    objections = []
    if asked is None or asked.matter is not Matter.LOW_PRICE:
        objections.append(Objection("clarification", say("There is no price to judge with this number."), "A-6"))
    elif has_voted or asked.explained is not None:
        objections.append(Objection("clarification", say("You have judged this, or the panel has."), "A-6"))
    elif asked.is_open(now=now):
        words = say("The bidder may answer until {moment}.", moment=asked.answer_by)
        objections.append(Objection("clarification", words, "A-6"))
    if not explained and not reason.strip():
        objections.append(Objection("reason", say("Say why the price is not explained."), "A-7"))
    return objections


def objections_to_signing(asked: Iterable[Asked], *, now: datetime) -> list[Objection]:
    """Object to ending a stage of the evaluation over a question that waits for its answer or for the panel's word."""
    if any(each.waits(now=now) for each in asked):
        words = say("A question to a bidder still waits for its answer, or for the panel’s word on it.")
        return [Objection("", words, "A-6")]
    return []
