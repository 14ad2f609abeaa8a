"""Taking in a holiday list, and the deadlines that move with it."""

from collections.abc import Iterator
from datetime import date

import pytest

from market.base.calendar import Lists, is_provisional, is_working_day, keep, last_issued_day
from market.base.database import one, rows
from market.law.queries import all_provisions
from tests.town import Town, hidden_fields, objections

BODY = {
    "year": 2027,
    "document": "国务院办公厅关于2027年部分节假日安排的通知（虚构）",
    "csv": "日期,安排\n2027-01-01/2027-01-08,休\n2027-01-30,班\n2027-05-01/2027-05-05, off\n2027-10-01/2027-10-07,off",
}
URL = "/calendar/import-holidays"


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    """The lists are the process's; the next test begins with those of the package."""
    yield
    keep(Lists())


async def test_the_list_counts_and_what_it_names_is_no_longer_provisional(town: Town) -> None:
    assert last_issued_day() == date(2026, 12, 31)
    administrator = await town.client("jin.bo")
    answer = await administrator.post(f"{URL}?dry_run=1", json=BODY)
    assert answer.status_code == 201, answer.text
    await all_provisions()
    assert is_provisional(date(2027, 1, 4)), "a rehearsal leaves nothing"
    answer = await administrator.post(URL, json=BODY)
    assert answer.status_code == 201, answer.text
    card = answer.json()
    assert (card["state"], card["year"], len(card["days"]), card["moved"]) == ("issued", 2027, 21, [])
    assert await town.ledger(card["code"]) == ["law:import-holidays"]
    page = (await (await town.browser()).get("/calendar")).text
    assert "2027年12月31日" in page
    assert not is_provisional(date(2027, 12, 31))
    assert not is_working_day(date(2027, 1, 4))
    assert is_working_day(date(2027, 1, 30))
    listed = (await (await town.client()).get("/calendar")).json()["items"]
    assert [line["code"] for line in listed] == [card["code"]]
    assert (await (await town.client()).get(card["url"])).json()["days"] == card["days"]
    assert (await (await town.client()).get("/calendar/CAL-999")).status_code == 404


async def test_a_corrected_list_takes_the_place_of_the_first(town: Town) -> None:
    administrator = await town.client("jin.bo")
    first = (await administrator.post(URL, json=BODY)).json()
    again = {**BODY, "csv": BODY["csv"].replace("2027-01-08", "2027-01-03"), "days": []}  # type: ignore[attr-defined]
    second = (await administrator.post(URL, json=again)).json()
    states = {line["code"]: line["state"] for line in (await administrator.get("/calendar")).json()["items"]}
    assert states == {first["code"]: "replaced", second["code"]: "issued"}
    await all_provisions()
    assert is_working_day(date(2027, 1, 4))


async def test_every_fault_is_named(town: Town) -> None:
    administrator = await town.client("jin.bo")
    answer = await administrator.post(URL, json={**BODY, "csv": "2027-01-01, maybe\n2027-02-30, off"})
    assert [field for field, _ in objections(answer)] == ["csv", "csv"]
    answer = await administrator.post(URL, json={**BODY, "year": 2025})
    assert {field for field, _ in objections(answer)} == {"year", "csv"}
    this_year = {"year": 2026, "document": "更正", "csv": "2026-01-01, off\n2026-05-01, off\n2026-10-01, off"}
    answer = await administrator.post(URL, json=this_year)
    assert [(o["field"], o["law"]) for o in answer.json()["objections"]] == [("csv", "HR-3 本平台自定规则")]


async def test_only_the_administrator_may(town: Town) -> None:
    assert (await (await town.client("hua.rong")).post(URL, json=BODY)).status_code == 403
    assert (await (await town.client()).post(URL, json=BODY)).status_code == 401


async def test_a_browser_sees_what_changes_before_it_is_done(town: Town) -> None:
    administrator = await town.browser("jin.bo")
    asked = (await administrator.get(URL)).text
    assert 'value="2027"' in asked
    page = await administrator.inner.post(URL, data={**dict(hidden_fields(asked)), **BODY})
    assert "2027年1月4日" in page.text
    assert await rows("SELECT id FROM holiday_list") == []
    answer = await administrator.submit(URL, BODY)
    assert answer.status_code == 303, answer.text
    assert "2027年1月30日" in (await administrator.get(answer.headers["location"])).text


