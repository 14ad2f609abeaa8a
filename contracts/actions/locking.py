"""Locking a contract or an invoice for an act, once it is settled that the actor stands on the right side."""

from typing import Any

from contracts.queries.contracts import contract_row
from contracts.queries.invoices import invoice_row
from market.base.database import one, rows
from market.base.refusal import NotFound, same_revision
from market.people.states import User
from market.tendering.actions import hold_award


async def lock_contract(
    *, code: str, by: User, side: str | None = None, expected: int | None = None, with_award: bool = False
) -> dict[str, Any]:
    """Lock a contract that the actor may see; `side` ("street" or "supplier") is whom the actor must act for.

    `with_award` locks the tender it is made from first, as every act does that may change both. Raises NotFound for
    strangers and Stale when the actor saw an older revision.
    """
    seen = await contract_row(code=code, user=by)
    if side is not None and seen[side] != by.organization:
        raise NotFound
    if with_award and seen["tender"]:
        await hold_award(tender=seen["tender"])
    row = await one("SELECT * FROM contract WHERE id = $1 FOR UPDATE", seen["id"])
    assert row is not None  # noqa: S101  refused above, or never deleted
    same_revision(expected, row["revision"])
    return row


async def lock_invoice(*, code: str, by: User, side: str = "street", expected: int | None = None) -> dict[str, Any]:
    """Lock an invoice, its contract first, as every act on money does; `side` is whom the actor must act for.

    That is the "street", or the "supplier". Raises NotFound for everybody else, the other side included, and Stale
    when the actor saw an older revision.
    """
    seen = await invoice_row(code=code, user=by)
    if seen[side] != by.organization:
        raise NotFound
    await one("SELECT 1 FROM contract WHERE id = $1 FOR UPDATE", seen["contract_id"])
    row = await invoice_row(code=code, user=by)
    same_revision(expected, row["revision"])
    return row


async def milestone_of(*, contract: int, number: int) -> dict[str, Any] | None:
    """Return a milestone of a locked contract with what is invoiced of it, or None."""
    return await one(
        "SELECT m.*, coalesce((SELECT sum(i.amount - i.credited) FROM invoice i WHERE i.milestone = m.id"
        " AND i.state <> 'returned'), 0.00) AS invoiced FROM contract_milestone m"
        " WHERE m.contract = $1 AND m.number = $2",
        contract,
        number,
    )


async def pending_delivery(*, contract: int, number: int) -> dict[str, Any] | None:
    """Return the report of a milestone that waits for acceptance, or None."""
    return await one(
        "SELECT d.*, m.number AS milestone_number, m.title FROM contract_delivery d JOIN contract_milestone m"
        " ON m.id = d.milestone WHERE m.contract = $1 AND m.number = $2 AND d.state = 'reported'",
        contract,
        number,
    )


async def residents_heard(*, delivery: int) -> list[dict[str, Any]]:
    """Return the opinions on a delivery, oldest first."""
    return await rows("SELECT * FROM contract_opinion WHERE delivery = $1 ORDER BY id", delivery)


async def moved(contract: int) -> None:
    """Count one more change of a contract, so that whoever looks at an older one is told."""
    await rows("UPDATE contract SET revision = revision + 1 WHERE id = $1", contract)
