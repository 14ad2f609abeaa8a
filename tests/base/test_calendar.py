"""Working days of China and deadlines that roll, against the State Council's lists of 2025 and 2026."""

from datetime import UTC, date, datetime, time

import pytest

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
