"""The service itself: sessions and deliveries by the supplier, the residents' opinion, acceptance by the street."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import msgspec

from contracts.actions.locking import lock_contract, milestone_of, moved, pending_delivery, residents_heard
from contracts.queries import ContractCard, contract_for
from contracts.queries.awards import hands_behind
from contracts.queries.law import law_of_contract
from contracts.queries.parties import speaks_for_residents
from contracts.rules import performance as rules
from contracts.states import CONTRACT, Act, DeliveryState
from contracts.tables import Delivery, Opinion, ServiceSession
from market.base.calendar import local_date
from market.base.database import one, rows, transaction
from market.base.ledger import record
from market.base.lifecycle import objections_to_state
from market.base.refusal import NotFound, Objection, refuse_if
from market.people.attachments import objections_to_attachments
from market.people.states import User


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of the service ledger; `evidence` are codes of the supplier's files."""

    held_on: date
    quantity: Decimal
    unit: str
    place: str = ""
    note: str = ""
    evidence: Sequence[str] = ()


class Findings(msgspec.Struct, frozen=True, kw_only=True):
    """What the street found, standard by standard, and its conclusion."""

    technical: str
    service: str
    safety: str
    conclusion: str


async def record_session(*, code: str, session: Session, by: User, now: datetime) -> ContractCard:
    """Record a session in the service ledger. Refused outside the term, ahead of time, or with files of others."""
    async with transaction():
        row = await lock_contract(code=code, by=by, side="supplier")
        refuse_if(
            [
                *objections_to_state(CONTRACT, Act.RECORD_SESSION, row["state"]),
                *rules.objections_to_session(
                    held_on=session.held_on,
                    today=local_date(now),
                    from_on=row["from_on"],
                    until_on=row["until_on"],
                    quantity=session.quantity,
                ),
                *await objections_to_attachments(codes=session.evidence, field="evidence", by=by),
            ]
        )
        last = await one(
            "SELECT coalesce(max(number), 0) AS number FROM service_session WHERE contract = $1", row["id"]
        )
        assert last is not None  # noqa: S101  refused above, or never deleted
        number = last["number"] + 1
        await ServiceSession.insert(
            ServiceSession(
                contract=row["id"],
                number=number,
                held_on=session.held_on,
                place=session.place,
                unit=session.unit,
                quantity=session.quantity,
                note=session.note,
                evidence=list(session.evidence),
                recorded_by=by.account,
                recorded_at=now,
            )
        )
        detail = {"session": number, "held_on": session.held_on, "quantity": session.quantity, "unit": session.unit}
        await record(room="contracts", act=Act.RECORD_SESSION, code=code, by=by, now=now, detail=detail)
        return await contract_for(code=code, user=by)


async def report_delivery(
    *, code: str, milestone: int, note: str, evidence: Sequence[str], by: User, now: datetime
) -> ContractCard:
    """Report a milestone as delivered, with evidence. Refused while a report of it waits, and once it is accepted."""
    async with transaction():
        row = await lock_contract(code=code, by=by, side="supplier")
        stage = await milestone_of(contract=row["id"], number=milestone)
        pending = await pending_delivery(contract=row["id"], number=milestone)
        refuse_if(
            [
                *objections_to_state(CONTRACT, Act.REPORT_DELIVERY, row["state"]),
                *rules.objections_to_report(
                    exists=stage is not None,
                    accepted=bool(stage and stage["accepted_at"]),
                    pending=pending is not None,
                    evidence=evidence,
                ),
                *await objections_to_attachments(codes=evidence, field="evidence", by=by),
            ]
        )
        assert stage is not None  # noqa: S101  refused above, or never deleted
        earlier = await rows("SELECT 1 FROM contract_delivery WHERE milestone = $1", stage["id"])
        await Delivery.insert(
            Delivery(
                milestone=stage["id"],
                number=len(earlier) + 1,
                state=DeliveryState.REPORTED,
                note=note,
                evidence=list(evidence),
                reported_by=by.account,
                reported_at=now,
            )
        )
        await moved(row["id"])
        detail = {"milestone": milestone, "report": len(earlier) + 1, "evidence": list(evidence)}
        await record(room="contracts", act=Act.REPORT_DELIVERY, code=code, by=by, now=now, detail=detail)
        return await contract_for(code=code, user=by)


async def give_opinion(
    *, code: str, milestone: int, satisfied: bool, text: str, by: User, now: datetime
) -> ContractCard:
    """Say for the residents what they think of a reported delivery; nothing is accepted before somebody did."""
    async with transaction():
        row = await lock_contract(code=code, by=by)
        if not await speaks_for_residents(row, by):
            raise NotFound
        pending = await pending_delivery(contract=row["id"], number=milestone)
        heard = await residents_heard(delivery=pending["id"]) if pending else []
        refuse_if(
            [
                *objections_to_state(CONTRACT, Act.GIVE_OPINION, row["state"]),
                *rules.objections_to_opinion(
                    pending=pending is not None,
                    given=any(o["account"] == by.account for o in heard),
                    delivered_it=pending is not None and pending["reported_by"] == by.account,
                    satisfied=satisfied,
                    text=text,
                ),
            ]
        )
        assert pending is not None  # noqa: S101  refused above, or never deleted
        await Opinion.insert(
            Opinion(
                delivery=pending["id"],
                account=by.account,
                name=by.name,
                organization_name=by.organization_name,
                satisfied=satisfied,
                text=text,
                given_at=now,
            )
        )
        await moved(row["id"])
        detail = {"milestone": milestone, "report": pending["number"], "satisfied": satisfied}
        await record(room="contracts", act=Act.GIVE_OPINION, code=code, by=by, now=now, detail=detail)
        return await contract_for(code=code, user=by)


