"""A listing: apply-for-listing, review-listing, repair-listing, renew-listing; remind, lapse and close by time."""

from datetime import date, timedelta

from catalogs.queries import standing_of
from market.base.calendar import start_of_day
from market.base.database import one, rows
from market.seed import people
from tests.catalogs.listings import APPLY, applied, file_of, reviewed
from tests.town import Town, objections


async def listing_of(organization: str, category: str) -> str:
    row = await one(
        "SELECT l.code FROM listing l JOIN organization o ON o.id = l.organization WHERE o.code = $1 AND category = $2",
        organization,
        category,
    )
    assert row is not None
    return str(row["code"])


async def test_it_is_applied_for_and_listed_for_its_term(town: Town) -> None:
    code = await applied(town)
    assert (await (await town.client()).get(f"/listings/{code}")).status_code == 404
    keeper = await town.client("cao.jie")
    card = (await keeper.get(f"/listings/{code}")).json()
    assert [link["act"] for link in card["acts"]] == ["review-listing"]
    assert (await keeper.get(card["files"][0]["url"])).text == "登记证书"
    made = await reviewed(town, code, outcome="accept")
    assert (made["state"], made["listed"], made["listed_on"], made["expires_on"]) == (
        "listed", True, "2026-03-02", "2027-03-02",
    )  # fmt: skip
    public = (await (await town.client()).get(f"/listings/{code}")).json()
    assert (public["state"], public["statement"], public["files"], public["acts"]) == ("listed", "", [], [])
    assert (await (await town.client()).get(card["files"][0]["url"])).status_code in (401, 403, 404)
    assert (await (await town.client("lin.feng")).get(card["files"][0]["url"])).status_code == 200
    assert (await (await town.client("fei.xue")).get(card["files"][0]["url"])).status_code == 404
    assert await town.ledger(code) == ["catalogs:apply-for-listing", "catalogs:review-listing"]
    told = await rows("SELECT words FROM notification WHERE url = $1", f"/listings/{code}")
    assert {row["words"]["msgid"] for row in told} == {
        "{name} asks to be listed: {category}.",
        "Listed: {category}, until {day}.",
    }


async def test_every_fault_of_an_application_is_named(town: Town) -> None:
    administrator = await town.client("he.jing")
    answer = await administrator.post(APPLY, json={"category": "FUN", "statement": "探访。"})
    assert [field for field, _ in objections(answer)] == ["category", "files"]
    foreign = await file_of(town, "tang.yu")
    answer = await administrator.post(APPLY, json={"category": "LIFE", "statement": "探访。", "files": [foreign]})
    assert [field for field, _ in objections(answer)] == ["category", "files"]
    assert "已有" in objections(answer)[0][1]
    code = await applied(town)
    again = {"category": "CHARITY", "statement": "探访。", "files": [await file_of(town, "he.jing")]}
    assert [field for field, _ in objections(await administrator.post(APPLY, json=again))] == ["category"]
    assert await town.ledger(code) == ["catalogs:apply-for-listing"]


async def test_who_may_apply_and_review(town: Town) -> None:
    body = {"category": "CHARITY", "statement": "探访。", "files": [await file_of(town, "tang.yu")]}
    assert (await (await town.client("tang.yu")).post(APPLY, json=body)).status_code == 404
    assert (await (await town.client("lin.feng")).post(APPLY, json=body)).status_code == 403
    assert (await (await town.client("bi.yun")).post(APPLY, json=body)).status_code == 404
    code = await applied(town)
    for account, status in (("he.jing", 403), ("yan.li", 403)):
        answer = await (await town.client(account)).post(f"/listings/{code}/review-listing", json={"outcome": "accept"})
        assert answer.status_code == status
    keeper = await town.client("cao.jie")
    assert (await keeper.post("/listings/LS-2026-9999/review-listing", json={"outcome": "accept"})).status_code == 404


async def test_it_is_returned_once_and_repaired(town: Town) -> None:
    code = await applied(town)
    keeper, administrator = await town.client("cao.jie"), await town.client("he.jing")
    url = f"/listings/{code}/review-listing"
    assert [field for field, _ in objections(await keeper.post(url, json={"outcome": "return"}))] == ["reason"]
    card = await reviewed(town, code, outcome="return", reason="缺年度报告。")
    assert (card["state"], card["repair_until"]) == ("returned", "2026-03-16")
    page = (await administrator.get(f"/listings/{code}")).json()
    assert (page["reason"], [link["act"] for link in page["acts"]]) == ("缺年度报告。", ["repair-listing"])
    assert (await keeper.post(url, json={"outcome": "accept"})).status_code == 422
    repair = f"/listings/{code}/repair-listing"
    answer = await administrator.post(repair, json={"statement": "已补。"})
    assert [field for field, _ in objections(answer)] == ["files"]
    body = {"statement": "已补。", "files": [await file_of(town, "he.jing")]}
    assert (await (await town.client("tang.yu")).post(repair, json=body)).status_code == 404
    assert (await administrator.post(repair, json=body, headers={"If-Match": '"1"'})).status_code == 412
    assert (await administrator.post(repair, json=body)).is_success
    assert (await administrator.post(repair, json=body)).status_code == 422
    again = await keeper.post(url, json={"outcome": "return", "reason": "再补。"})
    assert [field for field, _ in objections(again)] == ["outcome"]
    assert (await reviewed(town, code, outcome="refuse", reason="材料不实。"))["state"] == "refused"
    assert (await town.ledger(code))[-3:] == [
        "catalogs:review-listing", "catalogs:repair-listing", "catalogs:review-listing",
    ]  # fmt: skip


