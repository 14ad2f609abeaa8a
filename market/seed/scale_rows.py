"""The rows and events of the purchases of a large town up to the award, as their plans tell them."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

import msgspec

from market.base.calendar import local_date
from market.base.money import share
from market.needs.rules import Target
from market.needs.states import QUESTIONS, Answer
from market.people.states import CLOCK, Role
from market.seed import scale_words as words
from market.seed.scale_bids import DECIDED, OPENED, Bids, price_of
from market.seed.scale_columns import COLUMNS
from market.seed.scale_people import Hand, House, People, Row
from market.seed.scale_plan import Plan, Planner, is_over, need_drafted_at, tender_drafted_at
from market.tendering.rules.finding import notice_terms
from market.tendering.rules.terms import Criterion, MilestoneTerm, Terms

_PADDED_TO = 1024
_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
_HUNDREDS = Decimal(100)
_CRITERIA = [
    Criterion(number=n, title=title, points=Decimal(points), guide=guide)
    for n, (title, points, guide) in enumerate(words.CRITERIA, 1)
]
_ANSWERS = {str(question): str(Answer.NO) for question in QUESTIONS}
_CLOCK = Hand(CLOCK.account, CLOCK.name, "", ())


class Start(msgspec.Struct, frozen=True, kw_only=True):
    """Where the numbers of an installation stand before anything is added."""

    ids: Mapping[str, int]
    series: Mapping[str, int]


class Entries(msgspec.Struct, frozen=True, kw_only=True):
    """The services of the menu by number: code, official item and category."""

    menu: list[tuple[str, str, str]]


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """What the contract needs to know of its tender."""

    plan: Plan
    id: int
    code: str
    need: str
    item: str
    title: str
    requirement: str
    office: House
    winner: int
    amount: Decimal
    contract: str | None


class Book:
    """Collects rows table by table until they are copied, and gives them their numbers and codes."""

    def __init__(self, *, people: People, planner: Planner, entries: Entries, start: Start) -> None:
        """Begin where the installation stands."""
        self.people = people
        self.planner = planner
        self.entries = entries
        self.rows: dict[str, list[Row]] = {table: [] for table in COLUMNS}
        self.ids = Counter(start.ids)
        self.series = Counter(start.series)
        self.lines: dict[tuple[int, int, int], str] = {}
        self._started = start.series
        self._needs: dict[int, str] = {}
        self._bids = Bids(self)
        self._offices = [people.office(n) for n in range(people.size.offices)]

    def next_id(self, table: str) -> int:
        """Return the next id of a table."""
        self.ids[table] += 1
        return self.ids[table]

    def code(self, letter: str, moment: datetime) -> str:
        """Return the next code of a series."""
        series = f"{letter}-{local_date(moment).year}"
        self.series[series] += 1
        return f"{series}-{self.series[series]:04d}"

    def event(self, tag: str, code: str, *, by: Hand, at: datetime, **facts: Any) -> None:
        """Write a line of the ledger; `public` and `detail` as the act itself would."""
        public = facts.get("public")
        plain = None if public is None else msgspec.to_builtins(public)
        roles = " ".join(sorted((*by.roles, Role.ANYONE))) if by.roles else "clock"
        detail = msgspec.to_builtins(facts.get("detail", {}))
        self.rows["ledger_event"].append(
            (at, tag, code, by.login, by.name, roles, by.organization or None, plain, detail)
        )

    def tender_code(self, number: int) -> str:
        """Return the code of a purchase's tender, which is told before its turn has come."""
        year = local_date(tender_drafted_at(self.planner.day(number))).year
        place = self._started.get(f"T-{year}", 0) + number - self.planner.first_of_year(year) + 1
        return f"T-{year}-{place:04d}"

    def write(self, plan: Plan) -> Notice | None:
        """Write the need, when it is new, and the tender with its bids; return it when it was awarded."""
        office = self._offices[plan.office]
        if plan.root == plan.number:
            self._needs[plan.number] = self._write_need(plan, office)
        need = self._needs.pop(plan.root)
        if plan.fate in ("failed", "cancelled"):
            self._needs[plan.root] = need
        return self._write_tender(plan, office, need)

    def _write_need(self, plan: Plan, office: House) -> str:
        last = self.planner.plan(self.planner.last_attempt(plan.number))
        budget, amount, paid = money_of(last)
        menu, item, category = self.entries.menu[plan.menu]
        name, service = words.service_name(plan.menu)
        drafted = need_drafted_at(self.planner.day(plan.number))
        buyer, approver = (self.people.hand(plan.office, role) for role in (Role.PURCHASER, Role.APPROVER))
        code = self.code("N", drafted)
        street, on = self.people.street(plan.office), local_date(drafted)
        until = on + timedelta(days=400)
        targets = [
            Target(name="服务量", number=Decimal(plan.quantity), unit=service.unit, due_on=until),
            Target(name="服务对象满意度", number=Decimal(90), unit="分", due_on=until),
        ]
        facts = {
            "title": _title(street, on.year, name),
            "street": office.code,
            "item": item,
            "category": category,
            "budget": budget,
            "description": service.description,
            "standard": service.standard,
            "quantity": Decimal(plan.quantity),
            "unit": service.unit,
            "served": "辖区居民",
            "beneficiaries": plan.quantity // 5,
            "place": street,
            "term_months": 12,
            "targets": msgspec.to_builtins(targets),
        }
        row = {
            **facts,
            "code": code,
            "revision": 4 if amount is None else 5,
            "menu_item": menu,
            "answers": _ANSWERS,
            "consulted_on": on - 21 * _DAY,
            "consulted_how": "居民代表会议听取意见，赞成的占到会人数的九成以上。",
            "surveyed_on": on - 14 * _DAY,
            "surveyed": [],
            "budget_line": self.lines[plan.office, on.year, plan.menu % LINES],
            "committed": amount or Decimal(0),
            "paid": paid,
            "state": "tendering" if amount is None else "contracted",
            "hands": [buyer.login],
            "drafted_by": buyer.login,
            "drafted_at": drafted,
            "submitted_at": drafted + _HOUR,
            "reviewed_by": approver.login,
            "reviewed_at": drafted + 3 * _DAY,
            "reason": "需求依据充分，目标可衡量。",
            "tender": self.tender_code(last.number),
        }
        self.add("need", row)
        self.event(
            "needs:review-need", code, by=approver, at=drafted + 3 * _DAY, public=facts, detail={"decision": "approve"}
        )
        return code

    def add(self, table: str, row: Mapping[str, Any]) -> None:
        """Add a row, its columns in the order of the table."""
        self.rows[table].append(tuple(row[name] for name in COLUMNS[table]))

    def _write_tender(self, plan: Plan, office: House, need: str) -> Notice | None:
        dates = plan.dates
        drafted = tender_drafted_at(self.planner.day(plan.number))
        buyer, approver = (self.people.hand(plan.office, role) for role in (Role.PURCHASER, Role.APPROVER))
        name, service = words.service_name(plan.menu)
        terms = Terms(
            title=_title(self.people.street(plan.office), local_date(drafted).year, name),
            requirement=f"{service.description}\n{service.standard}",
            qualification=words.QUALIFICATION,
            budget=plan.budget,
            closes_at=dates.closes_at,
            opens_at=dates.closes_at,
            service_from=dates.service_from,
            service_until=dates.service_until,
            panel_size=3,
            price_points=Decimal(words.PRICE_POINTS),
            criteria=_CRITERIA,
            milestones=[
                MilestoneTerm(number=s.number, title=s.title, due_on=s.due_on, share=s.share) for s in plan.stages
            ],
        )
        code, number, item = self.code("T", drafted), self.next_id("tender"), self.entries.menu[plan.menu][1]
        contract = self.code("C", dates.drafted_at) if plan.fate in DECIDED and is_over(dates.drafted_at) else None
        identity = {"tender": code, "method": "competitive-consultation", "need": need, "street": office.code}
        identity |= {"street_name": office.name, "item": item}
        opened, decided = plan.fate in OPENED, plan.fate in DECIDED
        ended = {"failed": dates.opened_at, "cancelled": dates.closes_at - 2 * _DAY}.get(plan.fate)
        reason = {"failed": words.TOO_FEW, "cancelled": words.CANCELLED}.get(plan.fate, "")
        plain = msgspec.structs.asdict(terms)
        row = {
            **plain,
            "criteria": msgspec.to_builtins(terms.criteria),
            "milestones": msgspec.to_builtins(terms.milestones),
            "id": number,
            "code": code,
            "revision": {"open": 2, "opened": 3}.get(plan.fate, 3 if ended else 7),
            "need": need,
            "street": office.code,
            "item": item,
            "state": plan.fate,
            "drafted_by": buyer.login,
            "drafted_at": drafted,
            "published_by": approver.login,
            "published_at": dates.published_at,
            "questions_until": dates.questions_until,
            "opened_by": approver.login if opened else None,
            "opened_at": dates.opened_at if opened else None,
            "ranked_at": dates.reported_at - _HOUR if decided else None,
            "reported_at": dates.reported_at if decided else None,
            "decided_by": approver.login if decided else None,
            "decided_at": dates.decided_at if decided else None,
            "contract": contract,
            "ended_at": ended,
            "reason": reason,
            "search_terms": _found_by(code, terms.title, office.name, terms.requirement),
        }
        self.add("tender", row)
        published = {**msgspec.to_builtins(terms), **identity, "published_at": dates.published_at}
        published["questions_until"] = dates.questions_until
        self.event("tendering:publish-tender", code, by=approver, at=dates.published_at, public=published)
        self._bids.ask(plan, number=number, code=code, buyer=buyer)
        bids = self._bids.bid(plan, number=number, code=code)
        if ended:
            snapshot = {"tender": code, "title": terms.title, "state": plan.fate, "reason": reason}
            self._end(plan, code, snapshot, bids=len(bids), by=approver, at=ended, identity=identity)
        if opened:
            public = {"tender": code, "title": terms.title, "bids": len(bids)}
            self.event("tendering:open-bids", code, by=approver, at=dates.opened_at, public=public)
        if not decided:
            return None
        experts = self._bids.seat(plan, number)
        names = {"title": terms.title, "service_from": dates.service_from, "service_until": dates.service_until}
        result = self._bids.result(plan, bids, experts)
        public = {**identity, **names, "result": result}
        public.pop("method")
        self.event("tendering:confirm-award", code, by=approver, at=dates.decided_at, public=public)
        return Notice(
            plan=plan,
            id=number,
            code=code,
            need=need,
            item=item,
            title=terms.title,
            requirement=terms.requirement,
            office=office,
            winner=plan.suppliers[0],
            amount=bids[0]["final_price"],
            contract=contract,
        )

    def _end(
        self, plan: Plan, code: str, snapshot: dict[str, Any], *, bids: int, by: Hand, at: datetime, identity: Any
    ) -> None:
        if plan.fate == "cancelled":
            self.event("tendering:cancel-tender", code, by=by, at=at, public={**identity, **snapshot})
            return
        public = {"tender": code, "title": snapshot["title"], "bids": bids}
        self.event("tendering:open-bids", code, by=by, at=at, public=public)
        self.event("tendering:fail-tender", code, by=_CLOCK, at=at, public={**snapshot, "suppliers": bids})


