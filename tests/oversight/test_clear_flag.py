"""Flags: a rule raises them (raise-flag), an auditor looks into them and clears them."""

from decimal import Decimal

from market.base.clock import now
from market.base.database import rows
from market.oversight.actions import raise_flag
from tests.town import Town, objections

REASON = {"reason": "核对了片区、对象和居民意见，确非同一采购。"}


async def test_clear_flag_notes_who_and_why_once(town: Town) -> None:
    auditor = await town.client("hua.rong")
    flags = (await auditor.get("/flags")).json()["items"]
    flag = next(each for each in flags if each["state"] == "raised")
    assert flag["law"] == "HR-1"
    assert flag["beside"]
    card = (await auditor.get(flag["url"])).json()
    assert [each["code"] for each in card["purchases"]] == [flag["subject"], *flag["beside"]]
    assert Decimal(card["total"]) == sum(Decimal(each["amount"]) for each in card["purchases"])
    assert card["said"]
    assert flag["url"] in [waits["url"] for waits in (await auditor.get("/")).json()["items"]]
    path = f"{flag['url']}/clear-flag"
    assert [field for field, _ in objections(await auditor.post(path, json={"reason": " "}))] == ["reason"]
    done = (await auditor.post(path, json=REASON)).json()
    assert (done["state"], done["reason"], done["acts"]) == ("cleared", REASON["reason"], [])
    assert await town.ledger(flag["code"]) == ["oversight:raise-flag", "oversight:clear-flag"]
    assert objections(await auditor.post(path, json=REASON))[0][0] == ""
    stood = await rows("SELECT cleared_by FROM flag WHERE code = $1", flag["code"])
    assert stood[0]["cleared_by"] == "hua.rong"
    assert flag["url"] not in [waits["url"] for waits in (await auditor.get("/")).json()["items"]]


async def test_flags_are_for_auditors_alone(town: Town) -> None:
    flag = (await (await town.client("hua.rong")).get("/flags")).json()["items"][0]
    for street in ("wang.fang", "zhou.ping"):
        reader = await town.client(street)
        assert (await reader.get("/flags")).json()["items"] == []
        assert (await reader.get(flag["url"])).status_code == 404
        assert (await reader.post(f"{flag['url']}/clear-flag", json=REASON)).status_code == 403
        lines = (await reader.get(f"/ledger?record={flag['code']}")).json()["items"]
        assert lines == []


async def test_a_flag_that_stands_is_not_raised_twice(town: Town) -> None:
    auditor = await town.client("hua.rong")
    flag = next(each for each in (await auditor.get("/flags")).json()["items"] if each["state"] == "raised")
    same = {key: flag[key] for key in ("subject", "street", "title", "law")}
    assert await raise_flag(**same, beside=["N-2026-0001"], now=await now()) == flag["code"]
    assert (await auditor.get(flag["url"])).json()["beside"] == ["N-2026-0001"]
    await auditor.post(f"{flag['url']}/clear-flag", json=REASON)
    assert await raise_flag(**same, beside=["N-2026-0001"], now=await now()) != flag["code"]
