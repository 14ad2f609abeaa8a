"""A street's year over HTTP: who may read it, and that windows, money and last days are those of the records."""

from datetime import date, timedelta
from decimal import Decimal

from market.base.calendar import local_date
from market.base.database import rows
from market.desk.rules.year import last_days
from market.law.queries import law_on
from tests.town import Town

WUTONG = "11000000002468133W"
QINGHE = "110000000013579092"
PAGE = f"/streets/{WUTONG}/year"


async def test_only_the_street_itself_and_those_who_oversee_read_its_year(town: Town) -> None:
    assert (await (await town.client()).get(PAGE)).status_code == 401
    for who in ("wang.fang", "zhou.ping", "hua.rong", "yan.li"):
        assert (await (await town.client(who)).get(PAGE)).status_code == 200, who
    for who in ("wu.tao", "lei.hao", "yang.mei", "cao.jie"):
        assert (await (await town.client(who)).get(PAGE)).status_code == 404, who
    assert (await (await town.client("wang.fang")).get("/streets/51000000MJ1234561G/year")).status_code == 404


async def test_the_money_of_a_year_is_that_of_its_lines_and_needs(town: Town) -> None:
    card = (await (await town.client("wang.fang")).get(f"{PAGE}?year=2026")).json()
    lines = await rows("SELECT source, amount, reserved FROM budget_line WHERE street = $1 AND year = 2026", WUTONG)
    by_source = {row["key"]: row for row in card["by_source"]}
    assert {line["source"] for line in lines} == set(by_source)
    for source, row in by_source.items():
        assert Decimal(row["amount"]) == sum(line["amount"] for line in lines if line["source"] == source)
    for part in ("reserved", "committed", "paid"):
        both = [sum(Decimal(row[part]) for row in card[name]) for name in ("by_source", "by_category")]
        assert both[0] == both[1], part
        assert part != "reserved" or both[0] == sum(line["reserved"] for line in lines)


async def test_an_announced_purchase_shows_the_windows_of_its_own_records(town: Town) -> None:
    card = (await (await town.client("wang.fang")).get(f"{PAGE}?year=2026")).json()
    found = await rows(
        "SELECT n.code, t.published_at, t.closes_at, c.signed_at, c.from_on, c.until_on FROM need n"
        " JOIN tender t ON t.need = n.code JOIN contract c ON c.need = n.code"
        " WHERE n.street = $1 AND c.state = 'in-force' AND t.state = 'contracted'",
        WUTONG,
    )
    assert found
    lanes = {each["code"]: each for each in card["purchases"]}
    for row in found:
        windows = {part["phase"]: part for part in lanes[row["code"]]["stretches"]}
        assert windows["bidding"]["since"] == local_date(row["published_at"]).isoformat()
        assert windows["signing"]["until"] == local_date(row["signed_at"]).isoformat()
        assert windows["service"]["since"] == row["from_on"].isoformat()
        assert windows["service"]["until"] == (row["until_on"] - timedelta(days=1)).isoformat()
        assert not any(part["planned"] for part in windows.values())
        assert lanes[row["code"]]["evaluations"]


async def test_what_waits_is_counted_back_and_what_is_late_says_when_it_can_begin(town: Town) -> None:
    client = await town.client("wang.fang")
    card = (await client.get(PAGE)).json()
    today = local_date(await town.now())
    law = await law_on(day=today, street=WUTONG)
    waiting = {must["code"]: must for must in card["must_do"]}
    approved = await rows("SELECT code FROM need WHERE street = $1 AND state = 'approved' AND channel = 'here'", WUTONG)
    assert approved
    for need in approved:
        must = waiting[need["code"]]
        expected = last_days(start_on=date.fromisoformat(must["start_on"]), official=False, law=law)
        assert must["next"]["step"] == "notice"
        assert [step["on"] for step in must["steps"]] == [day.on.isoformat() for day in expected[1:]]
        assert (must["earliest_on"] is not None) == (date.fromisoformat(must["next"]["on"]) < today)
    days = [must["next"]["on"] for must in card["must_do"]]
    assert days == sorted(days)
    signed = await rows("SELECT need FROM contract WHERE street = $1 AND signed_at IS NOT NULL", WUTONG)
    assert not set(waiting) & {row["need"] for row in signed}


async def test_a_service_that_ends_without_its_like_is_named_until_a_need_follows(town: Town) -> None:
    card = (await (await town.client("wu.tao")).get(f"/streets/{QINGHE}/year")).json()
    ending = {each["title"]: each for each in card["endings"]}
    care = ending["居家照护者喘息服务"]
    assert care["days"] is None
    assert care["follows"] is None
    assert care["next"]["step"] == "review"
    assert date.fromisoformat(care["next"]["on"]) < date.fromisoformat(care["last_on"])


async def test_the_page_draws_the_lanes_and_has_their_table(town: Town) -> None:
    page = (await (await town.client("wang.fang")).get(PAGE, headers={"Accept": "text/html"})).text
    assert 'id="plot-year-title"' in page
    assert "plot-planned" in page
    assert "各阶段时段表" in page
    assert "最迟时间" in page
