"""Lifting a standing."""

import asyncio

import pytest

from market.base.database import one
from market.seed import people
from tests.town import Town, objections

BODY = {"document": "（2026）示执字第2号（虚构）"}


@pytest.fixture
async def code(town: Town) -> str:
    row = await one("SELECT code FROM standing WHERE kind = 'dishonest-debtor'")
    assert row is not None
    return str(row["code"])


async def test_it_works_once(town: Town, code: str) -> None:
    supervisor = await town.client("yan.li")
    organization = f"/organizations/{people.WORKSHOP}"
    assert (await supervisor.get(organization)).json()["may_supply"] is False
    answer = await supervisor.post(f"/standings/{code}/lift-standing", json=BODY)
    assert answer.status_code == 200, answer.text
    assert (answer.json()["state"], answer.json()["lifted_on"], answer.json()["bars"]) == ("lifted", "2026-03-02", "")
    assert (await supervisor.get(organization)).json()["may_supply"] is True
    assert objections(await supervisor.post(f"/standings/{code}/lift-standing", json=BODY))
    assert await town.ledger(code) == ["catalogs:record-standing", "catalogs:lift-standing"]


async def test_eight_at_once_lift_it_once(town: Town, code: str) -> None:
    keeper = await town.client("cao.jie")
    answers = await asyncio.gather(*(keeper.post(f"/standings/{code}/lift-standing", json=BODY) for _ in range(8)))
    assert sorted(answer.status_code for answer in answers) == [200] + [422] * 7


async def test_a_document_is_needed_and_the_role(town: Town, code: str) -> None:
    keeper = await town.client("cao.jie")
    answer = await keeper.post(f"/standings/{code}/lift-standing", json={})
    assert [field for field, _ in objections(answer)] == ["document"]
    assert (await keeper.post("/standings/ST-2026-9999/lift-standing", json=BODY)).status_code == 404
    assert (await (await town.client("he.jing")).post(f"/standings/{code}/lift-standing", json=BODY)).status_code == 403


async def test_a_timed_standing_ends_by_itself(town: Town) -> None:
    """X-8: a grade of 2020-10-09 is valid for five years, 民政部令第39号; end-standing writes it down."""
    row = await one("SELECT code FROM standing WHERE kind = 'grade' AND value = '3A'")
    assert row is not None
    card = (await (await town.client()).get(f"/standings/{row['code']}")).json()
    assert (card["state"], card["in_force"], card["until_on"], card["acts"]) == ("ended", False, "2025-10-09", [])
    assert await town.ledger(row["code"]) == ["catalogs:record-standing", "catalogs:end-standing"]
    lifted = await (await town.client("cao.jie")).post(f"/standings/{row['code']}/lift-standing", json=BODY)
    assert lifted.status_code == 422


async def test_time_ends_a_term_on_its_day_and_tells_the_organization(town: Town) -> None:
    keeper = await town.client("cao.jie")
    body = {"kind": "donation-deduction", "from_on": "2023-03-05", "document": "2023年第1号公告（虚构）"}
    made = (await keeper.post(f"/organizations/{people.WARM_SUN}/record-standing", json=body)).json()
    assert (made["until_on"], made["in_force"]) == ("2026-03-05", True)  # three years
    assert "end-standing" not in {act["act"] for act in await town.advance(by="P2D")}
    ended = [act for act in await town.advance(by="P1D") if act["act"] == "end-standing"]
    assert [(act["code"], act["at"][:16]) for act in ended] == [(made["code"], "2026-03-04T16:00")]
    card = (await keeper.get(made["url"])).json()
    assert (card["state"], card["in_force"]) == ("ended", False)
    told = await one(
        "SELECT a.login FROM notification n JOIN account a ON a.id = n.account JOIN ledger_event e ON e.id = n.event"
        " WHERE n.url = $1 AND e.tag = 'catalogs:end-standing'",
        made["url"],
    )
    assert told == {"login": "he.jing"}
