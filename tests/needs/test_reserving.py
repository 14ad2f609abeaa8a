"""No order in which officers reserve and give back at once spends a yuan twice."""

import asyncio
import random
from decimal import Decimal

import pytest

from market.base.database import rows
from tests.needs.making import assert_books_balance, draft, line_of, money_of
from tests.town import Town

AMOUNT = 100_000


@pytest.mark.parametrize("seed", [1, 2, *(pytest.param(seed, marks=pytest.mark.prove) for seed in range(3, 40))])
async def test_no_order_of_reservations_overspends(town: Town, seed: int) -> None:
    """N-10: the needs together ask for more than the line has; some are taken back while others are submitted."""
    chance = random.Random(seed)
    line = await line_of(town, amount=f"{AMOUNT}.00")
    budgets = [chance.randrange(10_000, 60_000) for _ in range(6)]
    codes = [(await draft(town, budget_line=line, budget=f"{budget}.00"))["code"] for budget in budgets]
    purchaser = await town.client("wang.fang")

    async def deed(code: str, act: str) -> int:
        await asyncio.sleep(chance.random() / 50)
        body = {"reason": "改由志愿者承担。"} if act == "withdraw-need" else None
        return (await purchaser.post(f"/needs/{code}/{act}", json=body)).status_code

    deeds = [(code, "submit-need") for code in codes] + [(code, "withdraw-need") for code in codes[:2]]
    chance.shuffle(deeds)
    answers = await asyncio.gather(*(deed(*each) for each in deeds))
    assert set(answers) <= {200, 422}
    reserved, *_ = await money_of(line)
    assert reserved <= AMOUNT
    held = await rows("SELECT budget FROM need WHERE budget_line = $1 AND state = 'submitted'", line)
    assert reserved == sum((row["budget"] for row in held), Decimal(0))
    await assert_books_balance()
