"""Reads of what a panel asked: the members see bids by number, the bidder its own, the report everything."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from market.base.database import Row, one, rows
from market.base.refusal import NotFound
from market.people.states import Role, User
from market.tendering.rules.clarifications import Asked
from market.tendering.states.clarifications import Matter

_OF_TENDER = """
    SELECT c.*, b.number AS bid_number, b.organization, (SELECT array_agg(v.seat) FROM clarification_vote v
        WHERE v.clarification = c.id) AS voted
    FROM clarification c JOIN bid b ON b.id = c.bid WHERE c.tender = $1 ORDER BY c.number
"""


class ClarificationFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file of an answer, without its name."""

    number: int
    url: str


class ClarificationLine(msgspec.Struct, frozen=True, kw_only=True):
    """A question of the panel and its answer: to members and the bidder alike, who asked and who answered unnamed.

    `open` while the bidder may answer, `waits` while the panel may not sign over it, `to_judge` while this member's
    word on a price is wanted.
    """

    number: int
    bid: int
    matter: Matter
    law: str
    question: str
    asked_at: datetime
    answer_by: datetime
    answer: str | None
    files: list[ClarificationFile]
    answered_at: datetime | None
    explained: bool | None
    open: bool
    waits: bool
    to_judge: bool = False


class PriceVote(msgspec.Struct, frozen=True, kw_only=True):
    """One member's word on an explained price, and what the member looked up.

    `member` counts as everywhere in the report; `name` is "" while it is secret.
    """

    member: int
    name: str
    explained: bool
    reason: str
    looked_up: str


class ReportedClarification(ClarificationLine, frozen=True, kw_only=True):
    """A clarification as the report tells it, with every member's word (A-7)."""

    votes: list[PriceVote]


def asked_from(row: Row) -> Asked:
    """Return a clarification's row as rules take it."""
    return Asked(
        bid=row["bid_number"],
        matter=Matter(row["matter"]),
        answer_by=row["answer_by"],
        answered=row["answered_at"] is not None,
        explained=row["explained"],
    )


async def asked_of(*, tender: int) -> list[Asked]:
    """Return what a tender's panel has asked, in order, as rules take it."""
    return [asked_from(row) for row in await rows(_OF_TENDER, tender)]


async def clarifications_for_panel(*, tender: Row, seat: int, now: datetime) -> list[ClarificationLine]:
    """Return a tender's clarifications to one of its members."""
    found = await rows(_OF_TENDER, tender["id"])
    return [_line(row, tender=tender["code"], seat=seat, now=now) for row in found]


async def clarifications_for_bidder(*, tender: Row, organization: str, now: datetime) -> list[ClarificationLine]:
    """Return what the panel asked one organization; whether its price was believed it learns with the result."""
    found = await rows(_OF_TENDER, tender["id"])
    own = [row for row in found if row["organization"] == organization]
    return [_line({**row, "explained": None}, tender=tender["code"], seat=None, now=now) for row in own]


def _line(row: Row, *, tender: str, seat: int | None, now: datetime) -> ClarificationLine:
    asked = asked_from(row)
    is_open, waits = asked.is_open(now=now), asked.waits(now=now)
    url = f"/tenders/{tender}/clarifications/{row['number']}/files"
    return ClarificationLine(
        number=row["number"],
        bid=row["bid_number"],
        matter=asked.matter,
        law=row["law"],
        question=row["question"],
        asked_at=row["asked_at"],
        answer_by=row["answer_by"],
        answer=row["answer"],
        files=[ClarificationFile(number=n, url=f"{url}/{n}") for n in range(1, len(row["files"]) + 1)],
        answered_at=row["answered_at"],
        explained=row["explained"],
        open=is_open,
        waits=waits,
        to_judge=seat is not None and waits and not is_open and seat not in (row["voted"] or ()),
    )


async def clarifications_reported(*, tender: Row, seats: Sequence[Row], names: bool) -> list[ReportedClarification]:
    """Return a tender's clarifications for its sealed report; members are named once the award is public (E-8)."""
    votes = await rows(
        "SELECT v.* FROM clarification_vote v JOIN clarification c ON c.id = v.clarification WHERE c.tender = $1"
        " ORDER BY v.seat",
        tender["id"],
    )
    called = {seat["id"]: (number, seat["name"] if names else "") for number, seat in enumerate(seats, 1)}
    told = []
    for row in await rows(_OF_TENDER, tender["id"]):
        line = _line(row, tender=tender["code"], seat=None, now=row["answer_by"])
        given = [
            PriceVote(
                member=called[vote["seat"]][0],
                name=called[vote["seat"]][1],
                explained=vote["explained"],
                reason=vote["reason"],
                looked_up=vote["looked_up"],
            )
            for vote in votes
            if vote["clarification"] == row["id"]
        ]
        told.append(ReportedClarification(**msgspec.structs.asdict(line), votes=given))
    return told


async def file_of_clarification(*, tender: Row, clarification: int, number: int, user: User) -> str:
    """Return the attachment behind a file of an answer: to the panel's members, its own bidder and auditors.

    Raises NotFound.
    """
    row = await one(
        "SELECT c.files, b.organization, EXISTS (SELECT 1 FROM seat s WHERE s.tender = c.tender AND s.account = $3"
        " AND s.recused_at IS NULL) AS is_seated FROM clarification c JOIN bid b ON b.id = c.bid"
        " WHERE c.tender = $1 AND c.number = $2",
        tender["id"],
        clarification,
        user.account,
    )
    own = row is not None and user.may_be(Role.BIDDER) and row["organization"] == user.organization
    if row is None or not (own or row["is_seated"] or user.may_be(Role.AUDITOR)):
        raise NotFound
    if not 1 <= number <= len(row["files"]):
        raise NotFound
    return str(row["files"][number - 1])
