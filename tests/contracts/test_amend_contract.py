"""Amending a contract: proposed by one side, in effect with both signatures, and the money follows."""

from decimal import Decimal
from typing import Any

from market.base.database import one
from tests.contracts.stages import APPROVER, AUDITOR, LAWYER, PURCHASER, Purchase
from tests.town import objections

WHY = "新增独居老人二十名，助餐人次相应增加。"


async def _money(purchase: Purchase) -> tuple[Decimal, Decimal]:
    row = await one(
        "SELECT n.committed, l.committed AS line FROM need n JOIN contract c ON c.need = n.code"
        " JOIN budget_line l ON l.code = n.budget_line WHERE c.code = $1",
        purchase.code,
    )
    assert row is not None
    return row["committed"], row["line"]


async def _supplement(purchase: Purchase, share: str, **changed: Any) -> dict[str, Any]:
    amount = Decimal((await purchase.card())["amount"]) * (1 + Decimal(share))
    return {"reason": "supplement", "explanation": WHY, "amount": f"{amount:.2f}", **changed}


async def test_a_supplement_is_in_effect_with_both_signatures(purchase: Purchase) -> None:
    await purchase.in_force()
    before, had = await purchase.card(), await _money(purchase)
    change = await purchase.do(PURCHASER, "amend-contract", await _supplement(purchase, "0.05"))
    assert (change["state"], change["waits_for"], change["signatures"]) == ("proposed", ["buyer", "supplier"], [])
    path = f"/amendments/{change['code']}"
    anyone = await purchase.town.client()
    assert (await anyone.get(path)).status_code == 404
    assert (await purchase.post(purchase.administrator, f"{path}/sign-amendment")).json()["state"] == "proposed"
    assert (await purchase.card())["amount"] == before["amount"]
    signed = (await purchase.post(APPROVER, f"{path}/sign-amendment", {"fingerprint": change["fingerprint"]})).json()
    assert (signed["state"], signed["publish_by"]) == ("effective", "2026-03-04")
    card = await purchase.card()
    added = Decimal(change["money"])
    assert Decimal(card["amount"]) == Decimal(before["amount"]) + added
    assert sum(Decimal(m["amount"]) for m in card["milestones"]) == Decimal(card["amount"])
    assert sum(Decimal(m["share"]) for m in card["milestones"]) == 1
    assert card["changes"]["as_signed"]["amount"] == before["amount"]
    assert await _money(purchase) == (had[0] + added, had[1] + added)
    assert (await anyone.get(path)).status_code == 200
    assert (await purchase.town.ledger(change["code"]))[-2:] == ["contracts:sign-amendment"] * 2
    # What was added before counts: together no more than a tenth of what was signed (vector 7).
    more = Decimal(before["amount"]) * Decimal("0.06")
    body = {"reason": "supplement", "explanation": WHY, "amount": f"{Decimal(card['amount']) + more:.2f}"}
    refused = await purchase.act(PURCHASER, "amend-contract", body)
    assert [(o["field"], o["law"].split()[0]) for o in refused.json()["objections"]] == [("amount", "C-6")]


async def test_days_and_new_stages_by_the_supplier(purchase: Purchase) -> None:
    await purchase.in_force()
    card = await purchase.card()
    last = card["milestones"][-1]
    half = f"{Decimal(last['amount']) / 2:.2f}"
    rest = f"{Decimal(last['amount']) - Decimal(half):.2f}"
    stages = [
        {"number": last["number"], "amount": half},
        {"title": "年度总结", "due_on": card["until_on"], "amount": rest},
    ]
    body = {"reason": "schedule", "explanation": "最后阶段分两步验收。", "milestones": stages}
    change = await purchase.do(purchase.administrator, "amend-contract", body)
    assert (change["waits_for"], change["money"]) == (["buyer"], "0.00")
    answer = await purchase.post(APPROVER, f"/amendments/{change['code']}/sign-amendment")
    assert answer.json()["state"] == "effective"
    assert [m["title"] for m in (await purchase.card())["milestones"]][-1] == "年度总结"


