"""Judgement of a year's holiday list: reading it, what it changes, and which deadlines it moves. Law: HR-3."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TypeVar

import msgspec

from market.base.calendar import Lists, is_working_day, supposing
from market.base.refusal import Objection, say

D = TypeVar("D", date, datetime)
_ONE_DAY = timedelta(days=1)
_OFF = frozenset({"off", "休", "放假", "休息", "holiday"})
_WORKING = frozenset({"working", "work", "班", "上班", "补班", "调休上班"})
_ALWAYS_OFF = ((1, 1), (5, 1), (10, 1))
_LONGEST = timedelta(days=31)
_SATURDAY = 6
_DECEMBER = 12


class NamedDay(msgspec.Struct, frozen=True, kw_only=True):
    """A day that the list names: `works` for a weekend on which offices work, otherwise they are closed."""

    day: date
    works: bool = False


def read_days(text: str) -> tuple[list[NamedDay], list[Objection]]:
    """Read lines such as `2027-02-05, off`, `2027-01-30, working`, or `2027-02-05/2027-02-11, off` for several days.

    Object to every line that says something else, by its number; empty lines and a line of headings are passed over.
    """
    named: list[NamedDay] = []
    faults: list[Objection] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or (number == 1 and not any(c.isdigit() for c in line)):
            continue
        read = _read_line(line.strip())
        if read is None:
            words = say("Line {number} is not read: write a day, a comma, and off or working.", number=number)
            faults.append(Objection("csv", words))
        else:
            named += read
    return named, faults


def _read_line(line: str) -> list[NamedDay] | None:
    days, _, kind = line.replace("，", ",").replace("\t", ",").partition(",")
    word = kind.strip().casefold()
    if word not in _OFF | _WORKING:
        return None
    first, _, last = days.strip().partition("/")
    try:
        begin, end = date.fromisoformat(first.strip()), date.fromisoformat((last or first).strip())
    except ValueError:
        return None
    if not timedelta(0) <= end - begin <= _LONGEST:
        return None
    return [NamedDay(day=begin + n * _ONE_DAY, works=word in _WORKING) for n in range((end - begin).days + 1)]


def objections_to_list(*, year: int, days: Sequence[NamedDay], changed: Iterable[date], today: date) -> list[Objection]:
    """Object to a list that cannot be a year's: of a year gone, of no days, with days of another year or named twice.

    A list names New Year's Day, Labour Day and National Day as holidays, and moves only weekends to working days
    (全国年节及纪念日放假办法). `changed` are the days that would become otherwise than now; a day gone by stays.
    """
    found: list[Objection] = []
    if not days:
        return [Objection("csv", say("Give the days that the list names."))]
    if not today.year <= year <= today.year + 1:
        found.append(Objection("year", say("A list is taken in for this year or the next."), "HR-3"))
    all_days = [named.day for named in days]
    if len(all_days) != len(set(all_days)):
        found.append(Objection("csv", say("A day stands twice in the list.")))
    # New Year's holiday may begin in the last days of the year before.
    stray = [day for day in all_days if day.year != year and (day.year, day.month) != (year - 1, _DECEMBER)]
    if stray:
        found.append(Objection("csv", say("{day} is not of that year.", day=stray[0])))
    off = {named.day for named in days if not named.works}
    missing = [date(year, *month_day) for month_day in _ALWAYS_OFF if date(year, *month_day) not in off]
    if missing:
        found.append(Objection("csv", say("{day} is a holiday in every list; is this one whole?", day=missing[0])))
    moved = [named.day for named in days if named.works and named.day.isoweekday() < _SATURDAY]
    if moved:
        found.append(Objection("csv", say("{day} is no weekend: only weekends become working days.", day=moved[0])))
    gone = [day for day in changed if day <= today]
    if gone and not found:
        found.append(Objection("csv", say("{day} is past and stays as it was reckoned.", day=gone[0]), "HR-3"))
    return found


def lists_with(*, lists: Lists, year: int, days: Iterable[NamedDay], replaced: Iterable[date]) -> Lists:
    """Return the lists with a year's put in the place of what was there for it."""
    gone = frozenset(replaced)
    kept: Mapping[date, bool] = {day: works for day, works in lists.days.items() if day not in gone}
    return Lists(years=lists.years | {year}, days={**kept, **{named.day: named.works for named in days}})


def changes(*, year: int, lists: Lists) -> list[NamedDay]:
    """Return the days, from the December before on, that offices would work or not otherwise than reckoned now."""
    first = date(year - 1, _DECEMBER, 1)
    found = []
    for n in range((date(year + 1, 1, 1) - first).days):
        day = first + n * _ONE_DAY
        now = is_working_day(day)
        with supposing(lists):
            then = is_working_day(day)
        if now is not then:
            found.append(NamedDay(day=day, works=then))
    return found


def moved_to(*, before: D, after: D, now: D) -> D | None:
    """Return where a deadline that the law's arithmetic made moves, None when it stays.

    It never moves into the past: who relied on the provisional day would be late without having known.
    """
    return after if after != before and after > now else None
