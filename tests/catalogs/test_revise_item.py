"""Revising a service of the menu."""

from tests.catalogs.editions import publish
from tests.town import Town, objections

BODY = {"name_zh": "长者助餐服务", "unit_zh": "客次", "item": "C05010400", "category": "LIFE", "price_from": "12.00"}


async def test_it_works(town: Town) -> None:
    keeper, anyone = await town.client("cao.jie"), await town.client()
    answer = await keeper.post("/catalogs/M001/revise-item", json=BODY)
    assert answer.status_code == 200, answer.text
    card = answer.json()
    assert (card["name_zh"], card["revision"], card["price_from"]) == ("老年助餐服务", 2, None), "what holds stays"
    assert (card["ahead"]["words"]["name_zh"], card["ahead"]["words"]["price_from"]) == ("长者助餐服务", "12.00")
    assert await town.ledger("M001") == ["catalogs:revise-item"]
    assert [line["code"] for line in (await anyone.get("/catalogs?q=老年助餐")).json()["items"]] == ["M001"]
    assert (await publish(keeper, "menu-3")).status_code == 200
    assert [line["code"] for line in (await anyone.get("/catalogs?q=长者助餐")).json()["items"]] == ["M001"]
    assert (await anyone.get("/catalogs?q=老年助餐")).json()["items"] == []
    card = (await anyone.get("/catalogs/M001")).json()
    assert (card["name_zh"], card["revision"], card["edition"], card["ahead"]) == ("长者助餐服务", 2, "menu-3", None)


async def test_the_form_shows_what_the_draft_says(town: Town) -> None:
    keeper, browser = await town.client("cao.jie"), await town.browser("cao.jie")
    await keeper.post("/catalogs/M001/revise-item", json=BODY)
    page = await browser.get("/catalogs/M001/revise-item")
    assert 'value="长者助餐服务"' in page.text
    assert "一次不少于三十分钟" not in page.text
    assert "困难当日转介率" in (await browser.get("/catalogs/M004/revise-item")).text


async def test_a_stale_tab_loses_nothing(town: Town) -> None:
    keeper = await town.client("cao.jie")
    etag = (await keeper.get("/catalogs/M001")).headers["etag"]
    assert (await keeper.post("/catalogs/M001/revise-item", json=BODY, headers={"If-Match": etag})).status_code == 200
    stale = {**BODY, "name_zh": "另一个名字"}
    assert (await keeper.post("/catalogs/M001/revise-item", json=stale, headers={"If-Match": etag})).status_code == 412


async def test_its_own_name_may_stay_but_not_anothers(town: Town) -> None:
    keeper = await town.client("cao.jie")
    assert (
        await keeper.post("/catalogs/M001/revise-item", json={**BODY, "name_zh": "老年助餐服务"})
    ).status_code == 200
    answer = await keeper.post("/catalogs/M001/revise-item", json={**BODY, "name_zh": "老年助浴服务"})
    assert [field for field, _ in objections(answer)] == ["name_zh"]


async def test_official_items_are_nobodys_to_revise(town: Town) -> None:
    keeper = await town.client("cao.jie")
    assert (await keeper.post("/catalogs/C05010400/revise-item", json=BODY)).status_code == 404
    assert (await keeper.post("/catalogs/M999/revise-item", json=BODY)).status_code == 404
    assert (await (await town.client("wang.fang")).post("/catalogs/M001/revise-item", json=BODY)).status_code == 403
