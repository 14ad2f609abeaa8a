"""Revising a need."""

from market.needs.pages.needs import NEED_EXAMPLE
from tests.needs.making import APPROVER, draft, review, submit
from tests.town import Town, objections


async def test_it_works(town: Town) -> None:
    made = await draft(town)
    purchaser = await town.client("wang.fang")
    body = {**NEED_EXAMPLE, "budget_line": made["budget_line"], "title": "改过的标题", "quantity": "5000"}
    answer = await purchaser.post(f"/needs/{made['code']}/revise-need", json=body)
    assert answer.status_code == 200, answer.text
    assert (answer.json()["title"], answer.json()["quantity"], answer.json()["revision"]) == (
        "改过的标题",
        "5000.00",
        2,
    )
    assert await town.ledger(made["code"]) == ["needs:draft-need", "needs:revise-need"]


async def test_a_stale_tab_loses_nothing(town: Town) -> None:
    made = await draft(town)
    purchaser = await town.client("wang.fang")
    url, body = f"/needs/{made['code']}", {**NEED_EXAMPLE, "budget_line": made["budget_line"]}
    etag = (await purchaser.get(url)).headers["etag"]
    assert (await purchaser.post(f"{url}/revise-need", json=body, headers={"If-Match": etag})).status_code == 200
    assert (await purchaser.post(f"{url}/revise-need", json=body, headers={"If-Match": etag})).status_code == 412


async def test_not_in_review_nor_approved(town: Town) -> None:
    made = await draft(town)
    assert (await submit(town, made["code"])).status_code == 200
    purchaser = await town.client("wang.fang")
    body = {**NEED_EXAMPLE, "budget_line": made["budget_line"]}
    url = f"/needs/{made['code']}/revise-need"
    assert [field for field, _ in objections(await purchaser.post(url, json=body))] == [""]
    await review(town, made["code"], by=APPROVER, decision="send-back", reason="请补充目标。")
    assert (await purchaser.post(url, json=body)).status_code == 200


async def test_strangers_find_nothing(town: Town) -> None:
    made = await draft(town)
    url, body = f"/needs/{made['code']}/revise-need", {**NEED_EXAMPLE, "budget_line": made["budget_line"]}
    assert (await (await town.client("wu.tao")).post(url, json=body)).status_code == 404
    assert (await (await town.client("li.jun")).post(url, json=body)).status_code == 403


async def test_the_form_shows_what_stands(town: Town) -> None:
    made = await draft(town)
    page = (await (await town.browser("wang.fang")).get(f"/needs/{made['code']}/revise-need")).text
    for words in ("探访人次", "暖阳为老服务中心", "4800.00", "96000.00", "2026-02-10"):
        assert words in page
