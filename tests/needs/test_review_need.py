"""A second person reviews a need."""

import asyncio
from decimal import Decimal

from market.base.database import one
from market.needs.pages.needs import NEED_EXAMPLE
from tests.needs.making import assert_books_balance, draft, money_of, review, submit
from tests.town import Town, objections


async def test_approving_publishes_it(town: Town) -> None:
    made = await draft(town)
    await submit(town, made["code"])
    answer = await review(town, made["code"])
    assert answer.status_code == 200, answer.text
    assert (answer.json()["state"], answer.json()["reviewed_by"]) == ("approved", "li.jun")
    assert (await town.ledger(made["code"]))[-1] == "needs:review-need"
    public = (await (await town.client()).get(f"/needs/{made['code']}")).json()
    assert (public["state"], public["drafted_by"], public["reviewed_by"]) == ("approved", None, None)
    event = await one("SELECT public FROM ledger_event WHERE code = $1 AND tag = 'needs:review-need'", made["code"])
    assert event is not None
    assert (event["public"]["budget"], event["public"]["item"]) == ("96000.00", "C05010400")
    assert await money_of(made["budget_line"]) == (Decimal(96_000), 0, 0)


async def test_sending_back_gives_the_money_back(town: Town) -> None:
    made = await draft(town)
    await submit(town, made["code"])
    answer = await review(town, made["code"], by="zhao.min", decision="send-back", reason="目标不清。")
    assert (answer.json()["state"], answer.json()["reason"]) == ("sent-back", "目标不清。")
    assert await money_of(made["budget_line"]) == (0, 0, 0)
    assert (await (await town.client()).get(f"/needs/{made['code']}")).status_code == 404
    page = await (await town.browser("wang.fang")).get(f"/needs/{made['code']}")
    assert "目标不清。" in page.text
    assert (await submit(town, made["code"])).status_code == 200
    assert (await review(town, made["code"])).status_code == 200
    await assert_books_balance()


async def test_a_reason_is_needed_to_send_back(town: Town) -> None:
    made = await draft(town)
    await submit(town, made["code"])
    assert [f for f, _ in objections(await review(town, made["code"], decision="send-back"))] == ["reason"]
    assert [f for f, _ in objections(await review(town, made["code"], decision="perhaps"))] == ["decision"]


async def test_who_wrote_it_may_not_review_it(town: Town) -> None:
    """B-5: 财库〔2021〕22号 第三十二条. One account may hold both roles and is still one person."""
    administrator = await town.client("jin.bo")
    body = {"account": "wang.fang", "role": "approver"}
    granted = await administrator.post("/organizations/11000000002468133W/grant-role", json=body)
    assert granted.is_success, granted.text
    made = await draft(town)
    await submit(town, made["code"])
    browser = await town.browser("wang.fang")
    page = await browser.get(f"/needs/{made['code']}")
    assert "/review-need" not in page.text
    answer = await browser.submit(f"/needs/{made['code']}/review-need", {"decision": "approve"})
    assert answer.status_code == 422
    assert "B-5" in answer.text


async def test_who_revised_it_may_not_review_it_either(town: Town) -> None:
    made = await draft(town)
    row = await one("SELECT hands FROM need WHERE code = $1", made["code"])
    assert row is not None
    assert row["hands"] == ["wang.fang"]
    purchaser = await town.client("wang.fang")
    body = {**NEED_EXAMPLE, "budget_line": made["budget_line"]}
    assert (await purchaser.post(f"/needs/{made['code']}/revise-need", json=body)).status_code == 200
    row = await one("SELECT hands FROM need WHERE code = $1", made["code"])
    assert row is not None
    assert row["hands"] == ["wang.fang"]


async def test_only_what_is_in_review(town: Town) -> None:
    made = await draft(town)
    assert [field for field, _ in objections(await review(town, made["code"]))] == [""]
    await submit(town, made["code"])
    assert (await review(town, made["code"])).status_code == 200
    assert [field for field, _ in objections(await review(town, made["code"]))] == [""]


async def test_strangers_find_nothing(town: Town) -> None:
    made = await draft(town)
    await submit(town, made["code"])
    assert (await review(town, made["code"], by="zheng.hui")).status_code == 404
    assert (await review(town, made["code"], by="wang.fang")).status_code == 403
    assert (await (await town.client()).post(f"/needs/{made['code']}/review-need", json={})).status_code == 401


async def test_eight_at_once_review_it_once(town: Town) -> None:
    made = await draft(town)
    await submit(town, made["code"])
    decisions = [{"decision": "approve"}, {"decision": "send-back", "reason": "再议"}] * 4
    answers = await asyncio.gather(*(review(town, made["code"], **sent) for sent in decisions))
    assert sorted(answer.status_code for answer in answers) == [200] + [422] * 7
    await assert_books_balance()


async def test_what_waits_for_whom(town: Town) -> None:
    made = await draft(town)
    await submit(town, made["code"])
    home = await (await town.browser("li.jun")).get("/")
    assert f"/needs/{made['code']}" in home.text
    assert f"/needs/{made['code']}" not in (await (await town.browser("zheng.hui")).get("/")).text
