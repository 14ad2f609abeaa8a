"""save-search, drop-search, tell-search: one's own searches, looked into every morning, told with the mail at eight."""

from datetime import date, time

import pytest

from catalogs.rules.searches import MOST_KEPT, Wanted, next_look, objections_to_search
from market.base.calendar import local_moment
from market.base.database import rows
from market.seed import people
from tests.town import Town

BODY = {"name": "调解机构", "q": "调解", "category": "MEDIATION"}
PROFILE = {"business_scope": "人民调解和家事调解。", "categories": ["MEDIATION"], "service_areas": "梧桐街道"}


async def save(town: Town, login: str, **more: str) -> str:
    answer = await (await town.client(login)).post("/saved-searches/save-search", json={**BODY, **more})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["code"])


async def test_a_search_is_kept_and_shown_to_its_owner_alone(town: Town) -> None:
    code = await save(town, "wang.fang")
    own = await town.client("wang.fang")
    card = (await own.get(f"/saved-searches/{code}")).json()
    assert (card["state"], card["wanted"]) == ("kept", {"q": "调解", "category": "MEDIATION"})
    assert next(line["code"] for line in (await own.get("/saved-searches")).json()["items"]) == code
    assert [line["code"] for line in (await own.get(card["finds"])).json()["items"]] == [people.HARMONY]
    for stranger in ("he.jing", "cao.jie"):
        assert (await (await town.client(stranger)).get(f"/saved-searches/{code}")).status_code == 404
    assert (await (await town.client()).get("/saved-searches")).status_code == 401
    assert (await (await town.client()).post("/saved-searches/save-search", json=BODY)).status_code in (401, 403)
    assert await town.ledger(code) == ["catalogs:save-search"]


async def test_the_form_begins_with_what_was_looked_for(town: Town) -> None:
    browser = await town.browser("wang.fang")
    listed = (await browser.get("/organizations?q=调解&category=MEDIATION")).text
    assert "/saved-searches/save-search?q=%E8%B0%83%E8%A7%A3&amp;category=MEDIATION" in listed
    form = (await browser.get("/saved-searches/save-search?q=调解&category=MEDIATION")).text
    assert 'value="调解"' in form
    page = (await browser.get(f"/saved-searches/{await save(town, 'wang.fang')}")).text
    assert "调解机构" in page
    assert "纠纷调解" in page or "MEDIATION" in page
    assert (await browser.get("/saved-searches")).status_code == 200


@pytest.mark.parametrize(
    ("body", "field"),
    [({"name": "  "}, "name"), ({"q": "", "category": ""}, "q"), ({"q": "，。"}, "q"), ({"grade": "6A"}, "grade")],
)
async def test_refused(town: Town, body: dict[str, str], field: str) -> None:
    answer = await (await town.client("wang.fang")).post("/saved-searches/save-search", json={**BODY, **body})
    assert answer.status_code == 422
    assert field in [objection["field"] for objection in answer.json()["objections"]]


def test_twenty_searches_are_enough() -> None:
    wanted = Wanted(q="助餐")
    assert objections_to_search(name="x", wanted=wanted, kept=MOST_KEPT - 1) == []
    assert [o.field for o in objections_to_search(name="x", wanted=wanted, kept=MOST_KEPT)] == [""]


async def test_dropped_once_by_its_owner(town: Town) -> None:
    code = await save(town, "wang.fang")
    assert (await (await town.client("he.jing")).post(f"/saved-searches/{code}/drop-search")).status_code == 404
    own = await town.client("wang.fang")
    dropped = await own.post(f"/saved-searches/{code}/drop-search")
    assert (dropped.status_code, dropped.json()["state"]) == (200, "dropped")
    assert (await own.post(f"/saved-searches/{code}/drop-search")).status_code in (409, 422)
    assert code not in [line["code"] for line in (await own.get("/saved-searches")).json()["items"]]
    assert await town.ledger(code) == ["catalogs:save-search", "catalogs:drop-search"]


def test_it_is_looked_into_at_half_past_seven() -> None:
    day = date(2026, 3, 2)
    assert next_look(local_moment(day, time(7, 29))) == local_moment(day, time(7, 30))
    assert next_look(local_moment(day, time(7, 30))) == local_moment(date(2026, 3, 3), time(7, 30))


async def test_what_is_new_comes_with_the_mail_at_eight_and_only_once(town: Town) -> None:
    code = await save(town, "wang.fang")
    quiet = await save(town, "wang.fang", name="没有的", q="没有这个词")
    await rows("UPDATE saved_search SET tell_at = told_until + interval '1 hour' WHERE code = ANY ($1)", [code, quiet])
    own = await (await town.client("xue.mei")).post(f"/organizations/{people.HARMONY}/update-profile", json=PROFILE)
    assert own.status_code == 200, own.text
    await town.advance(by="P1D")
    assert await town.ledger(code) == ["catalogs:save-search", "catalogs:tell-search"]
    assert await town.ledger(quiet) == ["catalogs:save-search"]
    told = (await (await town.client("wang.fang")).get("/notifications")).json()["items"]
    (line,) = [line for line in told if line["about"] == code]
    assert "调解机构" in line["says"]
    assert line["url"] == f"/saved-searches/{code}"
    mails = await rows("SELECT body FROM message WHERE body LIKE '%调解机构%'")
    assert len(mails) == 1
    await town.advance(by="P2D")
    assert len(await town.ledger(code)) == 2
