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
    """X-8: a grade of 2020-10-09 is valid for five years, 民政部令第39号."""
    row = await one("SELECT code FROM standing WHERE kind = 'grade' AND value = '3A'")
    assert row is not None
    card = (await (await town.client()).get(f"/standings/{row['code']}")).json()
    assert (card["state"], card["in_force"], card["until_on"]) == ("recorded", False, "2025-10-09")
