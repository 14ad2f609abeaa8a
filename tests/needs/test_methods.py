"""Which methods are lawful: cases by article, as pure rules."""

from datetime import date
from decimal import Decimal

import pytest

from market.law.states import Law
from market.needs.rules.intentions import Announced, objections_to_intention, objections_to_start
from market.needs.rules.methods import (
    MethodFacts,
    TopUp,
    channel_under,
    lawful_methods,
    objections_to_kept_method,
    objections_to_leaving,
    objections_to_method,
    objections_to_staying,
    runs_in_house,
)
from market.needs.rules.official import (
    PaidStage,
    Papers,
    Result,
    ScoredBy,
    objections_to_papers,
    objections_to_result,
    objections_to_stage,
)
from market.needs.states import Channel
from market.needs.states.official import Exemption, Ground, Method, Outcome
from tests.needs.test_rules import LAW

G, M = Ground, Method
SMALL, STATUTORY, LARGE = Decimal(999_999), Decimal(1_000_000), Decimal(4_000_000)


def chosen(
    method: Method, *grounds: Ground, budget: Decimal = SMALL, central: bool = False, top_up: TopUp | None = None
) -> list[tuple[str, str]]:
    found = objections_to_method(
        method=method,
        grounds=frozenset(grounds),
        reason="理由",
        top_up=top_up or TopUp(),
        facts=MethodFacts(budget=budget, central=central),
        law=LAW,
    )
    return [(o.field, o.law) for o in found]


@pytest.mark.parametrize(
    ("method", "grounds", "budget", "central", "expected"),
    [
        # H-7: any purchase of services below the open-tender amount
        (M.CONSULTATION, (), SMALL, False, []),
        (M.CONSULTATION, (), STATUTORY, False, []),
        (M.CONSULTATION, (), LARGE - 1, True, []),
        # H-5: from the open-tender amount on only with approval before the start
        (M.CONSULTATION, (), LARGE, False, [("grounds", "H-5")]),
        (M.CONSULTATION, (G.FINANCE_APPROVED,), LARGE, False, []),
        (M.OPEN_TENDER, (), SMALL, False, []),
        (M.OPEN_TENDER, (), LARGE, False, []),
        # H-8: negotiation in one of its cases
        (M.NEGOTIATION, (), SMALL, False, [("grounds", "H-8")]),
        (M.NEGOTIATION, (G.ONLY_SUPPLIER,), SMALL, False, [("grounds", "H-8")]),
        (M.NEGOTIATION, (G.TENDER_FAILED,), SMALL, False, []),
        (M.NEGOTIATION, (G.URGENT,), LARGE, False, [("grounds", "H-5")]),
        # H-9, H-10: single source, nationally and in Shanghai
        (M.SINGLE_SOURCE, (), SMALL, False, [("grounds", "H-9")]),
        (M.SINGLE_SOURCE, (G.ONLY_SUPPLIER,), SMALL, False, []),
        (M.SINGLE_SOURCE, (G.CULTURE_ARTS,), SMALL, False, []),
        # H-11: from the open-tender amount on announced first
        (M.SINGLE_SOURCE, (G.ONLY_SUPPLIER,), LARGE, False, [("grounds", "H-5"), ("grounds", "H-11")]),
        (M.SINGLE_SOURCE, (G.ONLY_SUPPLIER, G.FINANCE_APPROVED, G.ANNOUNCED), LARGE, False, []),
        # H-12: invitation in its two cases
        (M.INVITATION, (), SMALL, False, [("grounds", "H-12")]),
        (M.INVITATION, (G.LIMITED_RANGE,), STATUTORY, False, []),
        # H-3: simple selection only where the Procurement Law does not bind
        (M.SIMPLE_SELECTION, (), SMALL, False, []),
        (M.SIMPLE_SELECTION, (), STATUTORY, False, [("method", "H-3")]),
        (M.SIMPLE_SELECTION, (), SMALL, True, [("method", "H-3")]),
        # H-14: framework agreements outside the central catalogue, from the limit on, where users choose
        (M.FRAMEWORK, (G.USER_CHOOSES,), SMALL, False, [("method", "H-14")]),
        (M.FRAMEWORK, (G.USER_CHOOSES,), STATUTORY, True, [("method", "H-14")]),
        (M.FRAMEWORK, (), STATUTORY, False, [("grounds", "H-14")]),
        (M.FRAMEWORK, (G.USER_CHOOSES,), STATUTORY, False, []),
        # H-15, H-16: an open one with a tariff, where all are admitted, after a closed pilot
        (M.OPEN_FRAMEWORK, (G.USER_CHOOSES,), STATUTORY, False, [("grounds", "H-15")] * 2 + [("grounds", "H-16")]),
        (M.OPEN_FRAMEWORK, (G.USER_CHOOSES, G.UNIFORM_TARIFF, G.ALL_ADMITTED, G.PILOTED), STATUTORY, False, []),
        # H-13: quotations never for services
        (M.QUOTATIONS, tuple(Ground), SMALL, False, [("method", "H-13")]),
    ],
)
def test_methods_by_article(
    *, method: Method, grounds: tuple[Ground, ...], budget: Decimal, central: bool, expected: list[tuple[str, str]]
) -> None:
    assert chosen(method, *grounds, budget=budget, central=central) == expected


