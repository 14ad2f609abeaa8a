"""Accepting a delivery, by other hands and after the residents were heard."""

import asyncio
import io

from pypdf import PdfReader

from market.base.database import one, rows
from tests.contracts.stages import ACCEPTANCE, LAWYER, PURCHASER, SUPERVISOR, Purchase
from tests.town import objections

ONE = {"milestone": 1, **ACCEPTANCE}


async def test_it_works(purchase: Purchase) -> None:
    await purchase.heard()
    card = await purchase.do(SUPERVISOR, "accept-delivery", ONE)
    milestone = card["milestones"][0]
    assert milestone["accepted_at"] is not None
    assert milestone["deliveries"][0]["publish_by"] == "2026-03-04"
    assert (await purchase.town.ledger(purchase.code))[-1] == "contracts:accept-delivery"


async def test_the_result_is_published(purchase: Purchase) -> None:
    await purchase.accepted()
    event = await one(
        "SELECT public FROM ledger_event WHERE code = $1 AND tag = 'contracts:accept-delivery'", purchase.code
    )
    assert event is not None
    assert event["public"]["residents"] == [{"name": "朱刚", "satisfied": True, "text": "饭菜热，送得准时。"}]
    assert event["public"]["conclusion"] == "合格"
    anyone = await purchase.card()
    assert anyone["milestones"][0]["deliveries"][0]["opinions"][0]["name"] == "朱刚"


async def test_not_before_a_resident_spoke(purchase: Purchase) -> None:
    await purchase.reported()
    answer = await purchase.act(SUPERVISOR, "accept-delivery", ONE)
    assert answer.json()["objections"][0]["law"].startswith("C-11")


async def test_the_buyer_and_the_reviewer_may_not(purchase: Purchase) -> None:
    await purchase.heard()
    for column in ("drafted_by", "reviewed_by"):
        before = await one(f"SELECT {column} AS name FROM contract WHERE code = $1", purchase.code)
        assert before is not None
        await rows(f"UPDATE contract SET {column} = $2 WHERE code = $1", purchase.code, SUPERVISOR)
        answer = await purchase.act(SUPERVISOR, "accept-delivery", ONE)
        assert answer.json()["objections"][0]["law"].startswith("E-13")
        await rows(f"UPDATE contract SET {column} = $2 WHERE code = $1", purchase.code, before["name"])


async def test_every_standard_is_judged(purchase: Purchase) -> None:
    await purchase.heard()
    answer = await purchase.act(SUPERVISOR, "accept-delivery", {"milestone": 1})
    assert [field for field, _ in objections(answer)] == ["technical", "service", "safety", "conclusion"]


async def test_twice(purchase: Purchase) -> None:
    await purchase.heard()
    answers = await asyncio.gather(*(purchase.act(SUPERVISOR, "accept-delivery", ONE) for _ in range(8)))
    assert sorted(answer.status_code for answer in answers) == [200, *[422] * 7]


async def test_stale(purchase: Purchase) -> None:
    await purchase.heard()
    answer = await purchase.post(
        SUPERVISOR, f"/contracts/{purchase.code}/accept-delivery", ONE, headers={"If-Match": f'"{purchase.code}-1"'}
    )
    assert answer.status_code == 412


async def test_strangers_and_other_roles(purchase: Purchase) -> None:
    await purchase.heard()
    for account, status in (("shen.yan", 404), (PURCHASER, 403), (LAWYER, 403), (None, 401)):
        assert (await purchase.act(account, "accept-delivery", ONE)).status_code == status, account


async def test_the_certificate_can_be_read(purchase: Purchase) -> None:
    await purchase.accepted()
    anyone = await purchase.town.client()
    answer = await anyone.get(f"/contracts/{purchase.code}/acceptances/1", headers={"Accept-Language": "zh"})
    assert answer.headers["content-type"] == "application/pdf"
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    for words in ("履约验收书", f"{purchase.code}-A1", "达标：人次与台账一致", "朱刚", "周平", "饭菜热，送得准时。"):
        assert words in text
    assert (await anyone.get(f"/contracts/{purchase.code}/acceptances/2")).status_code == 404


async def test_it_waits_for_the_supervisor_once_a_resident_spoke(purchase: Purchase) -> None:
    await purchase.reported()

    async def waiting() -> list[str]:
        home = await (await purchase.town.client(SUPERVISOR)).get("/")
        return [item["url"] for item in home.json()["items"] if item["act"] == "accept-delivery"]

    address = f"/contracts/{purchase.code}"
    assert address not in await waiting()
    await purchase.do("zhu.gang", "give-opinion", {"milestone": 1, "satisfied": True})
    assert address in await waiting()
    page = await (await purchase.town.browser(SUPERVISOR)).get(f"/contracts/{purchase.code}/accept-delivery")
    assert "签到表.txt" in page.text
