from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluations.agenda import Moments, due, next_turn_at, plan, survey_until
from evaluations.queries.templates import built_in
from evaluations.rules import acting, leaves, scoring, surveys
from evaluations.rules.leaves import Facts
from evaluations.rules.scoring import Judged
from evaluations.states import Act, Audience, Grade, Kind, LeafKind, State
from market.base.calendar import add_months
from market.base.refusal import Objection
from market.law.states import Law, Provision, Verification

NUMBERS = {
    "K-6.excellent": "90", "K-6.good": "80", "K-6.fair": "60", "L-11": "30", "L-12": "2",
    "IND-2.quantity-floor": "0.60", "IND-3.reply": "5", "IND-5.final": "3", "IND-5.mid-term": "0.50",
    "IND-5.survey": "14", "IND-4.n-min": "30", "IND-4.z": "1.96", "IND-4.error": "0.05",
    "IND-4.very-satisfied": "100", "IND-4.satisfied": "80", "IND-4.fair": "60", "IND-4.dissatisfied": "30",
    "IND-4.very-dissatisfied": "0", "IND-4.answered": "3", "IND-4.response": "0.80", "IND-4.committee": "5",
    "IND-4.party": "1", "IND-2.in-time": "1",
}  # fmt: skip
LAW = Law(
    Provision(
        id=key, title_zh="", title_en="", article="", value=Decimal(value), in_force_from=date(2020, 1, 1),
        verification=Verification.HOUSE_RULE,
    )
    for key, value in NUMBERS.items()
)  # fmt: skip
TEMPLATE = built_in()["SH-COMM-2026"]
NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)


def points(code: str, **facts: object) -> Fraction | None:
    leaf = TEMPLATE.leaf(code)
    assert leaf is not None
    return leaves.points_of(leaf=leaf, facts=msgspec.convert(facts, Facts, strict=False), law=LAW)


def messages(objections: list[Objection]) -> list[str]:
    return [objection.message.msgid for objection in objections]


def test_the_template_weighs_a_hundred_and_its_leaves_hang_together() -> None:
    assert sum(leaf.weight for leaf in TEMPLATE.leaves) == 100
    assert {leaf.branch for leaf in TEMPLATE.leaves} == {branch.code for branch in TEMPLATE.branches}
    assert len({leaf.code for leaf in TEMPLATE.leaves}) == len(TEMPLATE.leaves) == 25
    per_branch = {
        b.code: sum(leaf.weight for leaf in TEMPLATE.leaves if leaf.branch == b.code) for b in TEMPLATE.branches
    }
    assert per_branch == {"A": 10, "B": 20, "C": 35, "D": 15, "E": 20}
    assert {leaf.audience for leaf in TEMPLATE.leaves if leaf.kind is LeafKind.SURVEY} == set(Audience)
    for leaf in TEMPLATE.leaves:
        assert (leaf.kind is LeafKind.SURVEY) == (leaf.audience is not None)
        computed = leaves.source_of(leaf=leaf, facts=Facts()) is not None
        assert computed == (leaf.kind is LeafKind.COMPUTED)


