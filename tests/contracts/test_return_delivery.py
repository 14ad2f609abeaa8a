"""Sending a delivery back for repair."""

from tests.contracts.stages import ACCEPTANCE, PURCHASER, RESIDENT, SUPERVISOR, Purchase
from tests.town import objections

BACK = {"milestone": 1, "reasons": "台账缺三月上旬记录", "repair_by": "2026-03-13"}


async def test_it_works_and_the_repair_is_reported_anew(purchase: Purchase) -> None:
    await purchase.reported()
    card = await purchase.do(SUPERVISOR, "return-delivery", BACK)
    [delivery] = card["milestones"][0]["deliveries"]
    assert (delivery["state"], delivery["repair_by"]) == ("returned", "2026-03-13")
    assert (await purchase.town.ledger(purchase.code))[-1] == "contracts:return-delivery"
    await purchase.heard()
    card = await purchase.do(SUPERVISOR, "accept-delivery", {"milestone": 1, **ACCEPTANCE})
    assert [d["state"] for d in card["milestones"][0]["deliveries"]] == ["returned", "accepted"]


async def test_an_opinion_on_the_first_report_does_not_count_for_the_second(purchase: Purchase) -> None:
    await purchase.heard()
    await purchase.do(SUPERVISOR, "return-delivery", BACK)
    await purchase.reported()
    answer = await purchase.act(SUPERVISOR, "accept-delivery", {"milestone": 1, **ACCEPTANCE})
    assert answer.json()["objections"][0]["law"].startswith("C-11")


async def test_the_repair_lies_ahead(purchase: Purchase) -> None:
    await purchase.reported()
    answer = await purchase.act(SUPERVISOR, "return-delivery", {**BACK, "repair_by": "2026-03-02"})
    assert [field for field, _ in objections(answer)] == ["repair_by"]
    answer = await purchase.act(SUPERVISOR, "return-delivery", {"milestone": 1})
    assert [field for field, _ in objections(answer)] == ["reasons", "repair_by"]


async def test_nothing_to_send_back(purchase: Purchase) -> None:
    await purchase.reported()
    await purchase.do(SUPERVISOR, "return-delivery", BACK)
    answer = await purchase.act(SUPERVISOR, "return-delivery", BACK)
    assert [field for field, _ in objections(answer)] == ["milestone"]


async def test_strangers_and_other_roles(purchase: Purchase) -> None:
    await purchase.reported()
    for account, status in (("shen.yan", 404), (PURCHASER, 403), (RESIDENT, 403), (None, 401)):
        assert (await purchase.act(account, "return-delivery", BACK)).status_code == status, account


async def test_the_repair_waits_for_the_supplier(purchase: Purchase) -> None:
    await purchase.reported()
    await purchase.do(SUPERVISOR, "return-delivery", BACK)
    home = await (await purchase.town.browser(purchase.bidder)).get("/")
    assert "3月13日" in home.text
    due = (await purchase.card())["due"]
    assert (due[0]["act"], due[0]["last_on"]) == ("report-delivery", "2026-03-13")
    assert len(due) == len((await purchase.card())["milestones"])
