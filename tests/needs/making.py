"""What the tests of needs share: a whole need as a client sends it, and short ways to its later states."""

from decimal import Decimal
from typing import Any

import httpx

from market.base.database import one, rows
from market.needs.pages.needs import NEED_EXAMPLE
from market.needs.tables import INVARIANTS
from tests.town import Town

PURCHASER, APPROVER, LEGAL, OFFICER = "wang.fang", "li.jun", "zhao.min", "qian.lei"
ANOTHER_STREET = {"purchaser": "wu.tao", "approver": "zheng.hui"}


async def line_of(town: Town, *, amount: str = "600000.00", title: str = "测试预算") -> str:
    """Allot a budget line to the first street and return its code."""
    officer = await town.client(OFFICER)
    body = {"title": title, "year": 2026, "source": "street", "amount": amount}
    answer = await officer.post("/budget/allot-budget", json=body)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["code"])


async def draft(town: Town, **changes: Any) -> dict[str, Any]:
    """Draft a whole need on a line of its own, with some fields changed."""
    body = {**NEED_EXAMPLE, **changes}
    if "budget_line" not in changes:
        body["budget_line"] = await line_of(town)
    answer = await (await town.client(PURCHASER)).post("/needs/draft-need", json=body)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def submit(town: Town, code: str, *, by: str = PURCHASER) -> httpx.Response:
    """Submit a need."""
    return await (await town.client(by)).post(f"/needs/{code}/submit-need")


async def review(town: Town, code: str, *, by: str = APPROVER, **sent: str) -> httpx.Response:
    """Review a need; approves unless something else is sent."""
    return await (await town.client(by)).post(f"/needs/{code}/review-need", json=sent or {"decision": "approve"})


async def approved(town: Town, **changes: Any) -> dict[str, Any]:
    """Draft, submit and approve a need."""
    code = (await draft(town, **changes))["code"]
    assert (await submit(town, code)).status_code == 200
    answer = await review(town, code)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def money_of(line: str) -> tuple[Decimal, Decimal, Decimal]:
    """Return what a line has reserved, committed and paid."""
    row = await one("SELECT reserved, committed, paid FROM budget_line WHERE code = $1", line)
    assert row is not None
    return row["reserved"], row["committed"], row["paid"]


async def assert_books_balance() -> None:
    """Assert every sentence that the needs room says of its tables."""
    for sentence, sql in INVARIANTS.items():
        assert await rows(sql) == [], sentence
