"""May this be bought, here, with this money: each case with the article beside it."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest

import market.law
from market.base.refusal import Objection
from market.law.rules import law_of
from market.law.states import Provision
from market.needs.rules import (
    Allotted,
    LineFacts,
    LongTerm,
    NeedPlan,
    Target,
    channel_of,
    objections_to_commitment,
    objections_to_line,
    objections_to_payment,
    objections_to_reservation,
    objections_to_submission,
)
from market.needs.states import QUESTIONS, Answer, Channel, Source

TODAY = date(2026, 3, 2)
PROVISIONS = msgspec.convert(
    json.loads((Path(market.law.__file__).parent / "data" / "provisions.json").read_text(encoding="utf-8"))[
        "provisions"
    ],
    list[Provision],
)
LAW = law_of(provisions=PROVISIONS, day=TODAY)
STREET = "11000000002468133W"
LINE = LineFacts(code="L-2026-0001", street=STREET, year=2026, amount=Decimal(600_000))
ALL_FIVE = LongTerm(budget_guaranteed=True, content_fixed=True, continuous=True, funding_stable=True, price_stable=True)
PLAN = NeedPlan(
    title="2026年独居老人探访关爱",
    item="C05010400",
    menu_item="M004",
    category="LIFE",
    description="为辖区独居老人提供每周探访。",
    standard="每人每周不少于一次，每次不少于三十分钟。",
    quantity=Decimal(12_000),
    unit="人次",
    served="辖区内七十岁以上独居老人",
    beneficiaries=240,
    place="示范路街道",
    term_months=12,
    budget=Decimal(480_000),
    budget_line=LINE.code,
    targets=(Target(name="探访人次", number=Decimal(12_000), unit="人次", due_on=date(2027, 3, 31)),),
    answers=dict.fromkeys(QUESTIONS, Answer.NO),
    consulted_on=date(2026, 1, 20),
    consulted_how="居民代表会议，到会四十二人。",
    surveyed_on=date(2026, 2, 10),
    surveyed=("甲社工事务所", "乙养老服务中心", "丙公益发展中心"),
)


def against(
    *, line: LineFacts | None = LINE, central: bool = False, item_in_use: bool = True, **changes: Any
) -> list[Objection]:
    plan = msgspec.structs.replace(PLAN, **changes)
    return objections_to_submission(
        plan=plan, line=line, street=STREET, item_in_use=item_in_use, central=central, law=LAW, today=TODAY
    )


def rules(found: list[Objection]) -> list[tuple[str, str]]:
    return [(objection.field, objection.law) for objection in found]


def test_a_whole_need_goes_to_review() -> None:
    assert against() == []


@pytest.mark.parametrize("rule", QUESTIONS)
def test_the_negative_list(rule: str) -> None:
    """N-1 to N-6: 财政部令第102号 第十条; 沪财发〔2021〕3号 第十一条."""
    field = rule.lower().replace("-", "_")
    assert rules(against(answers={**PLAN.answers, rule: Answer.YES})) == [(field, rule)]
    unanswered = {key: answer for key, answer in PLAN.answers.items() if key != rule}
    assert rules(against(answers=unanswered)) == [(field, rule)]
    assert rule in LAW


def test_the_negative_list_is_asked_under_the_law_that_goes_on() -> None:
    """T-1: the city's measure expired on 2026-04-30."""
    assert LAW["N-3"].article.startswith("上海市政府购买服务管理办法")
    assert law_of(provisions=PROVISIONS, day=date(2026, 5, 1))["N-3"].article.startswith(
        "政府购买服务管理办法（财政部令第102号）"
    )


@pytest.mark.parametrize(
    ("amount", "central", "channel"),
    [
        ("999999.99", False, Channel.HERE),
        ("1000000.00", False, Channel.OFFICIAL),
        ("0.01", True, Channel.OFFICIAL),
    ],
)
def test_the_channel(amount: str, *, central: bool, channel: Channel) -> None:
    """H-2, H-4: 沪府令65号 第二十四条; the central catalogue at any amount."""
    assert channel_of(amount=Decimal(amount), central=central, law=LAW) is channel


def test_a_district_may_set_its_own_limit() -> None:
    """H-1: 沪府令65号 第四条."""
    local = msgspec.structs.replace(LAW["H-2.limit"], value=Decimal(400_000), scope="district:虹口区")
    law = law_of(provisions=[*PROVISIONS, local], day=TODAY, district="虹口区")
    assert channel_of(amount=Decimal(480_000), central=False, law=law) is Channel.OFFICIAL


def test_budget_first() -> None:
    """N-10: 财政部令第102号 第十六条; 沪财发〔2021〕3号 第十九条."""
    used = msgspec.structs.replace(LINE, reserved=Decimal(50_000), committed=Decimal(60_000), paid=Decimal("10000.01"))
    found = against(line=used)
    assert rules(found) == [("budget", "N-10")]
    assert found[0].message.values["left_yuan"] == Decimal("479999.99")
    assert rules(against(line=None)) == [("budget_line", "N-10")]
    assert rules(against(line=msgspec.structs.replace(LINE, street="other"))) == [("budget_line", "N-10")]
    assert rules(against(line=msgspec.structs.replace(LINE, year=2025))) == [("budget_line", "N-10")]
    assert objections_to_reservation(budget=Decimal(600_000), line=LINE) == []


