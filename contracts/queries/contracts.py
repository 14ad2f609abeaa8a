"""Reads of contracts: one in full, a page of them, and the facts upper rooms ask for."""

from datetime import timedelta
from typing import Any

import msgspec

from contracts.agenda import Dated, due
from contracts.queries.cards import (
    ContractCard,
    ContractFacts,
    ContractLine,
    DeliveryLine,
    DueLine,
    FileLine,
    MilestoneFacts,
    SessionFacts,
)
from contracts.queries.change_lines import Changes, changes_of
from contracts.queries.parties import (
    INVOICE_VISIBLE,
    VISIBLE,
    is_party,
    reader,
    side_of,
    works_for_buyer,
)
from contracts.rules.money import objections_to_closing
from contracts.states import DeliveryState, InvoiceState, State
from market.base.calendar import local_date
from market.base.database import one, rows
from market.base.money import ZERO_YUAN
from market.base.records import Listing, acts_for
from market.base.refusal import NotFound
from market.needs.queries import where_standard_stands
from market.people.attachments import attachment_cards
from market.people.states import Role, User

PAGE = 50
_INSTANT = timedelta(microseconds=1)
_MOST_SESSIONS = 200
_LONGEST_CURSOR = 18
_STANDARD = f"{where_standard_stands(need='c.need')} AS service_standard"

_MILESTONES = """
    SELECT m.*,
        coalesce((SELECT sum(i.amount - i.credited) FROM invoice i
                  WHERE i.milestone = m.id AND i.state <> 'returned'), 0.00) AS invoiced,
        coalesce((SELECT sum(p.amount) FROM invoice i JOIN invoice_payment p ON p.invoice = i.id
                  WHERE i.milestone = m.id), 0.00) AS paid,
        (SELECT max(d.reported_at) FROM contract_delivery d WHERE d.milestone = m.id) AS reported_at
    FROM contract_milestone m WHERE m.contract = $1 ORDER BY m.number
"""
_OPINIONS = """
    SELECT o.*, d.id AS delivery FROM contract_opinion o JOIN contract_delivery d ON d.id = o.delivery
    JOIN contract_milestone m ON m.id = d.milestone WHERE m.contract = $1 ORDER BY o.id
"""
_INVOICES = """
    SELECT i.code, i.state, '/invoices/' || i.code AS url, m.number AS milestone, i.amount, i.credited,
        i.submitted_at, i.pay_by,
        coalesce((SELECT sum(p.amount) FROM invoice_payment p WHERE p.invoice = i.id), 0.00) AS paid
    FROM invoice i JOIN contract_milestone m ON m.id = i.milestone WHERE m.contract = $1 ORDER BY i.id
"""


async def contract_row(*, code: str, user: User) -> dict[str, Any]:
    """Return a contract's row to who may see it. Raises NotFound for everybody else."""
    row = await one(f"SELECT c.*, {_STANDARD} FROM contract c WHERE c.code = $3 AND {VISIBLE}", *reader(user), code)  # noqa: S608
    if row is None:
        raise NotFound
    return row


async def contract_for(*, code: str, user: User) -> ContractCard:
    """Return a contract with everything this reader may see of it. Raises NotFound."""
    row = await contract_row(code=code, user=user)
    party = await is_party(row, user)
    milestones = await rows(_MILESTONES, row["id"])
    deliveries = await rows(
        "SELECT d.* FROM contract_delivery d JOIN contract_milestone m ON m.id = d.milestone WHERE m.contract = $1"
        " ORDER BY d.id",
        row["id"],
    )
    opinions = await rows(_OPINIONS, row["id"])
    signatures = await rows("SELECT * FROM contract_signature WHERE contract = $1 ORDER BY id", row["id"])
    sessions = await rows(
        f"SELECT * FROM service_session WHERE contract = $1 AND $2 ORDER BY number DESC LIMIT {_MOST_SESSIONS}",  # noqa: S608
        row["id"],
        party,
    )
    invoices = await rows(_INVOICES, row["id"]) if await _reads_invoices(row, user) else []
    files = await _files(row["code"], [*deliveries, *sessions]) if party else {}
    own = user.may_be(Role.AUDITOR) or (user.organization or "") in (row["street"], row["supplier"])
    changes = await changes_of(row, sees_all=own)
    facts = await _facts(
        row,
        milestones=milestones,
        deliveries=deliveries,
        opinions=opinions,
        signatures=signatures,
        changes=changes,
        party=party,
        user=user,
    )
    card = {
        **row,
        "url": f"/contracts/{code}",
        "last_on": row["until_on"] - timedelta(days=1),
        "paper": f"/contracts/{code}/paper",
        "acts": acts_for(kind="contract", code=code, state=row["state"], by=user, facts=facts),
        "due": _due(row, milestones=milestones, deliveries=deliveries),
        "is_party": party,
        "review_reasons": row["review_reasons"] if works_for_buyer(row, user) else "",
        "paid": sum((m["paid"] for m in milestones), ZERO_YUAN),
        "signatures": signatures,
        "sessions": [{**s, "evidence": [files[f] for f in s["evidence"] if f in files]} for s in sessions],
        "invoices": invoices,
        "changes": changes,
        "milestones": [
            {
                **m,
                "certificate": f"/contracts/{code}/acceptances/{m['number']}" if m["accepted_at"] else None,
                "deliveries": [
                    _delivery(d, opinions, files, party=party) for d in deliveries if d["milestone"] == m["id"]
                ],
            }
            for m in milestones
        ],
    }
    return msgspec.convert(card, ContractCard, from_attributes=True)


