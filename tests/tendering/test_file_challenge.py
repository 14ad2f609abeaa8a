"""From a challenge to its answer, the complaint and its decision, over HTTP."""

from typing import Any

from market.base.database import one, rows
from tests.tendering.stages import do, done, laws, offered, see, tender_at
from tests.town import Town

LETTER = {
    "facts": "公告仅列明得分和排名。",
    "grounds": "政府采购法第五十二条。",
    "request": "请求说明推荐理由。",
    "contact": "示例区和平路1号，费雪，000-0000-0000",
}
RESULT: dict[str, Any] = {"kind": "result", "matter": "未说明推荐理由。", **LETTER}
FOUNDED = {"outcome": "founded", "answer": "质疑成立。", "grounds": "财政部令第94号第十六条。"}
UNFOUNDED = {"outcome": "unfounded", "answer": "质疑不成立。", "grounds": "评审报告。"}
DECISION = {"outcome": "founded", "decision": "投诉成立。", "grounds": "财政部令第94号第三十二条。"}


async def act(town: Town, who: str | None, path: str, body: dict[str, Any]) -> Any:
    return await (await town.client(who)).post(path, json=body)


async def challenged(town: Town, who: str = "fei.xue") -> tuple[str, str]:
    tender = await tender_at("awarded")
    card = await done(town, who, "file-challenge", tender, RESULT)
    return tender, str(card["code"])


async def test_a_founded_challenge_brings_the_next_candidate(town: Town) -> None:
    tender, code = await challenged(town)
    assert [s["law"] for s in (await see(town, None, tender))["suspensions"]] == ["Q-5"]
    assert await town.ledger(code) == ["tendering:file-challenge"]
    answer = await act(town, "li.jun", f"/challenges/{code}/answer-challenge", FOUNDED)
    assert (answer.json()["state"], answer.json()["path"]) == ("answered", "next-candidate"), answer.text
    card = await see(town, "li.jun", tender)
    assert (card["state"], card["suspensions"]) == ("evaluated", [])
    assert [(b["rank"], bool(b["refusal"])) for b in card["ranking"]] == [(1, False), (2, False), (None, True)]
    await done(town, "li.jun", "confirm-award", tender)
    assert (await see(town, None, tender))["result"]["supplier_name"] == card["ranking"][0]["supplier_name"]
    told = await rows(
        "SELECT body FROM message WHERE to_address = $1 AND body LIKE $2", "fei.xue@town.example", f"%{code}%"
    )
    assert told


async def test_with_too_few_left_it_is_done_again(town: Town) -> None:
    tender, code = await challenged(town)
    await rows(
        "UPDATE bid SET rank = NULL, state = 'disqualified', refusal = 'x' WHERE rank = 3"
        " AND tender = (SELECT id FROM tender WHERE code = $1)",
        tender,
    )
    answer = await act(town, "li.jun", f"/challenges/{code}/answer-challenge", FOUNDED)
    assert answer.json()["path"] == "redo", answer.text
    card = await see(town, None, tender)
    assert card["state"] == "cancelled"
    assert code in card["reason"]
    assert (await one("SELECT state FROM need WHERE code = $1", card["need"])) == {"state": "approved"}
    assert (await town.ledger(tender))[-1] == "tendering:cancel-tender"


async def test_refusals(town: Town) -> None:
    tender, code = await challenged(town)
    assert laws(await do(town, "fei.xue", "file-challenge", tender, RESULT)) == ["Q-3"]
    assert "file-challenge" in await offered(town, "cen.li", tender)
    early = await tender_at("evaluated")
    assert laws(await do(town, "fei.xue", "file-challenge", early, RESULT)) == ["Q-2"]
    assert (await do(town, "wang.fang", "file-challenge", tender, RESULT)).status_code == 403
    assert (await do(town, "fei.xue", "file-challenge", await tender_at("draft"), RESULT)).status_code == 404
    bare = await do(town, "cen.li", "file-challenge", tender, {"kind": "result", "matter": " "})
    assert {o["field"] for o in bare.json()["objections"]} == {"matter", "facts", "grounds", "request", "contact"}
    path = f"/challenges/{code}/answer-challenge"
    assert (await act(town, "fei.xue", path, UNFOUNDED)).status_code == 403
    assert (await act(town, "zheng.hui", path, UNFOUNDED)).status_code == 404
    assert (await (await town.client("cen.li")).get(f"/challenges/{code}")).status_code == 404
    assert (await (await town.client()).get(f"/challenges/{code}")).status_code == 401
    stale = await (await town.client("li.jun")).post(path, json=UNFOUNDED, headers={"If-Match": '"9"'})
    assert stale.status_code == 412
    assert (await act(town, "li.jun", path, UNFOUNDED)).status_code in (200, 201)
    assert (await act(town, "li.jun", path, UNFOUNDED)).status_code == 422
    seen = (await (await town.client("cen.li")).get(f"/challenges/{code}")).json()
    assert (seen["answer"], seen["contact"], seen["organization_name"]) == ("质疑不成立。", "", "")
    assert (await (await town.client("cen.li")).get(f"/challenges/{code}/answer.pdf")).content.startswith(b"%PDF-")


