from datetime import date
from decimal import Decimal
from fractions import Fraction

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluations.queries.templates import built_in
from evaluations.rules import formulas, replying, scoring
from evaluations.rules.leaves import AMOUNTS, FLAGS, Facts, points_of, source_of
from evaluations.rules.replying import Answered, Point
from evaluations.rules.templates import (
    Change,
    changed,
    edition_on,
    family_for,
    is_scored_with,
    objections_to_changes,
    objections_to_template,
)
from evaluations.states import Grade, Kind, LeafKind, Template
from market.law.states import Law, Provision, Verification

NUMBERS = {"K-6.excellent": "90", "K-6.good": "80", "K-6.fair": "60", "L-11": "30", "L-12": "2", "K-12": "0.60",
           "IND-2.quantity-floor": "0.60"}  # fmt: skip
LAW = Law(
    Provision(id=key, title_zh="", title_en="", article="", value=Decimal(value), in_force_from=date(2020, 1, 1),
              verification=Verification.HOUSE_RULE) for key, value in NUMBERS.items()
)  # fmt: skip
COMMON = built_in()["SH-COMM-2026"]
EVERY = list(built_in().values())
NEXT = msgspec.structs.replace(COMMON, code="SH-COMM-2027", in_force_from=date(2027, 1, 1))
TODAY = date(2026, 3, 2)


def refused(template: Template, *, today: date = TODAY) -> list[tuple[str, str]]:
    found = objections_to_template(template=template, known=EVERY, today=today, law=LAW)
    return [(objection.field, objection.message.msgid) for objection in found]


@pytest.mark.parametrize("template", EVERY, ids=lambda template: template.code)
def test_every_edition_of_the_house_would_pass_as_written_today(template: Template) -> None:
    fresh = msgspec.structs.replace(template, code="NEW-2027", in_force_from=date(2027, 1, 1))
    assert refused(fresh) == []


@given(template=st.sampled_from(EVERY), data=st.data())
def test_every_score_is_out_of_a_hundred_and_has_one_grade(template: Template, data: st.DataObject) -> None:
    codes = [leaf.code for leaf in template.leaves]
    given_points = data.draw(st.dictionaries(st.sampled_from(codes), st.fractions(0, 12), min_size=1))
    scored = scoring.score(template=template, points=given_points, reasons={})
    assert sum(each.weight for each in scored) == 100
    assert 0 <= scoring.total(scored) <= 100
    assert scoring.grade_of(exact=scoring.total(scored), law=LAW, vetoed=False) in set(Grade)


# K-13: budget execution 10, output 50, outcome 30, satisfaction 10, the same leaves re-scaled.
def test_the_self_evaluation_rescales_each_branch() -> None:
    weights = scoring.spread(template=built_in()["SELF-2026"], removed=frozenset())
    assert (weights["B21"], weights["C11"], weights["D11"], weights["E11"]) == (10, Fraction(120, 7), 12, 6)


@pytest.mark.parametrize(
    ("template", "code", "facts", "expected"),
    [
        ("LIFE", "C21", {"spot_checks": 10, "spot_checks_passed": 9}, "81/10"),
        ("LIFE", "C21", {}, None),
        ("CHARITY", "C21", {"case_files": 4, "case_files_complete": 3}, "27/4"),
        ("CHARITY", "C21", {"case_files": 4, "case_files_complete": 4, "protection_breached": True}, "0"),
        ("CHARITY", "D11", {"cases_closed": 8, "cases_goal_reached": 6}, "9/2"),
        ("CULTURE", "C21", {"attendance": 120, "capacity": 100}, "9"),
        ("CULTURE", "D11", {"regular_share": "0.2", "regular_share_promised": "0.4"}, "3"),
        ("MEDIATION", "C21", {"agreements_written": 5, "disputes_settled": 10}, "9/2"),
        ("MEDIATION", "C21", {"agreements_written": 9, "disputes_settled": 9, "confidence_breached": True}, "0"),
        ("MEDIATION", "D11", {"disputes_not_back": 3, "disputes_taken": 4}, "9/2"),
    ],
)
def test_the_leaves_of_each_class_of_services(
    template: str, code: str, facts: dict[str, object], expected: str | None
) -> None:
    leaf = built_in()[f"SH-COMM-2026-{template}"].leaf(code)
    assert leaf is not None
    known = msgspec.convert(facts, Facts, strict=False)
    points = points_of(leaf=leaf, facts=known, law=LAW)
    assert points == (None if expected is None else Fraction(expected))
    assert source_of(leaf=leaf, facts=known) is not None


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("share(paid_yuan, payable_yuan)", None),
        ("within(days_to_sign, L-11, working_days_to_publish, L-12)", None),
        ("parts(grounds_met, 4)", None),
        ("min(1, paid_yuan)", "There is no formula"),
        ("paid_yuan / payable_yuan", "There is no formula"),
        ("share(paid_yuan)", "has {count} places"),
        ("share(paid_yuan, quantity_unit)", "cannot stand"),
        ("less_each(minor_findings, minor_findings)", "cannot stand"),
        ("parts(grounds_met, 0)", "cannot stand"),
        ("parts(grounds_met, ²)", "cannot stand"),
        ("share_above(paid_yuan, payable_yuan, Z-9)", "cannot stand"),
    ],
)
def test_formulas_are_checked_when_they_are_written(written: str, words: str | None) -> None:
    found = formulas.objections_to_formula(written=written, field="f", amounts=AMOUNTS, flags=FLAGS, law=LAW)
    assert [words in objection.message.msgid for objection in found if words] == ([] if words is None else [True])


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ([Change(leaf="C11", weight=13)], "The weights sum to {sum}"),
        ([Change(leaf="C11", removed=True), Change(leaf="A31", weight=15)], "Output, outcome and satisfaction"),
        ([Change(leaf="D21", formula="share(paid_yuan, payable_yuan)")], "Only a computed indicator"),
        ([Change(leaf="Z11", weight=1), Change(leaf="C11", weight=11)], "stands in no branch"),
        ([Change(leaf="C13", weight=4), Change(leaf="C11", weight=8)], None),
    ],
)
def test_an_edition_is_checked_when_it_is_written(changes: list[Change], words: str | None) -> None:
    template = msgspec.structs.replace(NEXT, leaves=changed(COMMON.leaves, changes))
    found = [said for _, said in refused(template)]
    assert any(words in said for said in found) if words else found == []