async def test_every_objection_at_once(purchase: Purchase) -> None:
    await purchase.reported()
    body = {
        "reason": "schedule",
        "explanation": WHY,
        "amount": "1.00",
        "until_on": "2036-01-01",
        "milestones": [{"number": 1, "due_on": "2020-01-01"}, {"title": "回访"}, {"number": 99}],
    }
    answer = await purchase.act(PURCHASER, "amend-contract", body)
    fields = {field for field, _ in objections(answer)}
    assert fields >= {"amount", "until_on", "milestones.0.number", "milestones.0.due_on", "milestones.1.amount"}
    assert "milestones.2.number" in fields
    nothing = await purchase.act(PURCHASER, "amend-contract", {"reason": "schedule", "explanation": WHY})
    assert [message for _, message in objections(nothing)] == ["没有任何变更：请填写金额、期限或者里程碑。"]


async def test_hands_strangers_and_second_thoughts(purchase: Purchase) -> None:
    await purchase.in_force()
    body = await _supplement(purchase, "0.01")
    for account, status in ((purchase.stranger, 404), (LAWYER, 403), (None, 401)):
        assert (await purchase.act(account, "amend-contract", body)).status_code == status, account
    stale = await purchase.post(
        PURCHASER, f"/contracts/{purchase.code}/amend-contract", body, headers={"If-Match": '"1"'}
    )
    assert stale.status_code == 412
    change = await purchase.do(PURCHASER, "amend-contract", body)
    assert "尚待签署" in objections(await purchase.act(PURCHASER, "amend-contract", body))[0][1]
    path = f"/amendments/{change['code']}"
    home = (await (await purchase.town.client(purchase.administrator)).get("/")).json()
    assert path in {item["url"] for item in home["items"]}
    assert (await purchase.post(purchase.stranger, f"{path}/sign-amendment")).status_code == 404
    assert (await purchase.post(PURCHASER, f"{path}/sign-amendment")).status_code == 403
    assert (await (await purchase.town.client(AUDITOR)).get(path)).json()["acts"] == []
    await purchase.post(purchase.administrator, f"{path}/sign-amendment")
    assert len(objections(await purchase.post(purchase.administrator, f"{path}/sign-amendment"))) == 1
    wrong = await purchase.post(APPROVER, f"{path}/sign-amendment", {"fingerprint": "0" * 64})
    assert [field for field, _ in objections(wrong)] == ["fingerprint"]
    declined = await purchase.post(APPROVER, f"{path}/decline-amendment", {"reasons": "本年度预算不足"})
    assert (declined.json()["state"], declined.json()["declined_because"]) == ("declined", "本年度预算不足")
    assert len(objections(await purchase.post(APPROVER, f"{path}/sign-amendment"))) == 1
    assert (await purchase.town.ledger(change["code"]))[-1] == "contracts:decline-amendment"


async def test_in_a_browser(purchase: Purchase) -> None:
    await purchase.in_force()
    buyer, seller = await purchase.town.browser(PURCHASER), await purchase.town.browser(purchase.administrator)
    path = f"/contracts/{purchase.code}"
    form = await buyer.get(f"{path}/amend-contract")
    assert "变更的里程碑" in form.text
    last = (await purchase.card())["milestones"][-1]
    moved = {"reason": "schedule", "explanation": WHY, "until_on": (await purchase.card())["until_on"]}
    row = {"milestones.0.number": last["number"], "milestones.0.due_on": (await purchase.card())["until_on"]}
    made = await buyer.submit(f"{path}/amend-contract", {**moved, **row})
    assert made.status_code == 303
    change = made.headers["location"].partition("?")[0]
    assert "变更前后对照" in (await seller.get(change)).text
    assert (await seller.submit(f"{change}/sign-amendment", {})).status_code == 303
    assert "有一项变更待签署" in (await buyer.get(path)).text
    approver = await purchase.town.browser(APPROVER)
    assert (await approver.submit(f"{change}/sign-amendment", {})).status_code == 303
    assert "签订后的变更" in (await buyer.get(path)).text
