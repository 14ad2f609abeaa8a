from datetime import date, timedelta
from decimal import Decimal

import pytest

from contracts.queries.outlook import Receivable
from market.app import turns
from market.base.refusal import Objection, say
from market.desk.drawings import ROOM_WORDS
from market.desk.queries.supplier import aged
from market.desk.rules import (
    Age,
    Stage,
    Urgency,
    age_of,
    fit_of,
    horizon,
    moment_between,
    serves,
    stage_of,
    time_left,
    urgency_of,
)

MONDAY = date(2026, 3, 2)
ITEMS = {"C05010400": ["LIFE"], "C06040100": ["CULTURE"]}


@pytest.mark.parametrize(
    ("by_when", "days", "words"),
    [
        (MONDAY, 0, "today"),
        (date(2026, 3, 3), 1, "1 working day left"),
        (date(2026, 3, 6), 4, "{count} working days left"),
        (date(2026, 3, 8), 4, "{count} working days left"),  # Sunday: the offices' last day is Friday
        (date(2026, 3, 9), 5, "{count} working days left"),
        (date(2026, 2, 28), -1, "1 working day late"),  # a Saturday moved to a working day
        (date(2026, 2, 27), -2, "{count} working days late"),
        (date(2026, 3, 1), -1, "1 working day late"),
        # Spring Festival from 15 to 23 February 2026, with working Saturdays on the 14th and the 28th.
        (date(2026, 2, 13), -7, "{count} working days late"),
    ],
)
def test_time_left_counts_working_days(by_when: date, days: int, words: str) -> None:
    left = time_left(by_when=by_when, today=MONDAY)
    assert (left.working_days, left.words.msgid, left.late) == (days, words, by_when < MONDAY)


def test_time_left_over_days_off() -> None:
    saturday = date(2026, 3, 7)
    assert time_left(by_when=date(2026, 3, 8), today=saturday).words.msgid == "before the next working day"
    assert time_left(by_when=saturday, today=date(2026, 3, 8)).words.msgid == "just over"
    assert time_left(by_when=saturday, today=saturday).words.msgid == "today"


def test_what_lies_beyond_the_holiday_list_is_provisional() -> None:
    assert not time_left(by_when=date(2026, 12, 31), today=MONDAY).provisional
    assert time_left(by_when=date(2027, 1, 4), today=MONDAY).provisional


@pytest.mark.parametrize(
    ("by_when", "today", "urgency"),
    [
        (None, MONDAY, Urgency.UNDATED),
        (date(2026, 3, 1), MONDAY, Urgency.LATE),
        (MONDAY, MONDAY, Urgency.THIS_WEEK),
        (date(2026, 3, 8), MONDAY, Urgency.THIS_WEEK),
        (date(2026, 3, 9), MONDAY, Urgency.LATER),
        # Seen on a Saturday, what is due on Monday is as near as anything.
        (date(2026, 3, 9), date(2026, 3, 7), Urgency.THIS_WEEK),
        (date(2026, 3, 10), date(2026, 3, 7), Urgency.LATER),
    ],
)
def test_urgency_of_a_day(by_when: date | None, today: date, urgency: Urgency) -> None:
    assert urgency_of(by_when=by_when, today=today) is urgency


def test_a_notice_fits_by_category_and_tells_of_the_street() -> None:
    fit = fit_of(
        item="C05010400",
        items=ITEMS,
        street_name="示例区梧桐街道办事处",
        service_areas="梧桐街道、清河街道",
        objections=[],
    )
    assert fit is not None
    assert (fit.categories, fit.serves_street, fit.may_supply) == (["LIFE"], True, True)


def test_a_notice_of_another_category_does_not_fit() -> None:
    found = fit_of(item="C23010600", items=ITEMS, street_name="梧桐街道办事处", service_areas="", objections=[])
    assert found is None


def test_a_far_street_and_a_bar_are_told_and_do_not_hide_the_notice() -> None:
    bar = Objection("supplier", say("…"), "P-11")
    fit = fit_of(
        item="C06040100", items=ITEMS, street_name="示例区清河街道办事处", service_areas="梧桐街道", objections=[bar]
    )
    assert fit is not None
    assert (fit.serves_street, fit.may_supply, fit.weight) == (False, False, 1)