async def test_open_deadlines_move_and_announced_ones_stay(town: Town) -> None:
    """L-11: 30 days from 4 December end on 3 January, provisionally rolled to the 4th, by the list to the 11th."""
    contract = await one("SELECT code, id FROM contract WHERE state IN ('drafted', 'reviewed') ORDER BY id LIMIT 1")
    invoice = await one("SELECT i.code, i.id FROM invoice i WHERE i.state IN ('submitted', 'approved') LIMIT 1")
    finding = await one("SELECT code, id FROM finding WHERE state = 'open' LIMIT 1")
    tender = await one("SELECT code, id FROM tender WHERE state = 'open' LIMIT 1")
    assert contract
    assert tender
    await rows("UPDATE contract SET award_sent_on = '2026-12-04', sign_by = '2027-01-04' WHERE id = $1", contract["id"])
    if invoice:
        await rows(
            "UPDATE invoice SET submitted_at = '2026-12-25T02:00Z', pay_by = '2027-01-08' WHERE id = $1", invoice["id"]
        )
    if finding:
        await rows(
            "UPDATE finding SET opened_at = '2026-12-25T02:00Z', answer_by = '2027-01-08' WHERE id = $1", finding["id"]
        )
    await rows(
        "UPDATE tender SET closes_at = '2027-01-05T08:00Z', opens_at = '2027-01-05T08:00Z' WHERE id = $1", tender["id"]
    )
    told = await rows("SELECT max(id) AS last FROM notification")
    card = (await (await town.client("jin.bo")).post(URL, json=BODY)).json()
    moved = {(line["code"], line["what"]): (line["before"], line["after"]) for line in card["moved"]}
    assert moved[(contract["code"], "sign")] == ("2027-01-04", "2027-01-11")
    assert len(moved) == 1 + bool(invoice) + bool(finding)
    now = await one("SELECT sign_by FROM contract WHERE id = $1", contract["id"])
    assert now
    assert now["sign_by"] == date(2027, 1, 11)
    assert (await town.ledger(contract["code"]))[-1] == "law:move-deadline"
    heard = await rows(
        "SELECT code FROM notification WHERE id > $1 AND words ->> 'msgid' LIKE '%holiday list moved%'",
        told[0]["last"] or 0,
    )
    assert {line["code"] for line in heard} >= {contract["code"]}, "who must sign is told of the other day"
    closing = await one("SELECT closes_at FROM tender WHERE id = $1", tender["id"])
    assert closing
    assert closing["closes_at"].date() == date(2027, 1, 5)


async def test_confirming_replying_and_repairing_move_too(town: Town) -> None:
    """L-8: five working days from 25 December end on 4 January, by the list on the 11th; IND-3 and HR-12 likewise."""
    tender = await one("SELECT code FROM tender WHERE state = 'evaluated' LIMIT 1")
    evaluation = await one("SELECT code FROM evaluation WHERE state = 'scored' LIMIT 1")
    listing = await one("SELECT code FROM listing WHERE state = 'returned' LIMIT 1")
    await rows(
        "UPDATE tender SET reported_at = '2026-12-25T02:00Z', confirm_until = '2027-01-04T16:00Z'"
        " WHERE state = 'evaluated'"
    )
    await rows(
        "UPDATE evaluation SET scored_at = '2026-12-25T02:00Z', reply_until = '2027-01-08T16:00Z'"
        " WHERE state = 'scored'"
    )
    await rows(
        "UPDATE listing SET decided_at = '2026-12-25T02:00Z', repair_until = '2027-01-08' WHERE state = 'returned'"
    )
    card = (await (await town.client("jin.bo")).post(URL, json=BODY)).json()
    moved = {(line["code"], line["what"]): line["after"] for line in card["moved"]}
    waiting = [(tender, "confirm"), (evaluation, "reply"), (listing, "repair")]
    for row, what in waiting:
        assert row, f"the town has nothing for {what}"
        assert moved[(row["code"], what)] > "2027-01-08"
    assert moved[(tender or {})["code"], "confirm"] == "2027-01-11"
