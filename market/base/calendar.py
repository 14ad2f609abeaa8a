"""China's working days and the arithmetic of deadlines; pure, in days of Asia/Shanghai and moments in UTC.

The start day is never counted. Working days follow the State Council's yearly list, moved working weekends
included: the lists that were taken in (`keep`), and for other years those that come with the package `holidays`.
Beyond the last issued list every answer is provisional and must be marked so (house rule HR-3).
"""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

import holidays

SHANGHAI = ZoneInfo("Asia/Shanghai")
_ONE_DAY = timedelta(days=1)
_DAYS = holidays.country_holidays("CN")
_FIRST_LISTED_YEAR = 2007
_FARTHEST_YEAR = 2100
_FRIDAY = 5


@dataclass(frozen=True, eq=False)
class Lists:
    """The holiday lists that were taken in: the years they are of, and the days they name, True for working days.

    Known by itself and not by what it holds, so that what is reckoned with it can be kept under it.
    """

    years: frozenset[int] = frozenset()
    days: Mapping[date, bool] = field(default_factory=dict)


class _Kept:
    """The lists this process reckons with."""

    lists = Lists()


_SUPPOSED: ContextVar[Lists | None] = ContextVar("supposed_lists", default=None)


def keep(lists: Lists) -> None:
    """Reckon with these lists from now on, in the whole process."""
    _Kept.lists = lists


@contextmanager
def supposing(lists: Lists) -> Iterator[None]:
    """Reckon with these lists within, in this task alone: they may still be taken back."""
    token = _SUPPOSED.set(lists)
    try:
        yield
    finally:
        _SUPPOSED.reset(token)


def is_supposed() -> bool:
    """Tell whether this task reckons with lists that the others do not have."""
    return _SUPPOSED.get() is not None


def present_lists() -> Lists:
    """Return the lists reckoned with; who keeps what follows from a day keeps it under these."""
    return _SUPPOSED.get() or _Kept.lists


def is_working_day(day: date) -> bool:
    """Tell whether offices work on this day: neither weekend nor holiday, or a weekend moved to a working day."""
    return _works(day, present_lists())


@lru_cache(maxsize=20_000)
def _works(day: date, lists: Lists) -> bool:
    named = lists.days.get(day)
    if named is not None:
        return named
    by_weekday = day.year in lists.years or day.year > _FARTHEST_YEAR
    return day.isoweekday() <= _FRIDAY if by_weekday else bool(_DAYS.is_working_day(day))


def last_issued_day() -> date:
    """Return the last day of the last year up to which the State Council's holiday lists are known."""
    return _last_issued(present_lists())


@lru_cache(maxsize=64)
def _last_issued(lists: Lists) -> date:
    year = _last_packaged_year()
    while year + 1 in lists.years:
        year += 1
    return date(year, 12, 31)


@cache
def _last_packaged_year() -> int:
    years = range(_FIRST_LISTED_YEAR, _FARTHEST_YEAR)
    return max(day.year for day in holidays.country_holidays("CN", years=years).weekend_workdays)


def is_provisional(day: date) -> bool:
    """Tell whether a deadline on this day may still move because the year's holiday list is not issued."""
    return day > last_issued_day()


def next_working_day(day: date) -> date:
    """Return the day itself when it is a working day, else the first one after it."""
    while not is_working_day(day):
        day += _ONE_DAY
    return day


def add_days(start: date, n: int) -> date:
    """Return the last day of a period of n calendar days, the start day not counted.

    A last day on which offices are closed rolls to the next working day. Law: 财政部令87 第八十五、八十六条.
    """
    return next_working_day(start + timedelta(days=n))


def add_working_days(start: date, n: int) -> date:
    """Return the n-th working day after the start day, which is not counted; n is at least 1."""
    return _nth_working_day(start, n, _ONE_DAY)


def subtract_working_days(start: date, n: int) -> date:
    """Return the n-th working day before the start day, which is not counted; n is at least 1."""
    return _nth_working_day(start, n, -_ONE_DAY)


def _nth_working_day(start: date, n: int, step: timedelta) -> date:
    if n < 1:
        raise ValueError("a period has at least one working day")
    day = start
    while n:
        day += step
        n -= is_working_day(day)
    return day


def add_months(day: date, months: int) -> date:
    """Return the same day so many months later (earlier below 0), or that month's last day when it is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, min(day.day, monthrange(day.year + years, month + 1)[1]))


def working_days_between(start: date, until: date) -> int:
    """Count the working days after the start day up to and including the last; 0 when it is not later."""
    if until.year > start.year:
        # Whole years at once: who names a day in the year 9999 must not make us walk there.
        between = sum(_working_days_of(year, present_lists()) for year in range(start.year + 1, until.year))
        eve = date(until.year - 1, 12, 31)
        return _walked(start, date(start.year, 12, 31)) + between + _walked(eve, until)
    return _walked(start, until)


def _walked(start: date, until: date) -> int:
    days = (start + timedelta(days=i) for i in range(1, (until - start).days + 1))
    return sum(is_working_day(day) for day in days)


@lru_cache(maxsize=10_000)
def _working_days_of(year: int, _lists: Lists) -> int:
    return _walked(date(year - 1, 12, 31), date(year, 12, 31))


def local_date(moment: datetime) -> date:
    """Return the day in Shanghai at a moment."""
    return moment.astimezone(SHANGHAI).date()


def start_of_day(day: date) -> datetime:
    """Return 00:00 of a day in Shanghai, as a moment in UTC."""
    return local_moment(day, time())


def end_of_day(day: date) -> datetime:
    """Return 24:00 of a day in Shanghai, as a moment in UTC: the exclusive end of a period's last day."""
    return start_of_day(day + _ONE_DAY)


def last_day(until: datetime) -> date:
    """Return the last day of a period by its exclusive end: 24:00 of a day is still that day, 09:30 its own."""
    return local_date(until - timedelta(microseconds=1))


def local_moment(day: date, at: time) -> datetime:
    """Return a time of day in Shanghai as a moment in UTC."""
    return datetime.combine(day, at, SHANGHAI).astimezone(UTC)
