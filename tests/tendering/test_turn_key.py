"""Opening the bids."""

import asyncio
from datetime import datetime, timedelta

from market.base import clock
from market.base.database import one, rows
from tests.tendering.stages import BIDDERS, do, done, laws, offered, see, tender_at
from tests.town import Town


async def test_it_works(town: Town) -> None:
    code = await tender_at("closed")
    assert "turn-key" in await offered(town, "wang.fang", code)
    card = await done(town, "wang.fang", "turn-key", code)
    assert card["state"] == "opened"
    assert [line["price"] for line in card["opening"]] == ["87300.00", "84600.00", "82800.00"]
    assert "number" not in card["opening"][0]
    assert (await town.ledger(code))[-1] == "tendering:turn-key"
    found = await rows("SELECT b.* FROM bid b JOIN tender t ON t.id = b.tender WHERE t.code = $1", code)
    assert sorted(row["number"] for row in found) == [1, 2, 3]
    assert {row["on_no_list"] for row in found} == {True}


async def test_the_record_is_shown_to_whom_it_concerns(town: Town) -> None:
    code = await tender_at("closed")
    await done(town, "li.jun", "turn-key", code)
    mine = (await see(town, "fei.xue", code))["opening"]
    assert [line["price"] for line in mine] == [None, "84600.00", None]
    assert (await see(town, "hua.rong", code))["opening"][0]["price"] == "87300.00"
    for other in (None, "lei.hao", "zheng.hui", "qin.shu"):
        assert (await see(town, other, code))["opening"] is None
    paper = await (await town.client("fei.xue")).get(f"/tenders/{code}/opening.pdf")
    assert paper.content.startswith(b"%PDF-")
    assert (await (await town.client("lei.hao")).get(f"/tenders/{code}/opening.pdf")).status_code == 404


async def test_who_bid_is_revealed_to_the_auditor(town: Town) -> None:
    code = await tender_at("closed")
    auditor = await town.client("hua.rong")
    assert "submit-bid" not in (await auditor.get(f"/ledger?record={code}")).text
    await done(town, "li.jun", "turn-key", code)
    assert (await auditor.get(f"/ledger?record={code}")).text.count("tendering:submit-bid") == 3


async def test_not_a_second_early(town: Town) -> None:
    code = await tender_at("open")
    opens_at = datetime.fromisoformat((await see(town, None, code))["opens_at"])
    await clock.set_to(opens_at - timedelta(seconds=30))
    assert (await do(town, "li.jun", "turn-key", code)).status_code == 422
    assert "turn-key" not in await offered(town, "li.jun", code)


async def test_too_few_end_the_tender_and_free_the_need(town: Town) -> None:
    code = await tender_at("open")
    await town.advance(to=datetime.fromisoformat((await see(town, None, code))["opens_at"]))
    card = await done(town, "li.jun", "turn-key", code)
    assert card["state"] == "failed"
    assert card["reason"]
    assert (await town.ledger(code))[-2:] == ["tendering:turn-key", "tendering:fail-tender"]
    need = await one("SELECT state FROM need WHERE code = $1", card["need"])
    assert need == {"state": "approved"}
    bid = await one("SELECT b.price FROM bid b JOIN tender t ON t.id = b.tender WHERE t.code = $1", code)
    assert bid == {"price": None}
    assert (await see(town, None, await tender_at("failed")))["state"] == "failed"


async def test_twice_strangers_and_at_once(town: Town) -> None:
    code = await tender_at("closed")
    assert (await do(town, "zheng.hui", "turn-key", code)).status_code == 404
    assert (await do(town, BIDDERS[0], "turn-key", code)).status_code == 403
    answers = await asyncio.gather(*(do(town, who, "turn-key", code) for who in ("wang.fang", "li.jun") * 4))
    assert sorted(answer.status_code for answer in answers) == [200] + [422] * 7
    assert (await town.ledger(code)).count("tendering:turn-key") == 1
    assert laws(await do(town, "li.jun", "turn-key", code)) == ["HR-5"]