async def test_what_is_not_repaired_in_time_is_closed(town: Town) -> None:
    code = await applied(town)
    await reviewed(town, code, outcome="return", reason="缺年度报告。")
    done = await town.advance(to=start_of_day(date(2026, 3, 17)))
    assert [act["act"] for act in done if act["code"] == code] == ["close-repair"]
    card = (await (await town.client("he.jing")).get(f"/listings/{code}")).json()
    assert (card["state"], card["listed"]) == ("refused", False)
    assert (await town.ledger(code))[-1] == "catalogs:close-repair"


async def test_time_reminds_and_lets_it_lapse_and_nobody_is_barred(town: Town) -> None:
    code = await listing_of(people.WARM_SUN, "LIFE")
    assert (await town.ledger(code)).count("catalogs:remind-listing") == 2
    done = await town.advance(to=start_of_day(date(2026, 3, 17)))
    assert [act["act"] for act in done if act["code"] == code] == ["remind-listing", "lapse-listing"]
    reminded = await rows("SELECT detail FROM ledger_event WHERE code = $1 AND tag LIKE '%remind%' ORDER BY id", code)
    assert [row["detail"]["days"] for row in reminded] == [60, 30, 7]
    told = await rows(
        "SELECT a.login FROM notification n JOIN account a ON a.id = n.account WHERE n.url = $1"
        " AND n.words->>'msgid' LIKE 'Your listing %'",
        f"/listings/{code}",
    )
    assert [row["login"] for row in told] == ["he.jing"] * 4
    card = (await (await town.client()).get(f"/listings/{code}")).json()
    assert (card["state"], card["listed"]) == ("lapsed", False)
    assert (await standing_of(organization=people.WARM_SUN, on=date(2026, 3, 17))).objections == []


async def test_a_renewal_follows_without_a_gap(town: Town) -> None:
    code = await listing_of(people.WARM_SUN, "LIFE")
    administrator = await town.client("he.jing")
    body = {"statement": "继续服务。", "files": [await file_of(town, "he.jing")]}
    assert (await (await town.client("tang.yu")).post(f"/listings/{code}/renew-listing", json=body)).status_code == 404
    answer = await administrator.post(f"/listings/{code}/renew-listing", json=body)
    assert (answer.json()["state"], answer.json()["listed"]) == ("applied", True)
    assert (await administrator.post(f"/listings/{code}/renew-listing", json=body)).status_code == 422
    card = await reviewed(town, code, outcome="accept")
    assert (card["listed_on"], card["expires_on"]) == ("2025-03-17", "2027-03-17")
    early = await administrator.post(f"/listings/{code}/renew-listing", json=body)
    assert "2027" in objections(early)[0][1]
    row = await one("SELECT next_turn_at, reminded FROM listing WHERE code = $1", code)
    assert row == {"next_turn_at": start_of_day(date(2027, 3, 17) - timedelta(days=60)), "reminded": None}


async def test_a_refused_renewal_lets_the_term_run_out(town: Town) -> None:
    code = await listing_of(people.WARM_SUN, "LIFE")
    body = {"statement": "继续服务。", "files": [await file_of(town, "he.jing")]}
    await (await town.client("he.jing")).post(f"/listings/{code}/renew-listing", json=body)
    card = await reviewed(town, code, outcome="refuse", reason="材料过期。")
    assert (card["state"], card["listed"], card["expires_on"]) == ("listed", True, "2026-03-17")
    done = await town.advance(to=start_of_day(date(2026, 3, 17)))
    assert [act["act"] for act in done if act["code"] == code] == ["remind-listing", "lapse-listing"]


async def test_a_lapsed_listing_is_renewed_from_its_new_day(town: Town) -> None:
    code = await listing_of(people.SPORTS, "CULTURE")
    body = {"statement": "恢复登记。", "files": [await file_of(town, "ni.shan")]}
    answer = await (await town.client("ni.shan")).post(f"/listings/{code}/renew-listing", json=body)
    assert (answer.json()["state"], answer.json()["listed"]) == ("applied", False)
    card = await reviewed(town, code, outcome="accept")
    assert (card["listed_on"], card["expires_on"]) == ("2026-03-02", "2027-03-02")


async def test_whoever_may_never_supply_is_not_listed(town: Town) -> None:
    await rows("UPDATE profile SET public_class = '1' FROM organization o WHERE o.id = organization AND o.code = $1",
               people.WARM_SUN)  # fmt: skip
    body = {"category": "CHARITY", "statement": "探访。", "files": [await file_of(town, "he.jing")]}
    answer = await (await town.client("he.jing")).post(APPLY, json=body)
    assert [o["law"].partition(" ")[0] for o in answer.json()["objections"]] == ["P-02"]


async def test_the_pages_and_forms_work_without_javascript(town: Town) -> None:
    browser = await town.browser("he.jing")
    body = {"category": "CHARITY", "statement": "志愿探访。", "files": await file_of(town, "he.jing")}
    answer = await browser.submit(APPLY, body)
    assert answer.status_code == 303, answer.text
    page = await browser.get(answer.headers["location"])
    assert "不是参加采购的条件" in page.text
    keeper = await town.browser("cao.jie")
    waiting = await keeper.get("/listings?state=applied")
    assert "暖阳" in waiting.text
    answer = await keeper.submit(
        f"{answer.headers['location'].partition('?')[0]}/review-listing", {"outcome": "accept"}
    )
    assert answer.status_code == 303, answer.text
    assert "公益慈善" in (await (await town.browser()).get(f"/organizations/{people.WARM_SUN}")).text
