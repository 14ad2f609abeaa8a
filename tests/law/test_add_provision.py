"""Adding a provision."""

import asyncio
from datetime import date

from contracts.queries.law import law_of_contract
from evaluations.queries.cards import law_of
from market.base.calendar import local_date
from market.base.database import one
from market.law.actions import load_provisions, provisions_of_the_file
from market.law.queries import law_on
from market.tendering.queries import law_of_notice
from market.tendering.queries.tenders import law_of_tender
from tests.town import Town, hidden_fields, objections

BODY = {
    "rule": "H-2.limit",
    "title_zh": "分散采购限额标准（服务）",
    "title_en": "Procurement limit for services",
    "article": "示例区采购限额标准（虚构）",
    "value": "800000",
    "unit": "yuan",
    "scope": "district:示例区",
    "in_force_from": "2026-07-01",
    "verification": "M-M",
}


async def test_it_holds_from_its_day_on_and_only_there(town: Town) -> None:
    administrator = await town.client("jin.bo")
    answer = await administrator.post("/law/add-provision", json=BODY)
    assert answer.status_code == 201, answer.text
    card = answer.json()
    assert (card["code"], card["url"], card["state"]) == ("H-2.limit", "/law/H-2.limit", "in-force")
    assert [(p["scope"], p["state"], p["holds"]) for p in card["provisions"]] == [
        ("city", "in-force", True),
        ("district:示例区", "coming", False),
    ]
    assert await town.ledger("H-2.limit") == ["law:add-provision"]
    for day, district, value in (
        (date(2026, 6, 30), "示例区", 1_000_000),
        (date(2026, 7, 1), "示例区", 800_000),
        (date(2026, 7, 1), "别的区", 1_000_000),
    ):
        assert (await law_on(day=day, district=district)).number("H-2.limit") == value


async def test_a_newer_one_takes_the_place_of_the_older(town: Town) -> None:
    administrator = await town.client("jin.bo")
    body = {**BODY, "scope": "city", "in_force_from": "2026-03-02", "value": "500000"}
    card = (await administrator.post("/law/add-provision", json=body)).json()
    assert [(p["value"], p["state"], p["holds"]) for p in card["provisions"]] == [
        ("500000", "in-force", True),
        ("1000000", "expired", False),
    ]
    assert (await law_on(day=date(2026, 3, 1))).number("H-2.limit") == 1_000_000
    assert (await law_on(day=date(2026, 3, 2))).number("H-2.limit") == 500_000


async def test_every_fault_is_named(town: Town) -> None:
    administrator = await town.client("jin.bo")
    answer = await administrator.post(
        "/law/add-provision", json={**BODY, "article": "", "value": "viel", "unit": "ells"}
    )
    assert [field for field, _ in objections(answer)] == ["article", "value", "unit"]
    wrong = {**BODY, "rule": "H 2", "scope": "moon", "in_force_from": "2026-03-01", "in_force_until": "2026-03-01"}
    answer = await administrator.post("/law/add-provision", json=wrong)
    assert [field for field, _ in objections(answer)] == ["rule", "scope", "in_force_from", "in_force_until"]


async def test_the_same_twice_is_refused(town: Town) -> None:
    administrator = await town.client("jin.bo")
    assert (await administrator.post("/law/add-provision", json=BODY)).status_code == 201
    answer = await administrator.post("/law/add-provision", json=BODY)
    assert [field for field, _ in objections(answer)] == ["rule"]


async def test_eight_at_once_add_it_once(town: Town) -> None:
    administrator = await town.client("jin.bo")
    answers = await asyncio.gather(*(administrator.post("/law/add-provision", json=BODY) for _ in range(8)))
    assert sorted(answer.status_code for answer in answers) == [201] + [422] * 7


async def test_only_the_administrator_may(town: Town) -> None:
    assert (await (await town.client("hua.rong")).post("/law/add-provision", json=BODY)).status_code == 403
    assert (await (await town.client()).post("/law/add-provision", json=BODY)).status_code == 401


async def test_the_form_works_without_javascript(town: Town) -> None:
    administrator = await town.browser("jin.bo")
    answer = await administrator.submit("/law/add-provision", {**BODY, "value": ""})
    assert answer.status_code == 422
    assert "示例区采购限额标准（虚构）" in answer.text
    answer = await administrator.submit("/law/add-provision", BODY)
    assert answer.status_code == 303
    assert "800,000元" in (await administrator.get(answer.headers["location"])).text


async def test_loading_the_file_again_changes_nothing(town: Town) -> None:
    assert await load_provisions(now=await town.now()) == 0
    assert len(await law_on(day=date(2026, 3, 2))) > 250
    assert len(provisions_of_the_file()) >= 293


async def test_the_form_begins_with_what_stands_and_shows_what_is_not_touched(town: Town) -> None:
    administrator = await town.browser("jin.bo")
    asked = (await administrator.get("/law/add-provision?rule=H-2.limit")).text
    assert "1,000,000元" in asked
    assert 'value="分散采购限额标准（服务）"' in asked
    tender = await one("SELECT code FROM tender WHERE state = 'open' ORDER BY published_at DESC, code LIMIT 1")
    assert tender
    body = {**dict(hidden_fields(asked)), **BODY, "scope": "city"}
    page = await administrator.inner.post("/law/add-provision", data=body)
    for words in ("1,000,000元", "800,000元", "均不受影响", tender["code"]):
        assert words in page.text


async def test_records_keep_the_law_of_their_day_in_every_room(town: Town) -> None:
    """A number that changes tomorrow counts for what comes then, not for what was published before."""
    administrator = await town.client("jin.bo")
    sql = "SELECT * FROM {} WHERE {} ORDER BY id LIMIT 1"
    tender = await one(
        "SELECT t.*, o.district FROM tender t JOIN organization o ON o.code = t.street"
        " WHERE t.state = 'open' ORDER BY t.id LIMIT 1"
    )
    contract = await one(sql.format("contract", "state = 'in-force'"))
    draft = await one(sql.format("contract", "state = 'reviewed'"))
    evaluation = await one(sql.format("evaluation", "state <> 'published'"))
    assert tender
    assert contract
    assert evaluation
    for rule, unit in (
        ("L-8.consultation", "working-days"),
        ("C-13", "days"),
        ("IND-3.reply", "working-days"),
        ("L-11", "days"),
    ):
        body = {**BODY, "rule": rule, "unit": unit, "value": "1", "scope": "city", "in_force_from": "2026-03-03"}
        assert (await administrator.post("/law/add-provision", json=body)).status_code == 201
    await town.advance(by="P2D")
    now = await town.now()
    today = await law_on(day=local_date(now))
    for law, rule in (
        (await law_of_tender(row=tender, now=now), "L-8.consultation"),
        (await law_of_contract(row=contract, now=now), "C-13"),
        (await law_of(evaluation), "IND-3.reply"),
        *([(await law_of_notice(tender=draft["tender"]), "L-11")] if draft and draft["tender"] else []),
    ):
        assert today.number(rule) == 1
        assert law.number(rule) > 1, rule
