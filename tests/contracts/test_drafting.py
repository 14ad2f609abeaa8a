"""What a draft begins with, and what is shown where it says something else."""

import io
from datetime import date
from decimal import Decimal
from typing import Any

import pypdf
import pytest

from contracts.queries.drafting import EDITIONS, STANDARD_CLAUSES
from contracts.rules.drafting import (
    Requirement,
    Text,
    Weight,
    compared_with_award,
    compared_with_template,
    filled,
    template_of,
    values_for,
)
from contracts.rules.terms import Award, MilestoneTerm
from market.needs.rules.needs import Target
from tests.contracts.stages import CLAUSES, LAWYER, PURCHASER, Purchase
from tests.contracts.test_rules import LAW

DAY = date(2026, 3, 2)
STAGE = MilestoneTerm(number=1, title="首期", due_on=date(2026, 6, 30), share=Decimal(1))
AWARD = Award(
    supplier="S", amount=Decimal("480000.00"), from_on=date(2026, 3, 1), until_on=date(2027, 3, 1), milestones=[STAGE]
)
NEED = Requirement(
    category="LIFE",
    description="为独居老人助餐。",
    standard="餐食温热。",
    quantity=Decimal("4800.00"),
    unit="人次",
    served="独居老人",
    beneficiaries=60,
    place="梧桐二村",
    targets=[Target(name="满意度", number=Decimal(90), unit="%", due_on=date(2026, 12, 31))],
)


def _offered(category: str = "LIFE", on: date = DAY) -> dict[str, str]:
    template = template_of(editions=EDITIONS, common=STANDARD_CLAUSES, category=category, on=on)
    return filled(template.clauses, values_for(amount=AWARD.amount, requirement=NEED, law=LAW))


def _text(**changed: Any) -> Text:
    clauses = {**_offered(), **changed.pop("clauses", {})}
    terms = {"amount": AWARD.amount, "from_on": AWARD.from_on, "until_on": AWARD.until_on, "milestones": [STAGE]}
    return Text(**{**terms, **changed}, clauses=clauses)


@pytest.mark.parametrize("category", ["LIFE", "CHARITY", "CULTURE", "MEDIATION", "SUPPORT", "UNKNOWN"])
def test_every_type_is_filled_whole_and_forbids_assignment(category: str) -> None:
    offered = _offered(category)
    assert set(offered) >= set(CLAUSES)  # C-1
    assert not any("{{" in words or "＿" in words for words in offered.values())
    assert "不得转包" in offered["duties"]  # C-4
    assert "违约金" in offered["late_payment"]  # C-15
    assert "4800 人次" in offered["quantity"]
    assert "480,000.00 元" in offered["settlement"]


def test_an_edition_counts_from_its_day_on() -> None:
    first = {"code": "1", "from_on": "2025-01-01", "clauses": {"content": "一"}, "types": {}}
    editions = [first, {**first, "code": "2", "from_on": "2026-03-02", "clauses": {"content": "二"}}]
    for day, said in ((date(2024, 12, 31), "零"), (date(2026, 3, 1), "一"), (DAY, "二")):
        found = template_of(editions=editions, common={"content": "零"}, category="LIFE", on=day)
        assert found.clauses["content"] == said, day


def test_what_is_unknown_is_left_to_write_in() -> None:
    assert filled({"place": "在{{place}}。"}, {}) == {"place": "在＿＿＿＿。"}


@pytest.mark.parametrize(
    ("changed", "field", "weight"),
    [
        ({}, "amount", Weight.SAME),  # C-3
        ({"amount": Decimal("479999.99")}, "amount", Weight.SUBSTANCE),
        ({"from_on": date(2026, 3, 9)}, "until_on", Weight.SHIFTED),
        ({"until_on": date(2027, 3, 2)}, "until_on", Weight.SUBSTANCE),
        (
            {"milestones": [MilestoneTerm(number=1, title="首期", due_on=DAY, share=Decimal(1))]},
            "milestones",
            Weight.SUBSTANCE,
        ),
        ({"clauses": {"quantity": "服务 4800人次 。"}}, "quantity", Weight.SAME),
        ({"clauses": {"quantity": "每月 400 人次。"}}, "quantity", Weight.WORDING),
        ({"clauses": {"quality": "尽力而为。"}}, "quality", Weight.WORDING),
    ],
)
def test_a_point_is_weighed(changed: dict[str, Any], field: str, weight: Weight) -> None:
    found = {c.field: c for c in compared_with_award(text=_text(**changed), award=AWARD, requirement=NEED)}
    assert found[field].weight is weight
    assert all(c.weight is Weight.SAME for name, c in found.items() if name != field)


def test_only_changed_clauses_depart_from_the_template() -> None:
    spaced = {"duties": f" {_offered()['duties']}\n"}
    assert compared_with_template(text=_text(clauses=spaced), offered=_offered()) == []
    found = compared_with_template(text=_text(clauses={"breach": "无。"}), offered=_offered())
    assert [(c.field, c.drafted) for c in found] == [("breach", "无。")]
    assert compared_with_template(text=_text(), offered={}) == [], "before the first edition nothing was offered"


async def test_the_form_is_filled_and_the_lawyer_sees_what_was_changed(purchase: Purchase) -> None:
    browser = await purchase.town.browser(PURCHASER)
    path = f"/tenders/{purchase.tender}/draft-contract"
    form = await browser.get(path)
    assert "以下条款取自本类服务的合同范本" in form.text
    assert "＿＿＿＿" not in form.text
    await purchase.drafted()
    review = await (await purchase.town.browser(LAWYER)).get(f"/contracts/{purchase.code}/review-contract")
    assert review.status_code == 200
    assert "对合同范本的改动" in review.text
    assert "表述不同" in review.text
    assert "实质性不同" not in review.text
    looked_over = await (await purchase.town.browser(LAWYER)).submit(
        f"/contracts/{purchase.code}/review-contract", {"conclusion": "pass"}
    )
    assert looked_over.status_code in (200, 303)
    shown = await browser.get(f"/contracts/{purchase.code}")
    assert CLAUSES["quantity"] in shown.text
    assert "合同与中标结果、采购需求对照" in shown.text


async def test_the_paper_carries_the_requirement_as_annexes(purchase: Purchase) -> None:
    await purchase.drafted()
    answer = await (await purchase.town.client(LAWYER)).get(f"/contracts/{purchase.code}/paper")
    printed = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(answer.content)).pages)
    assert "附件一：绩效目标" in printed
    assert "附件二：采购需求" in printed
    assert f"/contracts/{purchase.code}" in printed.replace("\n", "")
