"""Working days of China and deadlines that roll, against the State Council's lists of 2025 and 2026."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from market.base.calendar import (
    add_days,
    add_working_days,
    end_of_day,
    is_provisional,
    is_working_day,
    last_issued_day,
    local_date,
    local_moment,
    start_of_day,
    subtract_working_days,
    working_days_between,
)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 2, 13), True),
        (date(2026, 2, 14), True),
        (date(2026, 2, 15), False),
        (date(2026, 2, 16), False),
        (date(2026, 2, 23), False),
        (date(2026, 2, 28), True),
        (date(2026, 4, 6), False),
        (date(2026, 10, 5), False),
        (date(2026, 10, 10), True),
        (date(2025, 9, 28), True),
        (date(2025, 10, 8), False),
    ],
)
def test_moved_working_weekends_are_known(day: date, works: bool) -> None:  # noqa: FBT001
    assert is_working_day(day) is works


def test_calendar_days_exclude_the_start_and_roll_over_holidays() -> None:
    assert add_days(date(2026, 3, 2), 10) == date(2026, 3, 12)
    assert add_days(date(2026, 3, 4), 10) == date(2026, 3, 16)
    assert add_days(date(2026, 2, 6), 10) == date(2026, 2, 24)


def test_working_days_jump_the_spring_festival() -> None:
    assert add_working_days(date(2026, 2, 12), 3) == date(2026, 2, 24)
    assert subtract_working_days(date(2026, 2, 24), 3) == date(2026, 2, 12)
    assert working_days_between(date(2026, 2, 12), date(2026, 2, 24)) == 3
    assert working_days_between(date(2026, 2, 24), date(2026, 2, 12)) == 0


def test_a_period_of_no_working_days_is_a_fault() -> None:
    with pytest.raises(ValueError, match="at least one"):
        add_working_days(date(2026, 3, 2), 0)


def test_days_end_at_midnight_in_shanghai() -> None:
    assert end_of_day(date(2026, 3, 2)) == datetime(2026, 3, 2, 16, tzinfo=UTC)
    assert start_of_day(date(2026, 3, 3)) == end_of_day(date(2026, 3, 2))
    assert local_date(datetime(2026, 3, 2, 16, tzinfo=UTC)) == date(2026, 3, 3)
    assert local_date(datetime(2026, 3, 2, 15, 59, 59, tzinfo=UTC)) == date(2026, 3, 2)
    assert local_moment(date(2026, 3, 2), time(9, 30)) == datetime(2026, 3, 2, 1, 30, tzinfo=UTC)


def test_days_beyond_the_last_list_are_provisional() -> None:
    assert last_issued_day() >= date(2026, 12, 31)
    assert not is_provisional(last_issued_day())
    assert is_provisional(date(last_issued_day().year + 1, 1, 1))


def test_a_count_over_years_is_the_sum_of_its_days() -> None:
    start, until = date(2023, 11, 6), date(2027, 3, 2)
    walked = sum(is_working_day(start + timedelta(days=n)) for n in range(1, (until - start).days + 1))
    assert working_days_between(start, until) == walked
    assert working_days_between(date(2026, 11, 23), date(2999, 12, 31)) > 250_000


DAYS = st.dates(date(2024, 1, 1), date(2026, 10, 31)).filter(is_working_day)
PERIODS = st.integers(1, 30)


@given(DAYS, PERIODS)
def test_working_days_added_are_taken_back(day: date, n: int) -> None:
    assert subtract_working_days(add_working_days(day, n), n) == day
    assert working_days_between(day, add_working_days(day, n)) == n


@given(DAYS, PERIODS, PERIODS)
def test_a_longer_period_never_ends_earlier(day: date, one: int, other: int) -> None:
    shorter, longer = sorted((one, other))
    assert add_days(day, shorter) <= add_days(day, longer)
    assert add_working_days(day, shorter) <= add_working_days(day, longer)
    assert is_working_day(add_days(day, one))


def test_a_challenge_counts_from_the_end_of_the_notice_period() -> None:
    """Result on Monday, one working day of notice ends on Tuesday; the seventh from Wednesday is the next Thursday."""
    notice_ends = add_working_days(date(2026, 3, 2), 1)
    assert (notice_ends, add_working_days(notice_ends, 7)) == (date(2026, 3, 3), date(2026, 3, 12))
