"""Reads of oversight: findings for their readers, and the ledger's events as far as a reader may see them."""

from datetime import date, datetime
from typing import Any
from urllib.parse import quote

import msgspec

from market.base.database import one, rows
from market.base.records import Listing, Record, Waiting, acts_for
from market.base.refusal import NotFound
from market.oversight.states import FINDING, Act, State
from market.people.queries import organization_names
from market.people.states import CLOCK, Role, User

PAGE = 50
LEDGER_VERIFIED = "ledger-verified"
"""The keepsake that `shecai ledger verify` leaves: at, by, head, faults."""


class FindingCard(Record, frozen=True, kw_only=True):
    """A finding with its answer and conclusion, for the auditor and the street concerned."""

    revision: int
    subject: str
    street: str
    street_name: str
    title: str
    text: str
    opened_at: datetime
    answer_by: date
    answer: str | None
    answered_at: datetime | None
    conclusion: str | None
    closed_at: datetime | None


class EventLine(Record, frozen=True, kw_only=True):
    """One line of the ledger as a reader may see it; the actor is blank for readers who may only see what is public.

    `code` is the record's that the event is about, and `url` leads to all lines of that record.
    """

    id: int
    at: datetime
    tag: str
    actor: str
    organization: str | None
    public: dict[str, Any] | None
    detail: dict[str, Any] | None


# Who may see a finding is a WHERE, not an if: the auditor sees all, a street its own, nobody else any.
_VISIBLE = "($1::bool OR f.street = $2)"


def _reader(user: User) -> tuple[bool, str]:
    return user.may_be(Role.AUDITOR), (user.organization or "") if user.organization_kind == "street" else ""


def _card(row: dict[str, Any], street_name: str, user: User) -> FindingCard:
    facts = frozenset({"concerns_reader"} if row["street"] == user.organization else set())
    return msgspec.convert(
        {
            **row,
            "street_name": street_name,
            "url": f"/findings/{row['code']}",
            "acts": acts_for(kind="finding", code=row["code"], state=row["state"], by=user, facts=facts),
        },
        FindingCard,
        from_attributes=True,
    )


async def finding_for(*, code: str, user: User) -> FindingCard:
    """Return a finding to the auditor or the street concerned. Raises NotFound for everybody else."""
    row = await one(f"SELECT f.* FROM finding f WHERE {_VISIBLE} AND f.code = $3", *_reader(user), code)  # noqa: S608
    if row is None:
        raise NotFound
    names = await organization_names(codes=[row["street"]])
    return _card(row, names.get(row["street"], ""), user)


async def findings_page(*, user: User, after: str | None = None) -> Listing[FindingCard]:
    """Return the findings a reader may see, newest first, 50 a page; the cursor is the last code's row."""
    found = await rows(
        f"SELECT f.* FROM finding f WHERE {_VISIBLE} AND ($3::bigint IS NULL OR f.id < $3) ORDER BY f.id"  # noqa: S608
        f" DESC LIMIT {PAGE + 1}",
        *_reader(user),
        _cursor(after),
    )
    names = await organization_names(codes={row["street"] for row in found})
    items = [_card(row, names.get(row["street"], ""), user) for row in found[:PAGE]]
    return Listing(items=items, next=str(found[PAGE - 1]["id"]) if len(found) > PAGE else None)


_REVEALED = """
    (e.revealed_by IS NULL OR EXISTS (SELECT 1 FROM ledger_event r WHERE r.code = e.code AND r.tag = e.revealed_by))
"""
_EVENT_VISIBLE = f"""
    ({_REVEALED} OR e.account = $1)
    AND ($2::bool OR e.public IS NOT NULL OR e.account = $1 OR (e.organization = $3 AND $3 <> ''))
"""


async def events_page(*, user: User, code: str | None = None, after: str | None = None) -> Listing[EventLine]:
    """Return the ledger's events newest first, as far as the reader may see them.

    Auditors see all that is not still secret, everybody what is public, actors their own and their organization's.
    """
    auditor = user.may_be(Role.AUDITOR)
    found = await rows(
        f"SELECT e.* FROM ledger_event e WHERE {_EVENT_VISIBLE} AND ($4::text IS NULL OR e.code = $4)"  # noqa: S608
        f" AND ($5::bigint IS NULL OR e.id < $5) ORDER BY e.id DESC LIMIT {PAGE + 1}",
        user.account or "-",
        auditor,
        user.organization or "",
        code,
        _cursor(after),
    )
    items = [_line(row, user=user, auditor=auditor) for row in found[:PAGE]]
    return Listing(items=items, next=str(found[PAGE - 1]["id"]) if len(found) > PAGE else None)


def _line(row: dict[str, Any], *, user: User, auditor: bool) -> EventLine:
    within = (
        auditor
        or row["account"] == user.account
        or (row["organization"] is not None and row["organization"] == user.organization)
    )
    return EventLine(
        id=row["id"],
        at=row["at"],
        tag=row["tag"],
        code=row["code"],
        state="recorded",
        url=ledger_of(row["code"]),
        actor=row["actor_name"] if within else "",
        organization=row["organization"],
        public=row["public"],
        detail=row["detail"] if within else None,
    )


