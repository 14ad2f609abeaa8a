"""Drafting a contract from an award."""

import asyncio

from market.base.database import one
from tests.contracts.stages import CLAUSES, LAWYER, OTHER_STREET, PURCHASER, Purchase
from tests.town import Town, objections


async def test_it_works(purchase: Purchase) -> None:
    answer = await purchase.post(PURCHASER, f"/tenders/{purchase.tender}/draft-contract", CLAUSES)
    assert answer.status_code == 201, answer.text
    card = answer.json()
    assert card["state"] == "drafted"
    assert card["tender"] == purchase.tender
    assert card["supplier"] == purchase.supplier
    assert answer.headers["location"] == f"/contracts/{card['code']}"
    assert sum(float(m["amount"]) for m in card["milestones"]) == float(card["amount"])
    assert card["sign_by"] > "2026-03-02"
    assert await purchase.town.ledger(card["code"]) == ["contracts:draft-contract"]


async def test_empty_clauses_are_all_named(purchase: Purchase) -> None:
    answer = await purchase.post(PURCHASER, f"/tenders/{purchase.tender}/draft-contract", {"quality": "好"})
    assert [field for field, _ in objections(answer)] == [
        "content", "quantity", "settlement", "duties", "breach", "late_payment", "acceptance",
    ]  # fmt: skip


async def test_the_term_is_judged(purchase: Purchase) -> None:
    terms = {"from_on": "2026-03-02", "until_on": "2028-03-03"}
    answer = await purchase.post(PURCHASER, f"/tenders/{purchase.tender}/draft-contract", {**CLAUSES, **terms})
    found = answer.json()["objections"]
    assert {o["law"].split()[0] for o in found} >= {"C-2", "C-3"}
    terms = {"from_on": "2026-12-31", "until_on": "2026-12-30"}
    answer = await purchase.post(PURCHASER, f"/tenders/{purchase.tender}/draft-contract", {**CLAUSES, **terms})
    assert "until_on" in [field for field, _ in objections(answer)]


async def test_one_contract_lives_per_award(purchase: Purchase) -> None:
    await purchase.drafted()
    answer = await purchase.post(PURCHASER, f"/tenders/{purchase.tender}/draft-contract", CLAUSES)
    assert purchase.code in objections(answer)[0][1]


async def test_after_a_return_another_is_drafted(purchase: Purchase) -> None:
    await purchase.drafted()
    first = purchase.code
    await purchase.do(LAWYER, "review-contract", {"conclusion": "return", "reasons": "缺验收标准"})
    await purchase.drafted()
    assert purchase.code != first


async def test_eight_at_once_make_one(purchase: Purchase) -> None:
    path = f"/tenders/{purchase.tender}/draft-contract"
    answers = await asyncio.gather(*(purchase.post(PURCHASER, path, CLAUSES) for _ in range(8)))
    assert sorted(answer.status_code for answer in answers) == [201, *[422] * 7]
    made = await one("SELECT count(*) AS many FROM contract WHERE tender = $1", purchase.tender)
    assert made == {"many": 1}


async def test_strangers_and_other_roles(purchase: Purchase) -> None:
    path = f"/tenders/{purchase.tender}/draft-contract"
    assert (await purchase.post(OTHER_STREET, path, CLAUSES)).status_code == 404
    assert (await purchase.post(LAWYER, path, CLAUSES)).status_code == 403
    assert (await purchase.post(None, path, CLAUSES)).status_code == 401
    assert (await purchase.post(PURCHASER, "/tenders/T-1999-0001/draft-contract", CLAUSES)).status_code == 404


async def test_the_form_shows_the_award_and_standard_clauses(purchase: Purchase) -> None:
    browser = await purchase.town.browser(PURCHASER)
    page = await browser.get(f"/tenders/{purchase.tender}/draft-contract")
    assert page.status_code == 200
    assert "不得转包" in page.text
    answer = await browser.submit(f"/tenders/{purchase.tender}/draft-contract", {**CLAUSES, "content": ""})
    assert answer.status_code == 422
    assert "每月不少于 400 人次。" in answer.text
    answer = await browser.submit(f"/tenders/{purchase.tender}/draft-contract", CLAUSES)
    assert answer.status_code == 303
    page = await browser.get(answer.headers["location"])
    assert page.status_code == 200
    assert "法务" in page.text or "审查" in page.text


async def test_a_draft_is_seen_by_its_street_only(purchase: Purchase, town: Town) -> None:
    await purchase.drafted()
    for account, status in ((LAWYER, 200), (purchase.administrator, 404), (OTHER_STREET, 404), (None, 404)):
        answer = await (await town.client(account)).get(f"/contracts/{purchase.code}")
        assert answer.status_code == status, account
