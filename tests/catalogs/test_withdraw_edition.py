"""withdraw-edition: what is not in force yet is taken back, and nothing that held is lost."""

from datetime import date

import pytest

from catalogs.rules import objections_to_withdrawal
from tests.catalogs.editions import publish
from tests.town import Town, objections

NEW = {"name_zh": "社区防跌倒训练", "unit_zh": "课时", "item": "C05010400", "category": "LIFE"}
REASON = {"reason": "文号有误，更正后重新发布。"}


@pytest.mark.parametrize(
    ("reason", "day", "later", "fields"),
    [
        ("不再需要", None, "", []),  # a draft
        ("文号有误", date(2026, 3, 3), "", []),
        (" ", date(2026, 3, 3), "", ["reason"]),  # N-9: openly
        ("文号有误", date(2026, 3, 2), "menu-4", ["", ""]),  # its day has come, and another rests on it
    ],
)
def test_when_an_edition_may_be_withdrawn(reason: str, day: date | None, later: str, fields: list[str]) -> None:
    found = objections_to_withdrawal(reason=reason, in_force_from=day, rests_on_it=later, today=date(2026, 3, 2))
    assert [o.field for o in found] == fields


async def test_a_draft_is_thrown_away_and_the_next_begins_from_what_holds(town: Town) -> None:
    keeper, anyone = await town.client("cao.jie"), await town.client()
    await keeper.post("/catalogs/add-item", json=NEW)
    dropped = await keeper.post("/catalogs/editions/menu-3/withdraw-edition", json=REASON)
    assert (dropped.status_code, dropped.json()["state"], dropped.json()["acts"]) == (200, "dropped", [])
    assert (await anyone.get("/catalogs/editions/menu-3")).status_code == 404
    assert (await keeper.post("/catalogs/editions/menu-3/withdraw-edition", json=REASON)).status_code == 422
    assert (await publish(keeper, "menu-3")).status_code == 422
    assert (await town.ledger("menu-3"))[-1] == "catalogs:withdraw-edition"
    await keeper.post("/catalogs/add-item", json={**NEW, "name_zh": "社区平衡操"})
    card = (await keeper.get("/catalogs/editions/menu-4")).json()
    assert (card["comparison"]["before"], card["comparison"]["counts"]["added"]) == ("menu-2", 1)
    assert (await publish(keeper, "menu-4")).json()["state"] == "in-force"


async def test_a_published_edition_is_withdrawn_before_its_day_and_never_holds(town: Town) -> None:
    keeper, anyone = await town.client("cao.jie"), await town.client()
    await keeper.post("/catalogs/add-item", json=NEW)
    await publish(keeper, "menu-3", day="2026-03-10")
    url = "/catalogs/editions/menu-3/withdraw-edition"
    assert [field for field, _ in objections(await keeper.post(url, json={}))] == ["reason"]
    assert (await (await town.client("yan.li")).post(url, json=REASON)).status_code == 403
    assert (await anyone.post(url, json=REASON)).status_code == 401
    await keeper.post("/catalogs/add-item", json={**NEW, "name_zh": "社区平衡操"})
    assert "menu-4" in objections(await keeper.post(url, json=REASON))[0][1]
    await keeper.post("/catalogs/editions/menu-4/withdraw-edition", json=REASON)
    done = await keeper.post(url, json=REASON)
    assert (done.status_code, done.json()["state"], done.json()["reason"]) == (200, "withdrawn", REASON["reason"])
    acts = await town.advance(by="P10D")
    assert "put-in-force" not in {each["act"] for each in acts}
    page = await (await town.browser()).get("/catalogs/editions/menu-3")
    assert (page.status_code, REASON["reason"] in page.text) == (200, True)
    assert (await anyone.get("/catalogs/editions/menu-2")).json()["state"] == "in-force"
    assert (await keeper.post("/catalogs/editions/menu-2/withdraw-edition", json=REASON)).status_code == 422