@pytest.mark.parametrize(
    ("code", "facts", "expected"),
    [
        ("A11", {"grounds_met": 3}, "3/2"),
        ("A12", {"needs_survey_met": 1}, "1"),
        ("A21", {"targets": 4, "targets_measurable": 3}, "9/4"),
        ("B11", {"purchase_checks": 6, "purchase_checks_passed": 6}, "4"),
        ("B12", {"days_to_sign": 30, "working_days_to_publish": 2}, "2"),
        ("B12", {"days_to_sign": 31, "working_days_to_publish": 2}, "1"),
        ("B12", {"days_to_sign": 31, "working_days_to_publish": 3}, "0"),
        ("B12", {"days_to_sign": 3}, None),
        ("B21", {"paid_yuan": "100", "payable_yuan": "300"}, "1"),
        ("B21", {"paid_yuan": "400", "payable_yuan": "300"}, "3"),
        ("B21", {"paid_yuan": "0", "payable_yuan": "0"}, None),
        ("B22", {"minor_findings": 0}, "3"),
        ("B22", {"minor_findings": 2}, "1"),
        ("B22", {"minor_findings": 5}, "0"),
        ("B22", {"funds_diverted": True}, "0"),
        ("B22", {}, None),
        ("B31", {"staff_promised": 8, "staff_present": 6}, "9/4"),
        ("B32", {"records_inspected": 30, "records_complete": 29}, "29/10"),
        ("B33", {"rectifications": 2, "rectifications_closed": 1}, "1"),
        ("B33", {"rectifications": 0, "rectifications_closed": 0}, None),
        ("C11", {"quantity_contracted": "100", "quantity_delivered": "90"}, "54/5"),
        ("C11", {"quantity_contracted": "100", "quantity_delivered": "60"}, "36/5"),
        ("C11", {"quantity_contracted": "100", "quantity_delivered": "59.99"}, "0"),
        ("C11", {"quantity_contracted": "100", "quantity_delivered": "130"}, "12"),
        ("C12", {"beneficiaries_planned": 200, "beneficiaries_served": 150}, "3"),
        ("C21", {"deliveries_inspected": 3, "deliveries_accepted": 2}, "6"),
        ("C22", {"complaints_upheld": 1}, "2"),
        ("C22", {"complaints_upheld": 4}, "0"),
        ("C22", {"complaints_upheld": 0, "responsible_accident": True}, "0"),
        ("C31", {"milestones_due": 3, "milestones_on_time": 2}, "8/3"),
        ("C41", {"unit_cost_contracted_yuan": "80", "unit_cost_actual_yuan": "80"}, "3"),
        ("C41", {"unit_cost_contracted_yuan": "80", "unit_cost_actual_yuan": "120"}, "2"),
        ("C41", {"unit_cost_contracted_yuan": "80", "unit_cost_actual_yuan": "60"}, "3"),
        ("D11", {"change_promised": "20", "change_achieved": "10"}, "3"),
        ("D11", {"change_promised": "20", "change_achieved": "-10"}, "0"),
        ("D12", {"groups_planned": 3, "groups_active": 2}, "2"),
        ("D31", {"priority_share_planned": "0.40", "priority_share_served": "0.30"}, "9/4"),
        ("A31", {}, None),
        ("E11", {}, None),
    ],
)
def test_every_leaf_by_its_formula(code: str, facts: dict[str, object], expected: str | None) -> None:
    assert points(code, **facts) == (None if expected is None else Fraction(expected))


counts = st.none() | st.integers(0, 1000)
amounts = st.none() | st.decimals(-1000, 10**6, places=2)


facts_of_any_kind = st.builds(
    Facts,
    **{
        field.name: st.booleans() if field.type is bool else counts if field.type == (int | None) else amounts
        for field in msgspec.structs.fields(Facts)
    },
)


@given(facts_of_any_kind)
def test_a_leaf_stays_between_nothing_and_its_weight(facts: Facts) -> None:
    for leaf in TEMPLATE.leaves:
        result = leaves.points_of(leaf=leaf, facts=facts, law=LAW)
        assert result is None or 0 <= result <= leaf.weight


codes = [leaf.code for leaf in TEMPLATE.leaves]
some_points = st.dictionaries(st.sampled_from(codes), st.fractions(0, 12), min_size=1)


@given(some_points)
def test_weights_sum_to_a_hundred_and_every_score_has_exactly_one_grade(given_points: dict[str, Fraction]) -> None:
    scored = scoring.score(template=TEMPLATE, points=given_points, reasons={})
    assert sum(each.weight for each in scored) == 100
    exact = scoring.total(scored)
    assert 0 <= exact <= 100
    bands = {Grade.EXCELLENT: (90, 101), Grade.GOOD: (80, 90), Grade.FAIR: (60, 80), Grade.POOR: (0, 60)}
    fitting = [grade for grade, (low, high) in bands.items() if low <= exact < high]
    assert fitting == [scoring.grade_of(exact=exact, law=LAW, vetoed=False)]
    assert scoring.grade_of(exact=exact, law=LAW, vetoed=True) is Grade.POOR


@given(st.sets(st.sampled_from(codes), min_size=1))
def test_full_points_are_a_hundred_whatever_was_removed(staying: set[str]) -> None:
    full = {leaf.code: Fraction(leaf.weight) for leaf in TEMPLATE.leaves if leaf.code in staying}
    assert scoring.total(scoring.score(template=TEMPLATE, points=full, reasons={})) == 100


def test_a_removed_leaf_gives_its_weight_to_its_branch() -> None:
    weights = scoring.spread(template=TEMPLATE, removed=frozenset({"A11", "A12"}))
    assert (weights["A21"], weights["A31"]) == (5, 5)
    assert weights["C11"] == 12


def test_a_removed_branch_gives_its_weight_to_all_others() -> None:
    weights = scoring.spread(template=TEMPLATE, removed=frozenset(code for code in codes if code.startswith("E")))
    assert weights["C11"] == 15
    assert sum(weights.values()) == 100


def test_something_must_be_left_to_score() -> None:
    with pytest.raises(ValueError, match="must stay"):
        scoring.spread(template=TEMPLATE, removed=frozenset(codes))


