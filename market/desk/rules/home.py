"""Judgement of the desk: how urgent a task is, why a notice fits an organization, how old a receivable is; all pure."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from enum import StrEnum

import msgspec

from market.base.calendar import is_provisional, next_working_day, working_days_between
from market.base.refusal import Objection, Said, say

_DAYS_OF_A_WEEK = 7
_BACK = timedelta(days=7)
_SHORTEST_AXIS = timedelta(days=30)
_LONGEST_AXIS = timedelta(days=120)


class Urgency(StrEnum):
    """How soon something must be done; a task without a day comes last."""

    LATE = "late"
    THIS_WEEK = "this-week"
    LATER = "later"
    UNDATED = "undated"


URGENCY_WORDS: Mapping[Urgency, Said] = {
    Urgency.LATE: say("Late"),
    Urgency.THIS_WEEK: say("Today and this week"),
    Urgency.LATER: say("Later"),
    Urgency.UNDATED: say("Without a fixed day"),
}


class TimeLeft(msgspec.Struct, frozen=True, kw_only=True):
    """How much time is left: working days (below 0 when late), whether the holiday list may still move it, words."""

    working_days: int
    provisional: bool
    late: bool
    words: Said


def time_left(*, by_when: date, today: date) -> TimeLeft:
    """Tell how much time is left until the end of a day, in working days, today not counted.

    Law: 财政部令87 第八十五条 for not counting the first day; HR-3 for what is provisional.
    """
    late = by_when < today
    days = -working_days_between(by_when, today) if late else working_days_between(today, by_when)
    return TimeLeft(
        working_days=days,
        provisional=is_provisional(by_when),
        late=late,
        words=_late(-days) if late else _ahead(days, is_today=by_when == today),
    )


def _late(days: int) -> Said:
    if days == 0:
        return say("just over")
    return say("1 working day late") if days == 1 else say("{count} working days late", count=days)


def _ahead(days: int, *, is_today: bool) -> Said:
    if is_today:
        return say("today")
    if days == 0:
        return say("before the next working day")
    return say("1 working day left") if days == 1 else say("{count} working days left", count=days)


def urgency_of(*, by_when: date | None, today: date) -> Urgency:
    """Tell how urgent a day is: late, within the week that ends on Sunday, later, or without a day."""
    if by_when is None:
        return Urgency.UNDATED
    if by_when < today:
        return Urgency.LATE
    sunday = today + timedelta(days=_DAYS_OF_A_WEEK - today.isoweekday())
    return Urgency.THIS_WEEK if by_when <= max(sunday, next_working_day(today)) else Urgency.LATER


class Fit(msgspec.Struct, frozen=True, kw_only=True):
    """Why a notice fits an organization: the categories it serves, whether it works in that street, what bars it."""

    categories: list[str]
    serves_street: bool
    may_supply: bool

    @property
    def weight(self) -> int:
        """Order fits: a street that it serves before one that it does not."""
        return 0 if self.serves_street else 1


def fit_of(
    *,
    item: str,
    items: Mapping[str, Collection[str]],
    street_name: str,
    service_areas: str,
    objections: Collection[Objection],
) -> Fit | None:
    """Tell why a notice fits an organization, None when none of its categories holds the notice's item.

    Whether and where it is listed is no reason for or against (D-01 to D-07): only what it does, where, and P-11.
    """
    categories = sorted(items.get(item, ()))
    if not categories:
        return None
    return Fit(
        categories=categories,
        serves_street=serves(street_name=street_name, service_areas=service_areas),
        may_supply=not objections,
    )


def serves(*, street_name: str, service_areas: str) -> bool:
    """Tell whether an organization's own words about its areas name a street, or the whole district or city.

    >>> serves(street_name="示例区梧桐街道办事处", service_areas="梧桐街道、清河街道")
    True
    """
    core = street_name.removesuffix("办事处").rpartition("区")[2]
    everywhere = any(word in service_areas for word in ("全区", "全市", "各街道"))
    return everywhere or (bool(core) and core in service_areas)


class Age(StrEnum):
    """How old a receivable is: not yet invoiced, in its payment period, in its last working days, or past it."""

    NOT_INVOICED = "not-invoiced"
    RUNNING = "running"
    SOON = "soon"
    LATE = "late"


AGE_WORDS: Mapping[Age, Said] = {
    Age.LATE: say("Past the payment period"),
    Age.SOON: say("Due within five working days"),
    Age.RUNNING: say("Invoiced, within the payment period"),
    Age.NOT_INVOICED: say("Accepted, not yet invoiced"),
}
_SOON = 5


def age_of(*, pay_by: date | None, today: date) -> Age:
    """Tell how old a receivable is by the last day of its payment period. Law: C-13."""
    if pay_by is None:
        return Age.NOT_INVOICED
    left = time_left(by_when=pay_by, today=today)
    if left.late:
        return Age.LATE
    return Age.SOON if left.working_days <= _SOON else Age.RUNNING


class Stage(StrEnum):
    """Where a purchase stands on its way, over all rooms."""

    WRITING = "writing"
    REVIEW = "review"
    APPROVED = "approved"
    BIDDING = "bidding"
    EVALUATION = "evaluation"
    OUTSIDE = "outside"
    SIGNING = "signing"
    DELIVERY = "delivery"
    CLOSED = "closed"


STAGE_WORDS: Mapping[Stage, Said] = {
    Stage.WRITING: say("Need being written"),
    Stage.REVIEW: say("Need in review"),
    Stage.APPROVED: say("Approved, notice to be published"),
    Stage.BIDDING: say("Notice open for bids"),
    Stage.EVALUATION: say("Bids opened, being evaluated"),
    Stage.OUTSIDE: say("Handed over, bought on the city’s platform"),
    Stage.SIGNING: say("Awarded, contract to be signed"),
    Stage.DELIVERY: say("Service being delivered"),
    Stage.CLOSED: say("Delivered, paid and closed"),
}
_OF_NEED = {
    "draft": Stage.WRITING,
    "sent-back": Stage.WRITING,
    "submitted": Stage.REVIEW,
    "handed-over": Stage.OUTSIDE,
    "awarded": Stage.SIGNING,
}
_OF_TENDER = {"draft": Stage.APPROVED, "open": Stage.BIDDING, "awarded": Stage.SIGNING, "contracted": Stage.DELIVERY}
_OF_CONTRACT = {"closed": Stage.CLOSED}


def stage_of(*, need: str, tender: str | None, contract: str | None) -> Stage:
    """Tell where a purchase stands from the states of its need, its live tender and its signed contract."""
    if contract is not None:
        return _OF_CONTRACT.get(contract, Stage.DELIVERY)
    if tender is not None:
        return _OF_TENDER.get(tender, Stage.EVALUATION)
    return _OF_NEED.get(need, Stage.APPROVED)


def horizon(*, days: Collection[date], today: date) -> tuple[date, date]:
    """Return the first and the last day of the time axis, from late days a week back at most to the last day ahead.

    At least thirty days are shown, so that two deadlines of one week do not look far apart, and at most a hundred and
    twenty, so that those of this month do not fall together; what comes later stands in the table.
    """
    begin = max(min(days), today - _BACK) if any(day < today for day in days) else today
    end = min(max(max(days, default=today), today + _SHORTEST_AXIS), today + _LONGEST_AXIS)
    return begin, end


def moment_between(*, day: date, begin: date, end: date) -> float:
    """Return where a day stands between two days, 0 to 1; what is outside stands at the edge."""
    whole = (end - begin).days or 1
    return min(max((day - begin).days / whole, 0.0), 1.0)
