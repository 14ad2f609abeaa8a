"""The course of a tender as everybody may follow it: what happened, what comes next, how long is left. Pure."""

from collections.abc import Sequence
from datetime import date, datetime

import msgspec

from market.base.calendar import last_day, local_date, working_days_between
from market.base.refusal import Said, say
from market.tendering.states import State

_SCORED = frozenset({State.QUOTING, State.RANKED, State.EVALUATED, State.AWARDED, State.CONTRACTED})
_ENDED = {State.FAILED: say("Ended: too few suppliers"), State.CANCELLED: say("Cancelled by the street office")}
_QUESTIONS = "L-4.consultation"
_PUBLISHED, _TO_PUBLISH = say("Notice published"), say("Notice to be published")
_SIGNED, _TO_SIGN = say("Contract signed"), say("Sign the contract by")
_HOUR, _MINUTE = 3600, 60


class Moments(msgspec.Struct, frozen=True, kw_only=True):
    """The moments of a tender as its notice and its result tell them; None while unknown."""

    state: State
    published_at: datetime | None
    questions_until: datetime | None
    closes_at: datetime
    opens_at: datetime
    opened_at: datetime | None
    quotes_until: datetime | None
    confirm_until: datetime | None
    ended_at: datetime | None
    decided_at: datetime | None = None
    notice_until: date | None = None
    challenge_until: date | None = None
    sign_by: date | None = None


class Stop(msgspec.Struct, frozen=True, kw_only=True):
    """One stop: its words, its moment or day (None without a fixed one), its rule; past, now or still ahead ("")."""

    words: Said
    at: datetime | date | None
    law: str
    standing: str


_Told = tuple[Said, datetime | date | None, str, bool]


def course_of(*, moments: Moments, now: datetime) -> list[Stop]:
    """Return the stops in their order; the first that is not past is the present one.

    A tender that ended early tells what happened, and its end.
    """
    told = _until_the_report(moments, now) + _after_the_report(moments, now)
    if moments.state in _ENDED:
        told = [stop for stop in told if stop[3]] + [(_ENDED[moments.state], moments.ended_at, "", True)]
    present = next((n for n, stop in enumerate(told) if not stop[3]), None)
    return [
        Stop(words=words, at=at, law=law, standing="past" if done else "now" if n == present else "")
        for n, (words, at, law, done) in enumerate(told)
    ]


def headline_of(stops: Sequence[Stop]) -> Stop | None:
    """Return the stop a reader wants first: the next one, questions left aside for the closing; None at the end."""
    return next((stop for stop in stops if stop.standing != "past" and stop.law != _QUESTIONS), None)


def _until_the_report(m: Moments, now: datetime) -> list[_Told]:
    opened = m.opened_at is not None
    return [
        (_PUBLISHED if m.published_at else _TO_PUBLISH, m.published_at, "", m.published_at is not None),
        (say("Questions until"), m.questions_until, _QUESTIONS, _is_over(m.questions_until, now)),
        (say("Closing"), m.closes_at, "L-1.consultation", _is_over(m.closes_at, now)),
        (say("Bids opened") if opened else say("Opening"), m.opened_at or m.opens_at, "HR-5", opened),
        (say("The panel checks and scores"), None, "E-3", m.state in _SCORED),
        (say("Final quotes until"), m.quotes_until, "M-4", _is_over(m.quotes_until, now) or _is_decided(m)),
    ]


def _after_the_report(m: Moments, now: datetime) -> list[_Told]:
    if m.decided_at is None:
        return [(say("Result confirmed by"), m.confirm_until, "L-8.consultation", False)]
    today = local_date(now)
    signed = m.state is State.CONTRACTED
    return [
        (say("Result published"), m.decided_at, "L-9.consultation", True),
        (say("Result notice until"), m.notice_until, "L-10.consultation", _is_past(m.notice_until, today)),
        (say("Challenges until"), m.challenge_until, "Q-1", _is_past(m.challenge_until, today)),
        (
            say("Contract signed") if signed else say("Sign the contract by"),
            None if signed else m.sign_by,
            "L-11",
            signed,
        ),
    ]


def _is_over(until: datetime | None, now: datetime) -> bool:
    return until is not None and now >= until


def _is_past(day: date | None, today: date) -> bool:
    return day is not None and today > day


def _is_decided(m: Moments) -> bool:
    return m.state in (State.EVALUATED, State.AWARDED, State.CONTRACTED)


def time_left(*, until: datetime | date | None, now: datetime) -> Said | None:
    """Tell how long is left: in hours within a day, else in days and working days; None when over or unknown.

    A day counts to its end. Today is not counted. Law: 财政部令87 第八十五条.
    """
    today = local_date(now)
    if until is None:
        return None
    if isinstance(until, datetime):
        seconds = int((until - now).total_seconds())
        if seconds <= 0:
            return None
        if seconds < 24 * _HOUR:
            hours, rest = divmod(seconds, _HOUR)
            return say("{hours} hours and {minutes} minutes left", hours=hours, minutes=rest // _MINUTE)
    last = last_day(until) if isinstance(until, datetime) else until
    days = (last - today).days
    if days < 0:
        return None
    if days == 0:
        return say("Today is the last day")
    working = working_days_between(today, last)
    return say("{days} days left, {working} of them working days", days=days, working=working)
