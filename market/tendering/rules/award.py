"""Judgement and clocks of the award: confirming within the period, result notice, letter, challenge."""

from datetime import date, datetime
from functools import lru_cache

import msgspec

from market.base.calendar import Lists, end_of_day, is_provisional, local_date, present_lists
from market.base.refusal import Objection, say
from market.law.states import Law
from market.tendering.rules.notice import period_after


class AwardClock(msgspec.Struct, frozen=True, kw_only=True):
    """The days an award sets running; all are last days, ends included."""

    publish_by: date
    notice_until: date
    sign_by: date
    challenge_until: date
    provisional: bool


def confirm_until(*, reported_at: datetime, law: Law) -> datetime:
    """Return the exclusive end of the period in which the buyer confirms; silence then confirms rank one. Law: L-8."""
    return end_of_day(period_after(start=local_date(reported_at), law_id="L-8.consultation", law=law).last_day)


def award_clock(*, decided_at: datetime, law: Law) -> AwardClock:
    """Return the days that follow a decision published at once: L-9, L-10, L-11, and the challenge's Q-1."""
    return _clock_on(local_date(decided_at), law, present_lists())


@lru_cache(maxsize=4_096)
def _clock_on(day: date, law: Law, lists: Lists) -> AwardClock:  # noqa: ARG001  kept under the lists
    """Return what the awards of a day set running; it is the same for all of them."""
    notice_until = period_after(start=day, law_id="L-10.consultation", law=law).last_day
    last = challenge_until(published_on=day, law=law)
    return AwardClock(
        publish_by=period_after(start=day, law_id="L-9.consultation", law=law).last_day,
        notice_until=notice_until,
        sign_by=period_after(start=day, law_id="L-11", law=law).last_day,
        challenge_until=last,
        provisional=is_provisional(last),
    )


def challenge_until(*, published_on: date, law: Law) -> date:
    """Return the last day of a challenge against a result: Q-1 counted from the end of the notice period (Q-2)."""
    known_on = period_after(start=published_on, law_id="L-10.consultation", law=law).last_day
    return period_after(start=known_on, law_id="Q-1", law=law).last_day


def objections_to_confirming(*, drafted_by: str, by: str, now: datetime, until: datetime) -> list[Objection]:
    """Object when the drafter confirms, or when the period has ended and rank one is deemed chosen."""
    objections = []
    if drafted_by == by:
        objections.append(Objection("", say("Who drafted the tender may not confirm the award."), "E-13"))
    if now >= until:
        objections.append(
            Objection(
                "", say("The period ended at {until}; rank one is deemed confirmed.", until=until), "L-8.consultation"
            )
        )
    return objections