@pytest.mark.parametrize(
    ("areas", "served"), [("全区", True), ("各街道均可", True), ("梧桐街道", True), ("清河街道", False), ("", False)]
)
def test_service_areas_are_the_organizations_own_words(areas: str, served: bool) -> None:  # noqa: FBT001
    assert serves(street_name="示例区梧桐街道办事处", service_areas=areas) is served


@pytest.mark.parametrize(
    ("pay_by", "age"),
    [
        (None, Age.NOT_INVOICED),
        (date(2026, 2, 27), Age.LATE),
        (MONDAY, Age.SOON),
        (date(2026, 3, 9), Age.SOON),
        (date(2026, 3, 10), Age.RUNNING),
    ],
)
def test_age_of_a_receivable(pay_by: date | None, age: Age) -> None:
    assert age_of(pay_by=pay_by, today=MONDAY) is age


def test_receivables_keep_their_sum() -> None:
    lines = [
        Receivable(url="/invoices/a", title="a", state="approved", amount=Decimal("10.10"), pay_by=date(2026, 2, 1)),
        Receivable(url="/invoices/b", title="b", state="submitted", amount=Decimal("20.20"), pay_by=date(2026, 2, 2)),
        Receivable(url="/contracts/c", title="c", state="accepted", amount=Decimal("0.05"), pay_by=None),
    ]
    found = {each.age: each.amount for each in aged(lines, today=MONDAY)}
    assert found == {
        Age.LATE: Decimal("30.30"),
        Age.SOON: Decimal(0),
        Age.RUNNING: Decimal(0),
        Age.NOT_INVOICED: Decimal("0.05"),
    }


@pytest.mark.parametrize(
    ("need", "tender", "contract", "stage"),
    [
        ("draft", None, None, Stage.WRITING),
        ("sent-back", None, None, Stage.WRITING),
        ("submitted", None, None, Stage.REVIEW),
        ("approved", None, None, Stage.APPROVED),
        ("tendering", "draft", None, Stage.APPROVED),
        ("tendering", "open", None, Stage.BIDDING),
        ("tendering", "opened", None, Stage.EVALUATION),
        ("tendering", "evaluated", None, Stage.EVALUATION),
        ("tendering", "awarded", None, Stage.SIGNING),
        ("contracted", "contracted", "in-force", Stage.DELIVERY),
        ("contracted", "contracted", "closed", Stage.CLOSED),
    ],
)
def test_stage_of_a_purchase(need: str, tender: str | None, contract: str | None, stage: Stage) -> None:
    assert stage_of(need=need, tender=tender, contract=contract) is stage


def test_the_axis_shows_a_month_at_least_and_four_at_most() -> None:
    day = timedelta(days=1)
    assert horizon(days=[], today=MONDAY) == (MONDAY, MONDAY + 30 * day)
    assert horizon(days=[MONDAY + 3 * day], today=MONDAY) == (MONDAY, MONDAY + 30 * day)
    assert horizon(days=[MONDAY + 45 * day], today=MONDAY) == (MONDAY, MONDAY + 45 * day)
    assert horizon(days=[MONDAY + 400 * day], today=MONDAY) == (MONDAY, MONDAY + 120 * day)
    assert horizon(days=[MONDAY - 3 * day], today=MONDAY) == (MONDAY - 3 * day, MONDAY + 30 * day)
    assert horizon(days=[MONDAY - 90 * day], today=MONDAY) == (MONDAY - 7 * day, MONDAY + 30 * day)


def test_a_day_outside_the_axis_stands_at_its_edge() -> None:
    end = MONDAY + timedelta(days=10)
    places = [moment_between(day=MONDAY + timedelta(days=n), begin=MONDAY, end=end) for n in (-5, 0, 5, 10, 50)]
    assert places == [0.0, 0.0, 0.5, 1.0, 1.0]


def test_every_room_in_which_time_acts_has_words() -> None:
    assert {name for name, _, _ in turns()} <= set(ROOM_WORDS)
