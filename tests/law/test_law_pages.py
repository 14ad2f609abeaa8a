"""The list of rules and the page of one."""

import pytest

from tests.town import Town


async def codes(town: Town, path: str) -> list[str]:
    answer = await (await town.client()).get(path)
    assert answer.status_code == 200, answer.text
    return [line["code"] for line in answer.json()["items"]]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("L-1.", ["L-1.open-tender", "L-1.consultation", "L-1.negotiation"]),
        ("财政部令第101号", ["L-16", "R-3"]),
        ("lowest final quote over", ["F-4"]),
        ("没有这样的规则", []),
    ],
)
async def test_search(town: Town, query: str, found: list[str]) -> None:
    assert await codes(town, f"/law?q={query}") == found


async def test_marks_narrow_the_list(town: Town) -> None:
    assert await codes(town, "/law?mark=M-M&q=H-2") == ["H-2.limit", "H-2.open-tender"]
    assert await codes(town, "/law?mark=M-L") == []


async def test_the_list_pages_by_cursor(town: Town) -> None:
    anyone = await town.client()
    seen: list[str] = []
    path: str | None = "/law"
    while path:
        body = (await anyone.get(path)).json()
        seen += [line["code"] for line in body["items"]]
        path = f"/law?after={body['next']}" if body["next"] else None
    assert len(seen) == len(set(seen)) > 250


async def test_a_page_shows_article_days_and_mark(town: Town) -> None:
    page = (await (await town.browser()).get("/law/N-1")).text
    for words in ("沪财发〔2021〕3号", "财政部令第102号", "2026年4月30日", "第十一条第（一）项", "V ·", "M-H ·"):
        assert words in page
    card = (await (await town.client()).get("/law/N-1")).json()
    assert [(p["scope"], p["holds"]) for p in card["provisions"]] == [("city", True), ("national", False)]


async def test_the_law_changes_with_the_clock(town: Town) -> None:
    await town.advance(by="P90D")
    card = (await (await town.client()).get("/law/N-1")).json()
    assert [(p["scope"], p["state"], p["holds"]) for p in card["provisions"]] == [
        ("national", "in-force", True),
        ("city", "expired", False),
    ]
    assert "目前没有有效的规定" in (await (await town.browser()).get("/law/P-03")).text


async def test_unknown_rules(town: Town) -> None:
    for path in ("/law/nothing", "/law/L-1.%00", "/law/%27%20OR%201=1"):
        assert (await (await town.client()).get(path)).status_code == 404
    for path in ("/law", "/law?mark=D", "/law/HR-2"):
        assert (await (await town.browser(lang="en")).get(path)).status_code == 200