def _due(row: dict[str, Any], *, milestones: list[dict[str, Any]], deliveries: list[dict[str, Any]]) -> list[DueLine]:
    """Return what the contract waits for; a report that was sent back is due on its day of repair instead."""
    latest = {d["milestone"]: d for d in deliveries}
    waiting = [m for m in milestones if not m["accepted_at"] and latest.get(m["id"], {}).get("state") != "reported"]
    repairs = [latest[m["id"]]["repair_by"] for m in waiting if m["id"] in latest]
    dated = Dated(
        state=State(row["state"]),
        sign_by=row["sign_by"],
        milestones_due=[m["due_on"] for m in waiting if m["id"] not in latest],
        repairs_due=repairs,
    )
    return [DueLine(act=str(act), last_on=local_date(until - _INSTANT), until=until) for until, act in due(dated)]


async def _reads_invoices(row: dict[str, Any], user: User) -> bool:
    sql = f"SELECT 1 FROM contract c WHERE c.id = $3 AND {INVOICE_VISIBLE}"  # noqa: S608
    return await one(sql, *reader(user), row["id"]) is not None


def _delivery(
    row: dict[str, Any], opinions: list[dict[str, Any]], files: dict[str, FileLine], *, party: bool
) -> DeliveryLine:
    said = [o for o in opinions if o["delivery"] == row["id"]]
    return msgspec.convert(
        {
            **row,
            "note": row["note"] if party else "",
            "evidence": [files[code] for code in row["evidence"] if code in files],
            "opinions": said if party or row["state"] == DeliveryState.ACCEPTED else [],
        },
        DeliveryLine,
        from_attributes=True,
    )


async def _files(contract: str, holders: list[dict[str, Any]]) -> dict[str, FileLine]:
    cards = await attachment_cards(codes={code for holder in holders for code in holder["evidence"]})
    return {
        card.code: FileLine(
            code=card.code, name=card.name, size=card.size, url=f"/contracts/{contract}/files/{card.code}"
        )
        for card in cards
    }


async def _facts(
    row: dict[str, Any],
    *,
    milestones: list[dict[str, Any]],
    deliveries: list[dict[str, Any]],
    opinions: list[dict[str, Any]],
    signatures: list[dict[str, Any]],
    changes: Changes,
    party: bool,
    user: User,
) -> frozenset[str]:
    """Return what holds for the contract and the reader, so that a page offers only what would not be refused."""
    facts = set()
    pending = [d for d in deliveries if d["state"] == DeliveryState.REPORTED]
    if user.organization == row["supplier"]:
        facts.add("is_supplier")
        waiting = {d["milestone"] for d in pending}
        if any(not m["accepted_at"] and m["id"] not in waiting for m in milestones):
            facts.add("has_milestone_to_deliver")
        if any(m["accepted_at"] and m["invoiced"] < m["amount"] for m in milestones):
            facts.add("has_milestone_to_invoice")
    if user.organization == row["street"]:
        facts |= await _facts_of_street(row, pending=pending, opinions=opinions, waiting=changes.waiting, user=user)
    is_side = (user.organization or "") in (row["street"], row["supplier"])
    if is_side and changes.waiting is None and not all(m["accepted_at"] for m in milestones):
        facts |= {"may_change"} if pending else {"may_change", "may_end"}
    side = side_of(row, user)
    if side and side not in {signature["side"] for signature in signatures}:
        facts.add("may_sign")
    mine = {o["delivery"] for o in opinions if o["account"] == user.account}
    # A committee is no party but for its residents, so that who represents them and reads all speaks for them.
    if any(d["id"] not in mine for d in pending) and party and user.may_be(Role.RESIDENT_REPRESENTATIVE):
        facts.add("has_delivery_to_judge")
    return frozenset(facts)


