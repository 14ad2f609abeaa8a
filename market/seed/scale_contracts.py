"""The rows and events of the contracts of a large town, from the draft to the last payment."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import msgspec

from contracts.actions.drafting import fingerprint_of
from contracts.agenda import PaymentClock, next_turn_at
from contracts.forms import STANDARD_CLAUSES
from contracts.rules.terms import MilestoneTerm, Terms
from contracts.states import InvoiceState, TaxStatus
from market.base.calendar import local_date
from market.people.states import Role
from market.seed.scale_people import Hand, House, bank_account
from market.seed.scale_plan import Stage, closed_at, is_over
from market.seed.scale_rows import Book, Notice, parts_of
from market.tendering.queries import AwardFacts

EVIDENCE = "服务记录样本.txt"
_MEDIA_TYPE = "text/plain"
_HOUR = timedelta(hours=1)
_FINDINGS = {
    "technical": "达标：服务记录完整，抽查无缺项。",
    "service": "达标：服务量与台账一致。",
    "safety": "达标：无安全责任事故。",
    "conclusion": "验收合格，同意按合同支付本里程碑价款。",
}
_HEARD = "服务人员态度好，来得准时，居民满意。"
_PARTIES = ("code", "title", "tender", "street", "street_name", "supplier", "supplier_name")
_PUBLISHED = (
    *("code", "tender", "need", "item", "title", "street", "street_name", "supplier", "supplier_name", "amount"),
    *("from_on", "until_on", "content", "quantity", "quality", "settlement", "acceptance", "signed_at", "publish_by"),
    "fingerprint",
)


class Contracts:
    """Writes contracts into the book; all deliveries of a supplier refer to its one file of evidence."""

    def __init__(self, book: Book, *, digest: str, size: int) -> None:
        """Keep the digest and size of the stored evidence."""
        self._book = book
        self._digest = digest
        self._size = size
        self._files: dict[int, str] = {}

    def write(self, notice: Notice) -> None:
        """Write the contract of an award as far as it has come, unless it is not drafted yet."""
        dates, people = notice.plan.dates, self._book.people
        if notice.contract is None:
            return
        supplier = people.supplier(notice.winner)
        hands = {role: people.hand(notice.plan.office, role) for role in _ROLES}
        number = self._book.next_id("contract")
        signed = is_over(dates.signed_at)
        reviewed = is_over(dates.reviewed_at)
        closing = closed_at(notice.plan.stages)
        closed = signed and is_over(closing)
        award, terms = _award(notice, supplier), _terms(notice, supplier)
        words = {name: value for name, value in msgspec.structs.asdict(terms).items() if name != "milestones"}
        row: dict[str, Any] = {
            **words,
            "id": number,
            "code": notice.contract,
            "tender": notice.code,
            "live_tender": notice.code,
            "need": notice.need,
            "item": notice.item,
            "street": notice.office.code,
            "street_name": notice.office.name,
            "supplier_name": supplier.name,
            "award_sent_on": award.awarded_on,
            "sign_by": award.sign_by,
            "title": notice.title,
            "fingerprint": fingerprint_of(award, terms),
            "state": "closed" if closed else "in-force" if signed else "reviewed" if reviewed else "drafted",
            "drafted_by": hands[Role.PURCHASER].login,
            "drafted_at": dates.drafted_at,
            "reviewed_by": hands[Role.LEGAL_REVIEWER].login if reviewed else None,
            "reviewed_at": dates.reviewed_at if reviewed else None,
            "signed_at": dates.signed_at if signed else None,
            "publish_by": dates.publish_by if signed else None,
            "closed_at": closing if closed else None,
        }
        self._book.add("contract", row)
        parts = parts_of(notice.amount, notice.plan)
        milestones = [
            {
                "id": self._book.next_id("contract_milestone"),
                "contract": number,
                "number": stage.number,
                "title": stage.title,
                "due_on": stage.due_on,
                "share": stage.share,
                "amount": part,
                "accepted_at": stage.accepted_at if signed and is_over(stage.accepted_at) else None,
            }
            for stage, part in zip(notice.plan.stages, parts, strict=True)
        ]
        for milestone in milestones:
            self._book.add("contract_milestone", milestone)
        if signed:
            self._sign(row, milestones, hands[Role.APPROVER], people.bidder(notice.winner))
        for stage, milestone in zip(notice.plan.stages, milestones, strict=True):
            if milestone["accepted_at"]:
                self._deliver(notice, row, stage, milestone, supplier)
        if closed:
            public = {name: row[name] for name in ("code", "tender", "street", "supplier", "amount")}
            public |= {"paid": row["amount"], "closed_at": closing}
            self._event("close-contract", row["code"], by=hands[Role.PURCHASER], at=closing, public=public)

    def _event(self, act: str, code: str, *, by: Hand, at: datetime, public: Mapping[str, Any]) -> None:
        self._book.event(f"contracts:{act}", code, by=by, at=at, public=dict(public))

    def _sign(self, row: dict[str, Any], milestones: list[dict[str, Any]], buyer: Hand, supplier: Hand) -> None:
        signed_at = row["signed_at"]
        for side, hand, at in (("buyer", buyer, signed_at - _HOUR), ("supplier", supplier, signed_at)):
            signature = (row["id"], side, hand.login, hand.name, hand.organization, row["fingerprint"], at)
            self._book.rows["contract_signature"].append(signature)
        kept = ("number", "title", "due_on", "share", "amount")
        stages = [{**{name: milestone[name] for name in kept}, "standard": ""} for milestone in milestones]
        public = {"in_force": True, **{name: row[name] for name in _PUBLISHED}, "milestones": stages}
        self._event("sign-contract", row["code"], by=supplier, at=signed_at, public=public)

    def _deliver(
        self, notice: Notice, row: dict[str, Any], stage: Stage, milestone: dict[str, Any], supplier: House
    ) -> None:
        people, book = self._book.people, self._book
        supervisor = people.hand(notice.plan.office, Role.STREET_SUPERVISOR)
        resident = people.hand(notice.plan.office, Role.RESIDENT_REPRESENTATIVE)
        reporter = people.bidder(notice.winner)
        number = book.next_id("contract_delivery")
        book.rows["contract_delivery"].append(
            (
                *(number, milestone["id"], 1, "accepted", "本期服务按计划完成，台账与签到表附后。"),
                *([self._evidence(notice.winner, reporter, stage.reported_at)], reporter.login, stage.reported_at),
                *(*_FINDINGS.values(), supervisor.login, supervisor.name, stage.accepted_at, stage.publish_by),
            )
        )
        committee = people.committee(notice.plan.office).name
        heard_at = stage.accepted_at - 2 * _HOUR
        book.rows["contract_opinion"].append((number, resident.login, resident.name, committee, True, _HEARD, heard_at))
        public = {
            **{name: row[name] for name in _PARTIES},
            "milestone": stage.number,
            "milestone_title": stage.title,
            "accepted_at": stage.accepted_at,
            "publish_by": stage.publish_by,
            "accepted_by": supervisor.name,
            "residents": [{"name": resident.name, "satisfied": True, "text": _HEARD}],
            **_FINDINGS,
        }
        self._event("accept-delivery", row["code"], by=supervisor, at=stage.accepted_at, public=public)
        if is_over(stage.invoiced_at):
            self._invoice(notice, row, stage, milestone, supplier)

    def _evidence(self, supplier: int, hand: Hand, at: datetime) -> str:
        if supplier not in self._files:
            code = self._files[supplier] = f"A-{hand.organization}"
            file = (code, hand.organization, hand.login, EVIDENCE, _MEDIA_TYPE, self._size, self._digest, at)
            self._book.rows["attachment"].append(file)
        return self._files[supplier]

    def _invoice(
        self, notice: Notice, row: dict[str, Any], stage: Stage, milestone: dict[str, Any], supplier: House
    ) -> None:
        book, people = self._book, self._book.people
        asker = people.bidder(notice.winner)
        approves, pays = (people.hand(notice.plan.office, Role.BUDGET_OFFICER, which) for which in (1, 2))
        approved, paid = is_over(stage.approved_at), is_over(stage.paid_at)
        year, number = local_date(stage.invoiced_at).year, book.next_id("invoice")
        series = f"invoice-{supplier.code}-{year}"
        book.series[series] += 1
        code = f"I-{supplier.code}-{year}-{book.series[series]:04d}"
        state = InvoiceState.PAID if paid else InvoiceState.APPROVED if approved else InvoiceState.SUBMITTED
        clock = PaymentClock(state=state, pay_by=stage.pay_by, received_at=stage.invoiced_at)
        book.rows["invoice"].append(
            (
                *(number, code, supplier.code, year, book.series[series], milestone["id"], milestone["amount"]),
                *(supplier.name, "示例银行", bank_account(notice.winner), str(TaxStatus.EXEMPT)),
                *(str(state), asker.login, stage.invoiced_at),
                *(stage.pay_by, approves.login if approved else None, stage.approved_at if approved else None),
                next_turn_at(clock),
            )
        )
        if not paid:
            return
        paid_on = local_date(stage.paid_at)
        reference = f"国库支付凭证 {paid_on:%Y%m%d}-{number:06d}"
        book.rows["invoice_payment"].append(
            (number, 1, milestone["amount"], paid_on, reference, pays.login, stage.paid_at)
        )
        public = {
            "contract": row["code"],
            "milestone": stage.number,
            "street": row["street"],
            "supplier": row["supplier"],
            "amount": milestone["amount"],
            "paid_on": paid_on,
            "payment": 1,
        }
        self._event("record-payment", code, by=pays, at=stage.paid_at, public=public)


_ROLES = (Role.PURCHASER, Role.APPROVER, Role.LEGAL_REVIEWER)


def _award(notice: Notice, supplier: House) -> AwardFacts:
    """Return the award as the contracts room reads it."""
    dates = notice.plan.dates
    return AwardFacts(
        tender=notice.code,
        need=notice.need,
        title=notice.title,
        street=notice.office.code,
        street_name=notice.office.name,
        supplier=supplier.code,
        supplier_name=supplier.name,
        amount=notice.amount,
        awarded_on=local_date(dates.decided_at),
        item=notice.item,
        notice_url=f"/tenders/{notice.code}",
        service_from=dates.service_from,
        service_until=dates.service_until,
        state=notice.plan.fate,
        sign_by=dates.award.sign_by,
        terms=[],
    )


def _terms(notice: Notice, supplier: House) -> Terms:
    """Return the award's terms in the standard words."""
    dates = notice.plan.dates
    return Terms(
        supplier=supplier.code,
        amount=notice.amount,
        from_on=dates.service_from,
        until_on=dates.service_until,
        content=notice.requirement,
        milestones=[
            MilestoneTerm(number=s.number, title=s.title, due_on=s.due_on, share=s.share) for s in notice.plan.stages
        ],
        **STANDARD_CLAUSES,
    )
