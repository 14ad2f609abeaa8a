"""Reads of keys: one's own, who may hold a new tender's shares, and how far a tender's keys are turned."""

from datetime import datetime
from typing import Any

import msgspec

from market.base.database import Row, one, rows
from market.base.records import Record, acts_for
from market.base.refusal import NotFound
from market.people.states import User
from market.tendering.states import KEYHOLDERS, ROLES_OF, KeyState, Side


class KeyCard(Record, frozen=True, kw_only=True):
    """One's own opening key, and the tenders whose bids it helps to open."""

    made_at: datetime | None
    changed_at: datetime | None
    tenders: list["HeldShare"]


class HeldShare(msgspec.Struct, frozen=True, kw_only=True):
    """A share one holds of a tender's key."""

    code: str
    title: str
    state: str
    side: str
    opens_at: datetime
    turned_at: datetime | None


class Keyholder(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody with a key who may hold a share."""

    side: Side
    account: str
    name: str
    organization: str
    key: int
    suite: str
    public_key: bytes


class ShareLine(msgspec.Struct, frozen=True, kw_only=True):
    """Who holds a share, the commitment by which a wrong one is found, and whether the key was turned."""

    number: int
    side: str
    name: str
    organization_name: str
    commitment: str
    turned_at: datetime | None


class SealingView(msgspec.Struct, frozen=True, kw_only=True):
    """How a tender's bids are sealed: the suite, the public key, and whose keys open them together."""

    suite: str
    public_key: str
    threshold: int
    keyholders: list[ShareLine]


_HELD = """
    SELECT t.code, t.title, t.state, s.side, t.opens_at, s.turned_at FROM key_share s JOIN tender t ON t.id = s.tender
    WHERE s.account = $1 ORDER BY t.opens_at DESC, t.id DESC LIMIT 50
"""
# Everybody with a key and a role of a side: of the street itself, or of its district beside it.
_CANDIDATES = """
    SELECT a.login AS account, a.name, o.code AS organization, m.role, k.id AS key, k.suite, k.public_key
    FROM keyholder_key k JOIN account a ON a.login = k.account JOIN membership m ON m.account = a.id
    JOIN organization o ON o.id = m.organization JOIN organization s ON s.code = $1
    WHERE k.retired_at IS NULL AND m.revoked_at IS NULL AND NOT a.suspended AND m.role = ANY ($2)
        AND o.district = s.district AND (o.kind <> 'street' OR o.code = s.code)
        AND (o.kind <> 'committee' OR left(o.street_code, 9) = left(s.street_code, 9))
    ORDER BY k.id
"""
SHARES = """
    ARRAY(SELECT ROW(s.number, s.side, s.name, coalesce(h.name, ''), s.commitment, s.turned_at, s.account,
            s.organization) FROM key_share s LEFT JOIN organization h ON h.code = s.organization
        WHERE s.tender = t.id ORDER BY s.number)
"""
_OF_A_SHARE = ("number", "side", "name", "organization_name", "commitment", "turned_at", "account", "organization")


async def key_of(*, user: User) -> KeyCard:
    """Return one's own key, to those who may hold one. Raises NotFound."""
    if not user.may_be(*KEYHOLDERS):
        raise NotFound
    row = await one(
        "SELECT made_at, changed_at FROM keyholder_key WHERE account = $1 AND retired_at IS NULL", user.account
    )
    state = KeyState.IN_USE if row else KeyState.NONE
    return KeyCard(
        code=user.account,
        state=state,
        url="/keys/mine",
        acts=acts_for(kind="key", code=user.account, state="", by=user),
        made_at=row["made_at"] if row else None,
        changed_at=row["changed_at"] if row else None,
        tenders=msgspec.convert(await rows(_HELD, user.account), list[HeldShare]),
    )


async def keyholders_for(*, street: str, drafted_by: str) -> list[Keyholder]:
    """Return one keyholder of each side that has one, in the order of the sides; the drafter only if nobody else is."""
    found = await rows(_CANDIDATES, street, [str(role) for roles in ROLES_OF.values() for role in roles])
    chosen: list[Keyholder] = []
    for side, roles in ROLES_OF.items():
        order = [str(role) for role in roles]
        taken = {holder.account for holder in chosen}
        able = [row for row in found if row["role"] in order and row["account"] not in taken]
        able.sort(key=lambda row: (row["account"] == drafted_by, order.index(row["role"])))
        if able:
            chosen.append(msgspec.convert({**able[0], "side": side}, Keyholder))
    return chosen


def sealing_from(row: Row) -> SealingView | None:
    """Return how bids are sealed, as everybody may know it, from a row with `SHARES`; None while there is no key."""
    if row["public_key"] is None:
        return None
    return SealingView(
        suite=row["suite"],
        public_key=row["public_key"].hex(),
        threshold=row["threshold"],
        keyholders=msgspec.convert(_shares(row), list[ShareLine]),
    )


def may_turn(*, row: Row, user: User, now: datetime) -> bool:
    """Tell whether a reader holds a share that can be turned now, from a row with `SHARES`."""
    reader = (user.account, user.organization)
    mine = [share for share in _shares(row) if (share["account"], share["organization"]) == reader]
    return now >= row["opens_at"] and any(share["turned_at"] is None for share in mine)


def _shares(row: Row) -> list[dict[str, Any]]:
    return [dict(zip(_OF_A_SHARE, share, strict=True)) for share in row["shares"]]