@pytest.mark.parametrize(
    ("months", "long_term", "expected"),
    [
        (12, LongTerm(), []),
        (13, LongTerm(), [("term_months", "C-2.longest")]),
        (13, ALL_FIVE, []),
        (13, msgspec.structs.replace(ALL_FIVE, price_stable=False), [("term_months", "C-2.longest")]),
        (36, ALL_FIVE, []),
        (37, ALL_FIVE, [("term_months", "C-2.longest")]),
        (0, LongTerm(), [("term_months", "C-2")]),
        (None, LongTerm(), [("term_months", "C-2")]),
    ],
)
def test_the_term(months: int | None, long_term: LongTerm, expected: list[tuple[str, str]]) -> None:
    """C-2: 财政部令第102号 第二十四条; 沪财发〔2021〕3号 第二十八条."""
    assert rules(against(term_months=months, long_term=long_term)) == expected


def test_targets_are_measurable() -> None:
    """K-1; indicator A21: number, unit and day."""
    assert rules(against(targets=())) == [("targets", "K-1")]
    vague = Target(name=" ", number=Decimal(0), unit="", due_on=TODAY)
    assert rules(against(targets=(*PLAN.targets, vague))) == [
        ("targets.1.name", "K-1"),
        ("targets.1.number", "K-1"),
        ("targets.1.unit", "K-1"),
        ("targets.1.due_on", "K-1"),
    ]


def test_residents_are_consulted() -> None:
    """B-1: 实施条例 第十五条第二款."""
    assert rules(against(consulted_on=None)) == [("consulted_on", "B-1")]
    assert rules(against(consulted_how="  ")) == [("consulted_on", "B-1")]
    assert rules(against(consulted_on=date(2026, 3, 3))) == [("consulted_on", "B-1")]
    assert rules(against(consulted_on=TODAY)) == []


def test_three_market_entities_are_asked() -> None:
    """B-2: 财库〔2021〕22号 第十条、第十一条."""
    twice = ("甲社工事务所", " 甲社工事务所 ", "乙养老服务中心", "")
    found = against(surveyed=twice)
    assert rules(found) == [("surveyed", "B-2")]
    assert (found[0].message.values["fewest"], found[0].message.values["asked"]) == (3, 2)
    assert rules(against(surveyed_on=None)) == [("surveyed_on", "B-2")]
    assert rules(against(surveyed_on=date(2026, 3, 3))) == [("surveyed_on", "B-2")]


def test_a_survey_counts_for_a_year() -> None:
    """B-3: 财库〔2021〕22号 第十一条."""
    assert rules(against(surveyed_on=date(2025, 3, 2))) == []
    assert rules(against(surveyed_on=date(2025, 3, 1))) == [("surveyed_on", "B-3")]
    leap = objections_to_submission(
        plan=msgspec.structs.replace(PLAN, surveyed_on=date(2023, 2, 28)),
        line=msgspec.structs.replace(LINE, year=2024),
        street=STREET,
        item_in_use=True,
        central=False,
        law=LAW,
        today=date(2024, 2, 29),
    )
    assert ("surveyed_on", "B-3") not in rules(leap)


def test_gaps_are_all_named_at_once() -> None:
    empty = NeedPlan(title="空", item="C05010400", budget=Decimal(0), budget_line="")
    found = objections_to_submission(
        plan=empty, line=None, street=STREET, item_in_use=False, central=False, law=LAW, today=TODAY
    )
    fields = [objection.field for objection in found]
    assert fields == [
        "item", "budget", "budget_line",
        "description", "standard", "unit", "served", "place", "quantity", "beneficiaries",
        "n_1", "n_2", "n_3", "n_4", "n_5", "n_6",
        "term_months", "targets", "consulted_on", "surveyed", "surveyed_on",
    ]  # fmt: skip
    assert all(objection.law in LAW for objection in found if objection.law)


@pytest.mark.parametrize(
    ("title", "year", "amount", "fields"),
    [
        ("为老服务", 2026, "1", []),
        ("为老服务", 2027, "1", []),
        ("为老服务", 2025, "1", ["year"]),
        (" ", 2028, "0", ["title", "amount", "year"]),
    ],
)
def test_a_budget_line(title: str, year: int, amount: str, fields: list[str]) -> None:
    line = Allotted(title=title, year=year, source=Source.STREET, amount=Decimal(amount))
    found = objections_to_line(line=line, today=TODAY)
    assert [objection.field for objection in found] == fields


def test_contracts_stay_within_the_budget_and_payments_within_the_contracts() -> None:
    """M-8: 财政部令第87号 第六十三条; C-15: 财库〔2019〕38号."""
    budget, zero = Decimal(480_000), Decimal(0)
    assert objections_to_commitment(budget=budget, committed=zero, amount=budget) == []
    assert rules(objections_to_commitment(budget=budget, committed=Decimal(1), amount=budget)) == [("amount", "M-8")]
    assert rules(objections_to_commitment(budget=budget, committed=zero, amount=zero)) == [("amount", "")]
    assert objections_to_payment(committed=budget, paid=zero, amount=budget) == []
    assert rules(objections_to_payment(committed=budget, paid=Decimal("0.01"), amount=budget)) == [("amount", "C-15")]
    assert rules(objections_to_payment(committed=budget, paid=zero, amount=Decimal(-1))) == [("amount", "")]
