"""The search of the directory: words, pinyin, old names of streets, facets with counts, order, cursors, plans."""

import random
import re
from datetime import date, timedelta
from typing import Any

import asyncpg
import pytest

from catalogs.queries.directory import PAGE, facets_of, new_names, organizations_page
from catalogs.queries.menu import services_page
from catalogs.rules import StandingFact, ends_by_itself, is_barring, is_standing_in_force
from catalogs.rules.places import RENAMED, areas_of, other_names
from catalogs.rules.searches import Services, StandingFacet, Wanted
from catalogs.rules.shelves import shelve_organization
from catalogs.states import StandingKind
from market.base.database import execute, one, rows
from market.base.embedded import SUPERUSER, Access
from market.base.terms import sort_key
from market.law.queries import law_on
from market.seed import people
from tests.town import Town

DAY = date(2026, 3, 2)


async def found(town: Town, query: str) -> list[str]:
    answer = await (await town.client()).get(f"/organizations?{query}")
    assert answer.status_code == 200, answer.text
    return [line["code"] for line in answer.json()["items"]]


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("q=助餐", {people.WARM_SUN, people.ENTERPRISE}),
        ("q=nuanyang", {people.WARM_SUN}),
        ("q=zhucan&category=LIFE", set()),
        ("q=warm", {people.WARM_SUN}),
        ("grade=5A", {people.WARM_SUN}),
        ("grade=3A", set()),
        ("hub=yes", {people.VOLUNTEERS}),
        ("standing=barred", {people.WORKSHOP}),
        ("standing=abnormal", {people.SPORTS}),
        ("kind=street", {people.WUTONG, people.QINGHE}),
        ("category=MEDIATION&area=梧桐街道", {people.HARMONY}),
        ("area=梧桐街道&category=LIFE&grade=4A", {people.NEIGHBOURS}),
        ("q=%27%22%20--", set()),
    ],
)
async def test_words_and_facets(town: Town, query: str, codes: set[str]) -> None:
    assert set(await found(town, query)) == codes


async def test_strange_facets_and_cursors_are_no_surprise(town: Town) -> None:
    everybody = await found(town, "")
    assert await found(town, "standing=nonsense&after=nonsense") == everybody
    assert await found(town, "after=99999999999999999999.a") == everybody
    assert await found(town, "kind=nonsense") == []


async def test_the_order_is_that_of_pinyin(town: Town) -> None:
    listed = (await (await town.client()).get("/organizations")).json()["items"]
    keys = [sort_key(line["name"]) for line in listed]
    assert keys == sorted(keys)
    assert len(keys) >= 10


async def add(number: int, *, name: str, areas: str = "", scope: str = "", category: str = "LIFE") -> None:
    """Put an organization straight into the directory."""
    code = f"52000000MK{number:08d}"
    shelved = shelve_organization(
        code=code,
        name=name,
        name_en="",
        kind="minfei",
        business_scope=scope,
        service_areas=areas,
        categories=[category],
    )
    await rows(
        "WITH made AS (INSERT INTO organization (code, name, name_en, kind, district, street_code, registered_at)"
        " VALUES ($1, $2, '', 'minfei', '', '', now()) RETURNING id)"
        " INSERT INTO profile (organization, terms, sort_key, marks, categories, business_scope, service_areas,"
        " changed_at) SELECT id, $3, $4, $5, $6, $7, $8, '2026-03-02T01:00:00Z' FROM made",
        code,
        name,
        shelved.terms,
        shelved.sort_key,
        shelved.marks,
        [category],
        scope,
        areas,
    )


async def test_an_old_name_of_a_street_finds_who_works_there_now(town: Town) -> None:
    await add(1, name="潮头社会服务中心", areas="北外滩街道")
    await add(2, name="老弄堂互助社", areas="提篮桥街道")
    assert len(await found(town, "q=提篮桥")) == 2
    assert len(await found(town, "q=北外滩")) == 2
    assert len(await found(town, "area=北外滩街道")) == 2
    assert areas_of("提篮桥街道") == ("北外滩街道",)
    assert other_names("嘉兴路街道") == ()
    assert all(old.until_year and old.source for street in RENAMED for old in street.formerly)


async def test_pages_go_on_where_the_last_one_ended_even_between_equal_names(town: Town) -> None:
    for number in range(PAGE + 30):
        await add(number, name="同名服务社" if number % 2 else f"同名服务社{number:03d}")
    seen: list[str] = []
    after = None
    while True:
        page = await organizations_page(wanted=Wanted(q="同名"), on=DAY, after=after)
        seen += [line.code for line in page.items]
        after = page.next
        if after is None:
            break
    assert len(seen) == len(set(seen)) == PAGE + 30


