"""What a stranger with a printed invoice in hand may know: whether it is ours, and what it said."""

import hmac
from datetime import datetime

from market.base.database import one
from market.base.money import Yuan
from market.base.private import keyed_digest
from market.base.records import Record
from market.base.refusal import NotFound

_LENGTH = 32


class VerifiedInvoice(Record, frozen=True, kw_only=True):
    """An invoice as its paper shows it, without bank account, acceptance or payments."""

    supplier_name: str
    street_name: str
    amount: Yuan
    submitted_at: datetime


def mark_of(*, code: str) -> str:
    """Return what the paper of an invoice carries and nobody can guess: 128 bits that only this installation makes."""
    return keyed_digest("printed invoice", code)[:_LENGTH]


async def verified_invoice(*, code: str, mark: str) -> tuple[VerifiedInvoice, Yuan]:
    """Return the invoice whose paper carries this mark, and what was taken back of it since.

    Raises NotFound for every other mark.
    """
    if not hmac.compare_digest(mark_of(code=code).encode(), mark.encode()):
        raise NotFound
    row = await one(
        "SELECT i.code, i.state, i.amount, i.credited, i.submitted_at, c.supplier_name, c.street_name FROM invoice i"
        " JOIN contract_milestone m ON m.id = i.milestone JOIN contract c ON c.id = m.contract WHERE i.code = $1",
        code,
    )
    if row is None:
        raise NotFound
    credited = row.pop("credited")
    return VerifiedInvoice(url=f"/verify/invoice/{code}/{mark}", **row), credited
