"""Reads of invoices, for the two parties and the auditor."""

from datetime import datetime
from typing import Any

import msgspec

from contracts.queries.cards import CreditNoteLine, InvoiceCard, InvoiceLine, PaymentLine
from contracts.queries.fapiao import fapiao_of
from contracts.queries.lateness import SMALL_ENTERPRISE, lateness
from contracts.queries.parties import INVOICE_VISIBLE, reader
from market.base.calendar import local_date
from market.base.database import one, rows
from market.base.money import ZERO_YUAN
from market.base.records import Listing, acts_for
from market.base.refusal import NotFound
from market.people.states import User

PAGE = 50
_LONGEST_CURSOR = 18

_INVOICE = f"""
    SELECT i.*, m.number AS milestone_number, m.title AS milestone_title, c.code AS contract, c.title AS contract_title,
        c.street, c.street_name, c.supplier_name, c.drafted_by, c.id AS contract_id, c.need,
        c.late_rate, c.signed_at, {SMALL_ENTERPRISE},
        d.judged_at AS accepted_at, d.judged_name AS accepted_name, d.judged_by AS accepted_by
    FROM invoice i JOIN contract_milestone m ON m.id = i.milestone JOIN contract c ON c.id = m.contract
    JOIN contract_delivery d ON d.milestone = m.id AND d.state = 'accepted'
"""  # noqa: S608  our own constants


async def invoice_row(*, code: str, user: User) -> dict[str, Any]:
    """Return an invoice's row, joined with its contract and acceptance, to who may see it. Raises NotFound."""
    row = await one(f"{_INVOICE} WHERE i.code = $3 AND {INVOICE_VISIBLE}", *reader(user), code)
    if row is None:
        raise NotFound
    return row


async def invoice_for(*, code: str, user: User, now: datetime) -> InvoiceCard:
    """Return an invoice with its payments and what this reader may do. Raises NotFound."""
    row = await invoice_row(code=code, user=user)
    paid = await rows("SELECT * FROM invoice_payment WHERE invoice = $1 ORDER BY number", row["id"])
    notes = await rows("SELECT * FROM credit_note WHERE invoice = $1 ORDER BY id", row["id"])
    facts = {"is_own"} if user.organization == row["supplier"] else set[str]()
    if user.organization == row["street"]:
        facts.add("is_of_street")
        if user.account not in (row["accepted_by"], row["drafted_by"]):
            facts.add("not_my_acceptance")
        if user.account != row["judged_by"]:
            facts.add("not_my_approval")
    card = {
        **row,
        "milestone": row["milestone_number"],
        "accepted_on": local_date(row["accepted_at"]),
        "certificate": f"/contracts/{row['contract']}/acceptances/{row['milestone_number']}",
        "contract_url": f"/contracts/{row['contract']}",
        "url": f"/invoices/{code}",
        "paper": f"/invoices/{code}/paper",
        "paid": (gone := sum((p["amount"] for p in paid), ZERO_YUAN)),
        "left": row["amount"] - row["credited"] - gone,
        "late": await lateness(row, payments=paid, now=now),
        "fapiao": await fapiao_of(row),
        "credit_notes": msgspec.convert(notes, list[CreditNoteLine], from_attributes=True),
        "payments": msgspec.convert(paid, list[PaymentLine], from_attributes=True),
        "acts": acts_for(kind="invoice", code=code, state=row["state"], by=user, facts=frozenset(facts)),
    }
    return msgspec.convert(card, InvoiceCard, from_attributes=True)


async def last_account(*, user: User) -> dict[str, str]:
    """Return where the organization's last invoice asked the money to go, for the next form; empty at first."""
    row = await one(
        "SELECT account_name, bank, bank_account, tax_status FROM invoice WHERE supplier = $1 ORDER BY id DESC LIMIT 1",
        user.organization,
    )
    return dict(row) if row else {}


async def invoices_page(*, user: User, after: str | None = None) -> Listing[InvoiceLine]:
    """Return the invoices a reader may see, newest first, 50 a page; the cursor is the last row's number."""
    cursor = int(after) if after and after.isdecimal() and len(after) <= _LONGEST_CURSOR else None
    found = await rows(  # the SQL is made of our own constants
        "SELECT i.id, i.code, i.state, '/invoices/' || i.code AS url, m.number AS milestone, i.amount, i.credited,"  # noqa: S608
        " i.submitted_at, i.pay_by,"
        " coalesce((SELECT sum(p.amount) FROM invoice_payment p WHERE p.invoice = i.id), 0.00) AS paid"
        " FROM invoice i JOIN contract_milestone m ON m.id = i.milestone JOIN contract c ON c.id = m.contract"
        f" WHERE {INVOICE_VISIBLE} AND ($3::bigint IS NULL OR i.id < $3) ORDER BY i.id DESC LIMIT {PAGE + 1}",
        *reader(user),
        cursor,
    )
    items = msgspec.convert(found[:PAGE], list[InvoiceLine], from_attributes=True)
    return Listing(items=items, next=str(found[PAGE - 1]["id"]) if len(found) > PAGE else None)