@pytest.mark.parametrize(
    ("original", "earlier", "budget", "expected"),
    [
        (0, 0, 50_000, [("original", "H-9")]),
        (600_000, 40_000, 20_000, []),
        (600_000, 40_000, 25_000, [("original", "H-9")]),
    ],
)
def test_top_ups_stay_within_a_tenth(original: int, earlier: int, budget: int, expected: list[tuple[str, str]]) -> None:
    """H-9: 政府采购法 第三十一条第（三）项."""
    top_up = TopUp(original=Decimal(original), earlier=Decimal(earlier))
    assert chosen(M.SINGLE_SOURCE, G.TOP_UP, budget=Decimal(budget), top_up=top_up) == expected


def test_a_choice_needs_its_reason() -> None:
    found = objections_to_method(
        method=M.CONSULTATION,
        grounds=frozenset(),
        reason=" ",
        top_up=TopUp(),
        facts=MethodFacts(budget=SMALL),
        law=LAW,
    )
    assert [o.field for o in found] == ["reason"]


@pytest.mark.parametrize(
    ("method", "budget", "central", "channel"),
    [
        (None, SMALL, False, Channel.HERE),
        (None, STATUTORY, False, Channel.OFFICIAL),
        (None, Decimal(1), True, Channel.OFFICIAL),
        (M.CONSULTATION, SMALL, False, Channel.HERE),
        (M.SINGLE_SOURCE, SMALL, False, Channel.HERE),
        (M.OPEN_TENDER, SMALL, False, Channel.OFFICIAL),
        (M.INVITATION, SMALL, False, Channel.OFFICIAL),
        (M.FRAMEWORK, STATUTORY, False, Channel.OFFICIAL),
    ],
)
def test_the_channel_follows_money_item_and_method(
    *, method: Method | None, budget: Decimal, central: bool, channel: Channel
) -> None:
    """H-4: 沪府令65号 第二十四条."""
    facts = MethodFacts(budget=budget, central=central)
    assert channel_under(method=method, facts=facts, law=LAW) is channel


def test_every_method_is_answered_once_with_its_article() -> None:
    views = lawful_methods(facts=MethodFacts(budget=SMALL), law=LAW)
    assert sorted(view.method for view in views) == sorted(Method)
    assert all(view.laws and view.laws[0] in LAW for view in views)


def test_the_city_s_cases_hold_only_where_its_rule_is_in_force() -> None:
    without = Law([provision for provision in LAW.values() if provision.id != "H-10"])
    view = next(v for v in lawful_methods(facts=MethodFacts(budget=SMALL), law=without) if v.method is M.SINGLE_SOURCE)
    assert Ground.CULTURE_ARTS not in view.one_of


