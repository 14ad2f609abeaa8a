"""What a plan adds to a need: small enterprises, repeated purchases, the parts of a review; the article beside each."""

from decimal import Decimal

import msgspec
import pytest

from market.base.sheets import Line
from market.needs.rules import (
    Allotted,
    Earlier,
    LineFacts,
    Reviews,
    judge_lines,
    objections_to_adjustment,
    objections_to_coverage,
    objections_to_handing,
    objections_to_review,
    objections_to_set_aside,
    objections_to_splitting,
    part_of,
    repeated,
    warnings_of_need,
    warnings_of_set_aside,
)
from market.needs.states import Decision, Part, SetAside, Source
from market.people.states import Role
from tests.needs.test_rules import LAW, LINE, TODAY, against, rules

MILLION = Decimal(1_000_000)


@pytest.mark.parametrize(
    ("budget", "set_aside", "reason", "expected"),
    [
        # 16.11: budget 1.5 m, threshold 1 m, no exemption ticked: social organizations could not bid
        ("1500000", "", "", [("set_aside", "S-3")]),
        ("1500000", SetAside.POLICY, "", [("set_aside_reason", "S-4")]),
        ("1500000", SetAside.POLICY, "按政策由社会组织承接。", []),
        ("1500000", SetAside.RESERVED, "", []),
        ("2000000", "", "", [("set_aside", "S-3")]),
        ("2000000.01", "", "", []),
    ],
)
def test_small_enterprises(budget: str, set_aside: str, reason: str, expected: list[tuple[str, str]]) -> None:
    """S-3, S-4: 财库〔2020〕46号 第六条、第七条."""
    found = objections_to_set_aside(budget=Decimal(budget), official=True, set_aside=set_aside, reason=reason, law=LAW)
    assert rules(found) == expected


def test_below_the_limit_nothing_is_set_aside_and_a_set_aside_warns() -> None:
    """S-2: a social organization is no enterprise, 财库〔2020〕46号 第二条."""
    below = {"budget": Decimal(480_000), "official": False, "law": LAW}
    assert warnings_of_set_aside(set_aside="", **below) == []
    assert [rule for _, rule in warnings_of_set_aside(set_aside=SetAside.RESERVED, **below)] == ["S-2"]


def others(*amounts: int, official: bool = False, open_tender: bool = False) -> list[Earlier]:
    return [
        Earlier(code=f"N-{n}", title="", amount=Decimal(amount), official=official, open_tender=open_tender)
        for n, amount in enumerate(amounts)
    ]


@pytest.mark.parametrize(
    ("earlier", "open_tender", "expected"),
    [
        # 16.8: three of 1.5 m from one line and item in a year: 4.5 m > 4 m
        (others(1_500_000, 1_500_000, official=True), False, ["H-6"]),
        (others(1_500_000, 1_000_000, official=True), False, []),
        (others(1_500_000, 1_500_000, official=True), True, []),
        (others(1_500_000, 1_500_000, official=True, open_tender=True), False, []),
        ([], False, []),
    ],
)
def test_splitting_to_evade_open_tender(earlier: list[Earlier], *, open_tender: bool, expected: list[str]) -> None:
    """H-6: 政府采购法实施条例 第二十八条."""
    found = objections_to_splitting(
        budget=Decimal(1_500_000), official=True, open_tender=open_tender, earlier=earlier, reason="", law=LAW
    )
    assert [objection.law for objection in found] == expected


@pytest.mark.parametrize(
    ("budget", "earlier", "named"),
    [
        (500_000, others(500_000), ["N-0"]),
        (499_999, others(500_000), []),
        (400_000, others(300_000, 300_000), ["N-0", "N-1"]),
        (999_999, [], []),
        # What ran outside was no internal purchase.
        (500_000, others(500_000, official=True), []),
    ],
)
def test_repeated_purchases_reach_the_limit(budget: int, earlier: list[Earlier], named: list[str]) -> None:
    """HR-1, a rule of this house; the limit is H-2's of the day."""
    asked = {"budget": Decimal(budget), "official": False, "earlier": earlier, "law": LAW}
    assert [one.code for one in repeated(**asked)] == named
    without = objections_to_splitting(**asked, open_tender=False, reason=" ")
    assert rules(without) == ([("splitting_reason", "HR-1")] if named else [])
    assert all(code in without[0].message.values["codes"] for code in named)
    assert objections_to_splitting(**asked, open_tender=False, reason="片区不同") == []


def test_a_need_is_judged_with_the_purchases_beside_it() -> None:
    rich = msgspec.structs.replace(LINE, amount=5 * MILLION)
    assert against(line=rich) == []
    whole = {"duty_basis": "条例", "risk_note": "备用人员", "set_aside": "policy", "set_aside_reason": "政策"}
    assert rules(against(line=rich, budget=MILLION)) == [
        ("duty_basis", "N-1"),
        ("risk_note", "B-4"),
        ("set_aside", "S-3"),
    ]
    assert against(line=rich, budget=MILLION, **whole) == []


def test_the_management_cost_is_part_of_the_budget() -> None:
    """N-11: 上海市慈善条例 第五十九条."""
    assert rules(against(management_cost=Decimal(480_001))) == [("management_cost", "N-11")]
    assert against(management_cost=Decimal(48_000)) == []


WHOLE = Reviews(hands=("wang.fang",), legal=True, repeated=True)


