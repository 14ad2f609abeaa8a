"""Every rule of tendering by its vector, the article beside each; the numbers of section 16 of the rules' table."""

import json
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

from market.base.calendar import add_months, end_of_day, local_moment
from market.base.refusal import Objection
from market.law.rules import law_of
from market.law.states import Law, Provision
from market.tendering.agenda import Moments, due, next_turn_at
from market.tendering.rules import award, bidding, draws, notice, panel, scoring
from market.tendering.rules.terms import Criterion, MilestoneTerm, Terms
from market.tendering.states import LIFECYCLE, LIFECYCLES, Act, Method, State

PROVISIONS = Path(__file__).parents[2] / "market/law/data/provisions.json"
NOW = local_moment(date(2026, 3, 2), time(9))


def law_on(day: date) -> Law:
    rows = json.loads(PROVISIONS.read_text())["provisions"]
    return law_of(provisions=msgspec.convert(rows, list[Provision], strict=False), day=day)


LAW = law_on(date(2026, 3, 2))


def D(text: str) -> Decimal:  # noqa: N802  as short as a figure
    return Decimal(text)


def fields(objections: list[Objection]) -> list[tuple[str, str]]:
    return [(o.field, o.law) for o in objections]


def terms(**changes: object) -> Terms:
    base = Terms(
        title="助老助餐服务",
        requirement="每日送餐",
        qualification="政府采购法第二十二条",
        budget=D("500000.00"),
        closes_at=local_moment(date(2026, 3, 16), time(9)),
        opens_at=local_moment(date(2026, 3, 16), time(9)),
        service_from=date(2026, 4, 1),
        service_until=date(2027, 4, 1),
        panel_size=3,
        price_points=D("20"),
        criteria=[
            Criterion(number=1, title="服务方案", guide="", points=D("50")),
            Criterion(number=2, title="团队", guide="", points=D("30")),
        ],
        milestones=[
            MilestoneTerm(number=1, title="中期", due_on=date(2026, 10, 1), share=D("0.5")),
            MilestoneTerm(number=2, title="末期", due_on=date(2027, 4, 1), share=D("0.5")),
        ],
    )
    return msgspec.structs.replace(base, **changes)


def objections_to(**changes: object) -> list[tuple[str, str]]:
    return fields(
        notice.objections_to_terms(terms=terms(**changes), budget=D("500000.00"), term_months=12, now=NOW, law=LAW)
    )


# Vectors of section 16


def test_vector_1_low_price_first() -> None:
    """财库〔2014〕214号 第二十四条 (F-4), price weight 20 %."""
    quotes = {1: D("480000.00"), 2: D("450000.00"), 3: D("500000.00")}
    assert scoring.price_scores(quotes, points=D("20")) == {1: D("18.75"), 2: D("20.00"), 3: D("18.00")}


def test_vector_2_small_enterprise_deduction() -> None:
    """财库〔2020〕46号 第九条 (S-1, F-8): the adjusted price is base and measure, the contract price stays."""
    quotes = {1: D("480000.00"), 2: D("450000.00"), 3: D("500000.00")}
    scores = scoring.price_scores(quotes, points=D("20"), deductions={3: D("0.15")})
    assert scores == {1: D("17.71"), 2: D("18.89"), 3: D("20.00")}
    assert scoring.price_scores(quotes, points=D("20"), deductions={}) == scoring.price_scores(quotes, points=D("20"))


def test_vector_3_open_tender_price_factor() -> None:
    """财政部令87 第五十五条 (F-3, F-5), weight 15 %."""
    shown = [
        scoring.weighted(factor=scoring.tender_price_score(lowest=D("450000"), price=D(price)), weight=D("0.15"))
        for price in ("450000", "480000", "500000")
    ]
    assert shown == [D("15.00"), D("14.06"), D("13.50")]


def test_vector_4_abnormally_low_price() -> None:
    """财库〔2026〕2号 (A-1 to A-3, A-5): strictly below, and only a trigger."""
    found = scoring.low_prices({1: D("100"), 2: D("90"), 3: D("40")}, ceiling=D("100"), law=LAW)
    assert [(low.number, low.law) for low in found] == [(3, "A-2"), (3, "A-3")]
    exact = scoring.low_prices({1: D("100"), 2: D("80"), 3: D("45")}, ceiling=D("100"), law=LAW)
    assert [(low.number, low.law) for low in exact] == []
    assert scoring.low_prices({1: D("1")}, ceiling=D("100"), law=law_on(date(2026, 1, 31))) == []


