"""The ledger: one event for each act, written in the act's own transaction, and the followers that go with it.

An event's `public` facts are the immutable snapshot that open data maps later; `detail` is for those who may see
the record, and never holds a secret (a digest, never an amount); `revealed_by` names the tag that makes the event
visible when its very actor must stay unknown until then (a panel's expert, a bidder before the opening).
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

import msgspec

from market.base.database import one, rows
from market.base.records import Reader


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """What followers are told of an act."""

    id: int
    at: datetime
    tag: str
    code: str
    public: dict[str, Any] | None
    detail: dict[str, Any]
    by: Reader


Follower = Callable[[Event], Awaitable[None]]
_FOLLOWERS: dict[str, list[Follower]] = {}


def follow(followers: list[Mapping[str, Follower]]) -> None:
    """Take in every room's followers by tag, in the order of the rooms; replaces those taken in before."""
    _FOLLOWERS.clear()
    for room in followers:
        for tag, follower in room.items():
            _FOLLOWERS.setdefault(tag, []).append(follower)


async def record(
    *,
    room: str,
    act: StrEnum,
    code: str,
    by: Reader,
    now: datetime,
    public: Mapping[str, Any] | None = None,
    detail: Mapping[str, Any] | None = None,
    revealed_by: str | None = None,
) -> Event:
    """Append the event `room:act` to the ledger and run its followers, all in the caller's transaction.

    Values of `public` and `detail` are whatever msgspec can write as JSON (Decimals become strings).
    """
    plain_public = None if public is None else msgspec.to_builtins(dict(public))
    plain_detail = msgspec.to_builtins(dict(detail or {}))
    tag = f"{room}:{act}"
    row = await one(
        "INSERT INTO ledger_event (at, tag, code, account, actor_name, roles, organization, public,"
        " detail, revealed_by)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id",
        now,
        tag,
        code,
        by.account,
        by.name,
        " ".join(sorted(by.roles)),
        by.organization,
        plain_public,
        plain_detail,
        revealed_by,
    )
    assert row is not None  # noqa: S101  an insert always returns its row
    event = Event(id=row["id"], at=now, tag=tag, code=code, public=plain_public, detail=plain_detail, by=by)
    for follower in _FOLLOWERS.get(tag, ()):
        await follower(event)
    return event


async def record_many(
    *,
    room: str,
    act: StrEnum,
    events: Sequence[tuple[str, Mapping[str, Any] | None, Mapping[str, Any]]],
    by: Reader,
    now: datetime,
) -> None:
    """Append one act's events on many records (code, public, detail) in one statement, in the caller's transaction.

    Nobody follows them: the act's own event is recorded beside them, once, and what must follow follows that.
    """
    await rows(
        "INSERT INTO ledger_event (at, tag, code, account, actor_name, roles, organization, public, detail)"
        " SELECT $1, $2, u.code, $3, $4, $5, $6, u.public, u.detail"
        " FROM unnest($7::text[], $8::jsonb[], $9::jsonb[]) AS u(code, public, detail)",
        now,
        f"{room}:{act}",
        by.account,
        by.name,
        " ".join(sorted(by.roles)),
        by.organization,
        [code for code, _, _ in events],
        [None if public is None else msgspec.to_builtins(dict(public)) for _, public, _ in events],
        [msgspec.to_builtins(dict(detail)) for _, _, detail in events],
    )