@pytest.mark.parametrize(
    ("exact", "shown", "grade"),
    [
        ("90", "90.00", Grade.EXCELLENT),
        ("100", "100.00", Grade.EXCELLENT),
        ("89.995", "90.00", Grade.GOOD),
        ("89.994", "89.99", Grade.GOOD),
        ("80", "80.00", Grade.GOOD),
        ("79.999", "80.00", Grade.FAIR),
        ("60", "60.00", Grade.FAIR),
        ("59.9999", "60.00", Grade.POOR),
        ("0", "0.00", Grade.POOR),
    ],
)
def test_the_grade_follows_the_unrounded_score(exact: str, shown: str, grade: Grade) -> None:
    assert str(scoring.rounded(Fraction(exact))) == shown
    assert scoring.grade_of(exact=Fraction(exact), law=LAW, vetoed=False) is grade


def known(**given_points: int) -> dict[str, Fraction | None]:
    base = {leaf.code: Fraction(leaf.weight) for leaf in TEMPLATE.leaves if leaf.kind is not LeafKind.JUDGED}
    return {**base, **{code: Fraction(value) for code, value in given_points.items()}}


A31 = Judged(leaf="A31", points=Decimal(3), reason="单价低于上期合同。")
D21 = Judged(leaf="D21", points=Decimal(2), reason="已培训本地志愿者队伍。")


def test_scores_with_reasons_for_every_judged_leaf_pass() -> None:
    assert scoring.objections_to_scores(template=TEMPLATE, known=known(), judged=[A31, D21]) == []


@pytest.mark.parametrize(
    ("judged", "field", "words"),
    [
        ([A31], "scores", "still needs points"),
        ([A31, D21, Judged(leaf="Z99", points=Decimal(1), reason="理由充分。")], "scores.2.leaf", "no indicator"),
        ([A31, D21, D21], "scores.2.leaf", "twice"),
        ([A31, D21, Judged(leaf="B21", points=Decimal(1), reason="理由充分。")], "scores.2.points", "computed"),
        ([A31, D21, Judged(leaf="E11", points=Decimal(1), reason="理由充分。")], "scores.2.points", "survey alone"),
        ([A31, D21, Judged(leaf="E11", removed=True, reason="理由充分。")], "scores.2.points", "survey alone"),
        ([A31, msgspec.structs.replace(D21, points=Decimal(4))], "scores.1.points", "between 0 and"),
        ([A31, msgspec.structs.replace(D21, points=Decimal(-1))], "scores.1.points", "between 0 and"),
        ([A31, msgspec.structs.replace(D21, points=Decimal("1.5"))], "scores.1.points", "whole points"),
        ([A31, msgspec.structs.replace(D21, points=None)], "scores.1.points", "needs points"),
        ([A31, msgspec.structs.replace(D21, reason="好")], "scores.1.reason", "in a sentence"),
        ([A31, Judged(leaf="D21", removed=True)], "scores.1.reason", "in a sentence"),
    ],
)
def test_scores_are_refused(judged: list[Judged], field: str, words: str) -> None:
    (objection,) = scoring.objections_to_scores(template=TEMPLATE, known=known(), judged=judged)
    assert objection.field == field
    assert words in objection.message.msgid


def test_all_faults_are_named_at_once() -> None:
    judged = [msgspec.structs.replace(A31, points=Decimal(9), reason=""), Judged(leaf="Z99", reason="理由充分。")]
    found = scoring.objections_to_scores(template=TEMPLATE, known=known(), judged=judged)
    assert [objection.field for objection in found] == ["scores.0.points", "scores.0.reason", "scores.1.leaf", "scores"]


def test_a_computed_leaf_without_facts_is_judged_or_removed() -> None:
    facts = {code: value for code, value in known().items() if code not in {"C12", "C41"}}
    judged = [
        A31, D21, Judged(leaf="C12", points=Decimal("3.25"), reason="名册显示约八成。"),
        Judged(leaf="C41", removed=True, reason="合同按总价计。"),
    ]  # fmt: skip
    assert scoring.objections_to_scores(template=TEMPLATE, known=facts, judged=judged) == []
    too_fine = [*judged[:2], msgspec.structs.replace(judged[2], points=Decimal("3.255")), judged[3]]
    (objection,) = scoring.objections_to_scores(template=TEMPLATE, known=facts, judged=too_fine)
    assert "two decimals" in objection.message.msgid


