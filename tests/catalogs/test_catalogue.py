"""Browsing and searching the registers."""

from typing import Any

import asyncpg
import pytest

from catalogs.actions import load_catalogue
from catalogs.queries import item_for, menu_item_for
from catalogs.rules import entry_terms
from market.base.database import one, rows
from market.base.embedded import OWNER, Access
from market.base.refusal import NotFound
from market.base.terms import sort_key
from tests.town import Town


async def codes(town: Town, path: str) -> list[str]:
    answer = await (await town.client()).get(path)
    assert answer.status_code == 200, answer.text
    return [line["code"] for line in answer.json()["items"]]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("助餐", ["M001"]),
        ("养老", ["A0402", "C05010400"]),
        ("餐助", []),
        ("meals", ["M001"]),
        ("MEAL", ["M001"]),
        ("M001", ["M001"]),
        ("C0501040", ["C05010400"]),
        ("助餐 老年", ["M001"]),
        ("老年 摩托", []),
        ("😀", []),
        ("%' OR 1=1", []),
    ],
)
async def test_search(town: Town, query: str, found: list[str]) -> None:
    assert await codes(town, f"/catalogs?q={query}") == found


async def test_lists_page_by_cursor(town: Town) -> None:
    anyone = await town.client()
    seen: list[str] = []
    names: list[str] = []
    path: str | None = "/catalogs?register=item"
    while path:
        body = (await anyone.get(path)).json()
        seen += [line["code"] for line in body["items"]]
        names += [line["name_zh"] for line in body["items"]]
        path = f"/catalogs?register=item&after={body['next']}" if body["next"] else None
    assert len(seen) == len(set(seen)) == 130
    assert [sort_key(name) for name in names] == sorted(sort_key(name) for name in names)


async def test_the_trees_show_their_verification(town: Town) -> None:
    page = await (await town.browser()).get("/catalogs")
    assert page.status_code == 200
    for words in ("老年助餐服务", "公共安全隐患排查治理服务", "养老服务", "凭记忆录入，尚未与原文核对"):
        assert words in page.text
    english = await (await town.browser(lang="en")).get("/catalogs")
    assert "From memory, not yet compared with the source" in english.text


async def test_an_entry_shows_its_surroundings(town: Town) -> None:
    anyone = await town.client()
    card = (await anyone.get("/catalogs/C05010400")).json()
    assert [line["code"] for line in card["parents"]] == ["C", "C05000000", "C05010000"]
    assert [line["code"] for line in card["linked"]] == ["LIFE"]
    assert "M001" in [line["code"] for line in card["services"]]
    assert (card["central"], card["checked"], card["acts"]) == (False, "verified", [])
    guiding = (await anyone.get("/catalogs/A0402")).json()
    assert guiding["checked"] == "unverified"
    assert (await anyone.get("/catalogs/C21040000")).json()["central"] is True
    assert (await anyone.get("/catalogs/nothing")).status_code == 404
    for code in ("C05010400", "A0402", "M001", "LIFE", "C21040000"):
        assert (await (await town.browser()).get(f"/catalogs/{code}")).status_code == 200


async def test_cards_for_upper_rooms(town: Town) -> None:
    item = await item_for(code="C05010400")
    assert (item.name_zh, item.central, item.in_use, item.category) == ("养老服务", False, True, "LIFE")
    menu = await menu_item_for(code="M001")
    assert (menu.item, menu.category, menu.unit_zh) == ("C05010400", "LIFE", "客次")
    for wrong in ("M001", "nothing"):
        with pytest.raises(NotFound):
            await item_for(code=wrong)


async def test_loading_twice_changes_nothing(town: Town) -> None:
    before = await one("SELECT count(*) AS many FROM entry")
    assert await load_catalogue(now=await town.now()) == 0
    assert await one("SELECT count(*) AS many FROM entry") == before


async def vacuumed(server: Access) -> None:
    """Let the database take note of what was inserted, as it does by itself after a minute."""
    here = await one("SELECT current_database() AS name")
    assert here is not None
    owner = await asyncpg.connect(server.dsn(OWNER, database=here["name"]))
    try:
        await owner.execute("VACUUM ANALYZE entry")
    finally:
        await owner.close()


async def plan_of(sql: str, *arguments: Any) -> str:
    lines = await rows(f"EXPLAIN {sql}", *arguments)
    return "\n".join(line["QUERY PLAN"] for line in lines)


async def test_the_search_uses_its_index(town: Town, server: Access) -> None:
    """Two-character words are found by an index, not by reading every row."""
    insert = "INSERT INTO entry (register, code, name_zh, terms, level, checked, state, changed_at)"
    await rows(
        f"{insert} SELECT 'guiding', 'X' || n, '服务' || n, ARRAY['服务', 'x' || n], 3, 'own decision', 'in-use', now()"
        " FROM generate_series(1, 20000) n"
    )
    terms = entry_terms(code="XR", name_zh="罕见词条", name_en="")
    await rows(f"{insert} VALUES ('guiding', 'XR', '罕见词条', $1, 3, 'own decision', 'in-use', now())", terms)
    await vacuumed(server)
    plan = await plan_of(
        "SELECT code FROM entry WHERE terms @> $1 AND state = 'in-use' ORDER BY code LIMIT 51", ["罕见"]
    )
    assert "Bitmap Index Scan" in plan
    assert "entry_terms" in plan
    assert "Seq Scan" not in plan
    assert await codes(town, "/catalogs?q=罕见") == ["XR"]