def test_what_runs_here_is_not_handed_over_and_the_reverse() -> None:
    assert runs_in_house(channel=Channel.HERE, method=None)
    assert [o.law for o in objections_to_leaving(channel=Channel.HERE, method=M.CONSULTATION)] == ["H-3"]
    assert objections_to_leaving(channel=Channel.HERE, method=M.SINGLE_SOURCE) == []
    assert [o.law for o in objections_to_staying(channel=Channel.OFFICIAL, method=M.CONSULTATION)] == ["H-4"]
    assert [o.law for o in objections_to_staying(channel=Channel.HERE, method=M.NEGOTIATION)] == ["H-3"]
    assert objections_to_staying(channel=Channel.HERE, method=M.CONSULTATION) == []


def test_a_kept_method_is_judged_again_when_the_money_has_grown() -> None:
    facts = MethodFacts(budget=STATUTORY)
    assert [o.law for o in objections_to_kept_method(method=M.SIMPLE_SELECTION, facts=facts, law=LAW)] == ["H-3"]
    assert objections_to_kept_method(method=None, facts=facts, law=LAW) == []


TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("month", "channel", "exempt", "reason", "again", "above", "fields"),
    [
        # B-8: thirty days ahead officially, the day of publication not counted: 2 March + 30 days is 1 April
        (date(2026, 4, 1), Channel.OFFICIAL, None, "", False, True, []),
        (date(2026, 3, 1), Channel.OFFICIAL, None, "", False, True, ["month_on"]),
        (date(2026, 3, 1), Channel.HERE, None, "", False, False, []),
        (date(2026, 2, 1), Channel.HERE, None, "", False, False, ["month_on"]),
        (date(2026, 3, 1), Channel.OFFICIAL, Exemption.URGENT, "台风灾后急需。", False, True, []),
        (date(2026, 3, 1), Channel.OFFICIAL, Exemption.URGENT, "", False, True, ["reason"]),
        (date(2026, 3, 1), Channel.OFFICIAL, Exemption.PETTY, "零星", False, True, ["exempt_because"]),
        (date(2026, 3, 1), Channel.OFFICIAL, Exemption.PETTY, "零星", False, False, []),
        (date(2026, 4, 1), Channel.OFFICIAL, None, "", True, True, ["reason"]),
    ],
)
def test_intentions(
    *,
    month: date,
    channel: Channel,
    exempt: Exemption | None,
    reason: str,
    again: bool,
    above: bool,
    fields: list[str],
) -> None:
    """B-8: 财库〔2020〕10号."""
    found = objections_to_intention(
        month_on=month,
        today=TODAY,
        channel=channel,
        exempt=exempt,
        reason=reason,
        again=again,
        above_limit=above,
        law=LAW,
    )
    assert [o.field for o in found] == fields
    assert all(o.law == "B-8" for o in found)


SAID = Announced(title="甲", budget=STATUTORY, published_on=date(2026, 1, 31))


@pytest.mark.parametrize(
    ("announced", "budget", "without", "reason", "fields"),
    [
        (SAID, STATUTORY, None, "", []),
        (None, STATUTORY, None, "", [""]),
        (SAID, STATUTORY + 1, None, "", [""]),
        (Announced(title="甲", budget=STATUTORY, published_on=date(2026, 2, 1)), STATUTORY, None, "", [""]),
        (Announced(title="甲", budget=STATUTORY, published_on=TODAY, exempt=True), STATUTORY, None, "", []),
        (None, STATUTORY, Exemption.URGENT, "台风灾后急需。", []),
        (None, STATUTORY, Exemption.URGENT, "", ["without_intention_reason"]),
        (None, STATUTORY, Exemption.PETTY, "零星", ["without_intention"]),
    ],
)
def test_a_purchase_starts_by_its_intention(
    *, announced: Announced | None, budget: Decimal, without: Exemption | None, reason: str, fields: list[str]
) -> None:
    """B-8: 财库〔2020〕10号; 31 January + 30 days is 2 March."""
    found = objections_to_start(
        announced=announced,
        title="甲",
        budget=budget,
        without=without,
        reason=reason,
        above_limit=True,
        today=TODAY,
        law=LAW,
    )
    assert [o.field for o in found] == fields


