"""Answering questions for everybody."""

from datetime import datetime
from typing import Any

from tests.tendering.stages import do, done, fields, offered, see, tender_at
from tests.town import Town

ANSWER: dict[str, Any] = {"question": 2, "answer": "遇红色预警可改为电话探访。"}


async def test_it_works(town: Town) -> None:
    code = await tender_at("open")
    assert "answer-question" in await offered(town, "wang.fang", code)
    await done(town, "wang.fang", "answer-question", code, ANSWER)
    public = await see(town, None, code)
    assert [(q["number"], q["answer"]) for q in public["questions"]][1] == (2, ANSWER["answer"])
    assert (await town.ledger(code))[-1] == "tendering:answer-question"
    ledger = await (await town.client()).get(f"/ledger?record={code}")
    assert ANSWER["answer"] in ledger.text
    assert "answer-question" not in await offered(town, "wang.fang", code)


async def test_refusals(town: Town) -> None:
    code = await tender_at("open")
    assert fields(await do(town, "wang.fang", "answer-question", code, {**ANSWER, "question": 1})) == ["question"]
    assert fields(await do(town, "wang.fang", "answer-question", code, {**ANSWER, "question": 9})) == ["question"]
    assert fields(await do(town, "wang.fang", "answer-question", code, {"question": "x", "answer": ""})) == [
        "question",
        "answer",
    ]
    assert (await do(town, "wu.tao", "answer-question", code, ANSWER)).status_code == 404
    assert (await do(town, "lin.feng", "answer-question", code, ANSWER)).status_code == 403
    await town.advance(to=datetime.fromisoformat((await see(town, None, code))["closes_at"]))
    assert (await do(town, "wang.fang", "answer-question", code, ANSWER)).status_code == 422
