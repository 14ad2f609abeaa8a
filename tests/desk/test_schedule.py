"""The schedule: what time did and will do, for administrator and auditor, and a warning when it stands still."""

from datetime import timedelta

from market.base.database import rows
from tests.town import Town


async def test_it_tells_what_was_done_and_what_comes_next(town: Town) -> None:
    (row,) = await rows("SELECT * FROM evaluation WHERE state = 'planned' ORDER BY opens_at LIMIT 1")
    await town.advance(to=row["opens_at"])
    for account in ("hua.rong", "jin.bo"):
        items = (await (await town.client(account)).get("/schedule")).json()["items"]
        assert ("open-survey", row["code"]) in [(item["act"], item["code"]) for item in items]
    page = (await (await town.browser("hua.rong")).get("/schedule")).text
    assert "接下来要办的" in page
    assert "到期超过一分钟" not in page


async def test_it_is_for_nobody_else(town: Town) -> None:
    for account, status in (("wang.fang", 404), ("kong.xin", 404), (None, 401)):
        assert (await (await town.client(account)).get("/schedule")).status_code == status


async def test_what_is_due_and_not_done_is_seen(town: Town) -> None:
    past = await town.now() - timedelta(hours=1)
    await rows("UPDATE evaluation SET next_turn_at = $1 WHERE state = 'open'", past)
    assert "到期超过一分钟" in (await (await town.browser("hua.rong")).get("/schedule")).text


async def test_the_list_goes_on_from_its_cursor(town: Town) -> None:
    client = await town.client("hua.rong")
    await town.advance(by="P200D")
    first = (await client.get("/schedule")).json()
    assert len(first["items"]) == 50
    then = (await client.get(f"/schedule?after={first['next']}")).json()
    assert {item["id"] for item in first["items"]}.isdisjoint(item["id"] for item in then["items"])
