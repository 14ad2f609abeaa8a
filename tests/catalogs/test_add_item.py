"""Adding a service to the menu: it is proposed in the draft, and on the menu once the edition is in force."""

import asyncio

from tests.catalogs.editions import publish
from tests.town import Town, objections

BODY = {
    "name_zh": "社区防跌倒训练",
    "name_en": "Fall-prevention training",
    "unit_zh": "课时",
    "item": "C05010400",
    "category": "LIFE",
    "price_from": "150.00",
    "price_until": "300.00",
}


async def test_it_works(town: Town) -> None:
    keeper = await town.client("cao.jie")
    answer = await keeper.post("/catalogs/add-item", json=BODY)
    assert answer.status_code == 201, answer.text
    made = answer.json()
    assert (made["code"], made["state"], made["checked"]) == ("M045", "proposed", "own decision")
    assert (made["ahead"]["edition"], made["ahead"]["words"]["price_from"]) == ("menu-3", "150.00")
    assert [link["act"] for link in made["acts"]] == ["revise-item", "retire-item"]
    assert await town.ledger("M045") == ["catalogs:add-item"]
    anyone = await town.client()
    assert (await anyone.get("/catalogs?q=跌倒")).json()["items"] == [], "a draft is on no menu"
    assert (await anyone.get("/catalogs/M045")).status_code == 404
    assert (await publish(keeper, "menu-3")).status_code == 200
    assert [line["code"] for line in (await anyone.get("/catalogs?q=跌倒")).json()["items"]] == ["M045"]
    assert (await anyone.get("/catalogs/M045")).json()["state"] == "in-use"


async def test_its_standard_must_be_measurable(town: Town) -> None:
    keeper = await town.client("cao.jie")
    indicators = [{"name": "到课率", "number": "0", "unit": "%"}, {"name": "满意度", "number": "90", "unit": "%"}]
    answer = await keeper.post("/catalogs/add-item", json={**BODY, "indicators": indicators})
    assert [field for field, _ in objections(answer)] == ["indicators.0.number"]


async def test_every_fault_is_named(town: Town) -> None:
    keeper = await town.client("cao.jie")
    answer = await keeper.post(
        "/catalogs/add-item", json={**BODY, "name_zh": "😀", "price_from": "1.005", "unit_zh": ""}
    )
    assert [field for field, _ in objections(answer)] == ["name_zh", "unit_zh", "price_from"]
    wrong = {**BODY, "name_zh": "老年助餐服务", "item": "C", "category": "FUN", "price_until": "149.99"}
    answer = await keeper.post("/catalogs/add-item", json=wrong)
    assert [field for field, _ in objections(answer)] == ["name_zh", "item", "category", "price_until"]


async def test_only_the_keeper_may(town: Town) -> None:
    assert (await (await town.client("wang.fang")).post("/catalogs/add-item", json=BODY)).status_code == 403
    assert (await (await town.client()).post("/catalogs/add-item", json=BODY)).status_code == 401


async def test_eight_at_once_get_eight_codes_and_one_name(town: Town) -> None:
    keeper = await town.client("cao.jie")
    bodies = [{**BODY, "name_zh": f"社区防跌倒训练第{number // 2}班"} for number in range(8)]
    answers = await asyncio.gather(*(keeper.post("/catalogs/add-item", json=body) for body in bodies))
    assert sorted(answer.status_code for answer in answers) == [201] * 4 + [422] * 4
    codes = sorted(answer.json()["code"] for answer in answers if answer.status_code == 201)
    assert codes == ["M045", "M046", "M047", "M048"]


async def test_the_form_offers_items_and_categories(town: Town) -> None:
    keeper = await town.browser("cao.jie")
    page = await keeper.get("/catalogs/add-item")
    assert "C05010400 养老服务" in page.text
    answer = await keeper.submit("/catalogs/add-item", {**BODY, "item": "C99"})
    assert answer.status_code == 422
    assert "社区防跌倒训练" in answer.text
