"""Judgement of listings and mandates, pure; the directory bars nobody."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogs.agenda.listings import Moments, due, next_turn_at, reminder_at
from catalogs.rules import StandingFact, SupplierFacts, objections_to_standing, objections_to_supplier
from catalogs.rules.listings import (
    ListingFacts,
    closed,
    is_listed,
    judge,
    objections_to_application,
    objections_to_mandate,
    objections_to_review,
)
from catalogs.states import BARS, Act, ListingState, Outcome, StandingKind
from market.base.calendar import start_of_day
from market.law.actions import provisions_of_the_file
from market.law.rules import law_of

DAY = date(2026, 3, 2)
LAW = law_of(provisions=provisions_of_the_file(), day=DAY)
DAYS = st.dates(date(2025, 1, 1), date(2030, 12, 31))
RUNNING = ListingFacts(state="applied", listed_on=date(2025, 3, 17), expires_on=date(2026, 3, 17))


@pytest.mark.parametrize(
    ("outcome", "listing", "state", "expires_on"),
    [
        (Outcome.ACCEPT, ListingFacts(state="applied"), ListingState.LISTED, date(2027, 3, 2)),
        (Outcome.ACCEPT, RUNNING, ListingState.LISTED, date(2027, 3, 17)),
        (Outcome.RETURN, RUNNING, ListingState.RETURNED, date(2026, 3, 17)),
        (Outcome.REFUSE, ListingFacts(state="applied"), ListingState.REFUSED, None),
        (Outcome.REFUSE, RUNNING, ListingState.LISTED, date(2026, 3, 17)),
    ],
)
def test_what_the_keepers_word_makes_of_it(
    outcome: Outcome, listing: ListingFacts, state: ListingState, expires_on: date | None
) -> None:
    judged = judge(outcome=outcome, listing=listing, on=DAY, law=LAW)
    assert (judged.state, judged.expires_on) == (state, expires_on)


def test_what_was_listed_once_lapses_and_is_not_refused() -> None:
    over = ListingFacts(state="returned", listed_on=date(2024, 3, 1), expires_on=date(2025, 3, 1))
    assert closed(listing=over, on=DAY).state == ListingState.LAPSED
    assert closed(listing=ListingFacts(state="returned"), on=DAY).state == ListingState.REFUSED


def test_reviews_need_reasons_and_one_return_is_all() -> None:
    fresh, twice = ListingFacts(state="applied"), ListingFacts(state="applied", returned=True)
    assert objections_to_review(outcome=Outcome.ACCEPT, reason="", listing=twice) == []
    assert [o.field for o in objections_to_review(outcome=Outcome.REFUSE, reason=" ", listing=fresh)] == ["reason"]
    assert [o.field for o in objections_to_review(outcome=Outcome.RETURN, reason="", listing=twice)] == [
        "reason", "outcome",
    ]  # fmt: skip


def test_mass_organizations_are_hubs_and_are_not_listed() -> None:
    """They may guide members; with fiscal funding they neither buy nor supply (P-02)."""
    union = SupplierFacts(kind="mass_org", fiscally_funded=True)
    found = objections_to_application(supplier=union, category="LIFE", categories=["LIFE"], alive=[], files=["A-1"])
    assert [(o.field, o.law) for o in found] == [("category", "P-02")]
    asked = {"is_itself": False, "until_on": date(2026, 12, 31), "today": DAY, "stands": False, "law": LAW}
    assert objections_to_mandate(hub_standings={StandingKind.HUB}, **asked) == []  # type: ignore[arg-type]


@given(DAYS, DAYS)
def test_a_listing_counts_exactly_within_its_term(listed_on: date, on: date) -> None:
    listing = ListingFacts(state="listed", listed_on=listed_on, expires_on=listed_on.replace(day=1, year=2032))
    assert is_listed(listing=listing, on=on) == (on >= listed_on)
    assert not is_listed(listing=ListingFacts(state="applied"), on=on)


@given(st.sampled_from(sorted(set(StandingKind) - set(BARS))), DAYS)
def test_whatever_else_is_recorded_bars_nobody(kind: StandingKind, on: date) -> None:
    """Of everything an authority records, only what P-06, P-11 and P-15 name bars (D-01 to D-07)."""
    facts = SupplierFacts(kind="minfei", standings=(StandingFact(kind=kind, from_on=date(2020, 1, 1), document="x"),))
    assert objections_to_supplier(supplier=facts, on=on, law=LAW) == []


def test_every_bar_cites_its_article_and_document() -> None:
    for kind, law in BARS.items():
        fact = StandingFact(kind=kind, from_on=date(2026, 1, 5), document="公告1号")
        (objection,) = objections_to_supplier(supplier=SupplierFacts(kind="minfei", standings=(fact,)), on=DAY, law=LAW)
        assert objection.law == law
        assert "公告1号" in str(objection.message.values.values())  # type: ignore[union-attr]


def test_a_reason_belongs_to_its_list() -> None:
    fact = StandingFact(kind="abnormal", from_on=DAY, document="x", reason="abnormal-6")
    assert objections_to_standing(standing=fact, today=DAY) == []
    wrong = StandingFact(kind="grade", value="3A", from_on=DAY, document="x", reason="abnormal-6")
    assert [o.field for o in objections_to_standing(standing=wrong, today=DAY)] == ["reason"]
    foreign = StandingFact(kind="abnormal", from_on=DAY, document="x", reason="civil-serious-1")
    assert [o.field for o in objections_to_standing(standing=foreign, today=DAY)] == ["reason"]


def test_time_reminds_three_times_and_then_lets_lapse() -> None:
    moments = Moments(state="listed", expires_on=date(2026, 6, 30))
    assert [act for _, act in due(moments)] == [Act.REMIND_LISTING] * 3 + [Act.LAPSE_LISTING]
    assert next_turn_at(moments) == start_of_day(date(2026, 5, 1))
    assert next_turn_at(Moments(state="listed", expires_on=date(2026, 6, 30), reminded=7)) == start_of_day(
        date(2026, 6, 30)
    )
    assert due(Moments(state="applied", expires_on=date(2026, 6, 30))) == []


@pytest.mark.parametrize(("left", "days"), [(61, None), (60, 60), (31, 60), (30, 30), (7, 7), (1, 7)])
def test_the_last_reminder_that_has_come_is_sent(left: int, days: int | None) -> None:
    assert reminder_at(expires_on=date.fromordinal(DAY.toordinal() + left), on=DAY) == days
