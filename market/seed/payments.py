"""What time did to the town's invoices, and the fapiao that stands ready to be recorded behind one."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

from contracts import actions
from contracts.queries import next_turn
from market.base.database import rows
from market.people.attachments import attach_file
from market.people.states import Role
from market.seed import people
from market.seed.contracts import TODAY


async def catch_up(*, now: datetime) -> None:
    """Let the payment clock act at each of its own moments up to now."""
    while moment := await next_turn(until=now):
        await actions.turn(now=moment)


async def fapiao_to_record() -> dict[str, Any]:
    """Return who may record which fapiao, with its file, behind an invoice that waits for its payment."""
    (row,) = await rows(
        "SELECT i.code, i.supplier, i.amount - i.credited AS amount FROM invoice i WHERE i.state = 'approved'"
        " ORDER BY i.id LIMIT 1"
    )
    login = next(p.login for p in people.PEOPLE if p.home == row["supplier"] and p.role is Role.BIDDER)

    async def chunks() -> AsyncIterator[bytes]:
        yield "电子发票（演示，无法律效力）\n".encode()

    file = await attach_file(name="电子发票.txt", chunks=chunks(), by=await people.somebody(login), now=TODAY)
    body = {
        "number": "26310000000000000001",
        "issued_on": "2026-03-02",
        "amount": str(row["amount"]),
        "file": file.code,
    }
    return {"account": login, "code": row["code"], "body": body}
