"""Reads of flags: auditors see every one, nobody else any."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import msgspec

from market.base.database import one, rows
from market.base.money import Yuan
from market.base.records import Listing, Record, Waiting, acts_for
from market.base.refusal import NotFound
from market.needs.queries import need_for
from market.needs.queries.needs import Purchase
from market.oversight.states import Act, FlagState
from market.people.queries import organization_names
from market.people.states import Role, User

PAGE = 50


class FlagCard(Record, frozen=True, kw_only=True):
    """A flag: the record it is about, those named beside it, under which rule, and why it was cleared.

    On its own page the purchases named then with their amounts, their sum, and what the officer said.
    """

    revision: int
    subject: str
    street: str
    street_name: str
    title: str
    law: str
    beside: list[str]
    raised_at: datetime
    reason: str | None
    cleared_at: datetime | None
    purchases: list[Purchase] = msgspec.field(default_factory=list)
    total: Yuan = Decimal(0)
    said: str = ""


def _card(row: dict[str, Any], street_name: str, user: User) -> FlagCard:
    return msgspec.convert(
        {
            **row,
            "street_name": street_name,
            "url": f"/flags/{row['code']}",
            "acts": acts_for(kind="flag", code=row["code"], state=row["state"], by=user, facts=frozenset()),
        },
        FlagCard,
        from_attributes=True,
    )


async def flag_for(*, code: str, user: User) -> FlagCard:
    """Return a flag to an auditor. Raises NotFound for everybody else."""
    row = await one("SELECT f.* FROM flag f WHERE $1::bool AND f.code = $2", user.may_be(Role.AUDITOR), code)
    if row is None:
        raise NotFound
    need = await need_for(code=row["subject"], user=user)
    own = Purchase(code=need.code, title=need.title, amount=need.budget)
    named = [own, *(need.earlier or ())]
    return msgspec.structs.replace(
        _card(row, need.street_name, user),
        purchases=named,
        total=sum((each.amount for each in named), Decimal(0)),
        said=need.splitting_reason or "",
    )


async def flags_page(*, user: User, after: str | None = None) -> Listing[FlagCard]:
    """Return the flags, newest first, 50 a page, to auditors; an empty list to everybody else."""
    found = await rows(
        "SELECT f.* FROM flag f WHERE $1::bool AND ($2::bigint IS NULL OR f.id < $2) ORDER BY f.id DESC LIMIT $3",
        user.may_be(Role.AUDITOR),
        int(after) if after and after.isdecimal() and len(after) < 19 else None,  # noqa: PLR2004
        PAGE + 1,
    )
    names = await organization_names(codes={row["street"] for row in found})
    items = [_card(row, names.get(row["street"], ""), user) for row in found[:PAGE]]
    return Listing(items=items, next=str(found[PAGE - 1]["id"]) if len(found) > PAGE else None)


async def flags_waiting(*, user: User) -> list[Waiting]:
    """Return the flags that an auditor has to look into, the oldest first."""
    if not user.may_be(Role.AUDITOR):
        return []
    found = await rows(
        "SELECT f.code, f.title, f.law FROM flag f WHERE f.state = $1 ORDER BY f.id LIMIT 100", str(FlagState.RAISED)
    )
    return [
        Waiting(title=row["title"], act=str(Act.CLEAR_FLAG), url=f"/flags/{row['code']}", by_when=None, law=row["law"])
        for row in found
    ]
