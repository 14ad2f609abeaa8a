"""What may be changed of a contract, by the articles that say so; no database."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from contracts.rules import changes as rules
from contracts.rules import money
from contracts.rules.changes import Reading, Stage, StageChange
from contracts.states import AmendReason, Side
from tests.contracts.test_rules import LAW

TODAY = date(2026, 3, 2)
BEFORE = Reading(
    amount=Decimal("600000.00"),
    from_on=date(2026, 1, 1),
    until_on=date(2026, 10, 1),
    milestones=[
        Stage(number=n, title=f"阶段{n}", due_on=date(2026, 3 * n, 30), amount=Decimal("200000.00"), share=share)
        for n, share in ((1, Decimal("0.333333")), (2, Decimal("0.333333")), (3, Decimal("0.333334")))
    ],
)


def _judged(
    *stages: StageChange,
    amount: str | None = None,
    until_on: date | None = None,
    reason: AmendReason = AmendReason.SCHEDULE,
    supplements: str = "0.00",
    basis: str = "",
) -> list[tuple[str, str]]:
    total = Decimal(amount) if amount else None
    after = rules.reading_after(BEFORE, amount=total, until_on=until_on, stages=stages, open_=[2, 3])
    found = rules.objections_to_amendment(
        before=BEFORE,
        after=after,
        stages=stages,
        open_=[2, 3],
        reason=reason,
        original=Decimal("600000.00"),
        supplements=Decimal(supplements),
        multi_year_basis=basis,
        today=TODAY,
        law=LAW,
    )
    return [(o.field, o.law) for o in found]


SUPPLEMENT, PUBLIC = AmendReason.SUPPLEMENT, AmendReason.PUBLIC_INTEREST


@pytest.mark.parametrize(
    ("stages", "how", "expected"),
    [
        # 政府采购法 第四十九条: together no more than a tenth of the original.
        ((), {"amount": "660000.00", "reason": SUPPLEMENT}, []),
        ((), {"amount": "660000.01", "reason": SUPPLEMENT}, [("amount", "C-6")]),
        ((), {"amount": "625000.00", "reason": SUPPLEMENT, "supplements": "40000.00"}, [("amount", "C-6")]),
        ((), {"amount": "620000.00"}, [("reason", "C-6")]),
        # 政府采购法 第五十条: the price of the award is not lowered at will.
        ((), {"amount": "500000.00"}, [("amount", "C-7")]),
        ((), {"amount": "500000.00", "reason": PUBLIC}, []),
        # 财库〔2021〕22号 第二十三条: milestones and their money are stated, and sum to the price.
        (({"number": 2, "amount": "150000.00"}, {"number": 3, "amount": "250000.00"}), {}, []),
        (({"number": 2, "amount": "150000.00"},), {}, [("milestones", "C-17")]),
        (({"number": 3, "due_on": date(2026, 6, 1)},), {}, [("milestones", "C-17")]),
        (({"number": 2, "due_on": date(2026, 3, 1)},), {}, [("milestones.0.due_on", "C-17"), ("milestones", "C-17")]),
        # 政府采购法 第四十六条: what was delivered under the award stays as it was.
        (({"number": 1, "title": "另一阶段"},), {}, [("milestones.0.number", "C-3")]),
        # 沪财发〔2021〕3号 第二十八条: at most a year, or three with a basis.
        ((), {"until_on": date(2027, 2, 1)}, [("multi_year_basis", "C-2")]),
        ((), {"until_on": date(2027, 2, 1), "basis": "预算有保障，内容固定"}, []),
        ((), {"until_on": date(2026, 9, 1)}, [("until_on", "C-17")]),
        ((), {}, [("", "C-7")]),
    ],
)
def test_amendment(stages: tuple[dict[str, Any], ...], how: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    changes = [StageChange(**{**s, **({"amount": Decimal(s["amount"])} if "amount" in s else {})}) for s in stages]
    assert _judged(*changes, **how) == expected


def test_the_last_open_stage_bears_the_difference_and_shares_sum_to_one() -> None:
    after = rules.reading_after(BEFORE, amount=Decimal("610000.00"), until_on=None, stages=[], open_=[2, 3])
    assert [str(stage.amount) for stage in after.milestones] == ["200000.00", "200000.00", "210000.00"]
    assert sum(stage.share for stage in after.milestones) == 1


@pytest.mark.parametrize(
    ("reason", "side", "evidence", "expected"),
    [
        # 政府采购法 第五十条: nobody suspends or ends at will; the public interest is the street's to state.
        ("agreement", Side.SUPPLIER, [], []),
        ("breach", Side.SUPPLIER, ["a"], []),
        ("breach", Side.SUPPLIER, [], ["evidence"]),
        ("public-interest", Side.SUPPLIER, ["a"], ["reason"]),
        ("dispute", Side.BUYER, ["a"], []),
    ],
)
def test_one_side_alone(reason: str, side: Side, evidence: list[str], expected: list[str]) -> None:
    found = rules.objections_to_one_side(reason=reason, one_sided=reason != "agreement", side=side, evidence=evidence)
    assert [o.field for o in found] == expected


@pytest.mark.parametrize(
    ("side", "by", "expected"),
    [
        (Side.BUYER, "proposer", ["E-13"]),
        (Side.BUYER, "approver", []),
        (Side.SUPPLIER, "administrator", [""]),
    ],
)
def test_signing_needs_the_second_hand_and_an_open_side(side: Side, by: str, expected: list[str]) -> None:
    found = rules.objections_to_signing_change(
        side=side,
        signed=[Side.SUPPLIER],
        needed=[Side.BUYER, Side.SUPPLIER],
        by=by,
        proposed_by="proposer",
        proposed_side=Side.BUYER,
        fingerprint="",
        expected="0",
    )
    assert [o.law for o in found] == expected


def test_a_contract_that_moved_on_is_not_changed_by_an_old_text() -> None:
    stages = [StageChange(number=2, due_on=date(2026, 7, 1))]
    after = rules.reading_after(BEFORE, amount=None, until_on=None, stages=stages, open_=[2, 3])
    same: dict[str, Any] = {
        "before": BEFORE,
        "after": after,
        "now_reads": BEFORE,
        "released": Decimal(0),
        "releases": Decimal(0),
    }
    assert rules.objections_to_moved_on(**same, open_=[2, 3]) == []
    assert [o.law for o in rules.objections_to_moved_on(**same, open_=[3])] == ["C-7"]


def test_a_contract_is_not_closed_while_a_change_waits() -> None:
    settled: dict[str, Any] = {"unaccepted": [], "amount": Decimal(1), "paid": Decimal(1), "open_invoices": 0}
    assert money.objections_to_closing(**settled) == []
    assert len(money.objections_to_closing(**settled, waiting="A-2026-0001")) == 1
