"""Revising a service of the menu."""

from tests.town import Town, objections

BODY = {"name_zh": "长者助餐服务", "unit_zh": "客次", "item": "C05010400", "category": "LIFE", "price_from": "12.00"}


async def test_it_works(town: Town) -> None:
    keeper = await town.client("cao.jie")
    answer = await keeper.post("/catalogs/M001/revise-item", json=BODY)
    assert answer.status_code == 200, answer.text
    assert (answer.json()["name_zh"], answer.json()["revision"], answer.json()["price_from"]) == (
        "长者助餐服务",
        2,
        "12.00",
    )
    assert await town.ledger("M001") == ["catalogs:revise-item"]
    anyone = await town.client()
    assert [line["code"] for line in (await anyone.get("/catalogs?q=长者助餐")).json()["items"]] == ["M001"]
    assert (await anyone.get("/catalogs?q=老年助餐")).json()["items"] == []


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