async def accept_delivery(
    *, code: str, milestone: int, findings: Findings, expected: int | None, by: User, now: datetime
) -> ContractCard:
    """Accept a reported delivery, standard by standard, and publish the result.

    Refused for who tendered, drafted, reviewed or delivered (E-13), and before a resident representative was heard
    (C-11).
    """
    async with transaction():
        row = await lock_contract(code=code, by=by, side="street", expected=expected)
        pending = await pending_delivery(contract=row["id"], number=milestone)
        heard = await residents_heard(delivery=pending["id"]) if pending else []
        refuse_if(
            [
                *objections_to_state(CONTRACT, Act.ACCEPT_DELIVERY, row["state"]),
                *await _objections_to_earlier_hands(row, pending, by=by),
                *rules.objections_to_acceptance(
                    pending=pending is not None,
                    by=by.account,
                    drafter=row["drafted_by"],
                    reviewer=row["reviewed_by"],
                    residents=[o["account"] for o in heard],
                ),
            ]
        )
        assert pending is not None  # noqa: S101  refused above, or never deleted
        law = await law_of_contract(row=row, now=now)
        publish_by = rules.publish_acceptance_by(accepted_on=local_date(now), law=law)
        await rows(
            "UPDATE contract_delivery SET state = 'accepted', technical = $2, service = $3, safety = $4,"
            " conclusion = $5, judged_by = $6, judged_name = $7, judged_at = $8, publish_by = $9 WHERE id = $1",
            pending["id"],
            findings.technical,
            findings.service,
            findings.safety,
            findings.conclusion,
            by.account,
            by.name,
            now,
            publish_by,
        )
        await rows("UPDATE contract_milestone SET accepted_at = $2 WHERE id = $1", pending["milestone"], now)
        await moved(row["id"])
        public = _acceptance(row, pending, findings=findings, heard=heard, by=by, now=now, publish_by=publish_by)
        await record(room="contracts", act=Act.ACCEPT_DELIVERY, code=code, by=by, now=now, public=public)
        return await contract_for(code=code, user=by)


async def _objections_to_earlier_hands(
    row: dict[str, Any], pending: dict[str, Any] | None, *, by: User
) -> list[Objection]:
    buyers = await hands_behind(tender=row["tender"], need=row["need"])
    reporter = pending["reported_by"] if pending else None
    return rules.objections_to_earlier_hands(by=by.account, buyers=buyers, reporter=reporter)


def _acceptance(
    row: dict[str, Any],
    pending: dict[str, Any],
    *,
    findings: Findings,
    heard: list[dict[str, Any]],
    by: User,
    now: datetime,
    publish_by: date,
) -> dict[str, Any]:
    """Return the published result of an acceptance: contract, parties, day, group and opinions. Law: L-18."""
    kept = ("code", "title", "tender", "street", "street_name", "supplier", "supplier_name")
    return {
        **{name: row[name] for name in kept},
        "milestone": pending["milestone_number"],
        "milestone_title": pending["title"],
        "accepted_at": now,
        "publish_by": publish_by,
        "accepted_by": by.name,
        "residents": [{"name": o["name"], "satisfied": o["satisfied"], "text": o["text"]} for o in heard],
        **msgspec.structs.asdict(findings),
    }


async def return_delivery(
    *, code: str, milestone: int, reasons: str, repair_by: date, expected: int | None, by: User, now: datetime
) -> ContractCard:
    """Send a reported delivery back with reasons and a day for the repair; the supplier reports it anew."""
    async with transaction():
        row = await lock_contract(code=code, by=by, side="street", expected=expected)
        pending = await pending_delivery(contract=row["id"], number=milestone)
        refuse_if(
            [
                *objections_to_state(CONTRACT, Act.RETURN_DELIVERY, row["state"]),
                *await _objections_to_earlier_hands(row, pending, by=by),
                *rules.objections_to_sending_back(
                    pending=pending is not None,
                    by=by.account,
                    drafter=row["drafted_by"],
                    reviewer=row["reviewed_by"],
                    repair_by=repair_by,
                    today=local_date(now),
                ),
            ]
        )
        assert pending is not None  # noqa: S101  refused above, or never deleted
        await rows(
            "UPDATE contract_delivery SET state = 'returned', conclusion = $2, repair_by = $3, judged_by = $4,"
            " judged_name = $5, judged_at = $6 WHERE id = $1",
            pending["id"],
            reasons,
            repair_by,
            by.account,
            by.name,
            now,
        )
        await moved(row["id"])
        detail = {"milestone": milestone, "report": pending["number"], "repair_by": repair_by}
        await record(room="contracts", act=Act.RETURN_DELIVERY, code=code, by=by, now=now, detail=detail)
        return await contract_for(code=code, user=by)
