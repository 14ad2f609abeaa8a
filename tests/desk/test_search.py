"""The one search: what answers, who sees it, how it pages, and that the database reads its indexes for it."""

import re
from typing import Any

import pytest

from market.base import searching
from market.base.database import execute, rows
from market.base.searching import Asked
from market.base.terms import sought
from market.people.states import ANYONE
from market.seed import people
from market.tendering.queries import find_notices
from market.tendering.rules.finding import notice_terms
from tests.test_query_counts import counted
from tests.town import Town

DRAFT = "T-2026-0016"
MANY = 2000


async def answers(town: Town, query: str, *, who: str | None = None, **more: str) -> list[tuple[str, str]]:
    client = await town.client(who)
    answer = await client.get("/search", params={"q": query, **more})
    assert answer.status_code == 200, answer.text
    return [(hit["kind"], hit["code"]) for hit in answer.json()["items"]]


@pytest.mark.parametrize(
    ("query", "kind", "code"),
    [
        ("助餐", "notices", "T-2026-0012"),
        ("节日助餐", "notices", "T-2026-0012"),
        ("jierizhucan", "notices", "T-2026-0012"),
        ("jrzc", "notices", "T-2026-0012"),
        ("T-2026-0012", "notices", "T-2026-0012"),
        ("t-2026-0012", "notices", "T-2026-0012"),
        ("清河街道 助餐", "notices", "T-2026-0012"),
        ("送餐上门", "notices", "T-2026-0012"),
        ("助餐", "items", "M001"),
        ("lnzc", "items", "M001"),
        ("M001", "items", "M001"),
        ("meal", "items", "M001"),
        ("暖阳", "organizations", people.WARM_SUN),
        ("nuanyang", "organizations", people.WARM_SUN),
        ("nywl", "organizations", people.WARM_SUN),
        ("Warm Sun", "organizations", people.WARM_SUN),
        (people.WARM_SUN, "organizations", people.WARM_SUN),
        (people.WARM_SUN[:12], "organizations", people.WARM_SUN),
        ("梧桐街道办事处", "organizations", people.WUTONG),
    ],
)
async def test_it_is_found(town: Town, query: str, kind: str, code: str) -> None:
    assert (kind, code) in await answers(town, query)
    assert (kind, code) in await answers(town, query, kind=kind)


async def test_every_hit_tells_what_and_where_it_is(town: Town) -> None:
    client = await town.client()
    [hit] = (await client.get("/search?q=T-2026-0012")).json()["items"]
    assert hit | {"snippet": ""} == {
        "kind": "notices",
        "code": "T-2026-0012",
        "state": "opened",
        "url": "/tenders/T-2026-0012",
        "acts": [],
        "title": "节日助餐配送",
        "title_en": "",
        "of": "示例区清河街道办事处",
        "snippet": "",
    }
    found = (await client.get("/search?q=行动不便")).json()["items"]
    assert all("行动不便" in hit["snippet"] for hit in found if hit["kind"] == "notices")
    for each in found:
        assert (await client.get(each["url"])).status_code == 200


async def test_a_typed_code_comes_first_then_titles_then_texts(town: Town) -> None:
    await execute("UPDATE tender SET requirement = '附带助餐' WHERE code = 'T-2026-0015'")
    await rows(
        "UPDATE tender SET search_terms = $1 WHERE code = 'T-2026-0015'",
        notice_terms(
            code="T-2026-0015", title="社区养老顾问服务", street_name="", requirement="附带助餐", qualification=""
        ),
    )
    found = [code for _, code in await answers(town, "助餐", kind="notices")]
    assert found == ["T-2026-0012", "T-2025-0006", "T-2025-0003", "T-2026-0015"]
    await rows(
        "UPDATE tender SET search_terms = $1 WHERE code = 'T-2026-0015'",
        notice_terms(code="T-2026-0015", title="T-2025-0003 续采", street_name="", requirement="", qualification=""),
    )
    assert [code for _, code in await answers(town, "t-2025-0003")] == ["T-2025-0003", "T-2026-0015"]


async def test_a_draft_is_found_by_its_street_and_the_auditors_alone(town: Town) -> None:
    hit = ("notices", DRAFT)
    assert hit in await answers(town, "家庭照护者培训", who="wang.fang")
    assert hit in await answers(town, DRAFT, who="hua.rong")
    for stranger in (None, "wu.tao", "lin.feng"):
        for query in ("家庭照护者培训", DRAFT, "zhaohuzhe"):
            assert hit not in await answers(town, query, who=stranger)
            assert hit not in await answers(town, query, who=stranger, kind="notices")


