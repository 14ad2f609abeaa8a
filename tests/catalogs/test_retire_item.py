"""Retiring a service of the menu."""

import asyncio

from tests.town import Town, objections


async def test_it_works_once(town: Town) -> None:
    keeper = await town.client("cao.jie")
    answer = await keeper.post("/catalogs/M043/retire-item")
    assert (answer.status_code, answer.json()["state"], answer.json()["acts"]) == (200, "retired", [])
    assert (await town.client()).headers is not None
    assert objections(await keeper.post("/catalogs/M043/retire-item"))
    assert await town.ledger("M043") == ["catalogs:retire-item"]
    anyone = await town.client()
    assert (await anyone.get("/catalogs?q=专项审计")).json()["items"] == []
    assert (await anyone.get("/catalogs/M043")).json()["state"] == "retired"


async def test_eight_at_once_retire_it_once(town: Town) -> None:
    keeper = await town.client("cao.jie")
    answers = await asyncio.gather(*(keeper.post("/catalogs/M043/retire-item") for _ in range(8)))
    assert sorted(answer.status_code for answer in answers) == [200] + [422] * 7


async def test_the_page_asks_for_confirmation(town: Town) -> None:
    keeper = await town.browser("cao.jie")
    answer = await keeper.submit("/catalogs/M043/retire-item", {})
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/catalogs/M043")


async def test_only_the_keeper_may(town: Town) -> None:
    assert (await (await town.client("jin.bo")).post("/catalogs/M043/retire-item")).status_code == 403
    assert (await (await town.client("cao.jie")).post("/catalogs/C/retire-item")).status_code == 404
