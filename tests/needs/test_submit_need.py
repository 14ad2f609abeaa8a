"""Submitting a need: its money is reserved, and nobody can reserve it twice."""

import asyncio
from decimal import Decimal

import pytest

from market.base.database import rows
from tests.needs.making import assert_books_balance, draft, line_of, money_of, submit
from tests.town import Town, objections


async def test_it_works(town: Town) -> None:
    made = await draft(town)
    answer = await submit(town, made["code"])
    assert answer.status_code == 200, answer.text
    assert answer.json()["state"] == "submitted"
    assert not {"submit-need", "revise-need", "review-need"} & {link["act"] for link in answer.json()["acts"]}
    assert await money_of(made["budget_line"]) == (Decimal(96_000), 0, 0)
    assert await town.ledger(made["code"]) == ["needs:draft-need", "needs:submit-need"]
    await assert_books_balance()


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"n_3": "yes"}, [("n_3", "N-3")]),
        ({"n_5": None}, [("n_5", "N-5")]),
        ({"term_months": 13}, [("term_months", "C-2.longest")]),
        ({"targets": []}, [("targets", "K-1")]),
        ({"consulted_on": "2026-03-03"}, [("consulted_on", "B-1")]),
        ({"surveyed": [{"name": "甲"}, {"name": "乙"}]}, [("surveyed", "B-2")]),
        ({"surveyed_on": "2025-03-01"}, [("surveyed_on", "B-3")]),
        ({"budget": "700000.00"}, [("budget", "N-10")]),
        ({"budget": "1000000.00"}, [("budget", "N-10")]),
        ({"description": "", "quantity": None}, [("description", ""), ("quantity", "")]),
    ],
)
async def test_each_refusal_with_its_rule(
    town: Town, changes: dict[str, object], expected: list[tuple[str, str]]
) -> None:
    made = await draft(town, **changes)
    answer = await submit(town, made["code"])
    assert answer.status_code == 422, answer.text
    found = [(o["field"], o["law"].split(" ")[0]) for o in answer.json()["objections"]]
    assert found == expected
    assert await money_of(made["budget_line"]) == (0, 0, 0)
    assert (await town.ledger(made["code"]))[-1] == "needs:draft-need"


async def test_a_longer_term_under_all_five_conditions(town: Town) -> None:
    five = ("budget_guaranteed", "content_fixed", "continuous", "funding_stable", "price_stable")
    made = await draft(town, term_months=36, **dict.fromkeys(five, True))
    assert (await submit(town, made["code"])).status_code == 200


async def test_from_the_limit_on_and_for_central_items_the_channel_is_official(town: Town) -> None:
    """H-4: 沪府令65号 第二十四条."""
    large = await draft(town, budget="1000000.00", budget_line=await line_of(town, amount="2000000.00"))
    central = await draft(town, menu_item=None, item="C21040000")
    for made in (large, central):
        answer = await submit(town, made["code"])
        assert (answer.status_code, answer.json()["channel"]) == (200, "official"), answer.text


async def test_a_districts_own_limit_counts(town: Town) -> None:
    """H-1: 沪府令65号 第四条."""
    body = {
        "rule": "H-2.limit",
        "title_zh": "限额",
        "title_en": "Limit",
        "article": "示例区限额标准（虚构）",
        "value": "50000",
        "unit": "yuan",
        "scope": "district:示例区",
        "in_force_from": "2026-03-02",
        "verification": "M-M",
    }
    made = await draft(town)
    assert (await (await town.client("jin.bo")).post("/law/add-provision", json=body)).status_code == 201
    assert (await submit(town, made["code"])).json()["channel"] == "official"


async def test_twice_and_strangers(town: Town) -> None:
    made = await draft(town)
    assert (await submit(town, made["code"], by="wu.tao")).status_code == 404
    assert (await submit(town, made["code"], by="li.jun")).status_code == 403
    assert (await submit(town, made["code"])).status_code == 200
    assert objections(await submit(town, made["code"]))
    assert await money_of(made["budget_line"]) == (Decimal(96_000), 0, 0)


async def test_the_same_need_eight_times_at_once_reserves_once(town: Town) -> None:
    made = await draft(town)
    answers = await asyncio.gather(*(submit(town, made["code"]) for _ in range(8)))
    assert sorted(answer.status_code for answer in answers) == [200] + [422] * 7
    assert await money_of(made["budget_line"]) == (Decimal(96_000), 0, 0)


async def test_eight_needs_at_once_never_overspend_a_line(town: Town) -> None:
    line = await line_of(town, amount="300000.00")
    made = [await draft(town, budget_line=line, title=f"需求{number}") for number in range(8)]
    answers = await asyncio.gather(*(submit(town, need["code"]) for need in made))
    assert sorted(answer.status_code for answer in answers) == [200] * 3 + [422] * 5
    refused = [answer for answer in answers if answer.status_code == 422]
    assert all([field for field, _ in objections(answer)] == ["budget"] for answer in refused)
    assert await money_of(line) == (Decimal(288_000), 0, 0)
    await assert_books_balance()


async def test_the_database_itself_refuses_to_overspend(town: Town) -> None:
    line = await line_of(town, amount="100.00")
    with pytest.raises(Exception, match="never_overspent"):
        await rows("UPDATE budget_line SET reserved = 100.01 WHERE code = $1", line)


async def test_a_refused_page_names_each_missing_field(town: Town) -> None:
    made = await draft(town, description="", targets=[])
    page = await (await town.browser("wang.fang")).submit(f"/needs/{made['code']}/submit-need", {})
    assert page.status_code == 422
    assert "服务内容：" in page.text
    assert "绩效目标：" in page.text
    assert f"/needs/{made['code']}/revise-need" in page.text