def test_abnormally_low_against_the_mean() -> None:
    """财库〔2026〕2号 (A-1)."""
    found = scoring.low_prices({1: D("100"), 2: D("100"), 3: D("100"), 4: D("42.85")}, ceiling=D("90"), law=LAW)
    assert [(low.number, low.law, low.limit) for low in found] == [(4, "A-1", D("42.86")), (4, "A-2", D("50.00"))]


def test_documents_may_raise_the_shares_only_so_far() -> None:
    """财库〔2026〕2号 (A-5)."""
    assert scoring.objections_to_low_price_shares(shares={"A-1": D("0.65")}, law=LAW) == []
    for share in ("0.49", "0.66"):
        assert fields(scoring.objections_to_low_price_shares(shares={"A-1": D(share)}, law=LAW)) == [("A-1", "A-5")]
    raised = scoring.low_prices({1: D("100"), 2: D("60")}, ceiling=D("100"), law=LAW, shares={"A-3": D("0.65")})
    assert [(low.number, low.law) for low in raised] == [(2, "A-3")]


@pytest.mark.parametrize(("size", "experts", "sound"), [(5, 3, False), (5, 4, True), (7, 5, True), (4, 4, False)])
def test_vector_5_committee(size: int, experts: int, sound: bool) -> None:  # noqa: FBT001
    """财政部令87 第四十七条 (E-1)."""
    found = panel.objections_to_panel(size=size, experts=experts, method=Method.OPEN_TENDER, law=LAW)
    assert (found == []) is sound


def test_vector_6_ties() -> None:
    """财政部令87 第五十七、六十八条 (F-12); 财库〔2014〕214号 第二十五条 (F-13)."""
    dear = scoring.Scored(number=1, quality=D("67.75"), price_score=D("18.75"), price=D("480000"), lot=1)
    cheap = scoring.Scored(number=2, quality=D("67.35"), price_score=D("19.15"), price=D("470000"), lot=2)
    for method in (Method.OPEN_TENDER, Method.CONSULTATION):
        ranked = scoring.ranking([dear, cheap], method=method)
        assert [(r.number, r.rank, r.total, r.by_lot) for r in ranked] == [
            (2, 1, D("86.50"), False),
            (1, 2, D("86.50"), False),
        ]
    skilled = scoring.Scored(number=3, quality=D("68.00"), price_score=D("18.50"), price=D("480000"), lot=9)
    by_skill = scoring.ranking([dear, skilled], method=Method.CONSULTATION)
    assert [(r.number, r.by_lot) for r in by_skill] == [(3, False), (1, False)]
    drawn = scoring.ranking([skilled, dear], method=Method.OPEN_TENDER)
    assert [(r.number, r.by_lot) for r in drawn] == [(1, True), (3, True)]


def test_vector_9_challenge_of_a_result() -> None:
    """政府采购法 第五十二条; 财政部令94 第十、十一条 (Q-1, Q-2): published Monday, last day Thursday of next week."""
    assert award.challenge_until(published_on=date(2026, 3, 2), law=LAW) == date(2026, 3, 12)


def test_vector_10_bid_deposit() -> None:
    """政府采购法实施条例 第三十三条 (G-1)."""
    assert bidding.deposit_ceiling(budget=D("300000.00"), law=LAW) == D("6000.00")


# The notice


def test_earliest_closing_counts_each_period_in_its_own_unit() -> None:
    """财库〔2014〕214号 第十条 (L-1 days, L-2 working days), 财库〔2015〕135号 (L-3)."""
    schedule = notice.schedule_for(published_at=NOW, law=LAW)
    assert [(p.law, p.length, p.unit, p.last_day) for p in schedule.periods] == [
        ("L-1.consultation", 10, "days", date(2026, 3, 12)),
        ("L-2.consultation", 5, "working-days", date(2026, 3, 9)),
        ("L-3.consultation", 3, "working-days", date(2026, 3, 5)),
    ]
    assert schedule.earliest_closing_at == end_of_day(date(2026, 3, 12))
    festival = notice.schedule_for(published_at=local_moment(date(2026, 2, 12), time(9)), law=LAW)
    assert festival.earliest_closing_at == end_of_day(date(2026, 2, 26))
    assert [p.last_day for p in festival.periods] == [date(2026, 2, 24), date(2026, 2, 26), date(2026, 2, 24)]


