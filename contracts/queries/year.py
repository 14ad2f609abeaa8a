"""The contracts of a street's year: what runs in it, and the services that run on a day, as residents may read them."""

from datetime import date

import msgspec

from market.base.database import rows
from market.base.money import Yuan

_MOST = 300


class ContractYear(msgspec.Struct, frozen=True, kw_only=True):
    """A contract of a need: its term, exclusive end, and when it was signed; a draft's term may still change."""

    code: str
    url: str
    need: str
    state: str
    title: str
    supplier_name: str
    amount: Yuan
    sign_by: date
    signed_on: date | None
    from_on: date
    until_on: date
    last_on: date


async def contracts_touching(*, street: str, since: date, until: date) -> list[ContractYear]:
    """Return a street's contracts whose making or term touches [since, until), the newest first; for the street."""
    found = await rows(
        "SELECT code, '/contracts/' || code AS url, need, state, title, supplier_name, amount, sign_by,"
        " (signed_at AT TIME ZONE 'Asia/Shanghai')::date AS signed_on, from_on, until_on, until_on - 1 AS last_on"
        " FROM contract WHERE street = $1 AND state <> 'returned' AND until_on >= $2 AND award_sent_on < $3"
        " ORDER BY id DESC LIMIT $4",
        street,
        since,
        until,
        _MOST,
    )
    return msgspec.convert(found, list[ContractYear])


class RunningService(msgspec.Struct, frozen=True, kw_only=True):
    """A service that a signed contract provides: what, by whom, until which day (included)."""

    code: str
    url: str
    state: str
    need: str
    title: str
    supplier: str
    supplier_name: str
    from_on: date
    last_on: date


async def running_services(*, street: str, on: date, after: str | None, limit: int) -> list[RunningService]:
    """Return the services of a street that run on a day, by contract, those after one; so many at most."""
    found = await rows(
        "SELECT code, '/contracts/' || code AS url, state, need, title, supplier, supplier_name, from_on,"
        " until_on - 1 AS last_on FROM contract WHERE street = $1 AND signed_at IS NOT NULL AND state <> 'suspended'"
        " AND (terminated_at IS NULL OR (terminated_at AT TIME ZONE 'Asia/Shanghai')::date > $2)"
        " AND from_on <= $2 AND until_on > $2 AND code > $3 ORDER BY code LIMIT $4",
        street,
        on,
        after or "",
        limit,
    )
    return msgspec.convert(found, list[RunningService])
