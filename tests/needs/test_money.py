"""How the money of a need goes: reserved, committed, paid; called by the rooms above under their own events."""

import asyncio
from decimal import Decimal
from typing import Any

import pytest

from market.base.refusal import NotFound, Refused
from market.needs.actions import commit_money, pay_money, release, take_up
from market.needs.queries import need_facts
from market.people.queries import user_named
from market.people.states import User
from market.seed import people
from tests.needs.making import approved, assert_books_balance, draft, line_of, money_of
from tests.town import Town


@pytest.fixture
async def hand(town: Town) -> User:
    return await user_named(account="wang.fang", organization=people.WUTONG)


async def test_the_whole_way(town: Town, hand: User) -> None:
    now = await town.now()
    need = await approved(town)
    code, line = need["code"], need["budget_line"]
    await take_up(code=code, tender="T-2026-0099", now=now, by=hand)
    await commit_money(code=code, amount=Decimal(90_000), contract="C-2026-0099", now=now, by=hand)
    assert await money_of(line) == (0, Decimal(90_000), 0)
    await pay_money(code=code, amount=Decimal("30000.50"), now=now, by=hand)
    assert await money_of(line) == (0, Decimal("59999.50"), Decimal("30000.50"))
    await pay_money(code=code, amount=Decimal("59999.50"), now=now, by=hand)
    card = (await (await town.client("wang.fang")).get(f"/needs/{code}")).json()
    assert (card["state"], card["committed"], card["paid"], card["tender"]) == (
        "contracted",
        "90000.00",
        "90000.00",
        "T-2026-0099",
    )
    with pytest.raises(Refused):
        await pay_money(code=code, amount=Decimal("0.01"), now=now, by=hand)
    await assert_books_balance()


async def test_a_failed_tender_frees_the_need_and_keeps_its_money(town: Town, hand: User) -> None:
    now = await town.now()
    need = await approved(town)
    await take_up(code=need["code"], tender="T-2026-0099", now=now, by=hand)
    await release(code=need["code"], now=now, by=hand)
    assert (await need_facts(code=need["code"])).state == "approved"
    assert await money_of(need["budget_line"]) == (Decimal(96_000), 0, 0)
    with pytest.raises(Refused):
        await release(code=need["code"], now=now, by=hand)
    await take_up(code=need["code"], tender="T-2026-0100", now=now, by=hand)
    await assert_books_balance()


async def test_eight_tenders_at_once_take_a_need_up_once(town: Town, hand: User) -> None:
    now = await town.now()
    need = await approved(town)
    tries = (take_up(code=need["code"], tender=f"T-2026-{n:04d}", now=now, by=hand) for n in range(8))
    outcomes = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(outcome is None for outcome in outcomes) == 1
    assert sum(isinstance(outcome, Refused) for outcome in outcomes) == 7


@pytest.mark.parametrize("amount", ["96000.01", "0", "-1"])
async def test_a_contract_stays_within_the_budget(town: Town, hand: User, amount: str) -> None:
    """M-8: 财政部令第87号 第六十三条."""
    now = await town.now()
    need = await approved(town)
    with pytest.raises(Refused):
        await commit_money(code=need["code"], amount=Decimal(1), contract="C-1", now=now, by=hand)
    await take_up(code=need["code"], tender="T-2026-0099", now=now, by=hand)
    with pytest.raises(Refused):
        await commit_money(code=need["code"], amount=Decimal(amount), contract="C-1", now=now, by=hand)
    await assert_books_balance()


async def test_a_later_contract_takes_what_the_line_still_has(town: Town, hand: User) -> None:
    now = await town.now()
    line = await line_of(town, amount="100000.00")
    need = await approved(town, budget_line=line)
    await take_up(code=need["code"], tender="T-2026-0099", now=now, by=hand)
    await commit_money(code=need["code"], amount=Decimal(90_000), contract="C-1", now=now, by=hand)
    second = await approved(town, budget_line=line, budget="8000.00")
    with pytest.raises(Refused):
        await commit_money(code=need["code"], amount=Decimal(3000), contract="C-2", now=now, by=hand)
    await commit_money(code=need["code"], amount=Decimal(2000), contract="C-2", now=now, by=hand)
    assert await money_of(line) == (Decimal(8000), Decimal(92_000), 0)
    assert second["state"] == "approved"
    await assert_books_balance()


async def test_eight_payments_at_once_never_pass_the_contract(town: Town, hand: User) -> None:
    now = await town.now()
    need = await approved(town)
    await take_up(code=need["code"], tender="T-2026-0099", now=now, by=hand)
    await commit_money(code=need["code"], amount=Decimal(90_000), contract="C-1", now=now, by=hand)
    tries: list[Any] = [pay_money(code=need["code"], amount=Decimal(20_000), now=now, by=hand) for _ in range(8)]
    outcomes = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(outcome is None for outcome in outcomes) == 4
    assert await money_of(need["budget_line"]) == (0, Decimal(10_000), Decimal(80_000))
    await assert_books_balance()


async def test_facts_for_upper_rooms(town: Town) -> None:
    code = (await draft(town))["code"]
    facts = await need_facts(code=code)
    assert (facts.street, facts.item_name, facts.beneficiaries, facts.term_months) == (
        people.WUTONG,
        "养老服务",
        100,
        12,
    )
    assert (facts.budget, facts.targets[0].name, facts.drafted_by) == (Decimal(96_000), "探访人次", "wang.fang")
    with pytest.raises(NotFound):
        await need_facts(code="N-1999-0001")