@pytest.mark.parametrize("query", ["", "  ", "!?", "，。", "\u202e", "没有这个词", "%27%20OR%201=1", "' OR true --"])
async def test_what_nothing_answers(town: Town, query: str) -> None:
    assert await answers(town, query) == []
    for lang in ("zh-CN", "en"):
        browser = await town.browser(lang=lang)
        assert (await browser.inner.get("/search", params={"q": query})).status_code == 200


@pytest.mark.parametrize("after", ["x", "0.", "2.5", "0.x", "1.99999999999999999999", "0.-1", "9" * 300])
async def test_a_cursor_that_is_none_begins_anew(town: Town, after: str) -> None:
    assert len(await answers(town, "助餐", kind="notices", after=after)) == 3


async def test_the_page_shows_the_best_of_each_and_leads_to_all(town: Town) -> None:
    browser = await town.browser("wang.fang")
    html = (await browser.get("/search?q=服务")).text
    counted = int(re.search(r"共 (\d+) 条：查看全部服务目录", html)[1])  # type: ignore[index]
    [known] = await rows("SELECT count(*) AS n FROM entry WHERE state = 'in-use' AND terms @> '{服务}'")
    assert counted == known["n"] > 5
    assert "<mark>服务</mark>" in html
    assert html.count('<ol class="hits">') == 3
    one = (await browser.get("/search?q=服务&kind=items")).text
    assert one.count("/catalogs/") >= 50
    assert 'rel="next"' in one


async def test_what_is_marked_is_escaped(town: Town) -> None:
    html = (await (await town.browser()).inner.get("/search", params={"q": "<script>alert(1)</script>"})).text
    assert "<script>alert" not in html


async def many_notices() -> None:
    """Notices enough that a walk through all of them costs more than an index, one in four hundred with a rare word."""
    [model] = await rows("SELECT * FROM tender WHERE code = 'T-2026-0013'")
    columns = [name for name in model if name not in ("id", "code", "title", "search_terms", "need")]
    for number, title in ((0, "社区食堂服务"), (1, "古籍修缮服务")):
        await rows(
            f"INSERT INTO tender (code, title, search_terms, need, {', '.join(columns)})"
            " SELECT 'T-2024-' || n, $1, $2, 'N-2024-' || n, "
            f"{', '.join(f'm.{name}' for name in columns)} FROM tender m, generate_series(1, $3::int) n"
            " WHERE m.code = 'T-2026-0013' AND (n % 400 = 0) = $4",
            title,
            notice_terms(code="T-2024", title=title, street_name="", requirement="", qualification=""),
            MANY,
            bool(number),
        )


async def test_all_pages_together_are_all_once_in_order(town: Town) -> None:
    await many_notices()
    client = await town.client()
    for query in ("古籍", "服务"):
        [known] = await rows(
            "SELECT count(*) AS n FROM tender WHERE published_at IS NOT NULL"
            " AND (search_terms @> ARRAY[$1::varchar] OR search_terms @> ARRAY['.' || $1]::varchar[])",
            query,
        )
        found: list[str] = []
        cursor: str | None = None
        while True:
            params = {"q": query, "kind": "notices"} | ({"after": cursor} if cursor else {})
            answer = (await client.get("/search", params=params)).json()
            found += [hit["code"] for hit in answer["items"]]
            cursor = answer["next"]
            if cursor is None:
                break
            assert len(answer["items"]) == 50
        assert len(found) == len(set(found)) == known["n"] >= MANY // 400
    html = (await (await town.browser()).get("/search?q=服务")).text
    assert "共 1,000 条以上：查看全部采购公告" in html


async def test_no_search_walks_through_the_table(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    await many_notices()
    plans: list[str] = []
    plain = searching.rows_sought

    async def explained(sql: str, *args: Any) -> list[Any]:
        plan = await plain(f"EXPLAIN {sql}", *args)
        plans.append("\n".join(line["QUERY PLAN"] for line in plan))
        return await plain(sql, *args)

    monkeypatch.setattr(searching, "rows_sought", explained)
    for query in ("古籍修缮", "古籍", "gujixiushan", "gjxs", "服务", "fuwu", "T-2024-400", "没有这个词"):
        wanted = sought(query)
        assert wanted is not None
        before = len(plans)
        await find_notices(user=ANYONE, asked=Asked(text=query, sought=wanted, count=True))
        assert len(plans) > before
        for plan in plans[before:]:
            assert "Seq Scan" not in plan, f"{query}\n{plan}"
    rare = [plan for plan in plans if "tender_search_terms" in plan]
    assert rare, "no plan reads the index of terms"


async def test_more_notices_cost_no_more_questions(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = await town.browser("wang.fang")
    asked = []
    for more in (False, True):
        if more:
            await many_notices()
        with counted(monkeypatch) as sent:
            assert (await browser.get("/search?q=服务")).status_code == 200
        asked.append(len(sent))
    assert asked[1] <= asked[0] <= 30