def test_other_methods_have_their_own_periods() -> None:
    """政府采购法 第三十五条; 财政部令74 第二十九条 (L-1)."""
    tender = notice.schedule_for(published_at=NOW, law=LAW, method=Method.OPEN_TENDER)
    assert tender.earliest_closing_at == end_of_day(date(2026, 3, 23))
    talks = notice.schedule_for(published_at=NOW, law=LAW, method=Method.NEGOTIATION)
    assert talks.earliest_closing_at == end_of_day(date(2026, 3, 5))


def test_deadlines_beyond_the_holiday_list_are_marked() -> None:
    """House rule HR-3."""
    late = notice.schedule_for(published_at=local_moment(date(2026, 12, 28), time(9)), law=LAW)
    assert [p.provisional for p in late.periods] == [True, True, False]


def test_sound_terms_meet_no_objection() -> None:
    assert objections_to() == []


def test_a_closing_a_second_too_early_is_refused() -> None:
    """财库〔2014〕214号 第十条 (L-1)."""
    earliest = end_of_day(date(2026, 3, 12))
    assert objections_to(closes_at=earliest, opens_at=earliest) == []
    early = earliest - timedelta(seconds=1)
    assert objections_to(closes_at=early, opens_at=early) == [("closes_at", "L-1.consultation")]
    assert objections_to(closes_at=NOW, opens_at=NOW) == [
        ("closes_at", "L-1.consultation"),
        ("closes_at", "L-2.consultation"),
        ("closes_at", "L-3.consultation"),
    ]


@pytest.mark.parametrize(
    ("changes", "objections"),
    [
        ({"opens_at": local_moment(date(2026, 3, 16), time(8))}, [("opens_at", "")]),
        ({"budget": D("500000.01")}, [("budget", "N-10")]),
        ({"budget": D("0.00")}, [("budget", "B-10")]),
        ({"price_points": D("9.99")}, [("price_points", "F-2.min"), ("criteria", "F-5")]),
        ({"price_points": D("30.01")}, [("price_points", "F-2.max"), ("criteria", "F-5")]),
        ({"price_points": D("20.001")}, [("price_points", "F-2.min"), ("criteria", "F-5")]),
        ({"panel_size": 4}, [("panel_size", "E-3")]),
        ({"criteria": []}, [("criteria", "F-5")]),
        ({"service_from": date(2026, 3, 15), "service_until": date(2027, 3, 15)},
         [("service_from", "N-10"), ("milestones.1.due_on", "C-17")]),
        ({"service_until": date(2027, 4, 2)}, [("service_until", "C-2")]),
        ({"milestones": []}, [("milestones", "C-17")]),
    ],
)  # fmt: skip
def test_unsound_terms_are_refused(changes: dict[str, object], objections: list[tuple[str, str]]) -> None:
    assert objections_to(**changes) == objections


def test_the_needs_own_term_is_the_limit() -> None:
    """上海市政府购买服务管理办法 第二十八条 (C-2)."""
    found = notice.objections_to_terms(terms=terms(), budget=D("500000.00"), term_months=6, now=NOW, law=LAW)
    assert fields(found) == [("service_until", "C-2")]
    backwards = terms(service_until=date(2026, 4, 1), milestones=[])
    found = notice.objections_to_terms(terms=backwards, budget=D("500000.00"), term_months=6, now=NOW, law=LAW)
    assert fields(found) == [("service_until", "C-2"), ("milestones", "C-17")]


def test_empty_criteria_and_misplaced_milestones_are_refused() -> None:
    nothing = [
        Criterion(number=1, title="a", guide="", points=D("0")),
        Criterion(number=2, title="b", guide="", points=D("80")),
    ]
    assert objections_to(criteria=nothing) == [("criteria.0.points", "F-9")]
    late_first = [
        MilestoneTerm(number=1, title="a", due_on=date(2026, 10, 1), share=D("1")),
        MilestoneTerm(number=2, title="b", due_on=date(2026, 9, 1), share=D("0")),
    ]
    assert objections_to(milestones=late_first) == [("milestones.1.percent", "C-17"), ("milestones.1.due_on", "C-17")]


