"""Turning the keys: two keyholders open the bids, one alone opens nothing, and a wrong share is found."""

import asyncio
from datetime import datetime, timedelta

from market.base import clock
from market.base.database import one, rows
from market.tendering.examples import TURN
from tests.tendering.stages import BIDDERS, do, done, fields, laws, offered, open_bids, see, tender_at
from tests.town import Town


async def test_the_first_turn_is_recorded_and_the_second_opens(town: Town) -> None:
    code = await tender_at("closed")
    assert "turn-key" not in await offered(town, "wang.fang", code)  # only one of the street holds a share
    card = await done(town, "li.jun", "turn-key", code, TURN)
    assert card["state"] == "open"
    assert [bool(line["turned_at"]) for line in card["sealing"]["keyholders"]] == [True, False, False]
    assert "turn-key" not in await offered(town, "li.jun", code)
    assert (await town.ledger(code))[-1] == "tendering:turn-key"
    assert (
        await rows("SELECT 1 FROM bid b JOIN tender t ON t.id = b.tender WHERE t.code = $1 AND price > 0", code) == []
    )
    card = await done(town, "yan.li", "turn-key", code, TURN)
    assert card["state"] == "opened"
    assert (await town.ledger(code))[-2:] == ["tendering:turn-key", "tendering:open-bids"]
    found = await rows("SELECT b.* FROM bid b JOIN tender t ON t.id = b.tender WHERE t.code = $1", code)
    assert sorted(row["number"] for row in found) == [1, 2, 3]
    assert {row["on_no_list"] for row in found} == {True}


async def test_any_two_open_and_in_any_order(town: Town) -> None:
    code = await tender_at("closed")
    await done(town, "bi.yun", "turn-key", code, TURN)
    await done(town, "li.jun", "turn-key", code, TURN)
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
    await done(town, "li.jun", "turn-key", code, TURN)
    assert "submit-bid" not in (await auditor.get(f"/ledger?record={code}")).text
    await done(town, "yan.li", "turn-key", code, TURN)
    assert (await auditor.get(f"/ledger?record={code}")).text.count("tendering:submit-bid") == 3


async def test_not_a_second_early(town: Town) -> None:
    code = await tender_at("open")
    opens_at = datetime.fromisoformat((await see(town, None, code))["opens_at"])
    await clock.set_to(opens_at - timedelta(seconds=30))
    assert laws(await do(town, "li.jun", "turn-key", code, TURN)) == ["HR-5"]
    assert "turn-key" not in await offered(town, "li.jun", code)


async def test_wrong_passphrases_are_counted_and_then_wait(town: Town) -> None:
    code = await tender_at("closed")
    for _ in range(5):
        assert fields(await do(town, "li.jun", "turn-key", code, {"passphrase": "not-the-passphrase"})) == [
            "passphrase"
        ]
    busy = await do(town, "li.jun", "turn-key", code, TURN)
    assert busy.status_code == 429
    assert int(busy.headers["retry-after"]) > 600
    assert (await town.ledger(code))[-1] != "tendering:turn-key"
    await done(town, "bi.yun", "turn-key", code, TURN)
    assert (await done(town, "yan.li", "turn-key", code, TURN))["state"] == "opened"


async def test_an_altered_share_is_found_and_the_other_two_open(town: Town) -> None:
    code = await tender_at("closed")
    held = "(SELECT s.id FROM key_share s JOIN tender t ON t.id = s.tender WHERE t.code = $1 AND s.number = $2)"
    await rows(
        f"UPDATE key_share SET wrapped = set_byte(wrapped, 80, get_byte(wrapped, 80) # 1) WHERE id = {held}", code, 1
    )
    assert laws(await do(town, "li.jun", "turn-key", code, TURN)) == ["HR-5"]
    await done(town, "yan.li", "turn-key", code, TURN)
    assert (await done(town, "bi.yun", "turn-key", code, TURN))["state"] == "opened"


async def test_a_share_for_another_commitment_is_found_at_the_second_turn(town: Town) -> None:
    code = await tender_at("closed")
    await done(town, "li.jun", "turn-key", code, TURN)
    await rows(
        "UPDATE key_share s SET commitment = repeat('0', 64) FROM tender t WHERE t.id = s.tender AND t.code = $1"
        " AND s.number = 1",
        code,
    )
    assert laws(await do(town, "yan.li", "turn-key", code, TURN)) == ["HR-5"]
    assert (await see(town, None, code))["state"] == "open"


async def test_too_few_end_the_tender_and_free_the_need(town: Town) -> None:
    code = await tender_at("open")
    await town.advance(to=datetime.fromisoformat((await see(town, None, code))["opens_at"]))
    card = await open_bids(town, code)
    assert card["state"] == "failed"
    assert card["reason"]
    assert (await town.ledger(code))[-2:] == ["tendering:open-bids", "tendering:fail-tender"]
    need = await one("SELECT state FROM need WHERE code = $1", card["need"])
    assert need == {"state": "approved"}
    bid = await one("SELECT b.price FROM bid b JOIN tender t ON t.id = b.tender WHERE t.code = $1", code)
    assert bid == {"price": None}
    assert (await see(town, None, await tender_at("failed")))["state"] == "failed"


async def test_twice_strangers_and_at_once(town: Town) -> None:
    code = await tender_at("closed")
    for stranger in ("zheng.hui", "wang.fang", "yang.mei"):
        assert (await do(town, stranger, "turn-key", code, TURN)).status_code == 404
    assert (await do(town, BIDDERS[0], "turn-key", code, TURN)).status_code == 403
    keyholders = ("li.jun", "yan.li", "bi.yun") * 2
    answers = await asyncio.gather(*(do(town, who, "turn-key", code, TURN) for who in keyholders))
    assert sorted(answer.status_code for answer in answers) == [200] * 2 + [422] * 4
    assert (await town.ledger(code)).count("tendering:turn-key") == 2
    assert (await town.ledger(code)).count("tendering:open-bids") == 1


async def test_nobody_can_publish_while_a_side_has_no_key(town: Town) -> None:
    code = await tender_at("draft")
    await rows("UPDATE keyholder_key SET retired_at = made_at WHERE account IN ('yan.li')")
    answer = await do(town, "li.jun", "publish-tender", code, {"closes_at": "2026-03-18T09:30:00+08:00"})
    assert laws(answer) == ["HR-5"]
