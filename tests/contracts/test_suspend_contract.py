"""Suspending and resuming: no service in between, and at most the lost days are added."""

from datetime import date, timedelta
from typing import Any

from market.base.calendar import start_of_day
from market.base.database import one
from tests.contracts.stages import APPROVER, PURCHASER, Purchase
from tests.town import objections

PAUSE = {"reason": "agreement", "explanation": "服务场地装修，双方同意暂停履行。"}
GO_ON = {"reason": "agreement", "explanation": "场地装修完工，恢复履行。"}


async def _signed(purchase: Purchase, word: str, body: dict[str, Any]) -> None:
    """Let both sides agree: the supplier proposes and has signed by it, the approver signs."""
    change = await purchase.do(purchase.administrator, word, body)
    assert change["waits_for"] == ["buyer"]
    answer = await purchase.post(APPROVER, f"/amendments/{change['code']}/sign-amendment")
    assert answer.json()["state"] == "effective", answer.text
    assert await purchase.town.ledger(change["code"]) == [f"contracts:{word}", "contracts:sign-amendment"]


async def test_a_pause_and_its_end(purchase: Purchase) -> None:
    await purchase.in_force()
    card = await purchase.card()
    await _signed(purchase, "suspend-contract", PAUSE)
    paused = await purchase.card(PURCHASER)
    assert (paused["state"], paused["due"]) == ("suspended", [])
    assert {a["act"] for a in paused["acts"]} >= {"resume-contract", "terminate-contract"}
    report = {"milestone": 1, "note": "完成", "evidence": [await purchase.evidence()]}
    assert "中止履行" in objections(await purchase.act(purchase.bidder, "report-delivery", report))[0][1]
    await purchase.town.advance(by="P10D")
    end, last = date.fromisoformat(card["until_on"]), card["milestones"][-1]
    later = (date.fromisoformat(last["due_on"]) + timedelta(days=10)).isoformat()
    too_late = {**GO_ON, "until_on": (end + timedelta(days=11)).isoformat()}
    refused = await purchase.act(PURCHASER, "resume-contract", too_late)
    assert [field for field, _ in objections(refused)] == ["until_on"]
    moved = (end + timedelta(days=10)).isoformat()
    stages = [{"number": last["number"], "due_on": later}]
    await _signed(purchase, "resume-contract", {**GO_ON, "until_on": moved, "milestones": stages})
    again = await purchase.card()
    assert (again["state"], again["until_on"], again["milestones"][-1]["due_on"]) == ("in-force", moved, later)
    assert again["changes"]["as_signed"]["until_on"] == card["until_on"]
    final = await one(
        "SELECT opens_at, next_turn_at FROM evaluation WHERE contract = $1 AND kind = 'final'", purchase.code
    )
    assert final is not None
    assert final["opens_at"] == final["next_turn_at"] == start_of_day(date.fromisoformat(moved))


async def test_who_suspended_alone_resumes_alone(purchase: Purchase) -> None:
    await purchase.in_force()
    proof = await purchase.evidence(purchase.administrator)
    body = {"reason": "force-majeure", "explanation": "台风致活动室受损。", "evidence": [proof]}
    change = await purchase.do(purchase.administrator, "suspend-contract", body)
    assert (change["state"], change["waits_for"]) == ("effective", [])
    over: dict[str, Any] = {
        "reason": "cause-ended",
        "explanation": "活动室已修复。",
        "evidence": [await purchase.evidence(PURCHASER)],
    }
    assert [f for f, _ in objections(await purchase.act(PURCHASER, "resume-contract", over))] == ["reason"]
    over["evidence"] = [proof]
    assert (await purchase.do(purchase.administrator, "resume-contract", over))["state"] == "effective"
    assert (await purchase.card())["state"] == "in-force"


async def test_roles_and_a_browser(purchase: Purchase) -> None:
    await purchase.in_force()
    for account, status in ((purchase.stranger, 404), (APPROVER, 403), (None, 401)):
        assert (await purchase.act(account, "suspend-contract", PAUSE)).status_code == status, account
    assert len(objections(await purchase.act(PURCHASER, "resume-contract", GO_ON))) == 1
    await _signed(purchase, "suspend-contract", PAUSE)
    browser = await purchase.town.browser(PURCHASER)
    path = f"/contracts/{purchase.code}"
    assert "起中止履行" in (await browser.get(path)).text
    assert "中止时间" in (await browser.get(f"{path}/resume-contract")).text
    assert (await browser.submit(f"{path}/resume-contract", GO_ON)).status_code == 303