def test_not_everything_can_be_removed() -> None:
    judged = [
        Judged(leaf=leaf.code, removed=True, reason="不适用本项目。")
        for leaf in TEMPLATE.leaves
        if leaf.kind is not LeafKind.SURVEY
    ]
    assert messages(scoring.objections_to_scores(template=TEMPLATE, known={}, judged=judged)) == [
        "At least one indicator must be scored."
    ]


@pytest.mark.parametrize(("population", "needed"), [(200, 132), (50, 45), (30, 30), (12, 12), (1, 1), (10**6, 385)])
def test_the_sample_has_its_finite_correction(population: int, needed: int) -> None:
    assert surveys.sample_size(population=population, law=LAW) == needed


@pytest.mark.parametrize(
    ("audience", "population", "slips", "least"),
    [
        (Audience.RESIDENTS, 200, 165, 30),
        (Audience.RESIDENTS, 50, 50, 30),
        (Audience.RESIDENTS, 12, 12, 12),
        (Audience.COMMITTEE, 200, 5, 1),
        (Audience.BUYER, 200, 1, 1),
        (Audience.SUPPLIER, 200, 1, 1),
    ],
)
def test_slips_and_the_fewest_answers(audience: Audience, population: int, slips: int, least: int) -> None:
    assert surveys.slips_for(audience=audience, population=population, law=LAW) == slips
    assert surveys.least_answers(audience=audience, population=population, law=LAW) == least


def result(*questionnaires: surveys.Answers, population: int = 2) -> surveys.SurveyResult:
    return surveys.survey_result(
        audience=Audience.RESIDENTS, questionnaires=questionnaires, slips=population, population=population, law=LAW
    )


def test_satisfaction_is_the_mean_of_the_valid_questionnaires() -> None:
    found = result((5, 5, 5, 5, 5), (4, 3, None, 2, 1), (5, None, None, None, 5))
    assert (found.answers, found.valid) == (3, 2)
    assert found.mean == (100 + Fraction(170, 4)) / 2
    assert surveys.satisfaction_points(weight=12, result=found) == Fraction(12) * Fraction(285, 400)


def test_too_few_answers_make_the_leaf_void() -> None:
    found = result((5, 5, 5, 5, 5), population=2)
    assert not found.counts
    assert surveys.satisfaction_points(weight=12, result=found) is None
    assert surveys.satisfaction_points(weight=12, result=result()) is None


def test_answers_off_the_scale_or_mostly_empty_are_refused() -> None:
    assert surveys.objections_to_answers((5, 4, 3, 2, 1), law=LAW) == []
    assert surveys.objections_to_answers((5, 4, 3, None, None), law=LAW) == []
    assert [o.field for o in surveys.objections_to_answers((6, 0, 3, 2, 1), law=LAW)] == ["attitude", "quality"]
    assert messages(surveys.objections_to_answers((5, 4, None, None, None), law=LAW)) == [
        "Please answer at least {least} of the five questions."
    ]


def test_slips_cannot_be_guessed_and_stay_the_same() -> None:
    words = {
        surveys.slip_word(secret="s" * 40, evaluation=f"E-{e}", audience=audience, number=n)
        for e in range(3) for audience in Audience for n in range(50)
    }  # fmt: skip
    assert len(words) == 600
    assert all(len(word) == 24 and word.isalnum() for word in words)
    one = surveys.slip_word(secret="s" * 40, evaluation="E-1", audience=Audience.BUYER, number=1)
    assert one == surveys.slip_word(secret="s" * 40, evaluation="E-1", audience=Audience.BUYER, number=1)
    assert one != surveys.slip_word(secret="t" * 40, evaluation="E-1", audience=Audience.BUYER, number=1)
    assert surveys.slip_digest(f" {one.upper()} ") == surveys.slip_digest(one)


def test_a_percentage_is_rounded_half_up() -> None:
    assert str(surveys.percent(Fraction(1, 3))) == "33.3"
    assert str(surveys.percent(Fraction(665, 1000))) == "66.5"


def test_a_contract_has_a_mid_term_and_a_final_evaluation() -> None:
    mid, final = plan(from_on=date(2026, 1, 1), until_on=date(2027, 1, 1), law=LAW)
    assert (mid.kind, final.kind) == (Kind.MID_TERM, Kind.FINAL)
    assert mid.opens_at == datetime(2026, 7, 1, 16, tzinfo=UTC)
    assert mid.due_on == date(2027, 1, 1)
    assert final.opens_at == datetime(2026, 12, 31, 16, tzinfo=UTC)
    assert final.due_on == date(2027, 4, 1)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 1, 31), 12, date(2027, 1, 31)),
    ],
)
def test_months_end_where_the_month_ends(day: date, months: int, later: date) -> None:
    assert add_months(day, months) == later


