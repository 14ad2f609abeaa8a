"""Reads of the official electronic invoices behind an invoice."""

from collections.abc import Mapping
from typing import Any

from contracts.queries.parties import INVOICE_VISIBLE, reader
from market.base.database import one, rows
from market.base.refusal import NotFound
from market.people.states import User


async def fapiao_of(invoice: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return what was recorded behind an invoice with its files, oldest first; the caller may see the invoice."""
    found = await rows(
        "SELECT f.*, a.name, a.size FROM fapiao f JOIN attachment a ON a.code = f.file WHERE f.invoice = $1"
        " ORDER BY f.id",
        invoice["id"],
    )
    return [
        {
            **row,
            "serves": row["live_number"] is not None,
            "file": {
                "code": row["file"],
                "name": row["name"],
                "size": row["size"],
                "url": f"/invoices/{invoice['code']}/files/{row['file']}",
            },
        }
        for row in found
    ]


async def fapiao_file(*, code: str, attachment: str, user: User) -> None:
    """Let who may read an invoice read a file of its fapiao. Raises NotFound for all else."""
    found = await one(
        "SELECT 1 FROM fapiao f JOIN invoice i ON i.id = f.invoice JOIN contract_milestone m ON m.id = i.milestone"  # noqa: S608
        f" JOIN contract c ON c.id = m.contract WHERE i.code = $3 AND f.file = $4 AND {INVOICE_VISIBLE}",
        *reader(user),
        code,
        attachment,
    )
    if found is None:
        raise NotFound
