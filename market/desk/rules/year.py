"""Judgement of a street's year, pure: counted back from the wanted start, what must be done by when; what leaves a gap.

The periods are those of competitive consultation on the day of asking, as the street's own tenders keep them. Nothing
here is a deadline of the law by itself: a step's last day is the last on which all that follows can still be lawful.
"""

from collections.abc import Callable, Collection, Sequence
from datetime import date, timedelta
from enum import StrEnum

import msgspec

from market.base.calendar import add_days, add_months, is_provisional, is_working_day, start_of_day
from market.base.refusal import Said, say
from market.law.states import Law
from market.tendering.rules.award import challenge_until
from market.tendering.rules.notice import period_after, schedule_for

_ONE_DAY = timedelta(days=1)


class Step(StrEnum):
    """What a purchase goes through before its service begins, in order."""

    REVIEW = "review"
    INTENTION = "intention"
    NOTICE = "notice"
    CLOSING = "closing"
    AWARD = "award"
    SIGNING = "signing"
    START = "start"


STEP_WORDS: dict[Step, Said] = {
    Step.REVIEW: say("Need approved"),
    Step.INTENTION: say("Intention published"),
    Step.NOTICE: say("Notice published"),
    Step.CLOSING: say("Bids closed and opened"),
    Step.AWARD: say("Award confirmed and published"),
    Step.SIGNING: say("Contract signed by both sides"),
    Step.START: say("Service begins"),
}


class LastDay(msgspec.Struct, frozen=True, kw_only=True):
    """The last day on which a step can be done; `law` names the period that follows it, "" when none does.

    `provisional`: a holiday list that is not issued yet may still move it.
    """

    step: Step
    on: date
    law: str
    provisional: bool


def last_days(*, start_on: date, official: bool, law: Law) -> list[LastDay]:
    """Return the last day of every step of a purchase whose service is to begin on a day, the first step first.

    Counted back: signed on the working day before; the result known so early that the time to challenge it is over
    (Q-1, with the result's notice L-10), since a founded challenge stops the signing (Q-5); bids closed so early that
    report (L-7) and confirmation (L-8) may take all the time they have; the notice out for the longest of L-1, L-2 and
    L-3; an intention thirty days before that (B-8) when the purchase runs officially; the need reviewed before anything
    starts (B-6). Every day is one on which offices work.
    """
    signing = _working_day_before(start_on)
    award = _latest(_working_day_before(signing), by=lambda day: challenge_until(published_on=day, law=law) < signing)
    closing = _latest(award, by=lambda day: confirmed_by(closed_on=day, law=law) <= award)
    notice = _latest(closing, by=lambda day: _closes_on(day, law) < closing)
    found = [
        (Step.NOTICE, notice, _binding_period(notice, law)),
        (Step.CLOSING, closing, "L-8.consultation"),
        (Step.AWARD, award, "Q-1"),
        (Step.SIGNING, signing, "N-10"),
        (Step.START, start_on, ""),
    ]
    first = notice
    if official:
        length = int(law.number("B-8"))
        first = _latest(notice, by=lambda day: add_days(day, length) <= notice)
        found.insert(0, (Step.INTENTION, first, "B-8"))
    found.insert(0, (Step.REVIEW, _working_day_before(first), "B-6"))
    unsure = is_provisional(start_on)
    return [LastDay(step=step, on=on, law=rule, provisional=unsure) for step, on, rule in found]


def confirmed_by(*, closed_on: date, law: Law) -> date:
    """Return the last day of the confirmation when bids are opened as they close: L-7 for the report, then L-8."""
    reported = period_after(start=closed_on, law_id="L-7.consultation", law=law).last_day
    return period_after(start=reported, law_id="L-8.consultation", law=law).last_day


def _closes_on(day: date, law: Law) -> date:
    """Return the day at whose end the bidding of a notice published on a day may end; the next is open at any hour."""
    return max(period.last_day for period in schedule_for(published_at=start_of_day(day), law=law).periods)


def _binding_period(day: date, law: Law) -> str:
    periods = schedule_for(published_at=start_of_day(day), law=law).periods
    return max(periods, key=lambda period: period.last_day).law


def _latest(start: date, *, by: Callable[[date], bool]) -> date:
    """Return the last working day up to a day for which something holds; later days only make it harder."""
    day = start
    while not (is_working_day(day) and by(day)):
        day -= _ONE_DAY
    return day


def _working_day_before(day: date) -> date:
    return _latest(day - _ONE_DAY, by=lambda _: True)


def earliest_start(*, next_step: Step, intention_due: bool, on: date, law: Law) -> date:
    """Return the first day on which the service can begin when the next step is done on a day, all else without delay.

    The same periods forwards; review and publication of one day each, the evaluation as long as the law gives it.
    """
    day = on
    if next_step is Step.REVIEW:
        day = _first(day + _ONE_DAY)
    if intention_due and next_step in (Step.REVIEW, Step.INTENTION):
        day = add_days(day, int(law.number("B-8")))
    if next_step in (Step.REVIEW, Step.INTENTION, Step.NOTICE):
        day = _first(_closes_on(day, law) + _ONE_DAY)
    if next_step not in (Step.AWARD, Step.SIGNING):
        day = confirmed_by(closed_on=day, law=law)
    if next_step is not Step.SIGNING:
        day = _first(challenge_until(published_on=day, law=law) + _ONE_DAY)
    return day + _ONE_DAY