LINES = 4


def money_of(last: Plan) -> tuple[Decimal, Decimal | None, Decimal]:
    """Return a need's budget, what its contract commits (None before), and what is paid; of its last attempt."""
    if last.fate != "contracted":
        return last.budget, None, Decimal(0)
    amount = price_of(last.budget, last.shares[0])
    paid = [part for part, stage in zip(parts_of(amount, last), last.stages, strict=True) if is_over(stage.paid_at)]
    return last.budget, amount, sum(paid, Decimal(0))


def parts_of(amount: Decimal, plan: Plan) -> list[Decimal]:
    """Return what each stage of a contract makes payable."""
    first = share(amount, plan.stages[0].share)
    return [first] if len(plan.stages) == 1 else [first, amount - first]


def _title(street: str, year: int, name: str) -> str:
    return f"{street}{year}年{name}"


@lru_cache(maxsize=200_000)
def _texts_found_by(street_name: str, requirement: str) -> frozenset[str]:
    """Return what a notice's street and longer texts are found by, which many notices share."""
    return frozenset(
        notice_terms(
            code="", title="", street_name=street_name, requirement=requirement, qualification=words.QUALIFICATION
        )
    )


def _found_by(code: str, title: str, street_name: str, requirement: str) -> list[str]:
    named = notice_terms(code=code, title=title, street_name="", requirement="", qualification="")
    return sorted(_texts_found_by(street_name, requirement).union(named))
