"""Closing a contract that is settled; the invariants hold over its whole life."""

import io

from pypdf import PdfReader

from contracts.queries import contract_facts
from contracts.states import Act
from contracts.tables import INVARIANTS
from market.base.database import rows
from tests.contracts.stages import APPROVER, LAWYER, OTHER_STREET, PURCHASER, Purchase
from tests.town import objections


async def _settled(purchase: Purchase) -> Purchase:
    await purchase.in_force()
    for milestone in (await purchase.card())["milestones"]:
        await purchase.paid(milestone["number"])
    return purchase


async def test_it_works(purchase: Purchase) -> None:
    await _settled(purchase)
    assert f"/contracts/{purchase.code}" in (await (await purchase.town.browser(PURCHASER)).get("/")).text
    card = await purchase.do(PURCHASER, "close-contract")
    assert card["state"] == "closed"
    assert card["paid"] == card["amount"]
    assert not any(act["act"] in set(Act) for act in card["acts"])
    assert (await purchase.town.ledger(purchase.code))[-1] == "contracts:close-contract"
    for sentence, sql in INVARIANTS.items():
        assert await rows(sql) == [], sentence


async def test_upper_rooms_get_its_facts(purchase: Purchase) -> None:
    await _settled(purchase)
    facts = await contract_facts(code=purchase.code)
    assert sum(m.amount for m in facts.milestones) == facts.amount == sum(m.paid for m in facts.milestones)
    assert all(m.accepted_at and m.reported_at for m in facts.milestones)


async def test_not_before_everything_is_settled(purchase: Purchase) -> None:
    await purchase.paid(1) if purchase.code else await (await purchase.in_force()).paid(1)
    answer = await purchase.act(PURCHASER, "close-contract")
    assert {o["law"].split()[0] for o in answer.json()["objections"]} == {"C-17", "C-13"}
    assert not any(act["act"] == "close-contract" for act in (await purchase.card(PURCHASER))["acts"])


async def test_twice(purchase: Purchase) -> None:
    await _settled(purchase)
    await purchase.do(PURCHASER, "close-contract")
    assert len(objections(await purchase.act(PURCHASER, "close-contract"))) == 1


async def test_strangers_and_other_roles(purchase: Purchase) -> None:
    await purchase.in_force()
    for account, status in ((OTHER_STREET, 404), (LAWYER, 403), (None, 401)):
        assert (await purchase.act(account, "close-contract")).status_code == status, account


async def test_the_paper_of_the_contract(purchase: Purchase) -> None:
    await purchase.reviewed()
    party = await purchase.town.client(PURCHASER)
    english = await party.get(f"/contracts/{purchase.code}/paper", headers={"Accept-Language": "en"})
    assert "Party A (buyer)" in "".join(page.extract_text() for page in PdfReader(io.BytesIO(english.content)).pages)
    await purchase.do(APPROVER, "sign-contract")
    await purchase.do(purchase.administrator, "sign-contract")
    # From then on it is the signed file, in the language in which it was signed.
    anyone = await purchase.town.client()
    answer = await anyone.get(f"/contracts/{purchase.code}/paper", headers={"Accept-Language": "en"})
    assert answer.headers["content-type"] == "application/pdf"
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    for words in (purchase.code, "甲方（购买主体）", "整", "四、里程碑与付款计划", "违约责任", "演示数据"):
        assert words in text


async def test_pages_of_everybody(purchase: Purchase) -> None:
    await purchase.paid(1) if purchase.code else await (await purchase.in_force()).paid(1)
    for account in (None, PURCHASER, purchase.bidder, "zhu.gang", "hua.rong"):
        for lang in ("zh-CN", "en"):
            browser = await purchase.town.browser(account, lang=lang)
            for path in ("/contracts", f"/contracts/{purchase.code}"):
                assert (await browser.get(path)).status_code == 200
    browser = await purchase.town.browser(purchase.bidder)
    for path in ("/invoices", f"/invoices/{purchase.invoice}", f"/contracts/{purchase.code}/record-session"):
        assert (await browser.get(path)).status_code == 200
