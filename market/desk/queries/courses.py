"""One purchase on its way through the rooms, and the lane that its windows make on a street's year; reads nothing."""

from datetime import date, timedelta

import msgspec

from contracts.queries.year import ContractYear
from market.base.calendar import add_months, last_day, local_date
from market.desk.rules.year import (
    Phase,
    Step,
    Stretch,
    confirmed_by,
    last_days,
    next_step,
    stretch,
    stretches_of,
    wanted_start,
)
from market.law.states import Law
from market.needs.queries.year import YearNeed
from market.needs.states import Channel
from market.tendering.queries.year import TenderYear
from market.tendering.rules.award import AwardClock

_ONE_DAY = timedelta(days=1)


class Course(msgspec.Struct, frozen=True, kw_only=True):
    """A need with its live tender, the clock of its award and its contract, as far as it has come."""

    need: YearNeed
    tender: TenderYear | None
    clock: AwardClock | None
    contract: ContractYear | None

    @property
    def is_official(self) -> bool:
        """Tell whether it runs on the city's platform."""
        return self.need.channel == Channel.OFFICIAL

    @property
    def intention_due(self) -> bool:
        """Tell whether an intention must still be published before the purchase starts."""
        return self.is_official and self.need.intention_on is None


def start_of(course: Course) -> date | None:
    """Return the day on which the service begins: the contract's, else the notice's, else as the need wants it."""
    if course.contract is not None:
        return course.contract.from_on
    if course.tender is not None:
        return course.tender.service_from
    need = course.need
    return wanted_start(said=need.wanted_start_on, target_days=need.target_days, term_months=need.term_months)


def next_of(course: Course) -> Step | None:
    """Return what comes next, None once the contract is signed."""
    if course.contract is not None:
        return None if course.contract.signed_on else Step.SIGNING
    if course.need.state == "contracted":
        return None
    return next_step(
        need=course.need.state,
        tender=course.tender.state if course.tender else None,
        intention_due=course.intention_due,
    )


def stays_until(course: Course, *, today: date) -> date:
    """Return the first day on which the next step can be done: today, or the closing that a notice has announced."""
    if course.tender is not None and course.tender.state == "open":
        return max(today, last_day(course.tender.closes_at))
    return today


def lane_of(course: Course, *, law: Law) -> list[Stretch]:
    """Return the windows of a purchase: those that its notice, award and contract fixed, the rest as reckoned."""
    tender, contract = course.tender, course.contract
    if tender is not None and tender.published_at is not None:
        published = local_date(tender.published_at)
        first = contract.from_on if contract else tender.service_from
        last = contract.last_on if contract else tender.service_until - _ONE_DAY
        made = [*_before(course, until=published), *_tendered(course, tender, published_on=published, law=law)]
        return [*made, stretch(phase=Phase.SERVICE, since=first, until=last, planned=contract is None)]
    if contract is not None:
        service = stretch(phase=Phase.SERVICE, since=contract.from_on, until=contract.last_on)
        return [*_before(course, until=contract.signed_on or contract.sign_by), service]
    return _planned(course, law=law)


def _before(course: Course, *, until: date) -> list[Stretch]:
    published = course.need.intention_on
    return [stretch(phase=Phase.INTENTION, since=published, until=until, law="B-8")] if published else []


def _tendered(course: Course, tender: TenderYear, *, published_on: date, law: Law) -> list[Stretch]:
    """Return the windows of a published notice: bids, decision, challenge, signing."""
    closed = last_day(tender.closes_at)
    made = [stretch(phase=Phase.BIDDING, since=published_on, until=closed, law="L-1.consultation")]
    if tender.decided_at is None or course.clock is None:
        known = last_day(tender.confirm_until) if tender.confirm_until else None
        until = known or confirmed_by(closed_on=closed, law=law)
        return [
            *made,
            stretch(phase=Phase.DECIDING, since=closed, until=until, law="L-8.consultation", planned=known is None),
        ]
    decided, clock = local_date(tender.decided_at), course.clock
    signed = course.contract.signed_on if course.contract else None
    until = signed or clock.sign_by
    return [
        *made,
        stretch(phase=Phase.DECIDING, since=closed, until=decided, law="L-8.consultation"),
        stretch(phase=Phase.OBJECTING, since=decided, until=clock.challenge_until, law="Q-1"),
        stretch(
            phase=Phase.SIGNING,
            since=min(clock.challenge_until, until),
            until=until,
            law="L-11",
            planned=signed is None,
        ),
    ]


def _planned(course: Course, *, law: Law) -> list[Stretch]:
    """Return the lane of what is only wanted, by the last days of its steps; nothing when nobody knows its start."""
    start = start_of(course)
    if start is None or course.need.state == "contracted":
        return []
    months = course.need.term_months
    ends_on = add_months(start, months) - _ONE_DAY if months else None
    if course.tender is not None:
        ends_on = course.tender.service_until - _ONE_DAY
    planned = stretches_of(last_days(start_on=start, official=course.intention_due, law=law), ends_on=ends_on)
    return [*_before(course, until=planned[0].since), *planned]
