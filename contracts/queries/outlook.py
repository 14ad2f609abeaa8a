"""What lies ahead in contracts, told for one reader's home: deadlines, deliveries, receivables, what ran late."""

from collections.abc import Collection
from datetime import date, datetime

import msgspec

from contracts.states import State
from market.base.database import rows
from market.base.money import Yuan
from market.base.records import Deadline

_MOST = 200


class RunningContract(msgspec.Struct, frozen=True, kw_only=True):
    """A supplier's contract with its next delivery; `next_on` None when all is accepted."""

    code: str
    url: str
    state: str
    title: str
    street_name: str
    amount: Yuan
    accepted: Yuan
    paid: Yuan
    next_title: str
    next_on: date | None
    reported: bool
    last_on: date


class Receivable(msgspec.Struct, frozen=True, kw_only=True):
    """Money a supplier has earned and not got: accepted without invoice (`pay_by` None), submitted, or approved."""

    url: str
    title: str
    state: str
    amount: Yuan
    pay_by: date | None


class SignedContract(msgspec.Struct, frozen=True, kw_only=True):
    """A contract as everybody may read it."""

    code: str
    url: str
    state: str
    title: str
    street_name: str
    supplier: str
    supplier_name: str
    amount: Yuan
    signed_at: datetime


class LateContract(msgspec.Struct, frozen=True, kw_only=True):
    """A contract signed after its last day, or an invoice paid or still unpaid after its last day."""

    why: str
    code: str
    url: str
    title: str
    street: str
    street_name: str
    last_on: date
    done_on: date | None


async def stages_of(*, needs: Collection[str]) -> dict[str, str]:
    """Return the state of the signed contract of each need that has one."""
    found = await rows("SELECT need, state FROM contract WHERE need = ANY ($1) AND signed_at IS NOT NULL", list(needs))
    return {row["need"]: row["state"] for row in found}


async def deadlines_of(*, street: str) -> list[Deadline]:
    """Return the days ahead of a street's contracts: signing, deliveries to accept, invoices to pay."""
    found = await rows(
        "SELECT * FROM (SELECT 'signing' AS lane, c.sign_by AS day, c.title, '/contracts/' || c.code AS url,"
        " 'L-11' AS law FROM contract c WHERE c.street = $1 AND c.state IN ('drafted', 'reviewed')"
        " UNION ALL SELECT 'acceptance', m.due_on, c.title || ' · ' || m.title, '/contracts/' || c.code, 'C-10'"
        " FROM contract c JOIN contract_milestone m ON m.contract = c.id WHERE c.street = $1 AND c.state = 'in-force'"
        " AND m.accepted_at IS NULL UNION ALL"
        " SELECT 'payment', i.pay_by, c.title || ' · ' || m.title, '/invoices/' || i.code, 'C-13'"
        " FROM invoice i JOIN contract_milestone m ON m.id = i.milestone JOIN contract c ON c.id = m.contract"
        " WHERE c.street = $1 AND i.state IN ('submitted', 'approved')) d ORDER BY d.day LIMIT $2",
        street,
        _MOST,
    )
    return [
        Deadline(lane=row["lane"], on=row["day"], title=row["title"], url=row["url"], law=row["law"]) for row in found
    ]


async def contracts_of_supplier(*, supplier: str, limit: int) -> list[RunningContract]:
    """Return a supplier's contracts to sign and in force, the next delivery first."""
    found = await rows(
        "SELECT c.code, '/contracts/' || c.code AS url, c.state, c.title, c.street_name, c.amount,"
        " c.until_on - 1 AS last_on, coalesce(s.accepted, 0.00) AS accepted, coalesce(p.paid, 0.00) AS paid,"
        " coalesce(n.title, '') AS next_title, n.due AS next_on,"
        " coalesce(n.reported, false) AS reported FROM contract c"
        " LEFT JOIN LATERAL (SELECT sum(m.amount) AS accepted FROM contract_milestone m"
        "  WHERE m.contract = c.id AND m.accepted_at IS NOT NULL) s ON true"
        " LEFT JOIN LATERAL (SELECT sum(y.amount) AS paid FROM contract_milestone m JOIN invoice i"
        "  ON i.milestone = m.id"
        "  JOIN invoice_payment y ON y.invoice = i.id WHERE m.contract = c.id) p ON true"
        " LEFT JOIN LATERAL (SELECT m.title, coalesce((SELECT max(d.repair_by) FROM contract_delivery d"
        "  WHERE d.milestone = m.id), m.due_on) AS due, EXISTS (SELECT 1 FROM contract_delivery d"
        "  WHERE d.milestone = m.id AND d.state = 'reported') AS reported FROM contract_milestone m"
        "  WHERE m.contract = c.id AND m.accepted_at IS NULL ORDER BY m.number LIMIT 1) n ON true"
        " WHERE c.supplier = $1 AND c.state IN ('reviewed', 'in-force', 'suspended')"
        " ORDER BY n.due NULLS LAST, c.id LIMIT $2",
        supplier,
        limit,
    )
    return msgspec.convert(found, list[RunningContract])