def test_what_time_brings_in_order() -> None:
    later = NOON + timedelta(days=1)
    moments = Moments(state=State.PLANNED, opens_at=NOON)
    assert due(moments) == [(NOON, Act.OPEN_SURVEY)]
    assert due(Moments(state=State.OPEN, opens_at=NOON, survey_until=later)) == [(later, Act.CLOSE_SURVEY)]
    assert due(Moments(state=State.SCORED, opens_at=NOON, reply_until=later)) == [(later, Act.CLOSE_REPLY)]
    assert due(Moments(state=State.SCORING, opens_at=NOON, survey_until=later)) == []
    assert next_turn_at(moments) == NOON
    assert next_turn_at(Moments(state=State.PUBLISHED, opens_at=NOON)) is None


def test_the_survey_runs_fourteen_days_and_ends_on_a_working_day() -> None:
    assert survey_until(opened_at=NOON, law=LAW) == datetime(2026, 3, 16, 16, tzinfo=UTC)
    # 14 days after 21 February 2026 is a Saturday: the survey ends with the Monday after it.
    assert survey_until(opened_at=datetime(2026, 2, 21, 4, tzinfo=UTC), law=LAW) == datetime(2026, 3, 9, 16, tzinfo=UTC)


def test_the_organization_has_five_working_days() -> None:
    assert acting.reply_until(scored_at=NOON, law=LAW) == datetime(2026, 3, 9, 16, tzinfo=UTC)


def test_one_second_late_is_late() -> None:
    second = timedelta(seconds=1)
    assert acting.objections_to_answering(used=False, closes_at=NOON, now=NOON - second) == []
    assert acting.objections_to_answering(used=True, closes_at=NOON, now=NOON - second) != []
    assert acting.objections_to_answering(used=False, closes_at=NOON, now=NOON) != []
    assert acting.objections_to_answering(used=False, closes_at=None, now=NOON) != []
    assert acting.objections_to_scoring_now(state=State.OPEN, closes_at=NOON, now=NOON - second) != []
    assert acting.objections_to_scoring_now(state=State.OPEN, closes_at=NOON, now=NOON) == []
    assert acting.objections_to_scoring_now(state=State.SCORING, closes_at=NOON, now=NOON - second) == []
    assert acting.objections_to_reply(until=NOON, now=NOON - second) == []
    assert acting.objections_to_reply(until=NOON, now=NOON) != []
    assert acting.objections_to_reply(until=None, now=NOON) != []
    assert acting.objections_to_conclusion(state=State.SCORED, until=NOON, now=NOON - second) != []
    assert acting.objections_to_conclusion(state=State.SCORED, until=NOON, now=NOON) == []
    assert acting.objections_to_conclusion(state=State.SETTLED, until=NOON, now=NOON - second) == []


def test_the_evaluator_sits_with_neither_side() -> None:
    assert acting.objections_to_independence(evaluator="C", supplier="A", street="B") == []
    for evaluator in ("A", "B", None):
        assert acting.objections_to_independence(evaluator=evaluator, supplier="A", street="B")[0].law == "K-17"


def test_a_veto_goes_with_its_evidence() -> None:
    assert acting.objections_to_veto(veto=None, evidence=" ") == []
    assert acting.objections_to_veto(veto="diverted-funds", evidence="审计报告第三页，两笔支出与项目无关。") == []
    assert acting.objections_to_veto(veto="diverted-funds", evidence="有")[0].field == "veto_evidence"
    assert acting.objections_to_veto(veto=None, evidence="审计报告第三页。")[0].field == "veto"


def test_who_concluded_does_not_publish() -> None:
    assert acting.objections_to_publisher(concluded_by="a", by="b") == []
    assert acting.objections_to_publisher(concluded_by="a", by="a")[0].law == "B-5"


def test_a_plan_is_one_of_its_kind() -> None:
    assert acting.objections_to_plan(kind=Kind.FOLLOW_UP, kinds_planned=frozenset({Kind.FINAL}), population=10) == []
    found = acting.objections_to_plan(kind=Kind.FINAL, kinds_planned=frozenset({Kind.FINAL}), population=0)
    assert [objection.field for objection in found] == ["kind", "population"]
    assert acting.objections_to_moment(opens_at=NOON, now=NOON + timedelta(days=1))[0].field == "opens_on"
    assert acting.objections_to_moment(opens_at=NOON, now=NOON + timedelta(hours=2)) == []


def test_words_must_say_something() -> None:
    assert acting.objections_to_words(field="text", text="已按意见整改。") == []
    assert acting.objections_to_words(field="text", text=" 好 ")[0].field == "text"