async def test_facets_count_what_would_remain(town: Town) -> None:
    for wanted in (Wanted(), Wanted(q="服务"), Wanted(category="LIFE")):
        counted = await facets_of(wanted=wanted, on=DAY)
        whole = await organizations_page(wanted=wanted, on=DAY)
        assert counted.total == len(whole.items)
        for facet, values in counted.facets.items():
            for each in values if not getattr(wanted, facet) else ():
                narrowed = await organizations_page(wanted=narrow(wanted, facet, each.value), on=DAY)
                assert len(narrowed.items) == each.count, (facet, each)


def narrow(wanted: Wanted, facet: str, value: str) -> Wanted:
    return Wanted(**{**wanted.query(), facet: value})


async def test_counts_are_capped_and_say_so(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("catalogs.queries.directory.MOST_COUNTED", 3)
    counted = await facets_of(wanted=Wanted(), on=DAY)
    assert (counted.total, counted.is_partial) == (4, True)
    page = await (await town.browser()).get("/organizations")
    assert "3+" in page.text
    counts = (await (await town.client()).get("/organizations/facets?q=服务")).json()
    assert counts["total"] >= 1


async def test_the_page_leads_from_facet_to_facet_and_back(town: Town) -> None:
    browser = await town.browser()
    page = (await browser.get("/organizations?q=服务&category=LIFE")).text
    assert re.search(r'href="/organizations\?q=[^"]*&amp;category=LIFE&amp;area=[^"]*"', page)
    assert re.search(r'href="/organizations\?q=%E6%9C%8D%E5%8A%A1" aria-current="true"', page)
    led = await browser.get("/organizations/facets?q=服务")
    assert led.status_code == 303
    assert led.headers["location"] == "/organizations?q=%E6%9C%8D%E5%8A%A1"


async def test_the_search_judges_a_day_as_the_rules_do(town: Town) -> None:
    """Standings of every kind, begun, ended and lifted around leap days: the search finds whom the rules would."""
    drawn = random.Random(7)
    law = await law_on(day=DAY)
    (own,) = await rows("SELECT id FROM organization WHERE code = $1", people.WARM_SUN)
    days = [DAY + timedelta(days=n) for n in (-2000, -1830, -1826, -1825, -1097, -1096, -1095, -400, -1, 0)]
    days += [date(2024, 2, 29), date(2020, 2, 29)]
    asked = [DAY, date(2028, 2, 29), date(2025, 2, 28), date(2025, 3, 1), date(2023, 3, 1), date(2024, 2, 29)]
    for number in range(60):
        await execute(f"DELETE FROM standing WHERE organization = {own['id']}")
        kind = drawn.choice([StandingKind.GRADE, StandingKind.SERIOUS_ILLEGALITY, StandingKind.TAX_OFFENDER])
        begun = drawn.choice(days)
        until = drawn.choice([None, begun + timedelta(days=drawn.choice([1, 365, 1826]))])
        fact = StandingFact(kind=kind, value="5A", from_on=begun, until_on=until, document="x")
        await rows(
            "INSERT INTO standing (code, organization, kind, value, from_on, until_on, document, state, recorded_at,"
            " recorded_by) VALUES ($1, $2, $3, '5A', $4, $5, 'x', 'recorded', now(), 'x')",
            f"ST-X-{number}",
            own["id"],
            kind,
            begun,
            until,
        )
        on = drawn.choice(asked)
        ends = ends_by_itself(standing=fact, law=law)
        counts = is_standing_in_force(standing=StandingFact(kind=kind, from_on=begun, until_on=ends), on=on)
        wanted = Wanted(grade="5A") if kind == StandingKind.GRADE else Wanted(standing=StandingFacet.BARRED)
        expected = counts if kind == StandingKind.GRADE else is_barring(standing=fact, on=on, law=law)
        listed = await organizations_page(wanted=wanted, on=on)
        assert (people.WARM_SUN in [line.code for line in listed.items]) == expected, (fact, on)


async def analyzed(server: Access) -> None:
    """Let PostgreSQL count, as an operator's does by itself."""
    found = await one("SELECT current_database() AS name")
    assert found is not None
    owner = await asyncpg.connect(server.dsn(SUPERUSER, database=found["name"]))
    try:
        await owner.execute("VACUUM ANALYZE")
    finally:
        await owner.close()


async def test_nothing_is_read_from_end_to_end(town: Town, server: Access, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every way of asking, over some thousand organizations: no plan reads a large table through."""
    fields = ("为老服务", "社区服务", "文化活动", "助餐服务", "法律服务")
    made = [
        shelve_organization(
            code=f"52000000MK{n:08d}",
            name=f"示例区{field}第{n:04d}中心",
            name_en="",
            kind="minfei",
            service_areas=f"街{n % 60:02d}街道",
            categories=[("LIFE", "CULTURE", "CHARITY")[n % 3]],
        )
        for n, field in ((n, fields[n % len(fields)]) for n in range(6_000))
    ]
    await rows(
        "INSERT INTO organization (code, name, name_en, kind, district, street_code, registered_at)"
        " SELECT '52000000MK' || lpad(n::text, 8, '0'), 'x', '', 'minfei', '', '', now()"
        " FROM generate_series(0, 5999) AS n"
    )
    for n, shelved in enumerate(made):
        await rows(
            "INSERT INTO profile (organization, terms, sort_key, marks, categories, changed_at)"
            " SELECT id, $2, $3, $4, '{}', '2026-01-01' FROM organization WHERE code = $1",
            f"52000000MK{n:08d}",
            shelved.terms,
            shelved.sort_key,
            shelved.marks,
        )
    await rows(
        "INSERT INTO entry (register, code, name_zh, terms, sort_key, level, item, category, checked, state,"
        " changed_at, unit_zh) SELECT 'menu', 'S' || n, 'x' || n, p.terms, p.sort_key, 0, 'C05010400', 'LIFE',"
        " 'own decision', 'in-use', now(), '人次' FROM generate_series(0, 5999) AS n JOIN organization o"
        " ON o.code = '52000000MK' || lpad(n::text, 8, '0') JOIN profile p ON p.organization = o.id"
    )
    await rows(
        "INSERT INTO standing (code, organization, kind, value, from_on, document, state, recorded_at, recorded_by)"
        " SELECT 'ST-X-' || n, o.id, (ARRAY['grade', 'annual-check', 'abnormal', 'tax-offender'])[CASE WHEN n % 100 = 0"
        " THEN 4 ELSE n % 3 + 1 END], (ARRAY['1A', '2A', '3A', '4A', '5A'])[n % 5 + 1], '2025-01-01', 'x', 'recorded',"
        " now(), 'x' FROM generate_series(0, 5999) AS n JOIN organization o ON o.code = '52000000MK' || lpad(n::text,"
        " 8, '0')"
    )
    await analyzed(server)
    plans: list[str] = []

    async def explained(sql: str, *args: Any) -> list[Any]:
        plans.append("\n".join(row["QUERY PLAN"] for row in await rows(f"EXPLAIN {sql}", *args)))
        return []

    monkeypatch.setattr("catalogs.queries.directory.answers_to", explained)
    asked = [
        Wanted(q="第0042"),
        Wanted(q="服务"),
        Wanted(q="weilaofuwu"),
        Wanted(category="LIFE", area="街07街道"),
        Wanted(),
        Wanted(grade="5A"),
        Wanted(standing=StandingFacet.BARRED),
        Wanted(q="服务", hub="yes"),
    ]
    for wanted in asked:
        for after in (None, "3000.shi li qu"):
            await organizations_page(wanted=wanted, on=DAY, after=after)
    monkeypatch.setattr("catalogs.queries.menu.rows_sought", explained)
    menu = (Services(q="第0042"), Services(q="服务"), Services(register="menu"), Services(category="LIFE", q="zhucan"))
    for services in menu:
        await services_page(wanted=services)
        await services_page(wanted=services, after="3000.shi li qu")
    await new_names(wanted=Wanted(q="第0042"), on=DAY, since=await town.now(), until=await town.now())

    read_through = [plan for plan in plans if re.search(r"Seq Scan on (profile|organization|entry|standing)\b", plan)]
    assert read_through == []
    assert len(plans) == 2 * len(asked) + 2 * len(menu) + 1


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("register=menu&price_from=300&price_until=1000", ["M044"]),
        ("register=menu&price_until=199&category=MEDIATION", []),
        ("register=menu&category=MEDIATION&price_from=400", ["M044"]),
        ("register=menu&price_from=nonsense&q=louzuzhang", ["M044"]),
        ("register=menu&category=LIFE&q=louzuzhang", []),
    ],
)
async def test_services_by_price_and_category(town: Town, query: str, codes: list[str]) -> None:
    answer = await (await town.client()).get(f"/catalogs?{query}")
    assert [line["code"] for line in answer.json()["items"]] == codes
    assert (await (await town.browser()).get(f"/catalogs?{query}")).status_code == 200