async def receivables_of(*, supplier: str) -> list[Receivable]:
    """Return what a supplier has earned and not got, what is due first before what has no invoice yet."""
    found = await rows(
        "SELECT * FROM (SELECT '/invoices/' || i.code AS url, c.title || ' · ' || m.title AS title, i.state,"
        " i.amount - i.credited - coalesce((SELECT sum(p.amount) FROM invoice_payment p WHERE p.invoice = i.id), 0)"
        " AS amount, i.pay_by FROM invoice i JOIN contract_milestone m ON m.id = i.milestone"
        " JOIN contract c ON c.id = m.contract"
        " WHERE i.supplier = $1 AND i.state IN ('submitted', 'approved') UNION ALL"
        " SELECT '/contracts/' || c.code, c.title || ' · ' || m.title, 'accepted', m.amount - coalesce((SELECT"
        " sum(i.amount - i.credited) FROM invoice i WHERE i.milestone = m.id AND i.state <> 'returned'), 0), NULL"
        " FROM contract c JOIN contract_milestone m ON m.contract = c.id WHERE c.supplier = $1"
        " AND c.state IN ('in-force', 'suspended', 'terminated') AND m.accepted_at IS NOT NULL) r WHERE r.amount > 0"
        " ORDER BY r.pay_by NULLS LAST, r.url LIMIT $2",
        supplier,
        _MOST,
    )
    return msgspec.convert(found, list[Receivable])


async def contracts_signed(*, limit: int, street: str | None = None) -> list[SignedContract]:
    """Return the contracts signed last, of one street when it is named; they are public."""
    found = await rows(
        "SELECT code, '/contracts/' || code AS url, state, title, street_name, supplier, supplier_name, amount,"
        " signed_at FROM contract WHERE signed_at IS NOT NULL AND ($1::text IS NULL OR street = $1)"
        " ORDER BY id DESC LIMIT $2",
        street,
        limit,
    )
    return msgspec.convert(found, list[SignedContract])


async def contracts_running_late(*, today: date, limit: int) -> list[LateContract]:
    """Return contracts signed or still unsigned after their last day, and invoices paid or still unpaid after it."""
    found = await rows(
        "SELECT * FROM (SELECT 'signing' AS why, c.code, '/contracts/' || c.code AS url, c.title, c.street,"
        " c.street_name, c.sign_by AS last_on, (c.signed_at AT TIME ZONE 'Asia/Shanghai')::date AS done_on"
        " FROM contract c WHERE c.state <> $3 UNION ALL"
        " SELECT 'payment', i.code, '/invoices/' || i.code, c.title || ' · ' || m.title, c.street, c.street_name,"
        " i.pay_by, CASE WHEN i.state = 'paid' THEN (SELECT max(p.paid_on) FROM invoice_payment p"
        " WHERE p.invoice = i.id) END FROM invoice i JOIN contract_milestone m ON m.id = i.milestone"
        " JOIN contract c ON c.id = m.contract WHERE i.state NOT IN ('returned', 'credited')) f"
        " WHERE coalesce(f.done_on, $1) > f.last_on ORDER BY f.last_on DESC, f.code LIMIT $2",
        today,
        limit,
        str(State.RETURNED),
    )
    return msgspec.convert(found, list[LateContract])