async def subject_exists(*, code: str) -> bool:
    """Tell whether the ledger knows a record with this code."""
    return await one("SELECT 1 FROM ledger_event WHERE code = $1 LIMIT 1", code) is not None


async def findings_waiting(*, user: User) -> list[Waiting]:
    """Return the findings this reader must answer or may close."""
    state, act = (State.ANSWERED, Act.CLOSE_FINDING) if user.may_be(Role.AUDITOR) else (State.OPEN, Act.ANSWER_FINDING)
    if not user.may_be(Role.AUDITOR, Role.STREET_SUPERVISOR, Role.APPROVER):
        return []
    found = await rows(
        f"SELECT f.code, f.title, f.answer_by FROM finding f WHERE {_VISIBLE} AND f.state = $3 ORDER BY"  # noqa: S608
        " f.answer_by, f.id LIMIT 100",
        *_reader(user),
        str(state),
    )
    return [
        Waiting(
            title=row["title"],
            act=str(act),
            url=f"/findings/{row['code']}",
            by_when=row["answer_by"] if state == State.OPEN else None,
            law=FINDING.step(act).law,
        )
        for row in found
    ]


class Deed(msgspec.Struct, frozen=True, kw_only=True):
    """Something a person did, as the ledger has it; what it was about is told by its code alone."""

    id: int
    at: datetime
    tag: str
    code: str


class LedgerState(msgspec.Struct, frozen=True, kw_only=True):
    """How far the ledger goes, whether it can only grow, and when an operator last verified it."""

    head: int
    head_at: datetime | None
    guarded: bool
    verified_at: datetime | None
    verified_by: str
    verified_head: int | None
    faults: list[str]


async def deeds_of(*, account: str, limit: int) -> list[Deed]:
    """Return what an account did last, signing in and out left aside; for the account itself."""
    found = await rows(
        "SELECT id, at, tag, code FROM ledger_event WHERE account = $1"
        " AND tag NOT IN ('people:sign-in', 'people:sign-out') ORDER BY id DESC LIMIT $2",
        account,
        limit,
    )
    return msgspec.convert(found, list[Deed])


async def deeds_of_time(*, after: str | None = None) -> Listing[Deed]:
    """Return what time did, newest first, 50 a page, without what is still secret."""
    found = await rows(
        f"SELECT e.id, e.at, e.tag, e.code FROM ledger_event e WHERE e.account = $1 AND {_REVEALED}"  # noqa: S608
        f" AND ($2::bigint IS NULL OR e.id < $2) ORDER BY e.id DESC LIMIT {PAGE + 1}",
        CLOCK.account,
        _cursor(after),
    )
    items = msgspec.convert(found[:PAGE], list[Deed])
    return Listing(items=items, next=str(items[-1].id) if len(found) > PAGE else None)


def ledger_of(code: str) -> str:
    """Return where all lines of a record are read."""
    return f"/ledger?record={quote(code)}"


def _cursor(after: str | None) -> int | None:
    return int(after) if after and after.isdecimal() and len(after) < 19 else None  # noqa: PLR2004


async def open_findings(*, user: User, limit: int) -> list[FindingCard]:
    """Return the findings a reader may see that are not closed, the first to be answered first."""
    found = await rows(
        f"SELECT f.*, o.name AS street_name FROM finding f JOIN organization o ON o.code = f.street WHERE {_VISIBLE}"  # noqa: S608
        " AND f.state <> 'closed' ORDER BY f.answer_by, f.id LIMIT $3",
        *_reader(user),
        limit,
    )
    return [_card(row, row["street_name"], user) for row in found]


async def ledger_state() -> LedgerState:
    """Return the ledger's head, whether the database refuses changes to it, and its last verification."""
    row = await one(
        "SELECT e.id AS head, e.at AS head_at, k.value AS verified, EXISTS (SELECT 1 FROM pg_trigger"
        " WHERE tgrelid = 'ledger_event'::regclass AND tgname = 'ledger_is_append_only' AND tgenabled IN ('O', 'A'))"
        " AND NOT has_table_privilege('ledger_event', 'UPDATE') AND NOT has_table_privilege('ledger_event', 'DELETE')"
        " AND NOT has_table_privilege('ledger_event', 'TRUNCATE') AS guarded FROM (SELECT 1) x"
        " LEFT JOIN (SELECT id, at FROM ledger_event ORDER BY id DESC LIMIT 1) e ON true"
        " LEFT JOIN keepsake k ON k.name = $1",
        LEDGER_VERIFIED,
    )
    assert row is not None  # noqa: S101  the inner row is always there
    verified = row["verified"] or {}
    return LedgerState(
        head=row["head"] or 0,
        head_at=row["head_at"],
        guarded=row["guarded"],
        verified_at=datetime.fromisoformat(verified["at"]) if verified else None,
        verified_by=verified.get("by", ""),
        verified_head=verified.get("head"),
        faults=verified.get("faults", []),
    )
