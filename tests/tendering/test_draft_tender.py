"""Drafting a tender from an approved need."""

from typing import Any

import pytest

from market.base.database import rows
from market.tendering.examples import DRAFT
from tests.tendering.stages import fields, laws, offered
from tests.town import Town


async def approved_need(street: str = "梧桐街道") -> str:
    (row,) = await rows("SELECT code FROM need WHERE state = 'approved' AND place = $1 ORDER BY id LIMIT 1", street)
    return str(row["code"])


async def draft(town: Town, need: str, who: str | None = "wang.fang", **changes: Any) -> Any:
    return await (await town.client(who)).post(f"/needs/{need}/draft-tender", json={**DRAFT, **changes})


async def test_it_works(town: Town) -> None:
    need = await approved_need()
    answer = await draft(town, need)
    assert answer.status_code == 201, answer.text
    card = answer.json()
    assert card["state"] == "draft"
    assert card["title"].startswith("梧桐街道2026年")
    assert card["budget"] == "480000.00"
    assert [m["share"] for m in card["milestones"]] == ["0.3", "0.4", "0.3"]
    assert [p["last_day"] for p in card["periods"]] == ["2026-03-12", "2026-03-09", "2026-03-05"]
    assert card["earliest_closing_at"] == "2026-03-12T16:00:00Z"
    assert await town.ledger(card["code"]) == ["tendering:draft-tender"]
    assert "publish-tender" not in await offered(town, "wang.fang", card["code"])
    assert "publish-tender" in await offered(town, "li.jun", card["code"])


async def test_nobody_else_sees_a_draft(town: Town) -> None:
    code = (await draft(town, await approved_need())).json()["code"]
    for stranger in (None, "lin.feng", "zheng.hui"):
        assert (await (await town.client(stranger)).get(f"/tenders/{code}")).status_code == 404
        listed = (await (await town.client(stranger)).get("/tenders")).json()["items"]
        assert code not in [item["code"] for item in listed]


async def test_a_need_is_taken_up_once(town: Town) -> None:
    need = await approved_need()
    assert (await draft(town, need)).status_code == 201
    assert (await draft(town, need)).status_code == 422


async def test_strangers_find_nothing(town: Town) -> None:
    need = await approved_need()
    assert (await draft(town, need, "wu.tao")).status_code == 404
    assert (await draft(town, "N-2026-9999")).status_code == 404
    assert (await draft(town, need, "li.jun")).status_code == 403
    assert (await draft(town, need, None)).status_code == 401


@pytest.mark.parametrize(
    ("changes", "objected"),
    [
        ({"closes_at": "2026-03-12T23:59:59+08:00"}, [("closes_at", "L-1.consultation")]),
        ({"price_points": "31"}, [("price_points", "F-2.max"), ("criteria", "F-5")]),
        ({"budget": "480000.01"}, [("budget", "N-10")]),
        ({"panel_size": 4}, [("panel_size", "E-3")]),
        ({"opens_at": "2026-03-18T09:00:00+08:00"}, [("opens_at", "")]),
        ({"service_until": "2027-04-16"}, [("service_until", "C-2")]),
        ({"milestones": DRAFT["milestones"][:2]}, [("milestones", "C-17")]),
        ({"milestones": []}, [("milestones", "")]),
    ],
)
async def test_each_refusal(town: Town, changes: dict[str, Any], objected: list[tuple[str, str]]) -> None:
    answer = await draft(town, await approved_need(), **changes)
    assert list(zip(fields(answer), laws(answer), strict=True)) == objected


async def test_every_malformed_field_is_named(town: Town) -> None:
    answer = await draft(
        town, await approved_need(), budget="1.234", closes_at="soon", qualification="\u202e", price_points="NaN"
    )
    assert sorted(fields(answer)) == ["budget", "closes_at", "price_points", "qualification"]


async def test_the_form_shows_the_earliest_closing(town: Town) -> None:
    page = await (await town.browser("wang.fang")).get(f"/needs/{await approved_need()}/draft-tender")
    assert "2026年3月13日 00:00" in page.text
    assert "L-2.consultation" in page.text


async def test_the_page_keeps_what_was_entered(town: Town) -> None:
    browser = await town.browser("wang.fang")
    values = {"qualification": "符合法定条件", "closes_at": "2026-03-05T09:00", "criteria.0.title": "方案"}
    answer = await browser.submit(f"/needs/{await approved_need()}/draft-tender", values)
    assert answer.status_code == 422
    assert "符合法定条件" in answer.text
    assert "2026-03-05T09:00" in answer.text
