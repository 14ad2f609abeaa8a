"""Keeping a draft of a bid, sealed."""

from datetime import datetime

from market.base.database import rows
from tests.tendering.stages import BID, do, done, fields, see, tender_at
from tests.town import Town


async def test_it_works_and_is_sealed(town: Town) -> None:
    code = await tender_at("open")
    await done(town, "lei.hao", "take-documents", code)
    receipt = await done(town, "lei.hao", "save-draft-bid", code, {"price": BID["price"], "plan": BID["plan"]})
    assert receipt["state"] == "draft"
    assert "price" not in receipt
    own = (await (await town.client("lei.hao")).get(f"/tenders/{code}/my-bid")).json()
    assert own["draft"] == {"price": BID["price"], "plan": BID["plan"], "declared": False, "files": []}
    assert own["submitted"] is None
    assert (await town.ledger(code))[-1] == "tendering:save-draft-bid"
    (row,) = await rows("SELECT * FROM bid WHERE code = $1", receipt["code"])
    assert str(BID["plan"]).encode() not in row["draft"]


async def test_it_may_be_incomplete_and_saved_again(town: Town) -> None:
    code = await tender_at("open")
    await done(town, "fei.xue", "save-draft-bid", code, {})
    receipt = await done(town, "fei.xue", "save-draft-bid", code, {"plan": "第二稿"})
    own = (await (await town.client("fei.xue")).get(f"/tenders/{code}/my-bid")).json()
    assert own["draft"]["plan"] == "第二稿"
    assert own["code"] == receipt["code"]


async def test_nobody_else_reads_it(town: Town) -> None:
    code = await tender_at("open")
    for other in ("lei.hao", "wang.fang", "li.jun", "hua.rong", "tang.yu"):
        assert (await (await town.client(other)).get(f"/tenders/{code}/my-bid")).status_code == 404
    assert (await (await town.client()).get(f"/tenders/{code}/my-bid")).status_code == 401


async def test_refusals(town: Town) -> None:
    code = await tender_at("open")
    assert fields(await do(town, "fei.xue", "save-draft-bid", code, {"price": "1.234"})) == ["price"]
    assert fields(await do(town, "fei.xue", "save-draft-bid", code, {"files": ["A-XXXXXXXXXX"]})) == ["files"]
    assert (await do(town, "fei.xue", "save-draft-bid", await tender_at("draft"))).status_code == 404
    assert (await do(town, "wang.fang", "save-draft-bid", code)).status_code == 403
    await town.advance(to=datetime.fromisoformat((await see(town, None, code))["closes_at"]))
    assert (await do(town, "fei.xue", "save-draft-bid", code)).status_code == 422


async def test_the_page_begins_with_the_draft(town: Town) -> None:
    code = await tender_at("open")
    page = await (await town.browser("fei.xue")).get(f"/tenders/{code}/submit-bid")
    assert "228000.00" in page.text
