"""Contracts of the demo town in every stage, from the draft to the last payment, made by the acts of its people."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import NamedTuple

from contracts import actions
from contracts.actions import Findings, Request, Session, Wording
from contracts.queries import ContractCard, contract_for, invoice_for
from contracts.queries.drafting import offered_clauses
from contracts.states import Review, TaxStatus
from market.base.calendar import add_working_days, local_date, local_moment, next_working_day
from market.base.money import Yuan
from market.people.attachments import attach_file
from market.people.queries import users_with_role
from market.people.states import Role, User
from market.seed import needs, people, tendering
from market.seed.needs import QINGHE, WUTONG, Office, Wish
from market.seed.tendering import BIDDERS, Bidder
from market.tendering.queries import award_facts

TODAY = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
_OCTOBER = datetime(2025, 10, 16, 2, 0, tzinfo=UTC)
_JANUARY = datetime(2026, 1, 26, 2, 0, tzinfo=UTC)
_DAY = timedelta(days=1)
_MORNING = time(10, 0)
#: What the standard clause on late payment says in words.
LATE_RATE = Decimal("0.0005")
_OTHER_WINNER = (BIDDERS[1]._replace(merit="0.95"), BIDDERS[0], BIDDERS[2])
_THIRD_WINNER = (BIDDERS[2]._replace(merit="0.96"), BIDDERS[0], BIDDERS[1])


class Hands(NamedTuple):
    """Who does what for a street once there is an award."""

    office: Office
    lawyer: str
    supervisor: str
    approves: str
    pays: str
    resident: str


WUTONG_HANDS = Hands(WUTONG, "zhao.min", "zhou.ping", "qian.lei", "sun.yue", "zhu.gang")
QINGHE_HANDS = Hands(QINGHE, "feng.lan", "shen.yan", "chu.qiang", "wei.na", "chang.qing")


class Course:
    """One contract on its way; every step goes through the act of the person whose turn it is."""

    def __init__(self, hands: Hands, *, code: str, supplier: str, day: date) -> None:
        """Stand at a working day of the past."""
        self.hands, self.code, self._supplier, self._day = hands, code, supplier, day

    def _next(self, days: int = 1) -> datetime:
        """Go on by so many working days, and return ten o'clock of that one."""
        self._day = add_working_days(self._day, days)
        now = local_moment(self._day, _MORNING)
        if now > TODAY:
            raise ValueError(f"{self.code} would reach {now}, which the town has not seen yet")
        return now

    def wait_until(self, day: date) -> None:
        """Let time pass until a day, or the working day after it."""
        self._day = max(self._day, next_working_day(day))

    async def worker(self) -> User:
        """Return who works for the supplier."""
        return (await users_with_role(role=Role.BIDDER, organization=self._supplier))[0]

    async def card(self) -> ContractCard:
        """Return the contract as its purchaser sees it."""
        return await contract_for(code=self.code, user=await people.somebody(self.hands.office.purchaser))

    async def review(self) -> None:
        """Let the lawyer pass it."""
        lawyer = await people.somebody(self.hands.lawyer)
        await actions.review_contract(
            code=self.code,
            conclusion=Review.PASS,
            reasons="条款完整，权利义务对等。",
            expected=None,
            by=lawyer,
            now=self._next(),
        )

    async def sign(self, *, both: bool = True) -> None:
        """Let the street sign, and the supplier a day later."""
        approver = await people.somebody(self.hands.office.approver)
        signatories = [approver]
        if both:
            signatories += (await users_with_role(role=Role.ORGANIZATION_ADMINISTRATOR, organization=self._supplier))[
                :1
            ]
        for signatory in signatories:
            await actions.sign_contract(
                code=self.code, fingerprint="", late_reason="", expected=None, by=signatory, now=self._next()
            )

    async def serve(self, *, milestone: int, sessions: int = 3) -> None:
        """Record sessions, evenly over the weeks before a milestone and not after today, the last with evidence."""
        card, by = await self.card(), await self.worker()
        first = max(card.from_on, card.milestones[milestone - 2].due_on if milestone > 1 else card.from_on)
        last = min(card.milestones[milestone - 1].due_on - 10 * _DAY, local_date(TODAY) - _DAY)
        for number in range(sessions):
            self.wait_until(first + (last - first) * number // max(sessions - 1, 1))
            now = self._next()
            files = [await self._file(by=by, now=now)] if number == sessions - 1 else []
            session = Session(
                held_on=min(local_date(now) - _DAY, last), quantity=Decimal(36 + 4 * number), unit="人次",
                place=f"{self.hands.office.name}社区服务中心", note="按计划开展，签到和回访齐全。", evidence=files,
            )  # fmt: skip
            await actions.record_session(code=self.code, session=session, by=by, now=now)

    async def _file(self, *, by: User, now: datetime) -> str:
        async def chunks() -> AsyncIterator[bytes]:
            yield f"服务签到表\n合同 {self.code}\n日期 {local_date(now)}\n签到 44 人次，回访 12 户，均满意。\n".encode()

        name = f"服务签到表{local_date(now)}.txt"
        return (await attach_file(name=name, chunks=chunks(), by=by, now=now)).code

    async def report(self, *, milestone: int) -> None:
        """Report a milestone on the working day after its due day, or this week when that lies ahead."""
        by = await self.worker()
        self.wait_until(min((await self.card()).milestones[milestone - 1].due_on, local_date(TODAY) - 4 * _DAY))
        now = self._next()
        evidence = [await self._file(by=by, now=now)]
        await actions.report_delivery(
            code=self.code,
            milestone=milestone,
            note="本期服务按计划完成，台账与签到表附后。",
            evidence=evidence,
            by=by,
            now=now,
        )

    async def hear(self, *, milestone: int) -> None:
        """Let a resident representative speak."""
        resident = await people.somebody(self.hands.resident)
        await actions.give_opinion(
            code=self.code, milestone=milestone, satisfied=True, text="服务人员态度好，来得准时，老人们满意。",
            by=resident, now=local_moment(self._day, time(14, 0)),
        )  # fmt: skip

    async def accept(self, *, milestone: int) -> None:
        """Let the street accept."""
        findings = Findings(
            technical="达标：服务记录完整，抽查二十份无缺项。", service="达标：服务人次与台账一致。",
            safety="达标：无安全责任事故。", conclusion="验收合格，同意按合同支付本里程碑价款。",
        )  # fmt: skip
        supervisor = await people.somebody(self.hands.supervisor)
        await actions.accept_delivery(
            code=self.code, milestone=milestone, findings=findings, expected=None, by=supervisor, now=self._next()
        )

    async def send_back(self, *, milestone: int) -> None:
        """Let the street send a report back."""
        supervisor = await people.somebody(self.hands.supervisor)
        now = self._next()
        await actions.return_delivery(
            code=self.code, milestone=milestone, reasons="台账缺两周记录，回访表未签名，请补齐后重新报告。",
            repair_by=add_working_days(local_date(now), 10), expected=None, by=supervisor, now=now,
        )  # fmt: skip

    async def invoice(self, *, milestone: int) -> str:
        """Let the supplier invoice the whole milestone, and return the invoice's code."""
        card, by = await self.card(), await self.worker()
        request = Request(
            milestone=milestone, amount=card.milestones[milestone - 1].amount, account_name=card.supplier_name,
            bank="示例银行示例区支行", bank_account=f"62000000000{self._supplier[9:17].translate(_DIGITS)}",
            tax_status=TaxStatus.EXEMPT,
        )  # fmt: skip
        made = await actions.submit_invoice(
            contract=self.code, request=request, by=by, now=local_moment(self._day, time(15, 0))
        )
        return made.code

    async def approve(self, invoice: str) -> None:
        """Let a budget officer approve."""
        officer = await people.somebody(self.hands.approves)
        await actions.approve_invoice(code=invoice, expected=None, by=officer, now=self._next())

    async def pay(self, invoice: str, *, amount: Yuan | None = None) -> None:
        """Let the other budget officer record the payment on the next working day, by default of the whole."""
        officer, now = await people.somebody(self.hands.pays), self._next()
        card = await invoice_for(code=invoice, user=officer, now=now)
        await actions.record_payment(
            code=invoice, amount=amount or card.amount - card.paid, paid_on=local_date(now),
            reference=f"国库支付凭证 {local_date(now):%Y%m%d}-{card.number:03d}", expected=None, by=officer, now=now,
        )  # fmt: skip

    async def settle(self, *, milestone: int) -> None:
        """Carry a milestone from its first session to its payment."""
        await self.serve(milestone=milestone)
        await self.report(milestone=milestone)
        await self.hear(milestone=milestone)
        await self.accept(milestone=milestone)
        invoice = await self.invoice(milestone=milestone)
        await self.approve(invoice)
        await self.pay(invoice)

    async def close(self) -> None:
        """Let the purchaser close it."""
        purchaser = await people.somebody(self.hands.office.purchaser)
        await actions.close_contract(
            code=self.code, expected=None, by=purchaser, now=local_moment(self._day, time(16, 0))
        )


_DIGITS = str.maketrans("ABCDEFGHJKLMNPQRTUWXY", "012345678901234567890")


async def drafted(wish: Wish, *, hands: Hands, now: datetime, bidders: tuple[Bidder, ...] = BIDDERS) -> Course:
    """Carry a wish to an award, and to a contract drafted two working days later."""
    tender = await tendering.awarded(wish, office=hands.office, now=now, bidders=bidders)
    award = await award_facts(tender=tender)
    assert award.awarded_on is not None  # noqa: S101  it was awarded just before
    day = add_working_days(award.awarded_on, 2)
    clauses = await offered_clauses(award=award, on=day)
    wording = Wording(from_on=award.service_from, until_on=award.service_until, late_rate=LATE_RATE, **clauses)
    purchaser = await people.somebody(hands.office.purchaser)
    card = await actions.draft_contract(tender=tender, wording=wording, by=purchaser, now=local_moment(day, _MORNING))
    return Course(hands, code=card.code, supplier=award.supplier, day=day)


async def in_force(wish: Wish, *, hands: Hands, now: datetime, bidders: tuple[Bidder, ...] = BIDDERS) -> Course:
    """Carry a wish to a contract that both sides have signed."""
    course = await drafted(wish, hands=hands, now=now, bidders=bidders)
    await course.review()
    await course.sign()
    return course


def _called(wish: Wish, title: str, budget: str) -> Wish:
    return wish._replace(title=title, budget=budget)


async def build() -> None:
    """Leave contracts in every stage: last year's settled and closed, this winter's on their way, new ones unsigned."""
    await _last_year()
    await _this_winter()
    await _new_ones()


async def _last_year() -> None:
    closed = await in_force(needs.VISITS, hands=WUTONG_HANDS, now=datetime(2025, 1, 14, 2, 0, tzinfo=UTC))
    settled = await in_force(
        _called(needs.VISITS, "独居老人关爱", "320000.00"), hands=QINGHE_HANDS,
        now=datetime(2025, 1, 14, 2, 0, tzinfo=UTC), bidders=_OTHER_WINNER,
    )  # fmt: skip
    for course in (closed, settled):
        for milestone in (1, 2, 3):
            await course.settle(milestone=milestone)
    await closed.close()


async def _this_winter() -> None:
    meals = await in_force(
        needs.MEALS, hands=WUTONG_HANDS, now=datetime(2025, 7, 21, 2, 0, tzinfo=UTC), bidders=_OTHER_WINNER
    )
    await meals.settle(milestone=1)
    await meals.serve(milestone=2)
    await meals.report(milestone=2)
    await meals.hear(milestone=2)
    await meals.accept(milestone=2)
    await meals.approve(await meals.invoice(milestone=2))

    care = await in_force(
        needs.CARE, hands=QINGHE_HANDS, now=datetime(2025, 10, 13, 2, 0, tzinfo=UTC), bidders=_THIRD_WINNER
    )
    await _carried(care, until="accept")
    await care.invoice(milestone=1)
    accepted = _called(needs.VISITS, "重残人员探访", "200000.00")
    await _carried(await in_force(accepted, hands=WUTONG_HANDS, now=_OCTOBER), until="accept")
    reported = _called(needs.MEALS, "社区食堂助餐", "300000.00")
    await _carried(await in_force(reported, hands=QINGHE_HANDS, now=_OCTOBER), until="report")
    repaired = await in_force(needs.CARE, hands=WUTONG_HANDS, now=_OCTOBER, bidders=_OTHER_WINNER)
    await _carried(repaired, until="report")
    await repaired.send_back(milestone=1)
    await repaired.report(milestone=1)
    await repaired.hear(milestone=1)


async def _carried(course: Course, *, until: str) -> None:
    """Carry the first milestone to its report, or on to its acceptance."""
    await course.serve(milestone=1)
    await course.report(milestone=1)
    if until == "accept":
        await course.hear(milestone=1)
        await course.accept(milestone=1)


async def _new_ones() -> None:
    # The oldest award without a contract: what anybody looks for who wants to draft one.
    bathing = _called(needs.CARE, "失能老人助浴", "96000.00")
    await tendering.awarded(bathing, office=WUTONG, now=_JANUARY)
    fitness = _called(needs.FITNESS, "社区太极课程", "150000.00")
    await in_force(fitness, hands=WUTONG_HANDS, now=datetime(2026, 1, 19, 2, 0, tzinfo=UTC))
    half_signed = await drafted(needs.MEDIATION, hands=WUTONG_HANDS, now=_JANUARY)
    await half_signed.review()
    await half_signed.sign(both=False)
    await drafted(needs.TALKS, hands=QINGHE_HANDS, now=datetime(2026, 2, 2, 2, 0, tzinfo=UTC))