def test_months_end_with_the_month() -> None:
    assert add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert add_months(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert add_months(date(2026, 4, 1), 12) == date(2027, 4, 1)


def test_two_hands_publish_and_cancel() -> None:
    """政府采购法 第六十一条 (E-13)."""
    assert fields(notice.objections_to_publisher(drafted_by="wu", publisher="wu")) == [("", "E-13")]
    assert notice.objections_to_publisher(drafted_by="wu", publisher="he") == []

    def told(*, published: bool, is_approver: bool, confirm_until: datetime | None = None) -> list[tuple[str, str]]:
        found = notice.objections_to_cancelling(
            published=published, is_approver=is_approver, now=NOW, confirm_until=confirm_until
        )
        return fields(found)

    assert told(published=False, is_approver=False) == []
    assert told(published=True, is_approver=True) == []
    assert told(published=True, is_approver=False) == [("", "E-13")]
    assert told(published=True, is_approver=True, confirm_until=NOW) == [("", "L-8.consultation")]


# Bids


def bid(**changes: object) -> list[tuple[str, str]]:
    facts: dict[str, object] = {
        "price": D("480000.00"),
        "plan": "方案",
        "declared": True,
        "took_documents": True,
        "budget": D("500000.00"),
        "now": NOW,
        "closes_at": NOW + timedelta(seconds=1),
    }
    return fields(bidding.objections_to_bid(**(facts | changes)))  # type: ignore[arg-type]


def test_a_bid_is_taken_to_the_last_second_and_not_at_the_closing() -> None:
    """财政部令87 第三十三、六十三条 (M-8)."""
    assert bid() == []
    assert bid(closes_at=NOW) == [("", "M-8")]


@pytest.mark.parametrize(
    ("changes", "objections"),
    [
        ({"price": D("0.00")}, [("price", "M-8")]),
        ({"price": D("500000.01")}, [("price", "M-8")]),
        ({"price": D("0.01")}, []),
        ({"plan": " \n"}, [("plan", "M-8")]),
        ({"declared": False}, [("declared", "P-06")]),
        ({"took_documents": False}, [("", "L-2.consultation")]),
        ({"price": D("0.00"), "plan": "", "declared": False},
         [("price", "M-8"), ("plan", "M-8"), ("declared", "P-06")]),
    ],
)  # fmt: skip
def test_a_faulty_bid_hears_every_fault(changes: dict[str, object], objections: list[tuple[str, str]]) -> None:
    """财政部令87 第十二、六十三条 (M-8; no lowest price, D-11)."""
    assert bid(**changes) == objections


def test_withdrawing_needs_a_bid_and_time() -> None:
    """财政部令87 第三十四条; after the deadline G-5."""
    later = NOW + timedelta(seconds=1)
    assert bidding.objections_to_withdrawal(now=NOW, closes_at=later, submitted=True) == []
    assert fields(bidding.objections_to_withdrawal(now=NOW, closes_at=later, submitted=False)) == [("", "G-5")]
    assert fields(bidding.objections_to_withdrawal(now=NOW, closes_at=NOW, submitted=True)) == [("", "M-8")]


def test_questions_end_early_enough_for_answers() -> None:
    """财库〔2014〕214号 第十条 (L-4)."""
    until = notice.questions_until(closes_at=NOW, law=LAW)
    assert until == NOW - timedelta(days=5)
    assert bidding.objections_to_question(now=until - timedelta(seconds=1), until=until) == []
    assert fields(bidding.objections_to_question(now=until, until=until)) == [("", "L-4.consultation")]


def test_nothing_is_opened_before_its_moment() -> None:
    """财政部令87 第三十九条."""
    assert bidding.objections_to_opening(now=NOW, opens_at=NOW) == []
    assert len(bidding.objections_to_opening(now=NOW - timedelta(seconds=1), opens_at=NOW)) == 1


def test_two_suppliers_are_enough_for_services_one_is_not() -> None:
    """财库〔2015〕124号 (M-4)."""
    assert [bidding.is_too_few(suppliers=n, law=LAW) for n in (0, 1, 2, 3)] == [True, True, False, False]
    assert bidding.fewest_suppliers(law=LAW, is_service=False) == 3


def test_final_quotes_go_down_and_come_in_time() -> None:
    """财库〔2014〕214号 第二十一条 (M-4)."""
    facts = {"previous": D("480000.00"), "now": NOW, "closes_at": NOW + timedelta(minutes=30)}
    assert bidding.objections_to_quote(price=D("480000.00"), **facts) == []  # type: ignore[arg-type]
    assert fields(bidding.objections_to_quote(price=D("480000.01"), **facts)) == [("price", "M-4")]  # type: ignore[arg-type]
    assert fields(bidding.objections_to_quote(price=D("0.00"), **facts)) == [("price", "M-8")]  # type: ignore[arg-type]
    late = facts | {"closes_at": NOW}
    assert fields(bidding.objections_to_quote(price=D("1.00"), **late)) == [("", "M-8")]  # type: ignore[arg-type]


def test_a_quote_round_leaves_time() -> None:
    """House rule."""
    assert bidding.objections_to_quote_round(now=NOW, until=NOW + timedelta(minutes=30), law=LAW) == []
    assert len(bidding.objections_to_quote_round(now=NOW, until=NOW + timedelta(minutes=29), law=LAW)) == 1


# The panel


def test_a_consultation_panel_is_odd_and_of_three_or_more() -> None:
    """财库〔2014〕214号 第十四条 (E-3)."""
    judged = {
        (size, experts): fields(
            panel.objections_to_panel(size=size, experts=experts, method=Method.CONSULTATION, law=LAW)
        )
        for size, experts in ((3, 2), (3, 1), (1, 1), (4, 4))
    }
    assert judged == {
        (3, 2): [],
        (3, 1): [("panel_size", "E-3.experts")],
        (1, 1): [("panel_size", "E-3")],
        (4, 4): [("panel_size", "E-3")],
    }


def expert(account: str, *organizations: str) -> panel.Candidate:
    return panel.Candidate(account=account, organizations=frozenset(organizations))


def test_the_draw_is_random_among_the_independent() -> None:
    """政府采购法实施条例 第九、三十九条 (E-4, E-6)."""
    pool = [expert("a"), expert("b", "bidder"), expert("c", "street"), expert("d", "other"), expert("e"), expert("f")]
    seen = set()
    for seed in map(str, range(40)):
        drawn = draws.draw(pool=pool, seats=3, street="street", bidders=["bidder"], out=["f"], seed=seed)
        assert sorted(drawn.seated) == ["a", "d", "e"]
        assert {lot.ticket: lot.standing for lot in drawn.pool}[draws.ticket_of("c")] == "related"
        seen.add(tuple(drawn.seated))
    assert len(seen) > 3
    assert panel.objections_to_draw(drawn=3, seats=3) == []
    short = draws.draw(pool=pool[:3], seats=3, street="street", bidders=["bidder"], out=[], seed="1")
    assert short.seated == ["a"]
    assert fields(panel.objections_to_draw(drawn=len(short.seated), seats=3)) == [("", "E-3")]


def test_anyone_can_repeat_a_draw_and_finds_every_deceit() -> None:
    """E-4: the seed is the one committed to, and the lowest lots that could be drawn have the seats."""
    pool = [expert(name) for name in "abcdefg"]
    first = draws.draw(pool=pool, seats=2, street="street", bidders=[], out=[], seed="s")
    next_one = draws.draw(pool=reversed(pool), seats=1, street="street", bidders=[], out=first.seated, seed="s")
    told = [(2, first.pool), (1, next_one.pool)]
    commitment = draws.commitment_to("s")
    assert draws.holds(seed="s", commitment=commitment, draws=told)
    assert [lot.ticket for lot in first.pool] == [lot.ticket for lot in next_one.pool]
    assert not draws.holds(seed="t", commitment=commitment, draws=told)
    assert not draws.holds(seed="t", commitment=draws.commitment_to("t"), draws=told)
    for seat in range(len(first.pool)):
        swapped = list(first.pool)
        swapped[seat] = msgspec.structs.replace(swapped[seat], drawn=not swapped[seat].drawn)
        assert not draws.holds(seed="s", commitment=commitment, draws=[(2, swapped)])
    hidden = [lot for lot in first.pool if lot.ticket != draws.ticket_of(first.seated[0])]
    assert not draws.holds(seed="s", commitment=commitment, draws=[(2, hidden)])


def test_the_majority_of_seats_decides_a_check() -> None:
    """财政部令87 第六十一条 (E-11)."""
    assert panel.verdict(votes=[], seats=3) is None
    assert panel.verdict(votes=[True, False], seats=3) is None
    assert panel.verdict(votes=[True, False, True], seats=3) is True
    assert panel.verdict(votes=[False, False], seats=3) is False


def test_checks_are_made_once_and_refusals_have_reasons() -> None:
    """财政部令87 第六十三、六十九条 (M-8)."""
    assert panel.objections_to_check(bid=1, bids=[1, 2], checked=[2], passed=True, reason="") == []
    found = panel.objections_to_check(bid=2, bids=[1, 2], checked=[2], passed=False, reason=" ")
    assert [o.field for o in found] == ["bid", "reason"]
    assert [o.field for o in panel.objections_to_check(bid=3, bids=[1], checked=[], passed=True, reason="")] == ["bid"]


def test_a_dissent_is_written() -> None:
    """政府采购法实施条例 第四十一条 (E-11)."""
    assert panel.objections_to_dissent(agrees=True, reasons="") == []
    assert panel.objections_to_dissent(agrees=False, reasons="不同意排序") == []
    assert fields(panel.objections_to_dissent(agrees=False, reasons=" ")) == [("reasons", "E-11")]


def test_scores_are_shown_when_all_are_in() -> None:
    """财政部令87 第六十二条 (F-9)."""
    assert not panel.all_have_scored(scored={}, valid=[])
    assert not panel.all_have_scored(scored={"a": [1, 2], "b": [1]}, valid=[1, 2])
    assert panel.all_have_scored(scored={"a": [1, 2], "b": [2, 1]}, valid=[1, 2])


# Scores

CRITERIA = [
    Criterion(number=1, title="a", guide="", points=D("50")),
    Criterion(number=2, title="b", guide="", points=D("30")),
]


def sheet(points: dict[int, str], bid: int = 1, done: list[int] | None = None) -> list[str]:
    given = {number: D(text) for number, text in points.items()}
    found = scoring.objections_to_sheet(given, criteria=CRITERIA, bid=bid, valid=[1, 2], done=done or [])
    return [o.field for o in found]


def test_a_score_sheet_is_whole_and_within_range() -> None:
    """财政部令87 第五十五、六十四条 (F-9, E-12)."""
    assert sheet({1: "50", 2: "0"}) == []
    assert sheet({1: "50.01", 2: "-1"}) == ["points.0.points", "points.1.points"]
    assert sheet({1: "0.001", 2: "1"}) == ["points.0.points"]
    assert sheet({1: "1"}) == ["points"]
    assert sheet({1: "1", 2: "1", 3: "1"}) == ["points"]
    assert sheet({1: "1", 2: "1"}, bid=3) == ["bid"]
    assert sheet({1: "1", 2: "1"}, done=[1]) == ["bid"]


def test_quality_is_the_mean_of_all_members() -> None:
    """财政部令87 第五十五条 (F-6): no score is dropped."""
    assert scoring.quality_score([D("70.00"), D("71.00"), D("71.00")]) == D("70.67")


# The award


def test_the_award_sets_its_clocks_running() -> None:
    """L-9 two working days, L-10 one working day, L-11 thirty days, Q-1 seven working days."""
    clock = award.award_clock(decided_at=NOW, law=LAW)
    assert (clock.publish_by, clock.notice_until, clock.sign_by) == (
        date(2026, 3, 4),
        date(2026, 3, 3),
        date(2026, 4, 1),
    )
    assert (clock.challenge_until, clock.provisional) == (date(2026, 3, 12), False)


def test_a_second_person_confirms_in_time() -> None:
    """财政部令87 第六十八条 (L-8); 政府采购法 第六十一条 (E-13)."""
    until = award.confirm_until(reported_at=NOW, law=LAW)
    assert until == end_of_day(date(2026, 3, 9))
    before = until - timedelta(seconds=1)
    assert award.objections_to_confirming(drafted_by="wu", by="he", now=before, until=until) == []
    assert fields(award.objections_to_confirming(drafted_by="wu", by="wu", now=until, until=until)) == [
        ("", "E-13"),
        ("", "L-8.consultation"),
    ]


# What time brings


def test_the_clock_acts_where_people_may_be_silent() -> None:
    until = datetime(2026, 3, 9, 16, tzinfo=UTC)
    quoting = Moments(state=State.QUOTING, quotes_until=until)
    assert due(quoting) == [(until, Act.RANK_BIDS)]
    assert next_turn_at(quoting) == until
    assert due(Moments(state=State.EVALUATED, confirm_until=until)) == [(until, Act.CONFIRM_AWARD)]
    assert next_turn_at(Moments(state=State.OPEN)) is None
    assert next_turn_at(Moments(state=State.QUOTING)) is None


def test_every_act_has_one_step() -> None:
    assert sorted(step.act for lifecycle in LIFECYCLES for step in lifecycle.steps) == sorted(Act)
    assert set(LIFECYCLE.states) == set(State)
