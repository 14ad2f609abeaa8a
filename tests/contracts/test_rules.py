"""The judgement of contracts, without a database; each case names its article."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts import agenda
from contracts.rules import money, performance, terms
from contracts.rules.terms import Award, MilestoneTerm, Terms
from contracts.states import Act, InvoiceState, Review, Side, State
from market.base.refusal import Objection
from market.law.states import Law, Provision, Unit, Verification

HALF = Decimal("0.5")
D = Decimal


def provision(id_: str, value: str, unit: Unit = Unit.NONE) -> Provision:
    return Provision(
        id=id_, title_zh="", title_en="", article="", value=D(value), unit=unit,
        in_force_from=date(2003, 1, 1), verification=Verification.READ,
    )  # fmt: skip


LAW = Law(
    [
        provision("C-2", "1", Unit.YEARS),
        provision("C-2.longest", "3", Unit.YEARS),
        provision("C-6", "0.10", Unit.SHARE),
        provision("C-13", "30", Unit.DAYS),
        provision("C-13.recommended", "10", Unit.WORKING_DAYS),
        provision("L-12", "2", Unit.WORKING_DAYS),
        provision("L-18", "2", Unit.WORKING_DAYS),
    ]
)
OLD_LAW = Law([LAW["C-13"]])
MILESTONES = [
    MilestoneTerm(number=1, title="上半年服务", due_on=date(2026, 6, 30), share=HALF),
    MilestoneTerm(number=2, title="下半年服务", due_on=date(2026, 12, 20), share=HALF),
]
AWARD = Award(
    supplier="S", amount=D("480000.00"), from_on=date(2026, 1, 1), until_on=date(2027, 1, 1), milestones=MILESTONES
)
TERMS = Terms(
    supplier="S", amount=D("480000.00"), from_on=date(2026, 1, 1), until_on=date(2027, 1, 1),
    content="助餐", quantity="120 人", quality="每周五次", settlement="验收后付款", duties="双方", breach="违约金",
    late_payment="逾期付款利息", acceptance="逐项验收", milestones=MILESTONES,
)  # fmt: skip


def told(objections: list[Objection]) -> list[tuple[str, str]]:
    return [(o.field, o.law) for o in objections]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        # 沪财发〔2021〕3号 第二十七条: what a contract must state
        *[({field: " "}, [(field, "C-1")]) for field in ("content", "quantity", "quality", "settlement")],
        *[({field: ""}, [(field, "C-1")]) for field in ("duties", "breach", "acceptance")],
        # 财库〔2019〕38号 三: the liability for late payment
        ({"late_payment": ""}, [("late_payment", "C-15")]),
        ({"until_on": date(2026, 1, 1)}, [("until_on", "C-1"), *[(f"milestones.{n}.due_on", "C-17") for n in (0, 1)]]),
        # 政府采购法 第四十六条: nothing but what was awarded
        ({"supplier": "T"}, [("supplier", "C-3")]),
        ({"amount": D("480000.01")}, [("amount", "C-3")]),
        ({"amount": D("479999.99")}, [("amount", "C-3")]),
        ({"from_on": date(2026, 1, 2)}, []),
        ({"milestones": MILESTONES[:1]}, [("milestones", "C-3"), ("milestones", "C-17")]),
        ({"milestones": []}, [("milestones", "C-3"), ("milestones", "C-17")]),
    ],
)
def test_terms(change: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    changed = msgspec.structs.replace(TERMS, **change)
    assert told(terms.objections_to_terms(terms=changed, award=AWARD, law=LAW)) == expected


@pytest.mark.parametrize(
    ("from_on", "until_on", "basis", "expected"),
    [
        # 沪财发〔2021〕3号 第二十八条: one year, the end exclusive
        (date(2026, 1, 1), date(2027, 1, 1), "", []),
        (date(2026, 1, 1), date(2027, 1, 2), "", [("multi_year_basis", "C-2")]),
        (date(2026, 1, 1), date(2027, 1, 2), "预算已列入中期规划，内容固定", []),
        (date(2026, 1, 1), date(2029, 1, 1), "预算已列入中期规划，内容固定", []),
        (date(2026, 1, 1), date(2029, 1, 2), "预算已列入中期规划，内容固定", [("until_on", "C-2.longest")]),
        (date(2024, 2, 29), date(2025, 3, 1), "", []),
        (date(2024, 2, 29), date(2025, 3, 2), "", [("multi_year_basis", "C-2")]),
    ],
)
def test_term(from_on: date, until_on: date, basis: str, expected: list[tuple[str, str]]) -> None:
    milestones = [MilestoneTerm(number=1, title="全部", due_on=from_on, share=D(1))]
    award = msgspec.structs.replace(AWARD, from_on=from_on, until_on=until_on, milestones=milestones)
    changed = msgspec.structs.replace(
        TERMS, from_on=from_on, until_on=until_on, multi_year_basis=basis, milestones=milestones
    )
    assert told(terms.objections_to_terms(terms=changed, award=award, law=LAW)) == expected


def test_the_term_may_not_outgrow_the_notice() -> None:
    changed = msgspec.structs.replace(TERMS, from_on=date(2026, 1, 1), until_on=date(2027, 1, 1))
    award = msgspec.structs.replace(AWARD, until_on=date(2026, 12, 31))
    assert told(terms.objections_to_terms(terms=changed, award=award, law=LAW)) == [("until_on", "C-3")]


@pytest.mark.parametrize(
    ("shares", "days", "expected"),
    [
        # 财库〔2021〕22号 第二十三、二十四条: stage acceptance tied to payment
        (["0.4", "0.6"], [30, 60], []),
        (["0.4", "0.5"], [30, 60], [("milestones", "C-17")]),
        (["0.4", "0.7"], [30, 60], [("milestones", "C-17")]),
        (["0", "1"], [30, 60], [("milestones.0.share", "C-17")]),
        (["1.2", "-0.2"], [30, 60], [("milestones.1.share", "C-17")]),
        (["0.5", "0.5"], [60, 30], [("milestones.1.due_on", "C-17")]),
        (["0.5", "0.5"], [-1, 90], [("milestones.0.due_on", "C-17")]),
        (["0.5", "0.5"], [0, 91], [("milestones.1.due_on", "C-17")]),
    ],
)
def test_milestones(shares: list[str], days: list[int], expected: list[tuple[str, str]]) -> None:
    start = date(2026, 1, 1).toordinal()
    rows = [
        MilestoneTerm(number=n, title=str(n), due_on=date.fromordinal(start + day), share=D(share))
        for n, (share, day) in enumerate(zip(shares, days, strict=True), start=1)
    ]
    found = terms.objections_to_milestones(rows, from_on=date(2026, 1, 1), until_on=date(2026, 4, 1))
    assert told(found) == expected


@given(
    cents=st.integers(1, 10**14),
    weights=st.lists(st.integers(1, 100), min_size=1, max_size=36),
)
def test_milestones_divide_the_price_without_losing_a_cent(cents: int, weights: list[int]) -> None:
    total, amount = sum(weights), D(cents) / 100
    shares = [D(w) / total for w in weights[:-1]]
    rows = [
        MilestoneTerm(number=n, title="", due_on=date(2026, 1, 1), share=share)
        for n, share in enumerate([*shares, 1 - sum(shares, D(0))], start=1)
    ]
    parts = terms.amounts_of(amount=amount, milestones=rows)
    assert sum(parts) == amount
    assert all(part >= 0 for part in parts)


@pytest.mark.parametrize(
    ("reviewer", "conclusion", "reasons", "expected"),
    [
        ("wu", Review.PASS, "", []),
        ("wu", Review.RETURN, "违约责任不对等", []),
        ("wu", Review.RETURN, " ", [("reasons", "B-4")]),
        # 财库〔2021〕22号 第三十二条
        ("li", Review.PASS, "", [("", "B-5")]),
    ],
)
def test_review(reviewer: str, conclusion: Review, reasons: str, expected: list[tuple[str, str]]) -> None:
    found = terms.objections_to_review(reviewer=reviewer, drafter="li", conclusion=conclusion, reasons=reasons)
    assert told(found) == expected


def test_a_contract_is_published_within_two_working_days() -> None:
    # 实施条例 第五十条: signed on a Friday
    assert terms.publish_by(signed_on=date(2026, 3, 6), law=LAW) == date(2026, 3, 10)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"signed": {Side.SUPPLIER}}, []),
        ({"signed": {Side.BUYER}}, [("", "")]),
        ({"fingerprint": "a"}, []),
        ({"fingerprint": "b"}, [("fingerprint", "")]),
        ({"today": date(2026, 4, 1)}, []),
        # 政府采购法 第四十六条: late, and why
        ({"today": date(2026, 4, 2)}, [("late_reason", "L-11")]),
        ({"today": date(2026, 4, 2), "late_reason": "质疑期间暂停签订"}, []),
    ],
)
def test_signing(change: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    facts: dict[str, Any] = {
        "side": Side.BUYER, "signed": set(), "fingerprint": "", "expected": "a", "today": date(2026, 3, 20),
        "last_day": date(2026, 4, 1), "late_reason": "",
    }  # fmt: skip
    assert told(terms.objections_to_signing(**{**facts, **change})) == expected


@pytest.mark.parametrize(
    ("earlier", "new", "expected"),
    [
        # law/rules.md section 16, vector 7; 政府采购法 第四十九条
        ("40000", "25000", [("amount", "C-6")]),
        ("40000", "20000", []),
        ("40000", "20000.01", [("amount", "C-6")]),
        ("0", "60000", []),
        ("0", "0", [("amount", "C-6")]),
    ],
)
def test_supplements(earlier: str, new: str, expected: list[tuple[str, str]]) -> None:
    found = terms.objections_to_supplement(original=D(600000), earlier=D(earlier), new=D(new), law=LAW)
    assert told(found) == expected


@pytest.mark.parametrize(
    ("held_on", "quantity", "expected"),
    [
        (date(2026, 1, 1), "1", []),
        (date(2026, 3, 31), "0.5", []),
        (date(2026, 4, 1), "1", [("held_on", "C-8"), ("held_on", "C-8")]),
        (date(2025, 12, 31), "1", [("held_on", "C-8")]),
        (date(2026, 3, 2), "0", [("quantity", "C-8")]),
        (date(2026, 3, 2), "0.125", [("quantity", "C-8")]),
        (date(2026, 3, 2), "1000000.01", [("quantity", "C-8")]),
    ],
)
def test_sessions(held_on: date, quantity: str, expected: list[tuple[str, str]]) -> None:
    found = performance.objections_to_session(
        held_on=held_on,
        today=date(2026, 3, 31),
        from_on=date(2026, 1, 1),
        until_on=date(2026, 4, 1),
        quantity=D(quantity),
    )
    assert told(found) == expected


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"exists": False}, [("milestone", "")]),
        ({"accepted": True}, [("milestone", "")]),
        ({"pending": True}, [("milestone", "")]),
        # 沪财发〔2021〕3号 第三十一条: the ledger has its evidence
        ({"evidence": []}, [("evidence", "C-8")]),
    ],
)
def test_reports(change: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    facts: dict[str, Any] = {"exists": True, "accepted": False, "pending": False, "evidence": ["a"]}
    assert told(performance.objections_to_report(**{**facts, **change})) == expected


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"pending": False}, [("milestone", "")]),
        ({"given": True}, [("", "")]),
        ({"satisfied": False}, [("text", "C-11")]),
        ({"satisfied": False, "text": "送餐经常迟到"}, []),
    ],
)
def test_opinions(change: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    facts: dict[str, Any] = {"pending": True, "given": False, "satisfied": True, "text": ""}
    assert told(performance.objections_to_opinion(**{**facts, **change})) == expected


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        # 政府采购法 第六十一条: buying, contract review and acceptance are different hands
        ({"by": "drafter"}, [("", "E-13")]),
        ({"by": "reviewer"}, [("", "E-13")]),
        # 实施条例 第四十五条第二款: service users take part
        ({"residents": []}, [("", "C-11")]),
        ({"by": "resident"}, [("", "C-11")]),
        ({"pending": False, "by": "drafter"}, [("", "E-13"), ("milestone", "")]),
    ],
)
def test_acceptance(change: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    facts: dict[str, Any] = {
        "pending": True, "by": "supervisor", "drafter": "drafter", "reviewer": "reviewer", "residents": ["resident"],
    }  # fmt: skip
    assert told(performance.objections_to_acceptance(**{**facts, **change})) == expected


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"by": "drafter"}, [("", "E-13")]),
        ({"pending": False}, [("milestone", "")]),
        ({"repair_by": date(2026, 6, 1)}, [("repair_by", "")]),
    ],
)
def test_sending_back(change: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    facts: dict[str, Any] = {
        "pending": True, "by": "supervisor", "drafter": "drafter", "reviewer": None,
        "repair_by": date(2026, 6, 2), "today": date(2026, 6, 1),
    }  # fmt: skip
    assert told(performance.objections_to_sending_back(**{**facts, **change})) == expected


def test_the_result_of_an_acceptance_is_published_within_two_working_days() -> None:
    # 财库〔2015〕135号: accepted on the eve of the May holiday, which is followed by a working Saturday
    assert performance.publish_acceptance_by(accepted_on=date(2026, 4, 30), law=LAW) == date(2026, 5, 7)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"amount": D("0.01")}, []),
        # 财库〔2021〕22号 第二十四条: payment follows acceptance
        ({"accepted": False}, [("milestone", "C-17")]),
        ({"exists": False}, [("milestone", "")]),
        ({"amount": D("240000.01")}, [("amount", "C-17")]),
        ({"amount": D(0)}, [("amount", "")]),
        ({"invoiced": D(40000)}, [("amount", "C-17")]),
        ({"invoiced": D(40000), "amount": D(200000)}, []),
        ({"invoiced": D(240000), "amount": D(1)}, [("milestone", "C-17")]),
    ],
)
def test_invoices(change: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    facts: dict[str, Any] = {
        "exists": True, "accepted": True, "payable": D(240000), "invoiced": D(0), "amount": D(240000),
    }  # fmt: skip
    assert told(money.objections_to_invoice(**{**facts, **change})) == expected


@pytest.mark.parametrize(
    ("by", "expected"), [("budget", []), ("supervisor", [("", "E-13")]), ("drafter", [("", "E-13")])]
)
def test_approval(by: str, expected: list[tuple[str, str]]) -> None:
    # 政府采购法 第六十一条
    assert told(money.objections_to_approval(by=by, accepted_by="supervisor", drafter="drafter")) == expected


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"amount": D(100)}, []),
        ({"by": "approver"}, [("", "E-13")]),
        ({"amount": D("240000.01")}, [("amount", "C-13")]),
        ({"paid": D(240000)}, [("amount", "C-13")]),
        ({"amount": D(0)}, [("amount", "")]),
        ({"amount": D(-1)}, [("amount", "")]),
        ({"paid_on": date(2026, 7, 21)}, [("paid_on", "")]),
        ({"paid_on": date(2026, 7, 9)}, [("paid_on", "")]),
    ],
)
def test_payments(change: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    facts: dict[str, Any] = {
        "by": "finance", "approved_by": "approver", "amount": D(240000), "invoice": D(240000), "paid": D(0),
        "paid_on": date(2026, 7, 15), "approved_on": date(2026, 7, 10), "today": date(2026, 7, 20),
    }  # fmt: skip
    assert told(money.objections_to_payment(**{**facts, **change})) == expected


def test_the_payment_clock_is_the_shorter_period() -> None:
    # 财库〔2019〕38号 三: 30 days; 财办库〔2023〕243号: 10 working days
    assert money.pay_by(received_on=date(2026, 7, 1), law=LAW) == date(2026, 7, 15)
    assert money.pay_by(received_on=date(2026, 7, 1), law=OLD_LAW) == date(2026, 7, 31)
    # Over the Spring Festival ten working days are longer than usual, and still the earlier.
    assert money.pay_by(received_on=date(2026, 2, 11), law=LAW) == date(2026, 3, 3)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"unaccepted": [2]}, [("", "C-17")]),
        ({"open_invoices": 1}, [("", "C-13")]),
        ({"paid": D(1)}, [("", "C-13")]),
    ],
)
def test_closing(change: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    facts: dict[str, Any] = {"unaccepted": [], "amount": D(480000), "paid": D(480000), "open_invoices": 0}
    assert told(money.objections_to_closing(**{**facts, **change})) == expected


def test_the_agenda_of_a_contract() -> None:
    day, later = date(2026, 3, 1), date(2026, 6, 30)
    end, later_end = datetime(2026, 3, 1, 16, tzinfo=UTC), datetime(2026, 6, 30, 16, tzinfo=UTC)
    for state in (State.DRAFTED, State.REVIEWED):
        assert agenda.due(agenda.Dated(state=state, sign_by=day)) == [(end, Act.SIGN_CONTRACT)]
    assert agenda.due(agenda.Dated(state=State.IN_FORCE, sign_by=day, milestones_due=[later], repairs_due=[day])) == [
        (end, Act.REPORT_DELIVERY),
        (later_end, Act.REPORT_DELIVERY),
    ]
    assert agenda.due(agenda.Dated(state=State.CLOSED, milestones_due=[day])) == []


@given(st.lists(st.tuples(st.booleans(), st.integers(-100, 60_000)), max_size=12))
def test_no_cent_of_an_invoice_is_credited_and_paid(moves: list[tuple[bool, int]]) -> None:
    invoice, credited, paid, state = D("1000.00"), D(0), D(0), InvoiceState.APPROVED
    for is_credit, cents in moves:
        amount = D(cents) / 100
        if state is not InvoiceState.APPROVED:
            break
        if is_credit and not money.objections_to_credit(amount=amount, invoice=invoice, credited=credited, paid=paid):
            credited += amount
            state = money.state_after_credit(state=state, invoice=invoice, credited=credited, paid=paid)
        elif not is_credit and 0 < amount <= invoice - credited - paid:
            paid += amount
            state = InvoiceState.PAID if paid + credited == invoice else state
    # 财库〔2019〕38号 三: whatever the order, what is asked for is credited, paid, or still owed
    assert 0 <= credited + paid <= invoice
    assert (state is InvoiceState.CREDITED) == (credited == invoice)
    assert (state is InvoiceState.PAID) == (paid > 0 and credited + paid == invoice)