def test_an_edition_has_its_own_code_and_day() -> None:
    assert refused(NEXT, today=date(2027, 1, 1))[0][0] == "in_force_from"
    assert {field for field, _ in refused(COMMON)} == {"code", "in_force_from"}
    assert refused(msgspec.structs.replace(NEXT, family="NONE"))[0][0] == "family"
    assert edition_on(family="SH-COMM", day=date(2026, 12, 31), known=[COMMON, NEXT]) == COMMON
    assert edition_on(family="SH-COMM", day=date(2027, 1, 1), known=[COMMON, NEXT]) == NEXT
    assert edition_on(family="SH-COMM", day=date(2020, 1, 1), known=[COMMON, NEXT]) is None


def test_a_service_is_judged_by_the_template_of_its_class() -> None:
    assert family_for(kind=Kind.FINAL, category="CULTURE", known=EVERY) == "SH-COMM-CULTURE"
    assert family_for(kind=Kind.FINAL, category="SUPPORT", known=EVERY) == "SH-COMM"
    assert family_for(kind=Kind.FINAL, category="", known=EVERY) == "SH-COMM"
    assert family_for(kind=Kind.FOLLOW_UP, category="CULTURE", known=EVERY) == "FOLLOW-UP"
    assert [leaf.code for leaf in built_in()["FOLLOW-UP-2026"].leaves] == ["D11", "D21"]
    assert all((leaf.kind is LeafKind.COMPUTED) == bool(leaf.formula) for each in EVERY for leaf in each.leaves)


# IND-3.reply: each objection is answered in writing.
def test_every_objection_is_answered_once_and_in_a_sentence() -> None:
    good = Answered(number="1", answer="名单已核对，维持原评分。")
    assert replying.objections_to_answers(numbers=[1], answers=[good]) == []
    missing = replying.objections_to_answers(numbers=[1, 2], answers=[good])
    assert [(o.field, o.law) for o in missing] == [("answers", "IND-3.reply")]
    other = [good, good, Answered(number="9", answer="好")]
    assert [o.field for o in replying.objections_to_answers(numbers=[1], answers=other)] == [
        "answers.1.number", "answers.2.number", "answers.2.answer"
    ]  # fmt: skip
    points = [Point(leaf="Z9", words="台账页码有误，见附件。"), Point(words="不服")]
    assert [o.field for o in replying.objections_to_points(points=points, template=COMMON)] == [
        "points.0.leaf", "points.1.words"
    ]  # fmt: skip


# Every formula that may be written has its facts in words, whichever fact stands first.
@pytest.mark.parametrize(
    "written",
    ["parts(targets, 4)", "within(working_days_to_publish, L-11, days_to_sign, L-12)",
     "less_each(cases_closed, funds_diverted)", "share(payable_yuan, paid_yuan)"],
)  # fmt: skip
def test_the_facts_behind_any_formula_can_be_told(written: str) -> None:
    assert formulas.objections_to_formula(written=written, field="", amounts=AMOUNTS, flags=FLAGS, law=LAW) == []
    leaf = msgspec.structs.replace(COMMON.leaves[0], formula=written)
    assert source_of(leaf=leaf, facts=Facts()) is not None


def test_an_indicator_is_changed_once_and_only_what_is_there_is_left_out() -> None:
    changes = [Change(leaf="C11", weight=11), Change(leaf="C11", weight=12), Change(leaf="C99", removed=True)]
    found = objections_to_changes(changes=changes, leaves=COMMON.leaves)
    assert [objection.field for objection in found] == ["changes.1.leaf", "changes.2.leaf"]


def test_an_edition_is_offered_of_what_evaluations_are_judged_by() -> None:
    assert {each.family for each in EVERY} - {each.family for each in EVERY if is_scored_with(each)} == {"SELF"}
