"""Reads of one change of a contract, for its sides while it waits and for everybody once it is in effect."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

import msgspec

from contracts.queries.cards import ContractCard, FileLine
from contracts.queries.change_lines import reads, sides_needed
from contracts.queries.parties import reader, side_of
from contracts.rules.changes import Reading
from contracts.states import AMENDMENT, Side
from market.base.database import one, rows
from market.base.money import Yuan
from market.base.records import Record, acts_for
from market.base.refusal import NotFound
from market.people.attachments import attachment_cards
from market.people.states import Role, User

_DAY = timedelta(days=1)
_VISIBLE = "($1::bool OR c.street = $2 OR c.supplier = $2 OR a.state = 'effective')"
_AMENDMENT = (
    "SELECT a.*, c.id AS contract_id, c.code AS contract_code, c.title AS contract_title, c.street, c.street_name,"
    " c.supplier, c.supplier_name FROM contract_amendment a JOIN contract c ON c.id = a.contract"
)


class ChangeSignature(msgspec.Struct, frozen=True, kw_only=True):
    """Who signed a change for which side."""

    side: str
    name: str
    organization: str
    signed_at: datetime


class AmendmentCard(Record, frozen=True, kw_only=True):
    """A change of a contract in full: why, what it found and leaves, who signed and who is still to sign.

    Terms are [from_on, until_on); `last_before` and `last_after` are their last days. Evidence is for the sides.
    """

    revision: int
    number: int
    kind: str
    reason: str
    one_sided: bool
    contract: str
    contract_title: str
    contract_url: str
    street: str
    street_name: str
    supplier: str
    supplier_name: str
    explanation: str
    evidence: list[FileLine]
    money: Yuan
    released: Yuan
    before: Reading
    after: Reading
    last_before: date
    last_after: date
    fingerprint: str
    proposed_side: str
    proposed_at: datetime
    effective_at: datetime | None
    publish_by: date | None
    declined_at: datetime | None
    declined_because: str
    signatures: list[ChangeSignature]
    waits_for: list[str]


async def amendment_row(*, code: str, user: User) -> dict[str, Any]:
    """Return a change's row, joined with its contract, to who may see it. Raises NotFound for everybody else."""
    row = await one(f"{_AMENDMENT} WHERE a.code = $3 AND {_VISIBLE}", *reader(user), code)
    if row is None:
        raise NotFound
    return row


async def amendment_for(*, code: str, user: User) -> AmendmentCard:
    """Return a change of a contract with what this reader may do about it. Raises NotFound."""
    row = await amendment_row(code=code, user=user)
    signatures = await rows("SELECT * FROM contract_amendment_signature WHERE amendment = $1 ORDER BY id", row["id"])
    of_a_side = (user.organization or "") in (row["street"], row["supplier"])
    reads_evidence = of_a_side or user.may_be(Role.AUDITOR)
    missing = sorted(sides_needed(row) - {Side(s["side"]) for s in signatures}) if not row["effective_at"] else []
    facts = {"is_of_a_side"} if of_a_side else set[str]()
    if _may_sign(row, missing=missing, user=user):
        facts.add("may_sign")
    before, after = reads(row["before"]), reads(row["after"])
    card = {
        **row,
        "url": f"/{AMENDMENT.collection}/{code}",
        "contract": row["contract_code"],
        "contract_url": f"/contracts/{row['contract_code']}",
        "evidence": await _files(row) if reads_evidence else [],
        "before": before,
        "after": after,
        "last_before": before.until_on - _DAY,
        "last_after": after.until_on - _DAY,
        "signatures": msgspec.convert(signatures, list[ChangeSignature], from_attributes=True),
        "waits_for": missing if not row["declined_at"] else [],
        "acts": acts_for(kind="amendment", code=code, state=row["state"], by=user, facts=frozenset(facts)),
    }
    return msgspec.convert(card, AmendmentCard, from_attributes=True)


def _may_sign(row: Mapping[str, Any], *, missing: list[Side], user: User) -> bool:
    side = side_of(dict(row), user)
    own_proposal = side is Side.BUYER and user.account == row["proposed_by"]
    return side in missing and not own_proposal


async def _files(row: Mapping[str, Any]) -> list[FileLine]:
    cards = await attachment_cards(codes=row["evidence"])
    return [
        FileLine(code=c.code, name=c.name, size=c.size, url=f"/contracts/{row['contract_code']}/files/{c.code}")
        for c in cards
    ]


async def changes_to_sign(*, user: User) -> list[dict[str, Any]]:
    """Return the changes that wait for this signatory's signature, the oldest first."""
    found = await rows(
        "SELECT a.*, c.title, c.street, c.supplier, ARRAY(SELECT s.side FROM contract_amendment_signature s"
        " WHERE s.amendment = a.id) AS signed FROM contract_amendment a JOIN contract c ON c.id = a.contract"
        " WHERE a.state = 'proposed' AND (c.street = $1 OR c.supplier = $1) ORDER BY a.id LIMIT 100",
        user.organization,
    )
    return [
        row
        for row in found
        if _may_sign(row, missing=sorted(sides_needed(row) - {Side(s) for s in row["signed"]}), user=user)
    ]


def as_signed(card: ContractCard) -> ContractCard:
    """Return a contract with the terms under its fingerprint: those that both sides signed, before any amendment."""
    first = card.changes.as_signed
    if first is None:
        return card
    kept = {stage.number: stage for stage in first.milestones}
    milestones = [
        msgspec.structs.replace(m, title=was.title, due_on=was.due_on, amount=was.amount, share=was.share)
        for m in card.milestones
        if (was := kept.get(m.number))
    ]
    return msgspec.structs.replace(
        card, amount=first.amount, until_on=first.until_on, last_on=first.until_on - _DAY, milestones=milestones
    )
