"""What waits for a reader in contracts: for each role, what to do, where, until when, under which rule."""

from datetime import datetime
from typing import Any

from contracts.queries.changes import changes_to_sign
from contracts.queries.parties import STREETS_OF_COMMITTEE, side_of
from contracts.states import Act, InvoiceState, Side, State
from market.base.database import rows
from market.base.records import Waiting
from market.people.states import Role, User


async def waiting_for(*, user: User, now: datetime) -> list[Waiting]:  # noqa: ARG001  every room's signature
    """Return what this reader must do about contracts and invoices."""
    if not user.organization:
        return []
    found: list[Waiting] = []
    if user.may_be(Role.LEGAL_REVIEWER):
        found += await _reviews(user)
    if user.may_be(Role.APPROVER, Role.ORGANIZATION_ADMINISTRATOR):
        found += await _signatures(user)
        found += [
            Waiting(title=row["title"], act=str(Act.SIGN_AMENDMENT), url=f"/amendments/{row['code']}", law="C-7")
            for row in await changes_to_sign(user=user)
        ]
    if user.may_be(Role.ORGANIZATION_ADMINISTRATOR, Role.BIDDER):
        found += await _work_of_supplier(user)
    if user.may_be(Role.RESIDENT_REPRESENTATIVE):
        found += await _opinions(user)
    if user.may_be(Role.STREET_SUPERVISOR):
        found += await _acceptances(user)
    if user.may_be(Role.BUDGET_OFFICER):
        found += await _invoices(user)
    if user.may_be(Role.PURCHASER):
        found += await _closings(user)
    return found


def _contract(row: dict[str, Any], act: Act, *, law: str, by_when: Any = None) -> Waiting:
    return Waiting(title=row["title"], act=str(act), url=f"/contracts/{row['code']}", by_when=by_when, law=law)


async def _reviews(user: User) -> list[Waiting]:
    found = await rows(
        "SELECT code, title, sign_by FROM contract WHERE street = $1 AND state = $2 AND drafted_by <> $3"
        " ORDER BY sign_by, id LIMIT 100",
        user.organization,
        str(State.DRAFTED),
        user.account,
    )
    return [_contract(row, Act.REVIEW_CONTRACT, law="B-4", by_when=row["sign_by"]) for row in found]


async def _signatures(user: User) -> list[Waiting]:
    found = await rows(
        "SELECT c.*, ARRAY(SELECT s.side FROM contract_signature s WHERE s.contract = c.id) AS signed FROM contract c"
        " WHERE (c.street = $1 OR c.supplier = $1) AND c.state = $2 ORDER BY c.sign_by, c.id LIMIT 100",
        user.organization,
        str(State.REVIEWED),
    )
    waiting = [row for row in found if (side := side_of(row, user)) and Side(side) not in row["signed"]]
    return [_contract(row, Act.SIGN_CONTRACT, law="L-11", by_when=row["sign_by"]) for row in waiting]


async def _work_of_supplier(user: User) -> list[Waiting]:
    found = await rows(
        "SELECT c.code, c.title || ' · ' || m.title AS title, m.accepted_at, coalesce((SELECT max(d.repair_by)"
        " FROM contract_delivery d WHERE d.milestone = m.id), m.due_on) AS due_on FROM contract c"
        " JOIN contract_milestone m ON m.contract = c.id WHERE c.supplier = $1"
        " AND (c.state = $2 OR c.state IN ('suspended', 'terminated') AND m.accepted_at IS NOT NULL)"
        " AND NOT EXISTS (SELECT 1 FROM contract_delivery d WHERE d.milestone = m.id AND d.state = 'reported')"
        " AND (m.accepted_at IS NULL OR m.amount > coalesce((SELECT sum(i.amount - i.credited) FROM invoice i"
        " WHERE i.milestone = m.id AND i.state <> 'returned'), 0)) ORDER BY m.due_on, m.id LIMIT 100",
        user.organization,
        str(State.IN_FORCE),
    )
    return [
        _contract(row, Act.SUBMIT_INVOICE, law="C-17")
        if row["accepted_at"]
        else _contract(row, Act.REPORT_DELIVERY, law="C-17", by_when=row["due_on"])
        for row in found
    ]


_PENDING = (
    "SELECT c.*, c.title || ' · ' || m.title AS title FROM contract c JOIN contract_milestone m ON m.contract = c.id"
    " JOIN contract_delivery d ON d.milestone = m.id AND d.state = 'reported'"
    " WHERE c.state IN ('in-force', 'suspended')"
)


async def _opinions(user: User) -> list[Waiting]:
    found = await rows(
        _PENDING + f" AND NOT EXISTS (SELECT 1 FROM contract_opinion o WHERE o.delivery = d.id AND o.account = $1)"  # noqa: S608
        f" AND c.street IN ({STREETS_OF_COMMITTEE.format(committee='$2')}) ORDER BY d.reported_at LIMIT 100",
        user.account,
        user.organization,
    )
    return [_contract(row, Act.GIVE_OPINION, law="C-11") for row in found]


async def _acceptances(user: User) -> list[Waiting]:
    found = await rows(
        _PENDING + " AND c.street = $1 AND $2 NOT IN (c.drafted_by, c.reviewed_by)"  # noqa: S608
        " AND EXISTS (SELECT 1 FROM contract_opinion o WHERE o.delivery = d.id) ORDER BY d.reported_at LIMIT 100",
        user.organization,
        user.account,
    )
    return [_contract(row, Act.ACCEPT_DELIVERY, law="C-10") for row in found]


async def _invoices(user: User) -> list[Waiting]:
    found = await rows(
        "SELECT i.code, i.state, i.pay_by, c.title || ' · ' || m.title AS title FROM invoice i"
        " JOIN contract_milestone m ON m.id = i.milestone JOIN contract c ON c.id = m.contract"
        " JOIN contract_delivery d ON d.milestone = m.id AND d.state = 'accepted' WHERE c.street = $1"
        " AND (i.state = 'submitted' AND $2 NOT IN (d.judged_by, c.drafted_by)"
        " OR i.state = 'approved' AND i.judged_by <> $2)"
        " ORDER BY i.pay_by, i.id LIMIT 100",
        user.organization,
        user.account,
    )
    acts = {InvoiceState.SUBMITTED: Act.APPROVE_INVOICE, InvoiceState.APPROVED: Act.RECORD_PAYMENT}
    return [
        Waiting(
            title=row["title"],
            act=str(acts[InvoiceState(row["state"])]),
            url=f"/invoices/{row['code']}",
            by_when=row["pay_by"],
            law="C-13",
        )
        for row in found
    ]


async def _closings(user: User) -> list[Waiting]:
    found = await rows(
        "SELECT c.code, c.title FROM contract c WHERE c.street = $1 AND (c.state = $2 OR c.state = 'terminated')"
        " AND c.amount - c.released = (SELECT coalesce(sum(p.amount), 0) FROM invoice_payment p"
        " JOIN invoice i ON i.id = p.invoice JOIN contract_milestone m ON m.id = i.milestone"
        " WHERE m.contract = c.id) ORDER BY c.id LIMIT 100",
        user.organization,
        str(State.IN_FORCE),
    )
    return [_contract(row, Act.CLOSE_CONTRACT, law="C-17") for row in found]
