"""Correcting a published notice."""

from datetime import datetime, timedelta

from market.base.database import one, rows
from tests.tendering.stages import do, done, laws, offered, see, tender_at
from tests.town import Town

HOURS = {"reason": "公告遗漏了服务时段。", "requirement": "服务时段为每日八时至十八时，节假日照常。"}


async def test_changed_words_void_bids_in_hand_and_move_the_closing(town: Town) -> None:
    code = await tender_at("open")
    before = await see(town, "lin.feng", code)
    assert before["mine"]["bid"]["state"] == "submitted"
    card = await done(town, "li.jun", "correct-notice", code, HOURS)
    line = card["corrections"][-1]
    assert line["touches_bids"] is True
    assert line["changes"][0] == {
        "field": "requirement",
        "original": before["requirement"],
        "corrected": HOURS["requirement"],
    }
    assert card["closes_at"] >= before["closes_at"]
    assert card["opens_at"] >= card["closes_at"]
    mine = (await see(town, "lin.feng", code))["mine"]
    assert (mine["bid"]["state"], mine["voided_at"] is not None) == ("withdrawn", True)
    told = await rows(
        "SELECT subject, body FROM message WHERE to_address = 'lin.feng@town.example' ORDER BY id DESC LIMIT 3"
    )
    assert any(code in mail["body"] or "作废" in mail["subject"] for mail in told)
    assert (await town.ledger(code))[-1] == "tendering:correct-notice"
    (event,) = await rows(
        "SELECT public FROM ledger_event WHERE code = $1 AND tag = 'tendering:correct-notice' ORDER BY id DESC LIMIT 1",
        code,
    )
    assert "voided" not in str(event["public"])
    bid = {"price": "231000.00", "plan": "每日八时至十八时服务", "declared": True}
    assert (await done(town, "lin.feng", "submit-bid", code, bid))["state"] == "submitted"
    assert (await see(town, "lin.feng", code))["mine"]["voided_at"] is None
    paper = await (await town.client()).get(f"/tenders/{code}/corrections/{line['number']}/notice.pdf")
    assert paper.content.startswith(b"%PDF-")
    page = await (await town.browser()).get(f"/tenders/{code}")
    assert HOURS["requirement"] in page.text


async def test_a_later_closing_alone_leaves_bids_as_they_are(town: Town) -> None:
    code = await tender_at("open")
    card = await done(
        town, "li.jun", "correct-notice", code, {"reason": "顺延。", "closes_at": "2026-03-13T09:30:00+08:00"}
    )
    assert card["closes_at"].startswith("2026-03-13T01:30")
    assert card["opens_at"] == card["closes_at"]
    assert (await see(town, "lin.feng", code))["mine"]["bid"]["state"] == "submitted"


async def test_refusals(town: Town) -> None:
    code = await tender_at("open")
    other = {"reason": "改。", "title": "保洁服务", "qualification": "仅限本区"}
    assert laws(await do(town, "li.jun", "correct-notice", code, other)) == ["L-5.consultation", "L-5.consultation"]
    assert laws(await do(town, "li.jun", "correct-notice", code, {"reason": "无。"})) == ["L-4.consultation"]
    assert (await do(town, "wang.fang", "correct-notice", code, HOURS)).status_code == 403
    assert (await do(town, "zheng.hui", "correct-notice", code, HOURS)).status_code == 404
    assert "correct-notice" in await offered(town, "li.jun", code)
    closed = await tender_at("closed")
    assert "M-8" in laws(await do(town, "li.jun", "correct-notice", closed, HOURS))
    assert "correct-notice" not in await offered(town, "li.jun", closed)
    stale = await (await town.client("li.jun")).post(
        f"/tenders/{code}/correct-notice", json=HOURS, headers={"If-Match": '"99"'}
    )
    assert stale.status_code == 412
    closes_at = (await see(town, "li.jun", code))["closes_at"]
    await town.advance(to=datetime.fromisoformat(closes_at) - timedelta(days=2))
    early = {**HOURS, "closes_at": closes_at}
    assert laws(await do(town, "li.jun", "correct-notice", code, early)) == ["L-4.consultation"]
    assert (await done(town, "li.jun", "correct-notice", code, HOURS))["closes_at"] > closes_at
    assert (await one("SELECT count(*) AS n FROM correction WHERE reason = '改。'")) == {"n": 0}