@pytest.mark.parametrize(
    ("who", "role", "reviews", "part"),
    [
        ("li.jun", Role.APPROVER, WHOLE, Part.APPROVAL),
        ("zhao.min", Role.LEGAL_REVIEWER, WHOLE, Part.LAW),
        ("zhou.ping", Role.STREET_SUPERVISOR, WHOLE, Part.SUPERVISION),
        # Below the limit the legal reviewer may be the second person.
        ("zhao.min", Role.LEGAL_REVIEWER, Reviews(hands=("wang.fang",)), Part.APPROVAL),
        ("zhou.ping", Role.STREET_SUPERVISOR, Reviews(hands=("wang.fang",)), None),
        ("wang.fang", Role.APPROVER, WHOLE, None),
        ("li.jun", Role.APPROVER, msgspec.structs.replace(WHOLE, given={Part.APPROVAL: "another"}), None),
        ("li.jun", Role.LEGAL_REVIEWER, msgspec.structs.replace(WHOLE, given={Part.APPROVAL: "li.jun"}), None),
    ],
)
def test_whose_part_of_a_review_it_is(who: str, role: Role, reviews: Reviews, part: Part | None) -> None:
    """B-4, B-5: 财库〔2021〕22号 第二十三条、第三十二条; HR-1."""
    assert part_of(reviewer=who, roles=frozenset({role}), reviews=reviews) is part
    found = objections_to_review(
        reviewer=who, roles=frozenset({role}), reviews=reviews, decision=Decision.APPROVE, reason=""
    )
    assert rules(found) == ([] if part else [("", "B-5")])


@pytest.mark.parametrize(
    ("amount", "document", "expected"),
    [
        ("700000", "文", []),
        ("120000", "文", []),
        ("119999.99", "文", [("amount", "N-10")]),
        ("600000", "文", [("amount", "")]),
        ("0", "", [("amount", ""), ("document", "N-10")]),
    ],
)
def test_a_line_is_adjusted_by_a_document_never_below_what_is_used(
    amount: str, document: str, expected: list[tuple[str, str]]
) -> None:
    """N-10: 财政部令第102号 第十六条."""
    used = LineFacts(**{**msgspec.structs.asdict(LINE), "reserved": Decimal(50_000), "committed": Decimal(70_000)})
    assert rules(objections_to_adjustment(line=used, amount=Decimal(amount), document=document)) == expected


def test_money_that_follows_its_task_names_department_document_and_file() -> None:
    line = Allotted(title="康复", year=2026, source=Source.DISTRICT, amount=MILLION, from_unit="区民政局")
    assert rules(objections_to_handing(line)) == [("document", "N-10"), ("file", "N-10")]


def test_a_file_allots_no_line_twice() -> None:
    values = {"title": "为老服务", "year": 2026, "source": "street", "amount": Decimal(1)}
    lines = [
        Line(row=2, values=values, faults=[]),
        Line(row=3, values={**values, "title": "文体"}, faults=[]),
        Line(row=4, values={**values, "title": "文体"}, faults=[]),
        Line(row=5, values={**values, "title": "旧账", "year": 2024}, faults=[]),
    ]
    judged = judge_lines(lines=lines, known={(2026, "为老服务"): "L-1"}, document="文", today=TODAY)
    assert [rules(each.faults) for each in judged] == [[("title", "N-10")], [], [("title", "N-10")], [("year", "")]]
    named = [fault.message.values.get("code") for each in judged for fault in each.faults]
    assert named == ["L-1", "#3", None]
    assert judged[1].line is not None
    assert (judged[1].line.document, judged[1].line.source) == ("文", Source.STREET)


def test_sending_back_needs_words() -> None:
    found = objections_to_review(
        reviewer="li.jun", roles=frozenset({Role.APPROVER}), reviews=WHOLE, decision=Decision.SEND_BACK, reason=" "
    )
    assert rules(found) == [("reason", "")]


@pytest.mark.parametrize(
    ("covered", "official", "document", "warned", "refused"),
    [
        (True, True, "", [], []),
        (False, False, "", ["N-8"], []),
        (False, True, "", ["N-8"], [("consent_document", "N-8")]),
        (False, True, "府办〔2026〕3号", [], []),
    ],
)
def test_what_the_guiding_catalogue_does_not_cover_needs_consent(
    *, covered: bool, official: bool, document: str, warned: list[str], refused: list[tuple[str, str]]
) -> None:
    """N-8: 沪财发〔2021〕3号 第十六条."""
    asked = {"is_covered": covered, "official": official, "consent_document": document}
    assert rules(objections_to_coverage(**asked)) == refused
    found = warnings_of_need(budget=Decimal(480_000), set_aside="", earlier=[], law=LAW, **asked)
    assert [rule for _, rule in found if rule == "N-8"] == warned


def test_a_need_warns_of_everything_at_once() -> None:
    """16.11 (S-3) beside N-8; HR-1 on the internal route."""
    asked = {"set_aside": "", "is_covered": False, "consent_document": "", "law": LAW}
    found = warnings_of_need(budget=Decimal(1_500_000), official=True, earlier=[], **asked)
    assert [rule for _, rule in found] == ["S-3", "N-8"]
    found = warnings_of_need(budget=Decimal(500_000), official=False, earlier=others(500_000), **asked)
    assert [rule for _, rule in found] == ["N-8", "HR-1"]