async def _facts_of_street(
    row: dict[str, Any],
    *,
    pending: list[dict[str, Any]],
    opinions: list[dict[str, Any]],
    waiting: str | None,
    user: User,
) -> set[str]:
    facts = {"is_of_street"} | ({"not_my_draft"} if row["drafted_by"] != user.account else set())
    if user.account not in (row["drafted_by"], row["reviewed_by"]) and pending:
        facts.add("has_delivery_to_return")
        heard = {o["delivery"] for o in opinions if o["account"] != user.account}
        if any(d["id"] in heard for d in pending):
            facts.add("has_delivery_to_accept")
    if not objections_to_closing(**await settlement(contract=row), waiting=waiting):
        facts.add("is_settled")
    return facts


async def settlement(*, contract: dict[str, Any]) -> dict[str, Any]:
    """Return what the rule of closing asks: not accepted, amount, paid, invoices under way."""
    milestones = await rows(_MILESTONES, contract["id"])
    invoices = await rows(_INVOICES, contract["id"])
    return {
        "unaccepted": [m["number"] for m in milestones if not (m["accepted_at"] or contract["terminated_at"])],
        "amount": contract["amount"] - contract["released"],
        "paid": sum((m["paid"] for m in milestones), ZERO_YUAN),
        "open_invoices": sum(i["state"] in (InvoiceState.SUBMITTED, InvoiceState.APPROVED) for i in invoices),
    }


async def contracts_page(*, user: User, after: str | None = None) -> Listing[ContractLine]:
    """Return the contracts a reader may see, newest first, 50 a page; the cursor is the last row's number."""
    cursor = int(after) if after and after.isdecimal() and len(after) <= _LONGEST_CURSOR else None
    found = await rows(
        f"SELECT c.*, c.until_on - 1 AS last_on, '/contracts/' || c.code AS url FROM contract c WHERE {VISIBLE}"  # noqa: S608
        f" AND ($3::bigint IS NULL OR c.id < $3) ORDER BY c.id DESC LIMIT {PAGE + 1}",
        *reader(user),
        cursor,
    )
    items = msgspec.convert(found[:PAGE], list[ContractLine], from_attributes=True)
    return Listing(items=items, next=str(found[PAGE - 1]["id"]) if len(found) > PAGE else None)


async def contract_facts(*, code: str) -> ContractFacts:
    """Return a contract's facts for an upper room. Raises NotFound."""
    row = await one("SELECT * FROM contract WHERE code = $1", code)
    if row is None:
        raise NotFound
    milestones = await rows(_MILESTONES, row["id"])
    sessions = await rows(
        "SELECT number, held_on, quantity, unit, cardinality(evidence) > 0 AS has_evidence FROM service_session"
        " WHERE contract = $1 ORDER BY number",
        row["id"],
    )
    return msgspec.convert(
        {
            **row,
            "milestones": msgspec.convert(milestones, list[MilestoneFacts], from_attributes=True),
            "sessions": msgspec.convert(sessions, list[SessionFacts], from_attributes=True),
        },
        ContractFacts,
        from_attributes=True,
    )


async def evidence_for(*, code: str, attachment: str, user: User) -> None:
    """Let a party read a file that a session, delivery, change or signature names. Raises NotFound for all else."""
    row = await contract_row(code=code, user=user)
    named = await one(
        "SELECT 1 FROM service_session WHERE contract = $1 AND $2 = ANY (evidence) UNION ALL"
        " SELECT 1 FROM contract_delivery d JOIN contract_milestone m ON m.id = d.milestone"
        " WHERE m.contract = $1 AND $2 = ANY (d.evidence) UNION ALL"
        " SELECT 1 FROM contract_amendment WHERE contract = $1 AND $2 = ANY (evidence) UNION ALL"
        " SELECT 1 FROM contract_signature WHERE contract = $1 AND scan = $2",
        row["id"],
        attachment,
    )
    if named is None or not await is_party(row, user):
        raise NotFound


async def service_standard_under(*, contract: str) -> str | None:
    """Return where the service standard stands under which a contract's need was made; None without one."""
    row = await one(f"SELECT {_STANDARD} FROM contract c WHERE c.code = $1", contract)  # noqa: S608
    return row["service_standard"] if row else None
