"""What street offices bought, from whom and for how much, as their residents may read it: signed contracts only."""

from collections.abc import Collection
from datetime import date, datetime

import msgspec

from market.base.database import rows
from market.base.money import Yuan


class YearBought(msgspec.Struct, frozen=True, kw_only=True):
    """What one street signed in one year: how many services, from how many suppliers, for how much."""

    street: str
    year: int
    contracts: int
    suppliers: int
    amount: Yuan


class BoughtService(msgspec.Struct, frozen=True, kw_only=True):
    """One signed contract: the service, its supplier, term and price, what is accepted and paid of it."""

    code: str
    url: str
    state: str
    title: str
    supplier: str
    supplier_name: str
    amount: Yuan
    paid: Yuan
    milestones: int
    accepted: int
    from_on: date
    last_on: date


async def bought_by_year(*, streets: Collection[str], since: datetime, until: datetime) -> list[YearBought]:
    """Return what streets signed in [since, until), one row a street and year of Shanghai that has any."""
    found = await rows(
        "SELECT c.street, extract(year FROM c.signed_at AT TIME ZONE 'Asia/Shanghai')::int AS year,"
        " count(*) AS contracts, count(DISTINCT c.supplier) AS suppliers, sum(c.amount - c.released) AS amount"
        " FROM contract c WHERE c.street = ANY ($1) AND c.signed_at IS NOT NULL"
        " AND c.signed_at >= $2 AND c.signed_at < $3"
        " GROUP BY 1, 2",
        list(streets),
        since,
        until,
    )
    return msgspec.convert(found, list[YearBought])


async def paid_between(*, street: str, since: date, until: date) -> Yuan:
    """Return what a street paid on its signed contracts on the days [since, until)."""
    found = await rows(
        "SELECT coalesce(sum(p.amount), 0.00) AS paid FROM contract c JOIN contract_milestone m ON m.contract = c.id"
        " JOIN invoice i ON i.milestone = m.id JOIN invoice_payment p ON p.invoice = i.id"
        " WHERE c.street = $1 AND c.signed_at IS NOT NULL AND p.paid_on >= $2 AND p.paid_on < $3",
        street,
        since,
        until,
    )
    amount: Yuan = found[0]["paid"]
    return amount


async def services_of(*, street: str, since: datetime, until: datetime, limit: int) -> list[BoughtService]:
    """Return the contracts that a street signed in [since, until) or that were still running then, the newest first."""
    found = await rows(
        "SELECT c.code, '/contracts/' || c.code AS url, c.state, c.title, c.supplier, c.supplier_name,"
        " c.amount - c.released AS amount, c.from_on, c.until_on - 1 AS last_on,"
        " s.milestones, s.accepted, coalesce(y.paid, 0.00) AS paid"
        " FROM (SELECT * FROM contract c WHERE c.street = $1 AND c.signed_at IS NOT NULL AND c.signed_at < $3"
        " AND (c.signed_at >= $2 OR c.until_on > ($2 AT TIME ZONE 'Asia/Shanghai')::date)"
        " ORDER BY c.id DESC LIMIT $4) c"
        " CROSS JOIN LATERAL (SELECT count(*) AS milestones, count(m.accepted_at) AS accepted"
        "  FROM contract_milestone m WHERE m.contract = c.id) s"
        " CROSS JOIN LATERAL (SELECT sum(p.amount) AS paid FROM contract_milestone m"
        "  JOIN invoice i ON i.milestone = m.id JOIN invoice_payment p ON p.invoice = i.id WHERE m.contract = c.id) y"
        " ORDER BY c.id DESC",
        street,
        since,
        until,
        limit,
    )
    return msgspec.convert(found, list[BoughtService])
