"""What changed a contract, as its card shows it, and the terms a change finds."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import msgspec

from contracts.rules.changes import Reading, Stage
from contracts.states import AMENDMENT, AmendmentState, Kind, Side
from market.base.database import one, rows
from market.base.money import Yuan
from market.base.records import Record

_DAY = timedelta(days=1)


class AmendmentLine(Record, frozen=True, kw_only=True):
    """A change in its contract's list; one that waits or was declined is for the two sides and the auditor."""

    number: int
    kind: str
    reason: str
    explanation: str
    money: Yuan
    released: Yuan
    until_on: date
    last_on: date
    proposed_at: datetime
    effective_at: datetime | None


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a contract after its signature.

    `as_signed` are its first terms where an amendment changed them; `waiting` is the change that waits for signatures.
    """

    amendments: list[AmendmentLine]
    as_signed: Reading | None
    waiting: str | None
    suspended_at: datetime | None
    terminated_at: datetime | None
    released: Yuan


def reading_of(contract: Mapping[str, Any], milestones: Sequence[Mapping[str, Any]]) -> Reading:
    """Return the terms of a contract that a change may touch, as they read now."""
    return Reading(
        amount=contract["amount"],
        from_on=contract["from_on"],
        until_on=contract["until_on"],
        milestones=[Stage(**{name: m[name] for name in Stage.__struct_fields__}) for m in milestones],
    )


def reads(kept: Any) -> Reading:
    """Return kept terms as they were."""
    return msgspec.convert(kept, Reading)


def sides_needed(amendment: Mapping[str, Any]) -> frozenset[Side]:
    """Return whose signatures a change needs: both, or its own side's where the law lets one act alone."""
    return frozenset({Side(amendment["proposed_side"])} if amendment["one_sided"] else Side)


async def changes_of(contract: Mapping[str, Any], *, sees_all: bool) -> Changes:
    """Return what changed a contract, oldest first; `sees_all` shows what waits or was declined too."""
    found = await rows(
        "SELECT * FROM contract_amendment WHERE contract = $1 AND (state = 'effective' OR $2) ORDER BY number",
        contract["id"],
        sees_all,
    )
    in_effect = [row for row in found if row["state"] == AmendmentState.EFFECTIVE]
    lasting = [row for row in in_effect if row["kind"] != Kind.AMENDMENT]
    signed = next((row["before"] for row in in_effect if row["before"] != row["after"]), None)
    return Changes(
        amendments=[_line(row) for row in found],
        as_signed=reads(signed) if signed else None,
        waiting=next((row["code"] for row in found if row["state"] == AmendmentState.PROPOSED), None),
        suspended_at=lasting[-1]["effective_at"] if lasting and lasting[-1]["kind"] == Kind.SUSPENSION else None,
        terminated_at=contract["terminated_at"],
        released=contract["released"],
    )


async def waiting_change(*, contract: int) -> str | None:
    """Return the code of the change of a contract that waits for its signatures, or None."""
    found = await one("SELECT code FROM contract_amendment WHERE contract = $1 AND state = 'proposed'", contract)
    return str(found["code"]) if found else None


def _line(row: Mapping[str, Any]) -> AmendmentLine:
    after = reads(row["after"])
    names = ("code", "state", "number", "kind", "reason", "explanation", "money", "released", "proposed_at")
    return AmendmentLine(
        **{name: row[name] for name in names},
        url=f"/{AMENDMENT.collection}/{row['code']}",
        until_on=after.until_on,
        last_on=after.until_on - _DAY,
        effective_at=row["effective_at"],
    )
