"""Retiring an entry: in the draft first, in force with its edition."""

import asyncio

from tests.catalogs.editions import publish
from tests.town import Town, objections


async def test_it_works_once(town: Town) -> None:
    keeper, anyone = await town.client("cao.jie"), await town.client()
    answer = await keeper.post("/catalogs/M043/retire-item")
    card = answer.json()
    assert (answer.status_code, card["state"], card["ahead"]["words"]["state"]) == (200, "in-use", "retired")
    assert objections(await keeper.post("/catalogs/M043/retire-item"))
    assert await town.ledger("M043") == ["catalogs:retire-item"]
    assert (await anyone.get("/catalogs/M043")).json()["ahead"] is None, "a draft is the keeper's"
    assert (await publish(keeper, "menu-3")).status_code == 200
    assert (await anyone.get("/catalogs?q=专项审计")).json()["items"] == []
    card = (await keeper.get("/catalogs/M043")).json()
    assert (card["state"], card["acts"]) == ("retired", [])
    assert objections(await keeper.post("/catalogs/M043/retire-item"))


async def test_revising_it_takes_the_retirement_back(town: Town) -> None:
    keeper = await town.client("cao.jie")
    card = (await keeper.post("/catalogs/M043/retire-item")).json()
    body = {name: card[name] for name in ("name_zh", "name_en", "unit_zh", "unit_en", "item", "category")}
    revised = (await keeper.post("/catalogs/M043/revise-item", json=body)).json()
    assert revised["ahead"]["words"]["state"] == "in-use"
    edition = (await keeper.get("/catalogs/editions/menu-3")).json()
    assert edition["comparison"]["counts"] == {"added": 0, "changed": 0, "retired": 0}


async def test_eight_at_once_retire_it_once(town: Town) -> None:
    keeper = await town.client("cao.jie")
    answers = await asyncio.gather(*(keeper.post("/catalogs/M043/retire-item") for _ in range(8)))
    assert sorted(answer.status_code for answer in answers) == [200] + [422] * 7


async def test_what_others_stand_below_stays(town: Town) -> None:
    """A04 has entries in use below it; A0402 has none."""
    keeper = await town.client("cao.jie")
    assert objections(await keeper.post("/catalogs/A04/retire-item"))
    assert (await keeper.post("/catalogs/A0402/retire-item")).status_code == 200


async def test_the_page_asks_for_confirmation(town: Town) -> None:
    keeper = await town.browser("cao.jie")
    answer = await keeper.submit("/catalogs/M043/retire-item", {})
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/catalogs/M043")


async def test_only_the_keeper_may(town: Town) -> None:
    assert (await (await town.client("jin.bo")).post("/catalogs/M043/retire-item")).status_code == 403
    assert (await (await town.client("cao.jie")).post("/catalogs/C/retire-item")).status_code == 404
