"""Budget lines handed over, adjusted and imported; every movement of their money is kept."""

import httpx

from market.base.database import rows
from tests.needs.making import OFFICER, approved, assert_books_balance, draft, line_of, money_of, submit
from tests.town import Town, objections

TABLE = "项目名称,年度,资金来源,金额\r\n志愿服务,2026,街道财政,180000.00\r\n儿童友好,2026,区级财政,260000.00\r\n"


async def attached(client: httpx.AsyncClient, name: str, content: str) -> str:
    answer = await client.post("/attachments/attach-file", files={"file": (name, content.encode())})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["code"])


async def test_money_follows_its_task_with_its_document(town: Town) -> None:
    officer = await town.client(OFFICER)
    body = {"title": "康复", "year": 2026, "source": "district", "amount": "50000.00", "from_unit": "区民政局"}
    body |= {"document": "民〔2026〕9号", "file": await attached(officer, "通知.txt", "随事转费")}
    answer = await officer.post("/budget/hand-line", json=body)
    assert answer.status_code == 201, answer.text
    code = answer.json()["code"]
    assert (answer.json()["from_unit"], answer.json()["available"]) == ("区民政局", "50000.00")
    assert await town.ledger(code) == ["needs:hand-line"]
    assert objections(await officer.post("/budget/hand-line", json=body | {"file": "A-2026-9999"}))[0][0] == "file"
    assert (await (await town.client("wang.fang")).post("/budget/hand-line", json=body)).status_code == 403
    page = await (await town.browser(OFFICER)).get(f"/budget/{code}")
    assert "民〔2026〕9号" in page.text
    await assert_books_balance()


async def test_a_line_is_raised_and_lowered_never_below_what_is_used(town: Town) -> None:
    officer = await town.client(OFFICER)
    line = (await approved(town))["budget_line"]
    path = f"/budget/{line}/adjust-line"
    lower = {"amount": "96000.00", "document": "财〔2026〕18号"}
    assert (await officer.post(path, json=lower)).json()["available"] == "0.00"
    assert objections(await officer.post(path, json=lower | {"amount": "95999.99"}))[0][0] == "amount"
    assert (await officer.post(path, json=lower | {"amount": "500000"})).json()["amount"] == "500000.00"
    stale = await officer.post(path, json=lower, headers={"If-Match": f'"{line}-1"'})
    assert stale.status_code == 412
    assert (await (await town.client("chu.qiang")).post(path, json=lower)).status_code == 404
    assert (await town.ledger(line))[-2:] == ["needs:adjust-line", "needs:adjust-line"]
    moved = await rows("SELECT act, amount FROM budget_movement WHERE line = $1 ORDER BY id", line)
    assert [(row["act"], int(row["amount"])) for row in moved] == [
        ("allot-budget", 600_000),
        ("submit-need", 0),
        ("adjust-line", -504_000),
        ("adjust-line", 404_000),
    ]
    await assert_books_balance()


async def test_a_table_of_lines_is_shown_and_then_allotted_whole_or_not_at_all(town: Town) -> None:
    officer = await town.client(OFFICER)
    file = await attached(officer, "预算.csv", TABLE)
    body = {"file": file, "document": "财〔2026〕6号"}
    shown = (await officer.post("/budget/import-budget", json=body | {"dry_run": True})).json()
    assert (shown["written"], shown["total"], [row["code"] for row in shown["rows"]]) == (
        False,
        "440000.00",
        [None, None],
    )
    before = await rows("SELECT count(*) AS n FROM budget_line")
    made = await officer.post("/budget/import-budget", json=body)
    assert made.status_code == 201, made.text
    codes = [row["code"] for row in made.json()["rows"]]
    assert (await rows("SELECT count(*) AS n FROM budget_line"))[0]["n"] == before[0]["n"] + 2
    assert await town.ledger(codes[0]) == ["needs:import-budget"]
    again = await officer.post("/budget/import-budget", json=body)
    assert [field for field, _ in objections(again)] == ["file", "file"]
    page = await (await town.browser(OFFICER)).get(f"/budget/import-budget?file={file}&document=x")
    assert page.status_code == 200
    assert "志愿服务" in page.text
    assert codes[0] in page.text
    await assert_books_balance()