async def test_a_day_late_is_late_and_the_last_day_is_named(town: Town) -> None:
    tender = await tender_at("awarded")
    last = (await see(town, None, tender))["result"]["challenge_until"]
    await town.advance(by="P20D")
    answer = await do(town, "fei.xue", "file-challenge", tender, RESULT)
    assert laws(answer) == ["Q-1"]
    year, month, day = last.split("-")
    assert f"{int(year)}年{int(month)}月{int(day)}日" in answer.json()["objections"][0]["message"]
    assert "file-challenge" not in await offered(town, "fei.xue", tender)


async def test_an_overdue_answer_is_noted_and_opens_the_way_to_the_supervisor(town: Town) -> None:
    tender, code = await challenged(town)
    complain = f"/challenges/{code}/file-complaint"
    assert laws(await act(town, "fei.xue", complain, LETTER)) == ["Q-7"]
    did = await town.advance(by="P12D")
    assert "note-overdue-answer" in {each["act"] for each in did if each["code"] == code}
    assert await town.advance(by="P1D") == [] or (await town.ledger(code)).count("tendering:note-overdue-answer") == 1
    answer = await act(town, "fei.xue", complain, LETTER)
    complaint = answer.json()["code"]
    assert laws(await act(town, "fei.xue", complain, LETTER)) == ["Q-7"]
    assert (await (await town.client()).get(f"/complaints/{complaint}")).status_code == 404
    decide = f"/complaints/{complaint}/decide-complaint"
    assert (await act(town, "li.jun", decide, DECISION)).status_code == 403
    seen = (await (await town.client("yan.li")).get(f"/complaints/{complaint}")).json()
    assert ([a["act"] for a in seen["acts"]], seen["unfounded"]) == (["decide-complaint"], 0)
    assert {s["law"] for s in (await see(town, None, tender))["suspensions"]} == {"Q-5", "Q-8.suspend"}
    answer = await act(town, "yan.li", decide, DECISION)
    assert answer.json()["path"] == "next-candidate", answer.text
    public = (await (await town.client()).get(f"/complaints/{complaint}")).json()
    assert (public["decision"], public["contact"], public["unfounded"]) == ("投诉成立。", "", None)
    assert (await (await town.client()).get(f"/complaints/{complaint}/decision.pdf")).content.startswith(b"%PDF-")
    assert (await see(town, None, tender))["suspensions"] == []
    assert await town.ledger(complaint) == ["tendering:file-complaint", "tendering:decide-complaint"]
    late = await act(town, "li.jun", f"/challenges/{code}/answer-challenge", UNFOUNDED)
    assert laws(late) == ["Q-8.decide"]


async def test_a_contract_waits_for_the_answer(town: Town) -> None:
    found = await rows(
        "SELECT c.code, c.tender, c.fingerprint, c.sign_by FROM contract c WHERE c.state = 'reviewed' ORDER BY c.id"
    )
    contract = found[0]
    await rows("UPDATE tender SET decided_at = $2 WHERE code = $1", contract["tender"], await town.now())
    result = (await see(town, None, contract["tender"]))["result"]
    losers = {line["supplier_name"] for line in result["ranking"][1:]}
    assert losers
    card = await done(town, "fei.xue", "file-challenge", contract["tender"], RESULT)
    sign = {"fingerprint": contract["fingerprint"], "late_reason": "质疑"}
    signer = "li.jun" if (await see(town, None, contract["tender"]))["street_name"].count("梧桐") else "zheng.hui"
    answer = await act(town, signer, f"/contracts/{contract['code']}/sign-contract", sign)
    assert "Q-5" in laws(answer)
    page = await (await town.browser(signer)).get(f"/contracts/{contract['code']}")
    assert card["code"] in page.text
    await act(town, signer, f"/challenges/{card['code']}/answer-challenge", FOUNDED)
    assert (await one("SELECT state, live_tender FROM contract WHERE code = $1", contract["code"])) == {
        "state": "returned",
        "live_tender": None,
    }


async def test_the_pages_and_what_waits(town: Town) -> None:
    tender, code = await challenged(town)
    for who, path in (
        ("li.jun", f"/challenges/{code}"),
        ("li.jun", f"/challenges/{code}/answer-challenge"),
        ("fei.xue", f"/tenders/{tender}/file-challenge"),
        ("li.jun", "/challenges"),
        (None, "/challenges"),
        (None, "/complaints"),
        ("yan.li", "/complaints"),
        (None, f"/tenders/{tender}"),
    ):
        page = await (await town.browser(who)).get(path)
        assert page.status_code == 200, (path, page.status_code)
    home = await (await town.browser("li.jun")).get("/")
    assert f"/challenges/{code}" in home.text
