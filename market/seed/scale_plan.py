"""What becomes of each purchase of a large town, decided by its number and the seed alone.

So it can be told again at any time and nothing need be kept. Days follow the law of the day and China's working days.
"""

import random
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property, lru_cache

import msgspec

from contracts.rules import money
from contracts.rules.performance import publish_acceptance_by
from contracts.rules.terms import publish_by
from market.base.calendar import (
    add_months,
    add_working_days,
    is_working_day,
    local_date,
    local_moment,
    subtract_working_days,
)
from market.law.rules import law_of
from market.law.states import Law, Provision
from market.tendering.rules.award import AwardClock, award_clock
from market.tendering.rules.notice import questions_until, schedule_for

BEGINS_ON = date(2021, 1, 4)
ENDS_AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
_DAY = timedelta(days=1)
_OFFICE_HOURS = 7 * 3600
_OPENING = time(9, 30)
_TOO_FEW, _FAILS = 6, 9
_TRIED_AGAIN_AFTER = 40
_SEVERAL_STAGES = Decimal(150_000)


class Size(msgspec.Struct, frozen=True, kw_only=True):
    """How much is built."""

    districts: int
    offices: int
    organizations: int
    menu: int
    notices: int


SIZES = {
    "small": Size(districts=2, offices=6, organizations=200, menu=50, notices=1_000),
    "medium": Size(districts=2, offices=24, organizations=20_000, menu=2_000, notices=100_000),
    "large": Size(districts=10, offices=240, organizations=200_000, menu=20_000, notices=1_000_000),
}


@dataclass(frozen=True, slots=True)
class Stage:
    """A milestone and the days of its delivery and payment; only what lies before the end has happened."""

    number: int
    title: str
    due_on: date
    share: Decimal
    reported_at: datetime
    accepted_at: datetime
    publish_by: date
    invoiced_at: datetime
    pay_by: date
    approved_at: datetime
    paid_at: datetime


@dataclass(frozen=True, slots=True)
class Dates:
    """When everything of one purchase happens, as far as it goes on."""

    published_at: datetime
    closes_at: datetime
    questions_until: datetime
    opened_at: datetime
    reported_at: datetime
    decided_at: datetime
    award: AwardClock
    drafted_at: datetime
    reviewed_at: datetime
    signed_at: datetime
    publish_by: date
    service_from: date
    service_until: date


@dataclass(frozen=True, slots=True)
class Plan:
    """One purchase: who wants what for how much, who bids, and how it goes."""

    number: int
    root: int
    office: int
    menu: int
    budget: Decimal
    quantity: int
    fate: str
    dates: Dates
    stages: tuple[Stage, ...]
    suppliers: tuple[int, ...]
    shares: tuple[Decimal, ...]
    random: random.Random


def mixed(seed: int, number: int) -> int:
    """Return a number that looks random and is told by its two inputs."""
    value = (number * 0x9E3779B97F4A7C15 + seed * 0xD1B54A32D192ED03 + 0x632BE59BD9B4E019) & 0xFFFFFFFFFFFFFFFF
    value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9 & 0xFFFFFFFFFFFFFFFF
    value = (value ^ (value >> 27)) * 0x94D049BB133111EB & 0xFFFFFFFFFFFFFFFF
    return value ^ (value >> 31)