def papers(**changes: object) -> Papers:
    told = {
        "qualification": "符合规定",
        "service_from": date(2026, 5, 1),
        "service_until": date(2027, 5, 1),
        "price_points": Decimal(20),
        "criteria": (ScoredBy(title="方案", points=Decimal(80)),),
        "milestones": (PaidStage(number=1, title="验收", due_on=date(2027, 4, 30), share=Decimal(1)),),
    }
    return Papers(**{**told, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "method", "expected"),
    [
        ({}, M.OPEN_TENDER, []),
        # F-1: at least ten points in a tender and no most; F-2: ten to thirty in a consultation
        ({"price_points": Decimal(9)}, M.OPEN_TENDER, ["F-1", "F-5"]),
        ({"price_points": Decimal(40)}, M.OPEN_TENDER, ["F-5"]),
        ({"price_points": Decimal(40)}, M.CONSULTATION, ["F-2.max", "F-5"]),
        # F-11: a negotiation scores nothing
        ({"price_points": Decimal(0), "criteria": ()}, M.NEGOTIATION, []),
        ({"criteria": (ScoredBy(title="方案", points=Decimal(0)),)}, M.OPEN_TENDER, ["F-9", "F-5"]),
        # C-2: the term of the need; C-17: stages within it, shares that sum to the price
        ({"service_until": date(2027, 5, 2)}, M.OPEN_TENDER, ["C-2"]),
        ({"service_from": date(2026, 3, 1)}, M.OPEN_TENDER, ["C-2", "C-2"]),
        ({"milestones": ()}, M.OPEN_TENDER, ["C-17"]),
        (
            {"milestones": (PaidStage(number=1, title="验收", due_on=date(2027, 5, 2), share=Decimal(1)),)},
            M.OPEN_TENDER,
            ["C-17"],
        ),
    ],
)
def test_papers(changes: dict[str, object], method: Method, expected: list[str]) -> None:
    found = objections_to_papers(papers=papers(**changes), method=method, term_months=12, today=TODAY, law=LAW)
    assert [o.law for o in found] == expected


def test_a_stage_has_its_number_and_its_day() -> None:
    """H-4: 沪府令65号 第二十四条."""
    handed = date(2026, 2, 20)
    assert not objections_to_stage(number="A", reached_on=TODAY, handed_over_on=handed, today=TODAY)
    late = objections_to_stage(number="", reached_on=date(2026, 3, 3), handed_over_on=handed, today=TODAY)
    assert [o.field for o in late] == ["number", "reached_on"]


@pytest.mark.parametrize(
    ("changes", "known", "number", "fields"),
    [
        ({}, True, "A", []),
        ({}, True, "", [""]),
        ({"supplier": ""}, False, "A", ["supplier"]),
        ({}, False, "A", ["supplier"]),
        ({"price": Decimal(0)}, True, "A", ["price"]),
        # M-8: above the budget nothing is awarded
        ({"price": STATUTORY + 1}, True, "A", ["price"]),
        ({"notice_on": None}, True, "A", ["notice_on"]),
        ({"notice_on": date(2026, 3, 3)}, True, "A", ["notice_on"]),
        ({"notice_text": ""}, True, "A", ["notice_text"]),
        ({"outcome": Outcome.FAILED_AGAIN, "supplier": "", "price": None, "notice_on": None}, False, "A", []),
    ],
)
def test_results(changes: dict[str, object], *, known: bool, number: str, fields: list[str]) -> None:
    told: dict[str, object] = {
        "outcome": Outcome.AWARDED,
        "supplier": "S",
        "price": STATUTORY,
        "notice_on": TODAY,
        "notice_text": "公告",
    }
    found = objections_to_result(
        result=Result(**{**told, **changes}),  # type: ignore[arg-type]
        number=number,
        known=known,
        budget=STATUTORY,
        handed_over_on=date(2026, 2, 20),
        today=TODAY,
        by_platform=True,
    )
    assert [o.field for o in found] == fields
