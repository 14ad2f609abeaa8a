"""Asking about the documents."""

from datetime import datetime

from tests.tendering.stages import do, done, fields, laws, offered, see, tender_at
from tests.town import Town

TEXT = {"text": "助餐时段可否错峰？"}


async def test_it_works_and_the_asker_is_unnamed(town: Town) -> None:
    code = await tender_at("open")
    card = await done(town, "lei.hao", "ask-question", code, TEXT)
    assert [q["number"] for q in card["questions"] if q["text"] == TEXT["text"]] == [3]
    assert (await town.ledger(code))[-1] == "tendering:ask-question"
    street = await see(town, "wang.fang", code)
    assert street["questions"][-1]["text"] == TEXT["text"]
    for reader in ("wang.fang", "lin.feng", "hua.rong", None):
        seen = await (await town.client(reader)).get(f"/tenders/{code}")
        ledger = await (await town.client(reader)).get(f"/ledger?record={code}")
        assert "52000000MJ40000317" not in seen.text + ledger.text
        assert "雷浩" not in seen.text + ledger.text


async def test_an_unanswered_question_is_not_public(town: Town) -> None:
    code = await tender_at("open")
    assert [q["number"] for q in (await see(town, None, code))["questions"]] == [1]
    assert [q["number"] for q in (await see(town, "cen.li", code))["questions"]] == [1, 2]


async def test_refusals(town: Town) -> None:
    code = await tender_at("open")
    assert fields(await do(town, "lei.hao", "ask-question", code, {"text": ""})) == ["text"]
    assert fields(await do(town, "lei.hao", "ask-question", code, {"text": "\u202eabc"})) == ["text"]
    assert (await do(town, "lei.hao", "ask-question", await tender_at("draft"), TEXT)).status_code == 404
    assert (await do(town, "wang.fang", "ask-question", code, TEXT)).status_code == 403
    assert (await do(town, "lei.hao", "ask-question", await tender_at("opened"), TEXT)).status_code == 422
    until = datetime.fromisoformat((await see(town, None, code))["questions_until"])
    await town.advance(to=until)
    assert laws(await do(town, "lei.hao", "ask-question", code, TEXT)) == ["L-4.consultation"]
    assert "ask-question" not in await offered(town, "lei.hao", code)