async def test_a_withdrawn_need_gives_its_reservation_back(town: Town) -> None:
    purchaser = await town.client("wang.fang")
    need = await approved(town)
    path = f"/needs/{need['code']}/withdraw-need"
    assert objections(await purchaser.post(path, json={"reason": " "}))[0][0] == "reason"
    assert (await (await town.client("wu.tao")).post(path, json={"reason": "x"})).status_code == 404
    assert (await (await town.client("li.jun")).post(path, json={"reason": "x"})).status_code == 403
    answer = await purchaser.post(path, json={"reason": "改由志愿者承担。"})
    assert (answer.json()["state"], answer.json()["acts"]) == ("withdrawn", [])
    assert await money_of(need["budget_line"]) == (0, 0, 0)
    assert (await town.ledger(need["code"]))[-1] == "needs:withdraw-need"
    assert objections(await purchaser.post(path, json={"reason": "再次"}))
    await assert_books_balance()


async def test_repeated_purchases_need_a_reason_and_a_supervisor(town: Town) -> None:
    """HR-1: the same line, item and year together reach the limit."""
    line = await line_of(town, amount="2000000.00")
    first = await approved(town, budget_line=line, budget="600000.00")
    second = await draft(town, budget_line=line, budget="400000.00", splitting_reason="")
    refused = await submit(town, second["code"])
    assert [(field, law.split(" ")[0]) for field, law in _laws(refused)] == [("splitting_reason", "HR-1")]
    purchaser = await town.client("wang.fang")
    body = (await purchaser.get(f"/needs/{second['code']}")).json()
    assert body["awaits"] == []
    assert [(each["law"], first["code"] in each["message"]) for each in body["warnings"]] == [("HR-1", True)]
    third = await draft(town, budget_line=line, budget="400000.00")
    sent = (await submit(town, third["code"])).json()
    assert ([one["code"] for one in sent["earlier"]], sent["awaits"]) == ([first["code"]], ["approval", "supervision"])
    path = f"/needs/{third['code']}/review-need"
    halfway = await (await town.client("li.jun")).post(path, json={"decision": "approve"})
    assert (halfway.json()["state"], halfway.json()["awaits"]) == ("submitted", ["supervision"])
    assert objections(await (await town.client("zhao.min")).post(path, json={"decision": "approve"}))
    done = await (await town.client("zhou.ping")).post(path, json={"decision": "approve", "reason": "片区不同，同意。"})
    assert (done.json()["state"], done.json()["supervised_by"]) == ("approved", "zhou.ping")
    flagged = await rows("SELECT detail FROM ledger_event WHERE code = $1 AND tag = 'needs:submit-need'", third["code"])
    assert flagged[0]["detail"]["flag"] == "HR-1"
    flags = (await (await town.client("hua.rong")).get("/flags")).json()["items"]
    raised = [(flag["law"], flag["beside"], flag["state"]) for flag in flags if flag["subject"] == third["code"]]
    assert raised == [("HR-1", [first["code"]], "raised")]
    public = (await (await town.client()).get(f"/needs/{third['code']}")).json()
    assert (public["earlier"], public["splitting_reason"], public["supervised_by"]) == (None, None, None)
    await assert_books_balance()


async def test_a_review_of_law_that_the_street_asks_for_is_a_second_hand(town: Town) -> None:
    """B-4: 财库〔2021〕22号 第二十三条; in either order, each by another person."""
    made = await draft(town, legal_review=True)
    await submit(town, made["code"])
    path = f"/needs/{made['code']}/review-need"
    lawyer = await (await town.client("zhao.min")).post(path, json={"decision": "approve", "reason": "条款合法。"})
    assert (lawyer.json()["state"], lawyer.json()["awaits"]) == ("submitted", ["approval"])
    done = await (await town.client("li.jun")).post(path, json={"decision": "approve"})
    assert (done.json()["state"], done.json()["law_reviewed_by"]) == ("approved", "zhao.min")


async def test_a_draft_tells_how_far_each_section_is_and_a_past_need_is_copied(town: Town) -> None:
    made = await draft(town, targets=[], description="")
    browser = await town.browser("wang.fang")
    page = await browser.get(f"/needs/{made['code']}")
    assert "/revise-need#g-" in page.text
    assert "尚缺" in page.text
    copy = await browser.get(f"/needs/draft-need?copy={made['code']}")
    assert made["title"] in copy.text
    assert (await browser.get("/needs/draft-need?copy=N-1999-0001")).status_code == 200


def _laws(answer: httpx.Response) -> list[tuple[str, str]]:
    return [(o["field"], o["law"]) for o in answer.json()["objections"]]
