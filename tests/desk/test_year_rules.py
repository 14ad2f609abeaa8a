"""Counting back from the day on which a service is wanted, by hand with the holiday list of 2026 beside it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from market.base.calendar import is_working_day
from market.desk.rules.year import (
    Gap,
    Step,
    Term,
    confirmed_by,
    earliest_start,
    gaps,
    last_days,
    next_step,
    stretches_of,
    wanted_start,
)
from market.tendering.rules.award import challenge_until
from tests.tendering.test_rules import law_on

LAW = law_on(date(2026, 3, 2))

# The dragon boat holiday is 19 to 21 June; the national one 1 to 7 October, with Saturday 10 October worked.
BEFORE_JULY = [
    (Step.REVIEW, date(2026, 5, 22), "B-6"),  # the working day before anything starts
    (Step.NOTICE, date(2026, 5, 25), "L-1.consultation"),  # ten days: 4 June, so that 5 June is open at any hour
    (Step.CLOSING, date(2026, 6, 5), "L-8.consultation"),  # L-7 to 9 June, then five working days: 16 June
    (Step.AWARD, date(2026, 6, 16), "Q-1"),  # L-10 to 17 June, seven working days to 29 June
    (Step.SIGNING, date(2026, 6, 30), "N-10"),
    (Step.START, date(2026, 7, 1), ""),
]


def test_a_service_of_july_must_be_announced_in_may() -> None:
    found = last_days(start_on=date(2026, 7, 1), official=False, law=LAW)
    assert [(day.step, day.on, day.law) for day in found] == BEFORE_JULY
    assert not any(day.provisional for day in found)


def test_the_official_channel_takes_thirty_days_more_for_the_intention() -> None:
    """B-8: 24 April and thirty days is Sunday 24 May, which rolls to Monday the 25th; 25 April is a Saturday."""
    found = last_days(start_on=date(2026, 7, 1), official=True, law=LAW)
    assert [(day.step, day.on) for day in found[:3]] == [
        (Step.REVIEW, date(2026, 4, 23)),
        (Step.INTENTION, date(2026, 4, 24)),
        (Step.NOTICE, date(2026, 5, 25)),
    ]
    assert found[1].law == "B-8"


def test_holidays_and_worked_weekends_count_as_they_are_issued() -> None:
    found = {day.step: day.on for day in last_days(start_on=date(2026, 10, 12), official=False, law=LAW)}
    assert found[Step.SIGNING] == date(2026, 10, 10)
    assert found[Step.AWARD] == date(2026, 9, 21)  # 22 September, then 23, 24, 28, 29, 30 September, 8, 9 October


def test_beyond_the_issued_holiday_list_every_day_is_provisional() -> None:
    """HR-3: the list of 2027 is not out, so even days of 2026 that lead to a start in 2027 may move."""
    assert all(day.provisional for day in last_days(start_on=date(2027, 1, 4), official=False, law=LAW))


@given(start=st.dates(date(2025, 3, 1), date(2026, 12, 20)), official=st.booleans())
def test_whoever_keeps_every_last_day_is_in_time_and_nobody_later_is(*, start: date, official: bool) -> None:
    found = {day.step: day.on for day in last_days(start_on=start, official=official, law=LAW)}
    days = list(found.values())
    assert days == sorted(days)
    assert all(is_working_day(day) for step, day in found.items() if step is not Step.START)
    assert challenge_until(published_on=found[Step.AWARD], law=LAW) < found[Step.SIGNING] < start
    assert confirmed_by(closed_on=found[Step.CLOSING], law=LAW) <= found[Step.AWARD]
    for step in (Step.NOTICE, Step.AWARD, Step.SIGNING):
        reached = earliest_start(next_step=step, intention_due=official, on=found[step], law=LAW)
        assert reached <= start, f"{step} on its last day leads to {reached}"


@pytest.mark.parametrize(
    ("step", "intention", "start"),
    [
        # Announced 3 March, closed 16 March, L-7 18 March, L-8 25 March, L-10 26 March, Q-1 7 April after Qingming
        (Step.REVIEW, False, date(2026, 4, 9)),
        (Step.REVIEW, True, date(2026, 5, 10)),  # 2 April, 14 April, 23 April, Q-1 8 May, signed on a worked Saturday
        (Step.NOTICE, False, date(2026, 4, 8)),
        (Step.CLOSING, False, date(2026, 3, 25)),
        (Step.AWARD, False, date(2026, 3, 14)),
        (Step.SIGNING, False, date(2026, 3, 3)),
    ],
)
def test_what_is_late_begins_at_the_earliest_when_all_else_is_done_at_once(
    *, step: Step, intention: bool, start: date
) -> None:
    assert earliest_start(next_step=step, intention_due=intention, on=date(2026, 3, 2), law=LAW) == start


@pytest.mark.parametrize(
    ("need", "tender", "intention", "step"),
    [
        ("draft", None, True, Step.REVIEW),
        ("sent-back", None, False, Step.REVIEW),
        ("approved", None, True, Step.INTENTION),
        ("approved", None, False, Step.NOTICE),
        ("tendering", "draft", False, Step.NOTICE),
        ("tendering", "open", False, Step.CLOSING),
        ("tendering", "quoting", False, Step.AWARD),
        ("tendering", "awarded", False, Step.SIGNING),
        ("handed-over", None, False, Step.AWARD),
        ("awarded", None, False, Step.SIGNING),
    ],
)
def test_what_comes_next_follows_from_where_need_and_tender_stand(
    *, need: str, tender: str | None, intention: bool, step: Step
) -> None:
    assert next_step(need=need, tender=tender, intention_due=intention) is step


def test_the_wanted_start_is_said_or_follows_from_the_earliest_target() -> None:
    targets = [date(2027, 3, 1), date(2027, 2, 1)]
    assert wanted_start(said=date(2026, 5, 1), target_days=targets, term_months=12) == date(2026, 5, 1)
    assert wanted_start(said=None, target_days=targets, term_months=12) == date(2026, 2, 1)
    assert wanted_start(said=None, target_days=[], term_months=12) is None
    assert wanted_start(said=None, target_days=targets, term_months=None) is None


def term(need: str, service: str, from_on: str, until_on: str | None = None) -> Term:
    until = date.fromisoformat(until_on) if until_on else None
    return Term(need=need, service=service, from_on=date.fromisoformat(from_on), until_on=until)


OLD = term("N-1", "M004", "2025-07-01", "2026-07-01")
SAME_DAY = term("N-2", "M004", "2026-07-01", "2027-07-01")
LATER = term("N-3", "M004", "2026-07-11")
OTHER = term("N-4", "M001", "2026-07-01")


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        ([OLD], [Gap(ends=OLD, follows=None, days=None)]),
        ([OLD, OTHER], [Gap(ends=OLD, follows=None, days=None)]),
        ([OLD, LATER], [Gap(ends=OLD, follows=LATER, days=10)]),
        ([OLD, SAME_DAY, LATER], []),
        ([term("N-1", "M004", "2025-02-01", "2027-02-01")], []),  # ends in another year
    ],
)
def test_a_service_that_ends_without_its_like_leaves_a_gap(terms: list[Term], expected: list[Gap]) -> None:
    assert gaps(terms=terms, since=date(2026, 1, 1), until=date(2027, 1, 1)) == expected


def test_a_planned_purchase_is_drawn_from_its_last_days_to_the_end_of_its_service() -> None:
    days = last_days(start_on=date(2026, 7, 1), official=True, law=LAW)
    lane = stretches_of(days, ends_on=date(2027, 6, 30))
    assert [(part.since, part.until) for part in lane] == [
        (date(2026, 4, 24), date(2026, 5, 25)),
        (date(2026, 5, 25), date(2026, 6, 5)),
        (date(2026, 6, 5), date(2026, 6, 16)),
        (date(2026, 6, 16), date(2026, 6, 30)),
        (date(2026, 7, 1), date(2027, 6, 30)),
    ]
    assert all(part.planned for part in lane)