def _first(day: date) -> date:
    while not is_working_day(day):
        day += _ONE_DAY
    return day


_OF_NEED = {
    "draft": Step.REVIEW,
    "submitted": Step.REVIEW,
    "sent-back": Step.REVIEW,
    "handed-over": Step.AWARD,
    "awarded": Step.SIGNING,
}
_OF_TENDER = {"draft": Step.NOTICE, "open": Step.CLOSING, "awarded": Step.SIGNING}


def next_step(*, need: str, tender: str | None, intention_due: bool) -> Step:
    """Return what a purchase without a signed contract must go through next; an intention only before its notice."""
    if tender is not None:
        return _OF_TENDER.get(tender, Step.AWARD)
    return _OF_NEED.get(need, Step.INTENTION if intention_due else Step.NOTICE)


def wanted_start(*, said: date | None, target_days: Collection[date], term_months: int | None) -> date | None:
    """Return the day on which a service is wanted: as the need says, else its term before the earliest target's day."""
    if said is not None or not target_days or not term_months:
        return said
    return add_months(min(target_days), -term_months)


class Term(msgspec.Struct, frozen=True, kw_only=True):
    """A service that runs or is to run: of which need, from when, until when (exclusive, None unknown)."""

    need: str
    service: str
    from_on: date
    until_on: date | None = None


class Gap(msgspec.Struct, frozen=True, kw_only=True):
    """A service that ends: what follows it (None: nothing yet) and for how many days there is none (None: no end)."""

    ends: Term
    follows: Term | None
    days: int | None


def gaps(*, terms: Sequence[Term], since: date, until: date) -> list[Gap]:
    """Return the terms that end in [since, until) and are not followed at once by the same service of another need.

    What follows begins after the other one began; the one that begins first counts. The first to end comes first.
    """
    found = []
    for term in terms:
        if term.until_on is None or not since <= term.until_on < until:
            continue
        later = [
            other
            for other in terms
            if other.service == term.service and other.need != term.need and other.from_on > term.from_on
        ]
        nearest = min(later, key=lambda other: other.from_on, default=None)
        days = (nearest.from_on - term.until_on).days if nearest else None
        if days is None or days > 0:
            found.append(Gap(ends=term, follows=nearest, days=days))
    return sorted(found, key=lambda gap: (gap.ends.until_on or date.max, gap.ends.need))


class Phase(StrEnum):
    """What a stretch of a purchase's lane is."""

    INTENTION = "intention"
    BIDDING = "bidding"
    DECIDING = "deciding"
    OBJECTING = "objecting"
    SIGNING = "signing"
    SERVICE = "service"


PHASE_WORDS: dict[Phase, Said] = {
    Phase.INTENTION: say("Intention published, purchase not begun"),
    Phase.BIDDING: say("Notice out, bids taken"),
    Phase.DECIDING: say("Evaluation and confirmation"),
    Phase.OBJECTING: say("Result published, time to challenge"),
    Phase.SIGNING: say("Contract to be signed"),
    Phase.SERVICE: say("Service runs"),
}


class Stretch(msgspec.Struct, frozen=True, kw_only=True):
    """A part of a purchase's lane, both days included; `planned`: reckoned, not yet fixed by what was published."""

    phase: Phase
    since: date
    until: date
    law: str
    planned: bool
    provisional: bool


def stretch(*, phase: Phase, since: date, until: date, law: str = "", planned: bool = False) -> Stretch:
    """Return a part of a lane; it is provisional when its last day may still be moved by a holiday list."""
    return Stretch(
        phase=phase,
        since=since,
        until=max(since, until),
        law=law,
        planned=planned,
        provisional=bool(law) and is_provisional(until),
    )


def stretches_of(days: Sequence[LastDay], *, ends_on: date | None) -> list[Stretch]:
    """Return the lane of a purchase that is only planned, by the last days of its steps; `ends_on` ends its service."""
    on = {day.step: day.on for day in days}
    parts = [
        (Phase.INTENTION, Step.INTENTION, Step.NOTICE, "B-8"),
        (Phase.BIDDING, Step.NOTICE, Step.CLOSING, "L-1.consultation"),
        (Phase.DECIDING, Step.CLOSING, Step.AWARD, "L-8.consultation"),
        (Phase.OBJECTING, Step.AWARD, Step.SIGNING, "Q-1"),
    ]
    made = [
        stretch(phase=phase, since=on[first], until=on[last], law=law, planned=True)
        for phase, first, last, law in parts
        if first in on
    ]
    return [*made, stretch(phase=Phase.SERVICE, since=on[Step.START], until=ends_on or on[Step.START], planned=True)]