class Planner:
    """Tells the plan of every purchase of a size and a seed."""

    def __init__(self, *, size: Size, seed: int, provisions: tuple[Provision, ...]) -> None:
        """Look up nothing yet; the provisions judge every day."""
        self.size = size
        self.seed = seed
        self._law: Callable[[date], Law] = lru_cache(maxsize=4096)(lambda day: law_of(provisions=provisions, day=day))
        self._dates = lru_cache(maxsize=8192)(self._count_dates)
        self._stage = lru_cache(maxsize=8192)(self._count_stage)

    @cached_property
    def days(self) -> list[date]:
        """Return the working days on which notices are published."""
        last = (local_date(ENDS_AT) - BEGINS_ON).days
        return [day for n in range(last) if is_working_day(day := BEGINS_ON + n * _DAY)]

    @cached_property
    def lag(self) -> int:
        """Return how many purchases later one that failed is tried again."""
        return -(-_TRIED_AGAIN_AFTER * self.size.notices // len(self.days))

    def fails(self, number: int) -> str:
        """Return how a purchase ends without an award, "" when it does not; what fails is always tried again."""
        if number + self.lag >= self.size.notices:
            return ""
        drawn = mixed(self.seed, number) % 100
        return "failed" if drawn < _TOO_FEW else "cancelled" if drawn < _FAILS else ""

    def root(self, number: int) -> int:
        """Return the first attempt at the same need."""
        while number >= self.lag and self.fails(number - self.lag):
            number -= self.lag
        return number

    def last_attempt(self, number: int) -> int:
        """Return the last attempt at the same need."""
        while self.fails(number):
            number += self.lag
        return number

    def first_of_year(self, year: int) -> int:
        """Return the first purchase whose notice was drafted in a year."""
        day = bisect_left(self.days, year, key=lambda on: tender_drafted_at(on).year)
        return -(-day * self.size.notices // len(self.days))

    def day(self, number: int) -> date:
        """Return the day of a purchase's notice."""
        return self.days[number * len(self.days) // self.size.notices]

    def plan(self, number: int) -> Plan:
        """Return the plan of a purchase."""
        root = self.root(number)
        need = random.Random(mixed(self.seed, root) << 1)  # noqa: S311  no secret
        office, menu = need.randrange(self.size.offices), need.randrange(self.size.menu)
        budget = Decimal(need.randrange(40, 480) * 1000)
        several, patience = budget >= _SEVERAL_STAGES, mixed(self.seed + 1, number) % 4
        dates = self._dates(self.day(number), patience)
        drawn = random.Random((mixed(self.seed, number) << 1) + 1)  # noqa: S311  no secret
        parts = ((6, "中期验收", "0.5"), (12, "期末验收", "0.5")) if several else ((12, "期末验收", "1"),)
        fate = self.fails(number) or _stands(dates)
        bids = 3 if not fate.startswith(("failed", "cancelled")) else drawn.randrange(1, 3) if fate == "failed" else 0
        within_day = number * len(self.days) % self.size.notices / self.size.notices
        seconds = int(within_day * _OFFICE_HOURS)
        dates = replace(dates, published_at=dates.published_at + timedelta(seconds=seconds))
        return Plan(
            number=number,
            root=root,
            office=office,
            menu=menu,
            budget=budget,
            quantity=need.randrange(20, 900) * 10,
            fate=fate,
            dates=dates,
            stages=tuple(
                self._stage(n, title, add_months(dates.service_from, months) - _DAY, Decimal(share))
                for n, (months, title, share) in enumerate(parts, 1)
            ),
            suppliers=tuple(drawn.sample(range(self.size.organizations), bids)),
            shares=tuple(sorted(Decimal(drawn.randrange(860, 985)) / 1000 for _ in range(bids))),
            random=drawn,
        )

    def _count_dates(self, day: date, patience: int) -> Dates:
        law = self._law(day)
        published_at = local_moment(day, time(9))
        earliest = local_date(schedule_for(published_at=published_at, law=law).earliest_closing_at)
        closing = add_working_days(earliest - _DAY, 1 + patience)
        closes_at = local_moment(closing, _OPENING)
        decided_at = local_moment(add_working_days(closing, 3), time(15))
        signed_on = add_working_days(closing, 8)
        begins = add_working_days(closing, 12)
        return Dates(
            published_at=published_at,
            closes_at=closes_at,
            questions_until=questions_until(closes_at=closes_at, law=law),
            opened_at=closes_at + timedelta(minutes=10),
            reported_at=closes_at + timedelta(hours=7),
            decided_at=decided_at,
            award=award_clock(decided_at=decided_at, law=law),
            drafted_at=local_moment(add_working_days(closing, 4), time(10)),
            reviewed_at=local_moment(add_working_days(closing, 6), time(14)),
            signed_at=local_moment(signed_on, time(11)),
            publish_by=publish_by(signed_on=signed_on, law=self._law(signed_on)),
            service_from=begins,
            service_until=add_months(begins, 12),
        )

    def _count_stage(self, number: int, title: str, due_on: date, share: Decimal) -> Stage:
        reported, accepted, invoiced = (add_working_days(due_on, n) for n in (1, 4, 6))
        return Stage(
            number=number,
            title=title,
            due_on=due_on,
            share=share,
            reported_at=local_moment(reported, time(10)),
            accepted_at=local_moment(accepted, time(16)),
            publish_by=publish_acceptance_by(accepted_on=accepted, law=self._law(accepted)),
            invoiced_at=local_moment(invoiced, time(9)),
            pay_by=money.pay_by(received_on=invoiced, law=self._law(invoiced)),
            approved_at=local_moment(add_working_days(invoiced, 2), time(15)),
            paid_at=local_moment(add_working_days(invoiced, 5), time(11)),
        )


def _stands(dates: Dates) -> str:
    """Return how far a purchase that is not given up has come at the end."""
    if dates.closes_at + timedelta(hours=1) > ENDS_AT:
        return "open"
    if dates.decided_at > ENDS_AT:
        return "opened"
    return "awarded" if dates.signed_at > ENDS_AT else "contracted"


@lru_cache(maxsize=8192)
def tender_drafted_at(day: date) -> datetime:
    """Return when the notice of a day was drafted."""
    return local_moment(subtract_working_days(day, 3), time(10))


@lru_cache(maxsize=8192)
def need_drafted_at(day: date) -> datetime:
    """Return when the need of a notice of a day was drafted."""
    return local_moment(subtract_working_days(day, 20), time(10))


@lru_cache(maxsize=8192)
def _closed_at(paid_on: date) -> datetime:
    return local_moment(add_working_days(paid_on, 5), time(14))


def closed_at(stages: tuple[Stage, ...]) -> datetime:
    """Return when a contract is closed: a week after its last payment."""
    return _closed_at(local_date(stages[-1].paid_at))


def is_over(moment: datetime) -> bool:
    """Tell whether a moment lies before the end."""
    return moment <= ENDS_AT
