"""Taking a bid back before the closing."""

from datetime import datetime

from market.base.database import rows
from tests.tendering.stages import BID, do, done, laws, offered, see, tender_at
from tests.town import Town


async def test_it_works_and_another_may_follow(town: Town) -> None:
    code = await tender_at("open")
    receipt = await done(town, "lin.feng", "withdraw-bid", code)
    assert receipt["state"] == "withdrawn"
    assert receipt["fingerprint"] is None
    assert (await town.ledger(code))[-1] == "tendering:withdraw-bid"
    (row,) = await rows("SELECT content, content_key FROM bid WHERE code = $1", receipt["code"])
    assert row == {"content": None, "content_key": None}
    assert laws(await do(town, "lin.feng", "withdraw-bid", code)) == ["G-5"]
    assert (await done(town, "lin.feng", "submit-bid", code, BID))["state"] == "submitted"


async def test_refusals(town: Town) -> None:
    code = await tender_at("open")
    assert laws(await do(town, "lei.hao", "withdraw-bid", code)) == ["G-5"]
    assert laws(await do(town, "fei.xue", "withdraw-bid", code)) == ["G-5"]
    assert (await do(town, "wang.fang", "withdraw-bid", code)).status_code == 403
    assert (await do(town, "lin.feng", "withdraw-bid", await tender_at("draft"))).status_code == 404
    assert (await do(town, "lin.feng", "withdraw-bid", await tender_at("opened"))).status_code == 422
    await town.advance(to=datetime.fromisoformat((await see(town, None, code))["closes_at"]))
    assert laws(await do(town, "lin.feng", "withdraw-bid", code)) == ["M-8"]
    assert "withdraw-bid" not in await offered(town, "lin.feng", code)
