"""Reviewing a drafted contract."""

from market.base.database import rows
from tests.contracts.stages import LAWYER, OTHER_STREET, PURCHASER, Purchase
from tests.town import objections

PASS = {"conclusion": "pass", "reasons": "条款完整。"}


async def test_it_works(purchase: Purchase) -> None:
    await purchase.drafted()
    card = await purchase.do(LAWYER, "review-contract", PASS)
    assert card["state"] == "reviewed"
    assert card["review_reasons"] == "条款完整。"
    assert await purchase.town.ledger(purchase.code) == ["contracts:draft-contract", "contracts:review-contract"]


async def test_sending_back_needs_reasons(purchase: Purchase) -> None:
    await purchase.drafted()
    answer = await purchase.act(LAWYER, "review-contract", {"conclusion": "return"})
    assert [field for field, _ in objections(answer)] == ["reasons"]
    card = await purchase.do(LAWYER, "review-contract", {"conclusion": "return", "reasons": "违约责任不对等"})
    assert card["state"] == "returned"
    assert card["acts"] == []


async def test_the_conclusion_is_one_of_two(purchase: Purchase) -> None:
    await purchase.drafted()
    answer = await purchase.act(LAWYER, "review-contract", {"conclusion": "perhaps"})
    assert [field for field, _ in objections(answer)] == ["conclusion"]


async def test_twice_and_stale(purchase: Purchase) -> None:
    await purchase.drafted()
    stale = await purchase.post(
        LAWYER, f"/contracts/{purchase.code}/review-contract", PASS, headers={"If-Match": f'"{purchase.code}-7"'}
    )
    assert stale.status_code == 412
    await purchase.do(LAWYER, "review-contract", PASS)
    assert len(objections(await purchase.act(LAWYER, "review-contract", PASS))) == 1


async def test_strangers_and_other_roles(purchase: Purchase) -> None:
    await purchase.drafted()
    for account, status in ((PURCHASER, 403), ("feng.lan", 404), (OTHER_STREET, 403), (None, 401)):
        assert (await purchase.act(account, "review-contract", PASS)).status_code == status, account


async def test_the_drafter_may_not_review_even_with_the_role(purchase: Purchase) -> None:
    await purchase.drafted()
    await rows("UPDATE contract SET drafted_by = $2 WHERE code = $1", purchase.code, LAWYER)
    answer = await purchase.act(LAWYER, "review-contract", PASS)
    assert "起草人" in objections(answer)[0][1]
    assert not any(a["act"] == "review-contract" for a in (await purchase.card(LAWYER))["acts"])


async def test_it_waits_for_the_lawyer(purchase: Purchase) -> None:
    await purchase.drafted()
    home = await (await purchase.town.browser(LAWYER)).get("/")
    assert f"/contracts/{purchase.code}" in home.text
    page = await (await purchase.town.browser(LAWYER)).get(f"/contracts/{purchase.code}/review-contract")
    assert "为社区独居老人提供助餐" in page.text
