"""Judgement of intentions: published early enough, republished when something changes, in force when it starts.

Law: 财库〔2020〕10号 (B-8).
"""

from datetime import date, timedelta

import msgspec

from market.base.money import Yuan
from market.base.refusal import Objection, say
from market.law.states import Law
from market.needs.states import Channel
from market.needs.states.official import Exemption


class Announced(msgspec.Struct, frozen=True, kw_only=True):
    """The newest version of an intention, as a rule sees it."""

    title: str
    budget: Yuan
    published_on: date
    exempt: bool = False


def earliest_start(*, published_on: date, law: Law) -> date:
    """Return the first day on which a purchase may start after its intention, the day of publication not counted."""
    return published_on + timedelta(days=int(law.number("B-8")))


def objections_to_intention(
    *,
    month_on: date,
    today: date,
    channel: Channel,
    exempt: Exemption | None,
    reason: str,
    again: bool,
    above_limit: bool,
    law: Law,
) -> list[Objection]:
    """Object to a month that has gone or comes too soon, to a void exemption, to a change without its reason.

    The period binds what runs officially; below the limit an intention is welcome at any time.
    """
    objections: list[Objection] = []
    if month_on < today.replace(day=1):
        objections.append(Objection("month_on", say("This month has gone."), "B-8"))
    elif channel is Channel.OFFICIAL and exempt is None and month_on < earliest_start(published_on=today, law=law):
        words = say(
            "The purchase may start {days} days after its intention: choose a month from {earliest} on.",
            days=int(law.number("B-8")),
            earliest=earliest_start(published_on=today, law=law),
        )
        objections.append(Objection("month_on", words, "B-8"))
    if exempt is Exemption.PETTY and above_limit:
        objections.append(
            Objection("exempt_because", say("A purchase from the procurement limit on is not petty."), "B-8")
        )
    if (exempt is not None or again) and not reason.strip():
        objections.append(Objection("reason", say("Say why it comes late, or why it changes."), "B-8"))
    return objections


def objections_to_start(
    *,
    announced: Announced | None,
    title: str,
    budget: Yuan,
    without: Exemption | None,
    reason: str,
    above_limit: bool,
    today: date,
    law: Law,
) -> list[Objection]:
    """Object when what runs officially starts without its intention, too soon after it, or otherwise than it.

    `without` is the exemption that the officer states when there is none, with its `reason`.
    """
    if without is not None:
        found = []
        if without is Exemption.PETTY and above_limit:
            found.append(
                Objection("without_intention", say("A purchase from the procurement limit on is not petty."), "B-8")
            )
        if not reason.strip():
            found.append(Objection("without_intention_reason", say("Say why it starts without an intention."), "B-8"))
        return found
    if announced is None:
        return [Objection("", say("Publish the intention first, or state why none is needed."), "B-8")]
    if (announced.title, announced.budget) != (title, budget):
        return [Objection("", say("The need has changed since its intention: publish it again."), "B-8")]
    earliest = earliest_start(published_on=announced.published_on, law=law)
    if today < earliest and not announced.exempt:
        return [Objection("", say("By its intention the purchase may start on {earliest}.", earliest=earliest), "B-8")]
    return []
