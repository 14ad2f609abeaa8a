"""The plain structs every room's answers are made of: who reads, what a record carries, what waits, what time did."""

from collections.abc import Set as AbstractSet
from datetime import date, datetime
from typing import Generic, Protocol, TypeVar

import msgspec

from market.base.lifecycle import EVERY, HOUSE, ActLink

T = TypeVar("T")


class Reader(Protocol):
    """Whoever asks: an account acting for one organization, a machine with its token, or anyone."""

    @property
    def account(self) -> str:
        """Name the account; "" for anyone."""

    @property
    def name(self) -> str:
        """Name the person."""

    @property
    def organization(self) -> str | None:
        """Name the organization acted for, by its code."""

    @property
    def roles(self) -> frozenset[str]:
        """Return the roles held there."""

    @property
    def limit(self) -> frozenset[str] | None:
        """Return the acts a token is limited to; None without a token."""


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """What every record carries towards its reader; `revision` is its ETag where several people edit it."""

    code: str
    state: str
    url: str
    acts: list[ActLink] = []


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """Something that waits for a reader: what to do, where, until which day, under which rule."""

    title: str
    act: str
    url: str
    by_when: date | None = None
    law: str = ""


class Deadline(msgspec.Struct, frozen=True, kw_only=True):
    """A day ahead on a record: in which lane of the time axis, on what, under which rule."""

    lane: str
    on: date
    title: str
    url: str
    law: str = ""


class Turned(msgspec.Struct, frozen=True, kw_only=True):
    """An act that time performed: which, on which record, at which moment."""

    act: str
    code: str
    at: datetime


class Listing(msgspec.Struct, Generic[T], frozen=True):
    """One page of a list; `next` is the cursor for `?after=`, None on the last page."""

    items: list[T]
    next: str | None = None


def acts_for(*, kind: str, code: str, state: str, by: Reader, facts: AbstractSet[str] = EVERY) -> list[ActLink]:
    """Return the links of all acts that this reader may do to the record now."""
    return HOUSE.acts_on(kind=kind, code=code, state=state, roles=by.roles, facts=facts, limit=by.limit)
