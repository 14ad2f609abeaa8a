"""The residents' opinion on a reported delivery."""

import asyncio

from tests.contracts.stages import OTHER_RESIDENT, RESIDENT, SUPERVISOR, Purchase
from tests.town import objections

GOOD = {"milestone": 1, "satisfied": True, "text": "都说好"}


async def test_it_works(purchase: Purchase) -> None:
    await purchase.reported()
    card = await purchase.do(RESIDENT, "give-opinion", GOOD)
    [opinion] = card["milestones"][0]["deliveries"][0]["opinions"]
    assert (opinion["name"], opinion["satisfied"], opinion["text"]) == ("朱刚", True, "都说好")
    assert (await purchase.town.ledger(purchase.code))[-1] == "contracts:give-opinion"


async def test_dissatisfaction_needs_words(purchase: Purchase) -> None:
    await purchase.reported()
    answer = await purchase.act(RESIDENT, "give-opinion", {"milestone": 1, "satisfied": False})
    assert [field for field, _ in objections(answer)] == ["text"]
    assert answer.json()["objections"][0]["law"].startswith("C-11")


async def test_nothing_to_judge(purchase: Purchase) -> None:
    await purchase.in_force()
    answer = await purchase.act(RESIDENT, "give-opinion", GOOD)
    assert [field for field, _ in objections(answer)] == ["milestone"]


async def test_once_per_report(purchase: Purchase) -> None:
    await purchase.reported()
    answers = await asyncio.gather(*(purchase.act(RESIDENT, "give-opinion", GOOD) for _ in range(8)))
    assert sorted(answer.status_code for answer in answers) == [200, *[422] * 7]
    assert not any(act["act"] == "give-opinion" for act in (await purchase.card(RESIDENT))["acts"])


async def test_residents_of_another_street_and_other_roles(purchase: Purchase) -> None:
    await purchase.reported()
    for account, status in ((OTHER_RESIDENT, 404), (SUPERVISOR, 403), (None, 401)):
        assert (await purchase.act(account, "give-opinion", GOOD)).status_code == status, account


async def test_it_waits_for_the_representative(purchase: Purchase) -> None:
    await purchase.reported()
    home = await (await purchase.town.browser(RESIDENT)).get("/")
    assert f"/contracts/{purchase.code}" in home.text
    answer = await (await purchase.town.browser(RESIDENT)).submit(
        f"/contracts/{purchase.code}/give-opinion", {"milestone": "1", "text": "菜太咸"}
    )
    assert answer.status_code == 303
    opinion = (await purchase.card(RESIDENT))["milestones"][0]["deliveries"][0]["opinions"][0]
    assert opinion["satisfied"] is False
