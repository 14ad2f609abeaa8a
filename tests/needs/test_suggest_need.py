"""From a telephone number to a suggestion: `send-code`, `confirm-code`, `suggest-need`, `support-suggestion`."""

import re
from typing import Any

import httpx

from market.base.database import rows
from market.needs.pages.suggestions import SUGGESTION_EXAMPLE
from tests.town import Town, objections

OPEN = "/suggestions/S-2026-0001"


async def proof(town: Town, phone: str = "13700000001") -> str:
    client = await town.client()
    sent = await client.post("/suggestions/send-code", json={"phone": phone})
    assert sent.status_code == 200, sent.text
    held = await client.post("/suggestions/confirm-code", json={"phone": phone, "code": sent.json()["shown"]})
    assert held.status_code == 200, held.text
    return str(held.json()["proof"])


async def suggest(client: httpx.AsyncClient, **changes: Any) -> httpx.Response:
    return await client.post("/suggestions/suggest-need", json={**SUGGESTION_EXAMPLE, **changes})


async def test_a_phone_suggests_and_leaves_neither_number_nor_name(town: Town) -> None:
    client = await town.client()
    made = await suggest(client, proof=await proof(town))
    assert made.status_code == 201, made.text
    card = made.json()
    assert (card["state"], card["voices"], card["by"]) == ("open", 1, "")
    (event,) = await rows("SELECT * FROM ledger_event WHERE code = $1", card["code"])
    assert (event["tag"], event["account"], event["organization"]) == ("needs:suggest-need", "", None)
    (voice,) = await rows("SELECT * FROM voice WHERE said_on = $1", card["code"])
    assert voice["account"] == ""
    assert b"13700000001" not in voice["phone"]
    everything = await rows("SELECT to_jsonb(c)::text AS c FROM phone_code c")
    assert all("13700000001" not in row["c"] for row in everything)
    told = await (await town.client("wang.fang")).get("/notifications")
    assert card["title"] in told.text


async def test_an_account_of_residents_suggests_openly(town: Town) -> None:
    made = await suggest(await town.client("yang.mei"))
    assert made.status_code == 201, made.text
    assert made.json()["by"] == "梧桐一村居民委员会"
    assert (await town.ledger(made.json()["code"])) == ["needs:suggest-need"]


async def test_without_a_voice_it_is_refused_and_personal_data_too(town: Town) -> None:
    assert [field for field, _ in objections(await suggest(await town.client("wang.fang")))] == ["proof"]
    assert [field for field, _ in objections(await suggest(await town.client(), proof="x" * 40))] == ["proof"]
    answer = await suggest(
        await town.client("yang.mei"), words="请打 13800138000", served="张女士", place="3号501室", street="nowhere"
    )
    assert sorted(field for field, _ in objections(answer)) == ["place", "served", "street", "words"]


async def test_a_code_holds_once_for_ten_minutes_and_five_tries(town: Town) -> None:
    client, phone = await town.client(), "13700000002"

    async def sent() -> str:
        return str((await client.post("/suggestions/send-code", json={"phone": phone})).json()["shown"])

    async def confirmed(code: str) -> int:
        body = {"phone": phone, "code": code}
        return (await client.post("/suggestions/confirm-code", json=body)).status_code

    code = await sent()
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    assert [await confirmed(wrong) for _ in range(5)] == [422] * 5
    assert await confirmed(code) == 422, "dead after five tries"
    code = await sent()
    await town.advance(by="PT10M")
    assert await confirmed(code) == 422, "ten minutes are over"
    code = await sent()
    assert [await confirmed(code), await confirmed(code)] == [200, 422]


async def test_who_asks_for_codes_too_often_is_told_when_to_come_back(town: Town) -> None:
    client = await town.client()
    answers = [await client.post("/suggestions/send-code", json={"phone": "13700000003"}) for _ in range(4)]
    assert [a.status_code for a in answers] == [200, 200, 200, 429]
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 601
    assert [field for field, _ in objections(await client.post("/suggestions/send-code", json={"phone": "1"}))] == [
        "phone"
    ]


async def test_the_sixth_suggestion_of_a_day_waits(town: Town) -> None:
    client = await town.client("an.ning")
    statuses = [(await suggest(client, title=f"希望增加活动 {n}")).status_code for n in range(6)]
    assert statuses == [201] * 5 + [429]


async def test_a_browser_confirms_its_phone_and_is_offered_what_neighbours_asked(town: Town) -> None:
    browser = await town.browser()
    assert "send-code" in (await browser.get("/suggestions/suggest-need")).text
    sent = await browser.submit(
        "/suggestions/send-code?back=/suggestions/suggest-need",
        {"phone": "13700000004", "back": "/suggestions/suggest-need"},
    )
    assert sent.headers["location"] == "/suggestions/confirm-code"
    page = await browser.get("/suggestions/confirm-code")
    code = re.search(r"(\d{6})", page.text.split('role="note"')[-1])
    assert code
    held = await browser.submit("/suggestions/confirm-code", {"code": code[1]})
    assert held.headers["location"] == "/suggestions/suggest-need"
    asked = await browser.get("/suggestions/suggest-need")
    token = re.search(r'name="_csrf_token" value="([^"]+)"', asked.text)
    assert token
    values = {k: str(v) for k, v in SUGGESTION_EXAMPLE.items()} | {
        "title": "希望开设社区助浴点",
        "_csrf_token": token[1],
    }
    check = await browser.inner.post("/suggestions/suggest-need", data=values)
    assert f"{OPEN}/support-suggestion" in check.text, "much the same was asked before"
    done = await browser.confirm(check)
    assert done.status_code == 303, done.text
    shown = await browser.get(done.headers["location"])
    assert "希望开设社区助浴点" in shown.text
    assert "attach-photo" in shown.text


async def test_each_voice_supports_once(town: Town) -> None:
    client, mine = await town.client(), await proof(town)
    before = (await client.get(OPEN)).json()["voices"]
    first = await client.post(f"{OPEN}/support-suggestion", json={"proof": mine})
    assert first.status_code == 200, first.text
    assert first.json()["voices"] == before + 1
    objections(await client.post(f"{OPEN}/support-suggestion", json={"proof": mine}))
    again = await proof(town)
    objections(await client.post(f"{OPEN}/support-suggestion", json={"proof": again}))
    assert (await client.get(OPEN)).json()["voices"] == before + 1
    assert (await town.ledger("S-2026-0001"))[-1] == "needs:support-suggestion"
    objections(await client.post("/suggestions/S-2026-0006/support-suggestion", json={"proof": mine}))
    nowhere = await client.post("/suggestions/S-2026-9999/support-suggestion", json={"proof": mine})
    assert nowhere.status_code == 404


async def test_the_list_goes_from_the_most_supported_on(town: Town) -> None:
    client = await town.client()
    items = (await client.get("/suggestions")).json()["items"]
    assert [i["voices"] for i in items] == sorted((i["voices"] for i in items), reverse=True)
    assert {i["state"] for i in items} == {"open", "taken-up", "served", "others", "not-possible"}
    found = (await client.get("/suggestions", params={"q": "助浴", "state": "open"})).json()["items"]
    assert [i["code"] for i in found] == ["S-2026-0001"]
    (hidden,) = (await client.get("/suggestions", params={"state": "hidden"})).json()["items"]
    assert hidden["title"] == ""
