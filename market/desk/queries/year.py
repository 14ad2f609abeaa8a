"""A street's year: every purchase as a lane of windows, the money, what must be done by when, and what leaves a gap."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from contracts.queries.year import ContractYear, contracts_touching
from evaluations.queries.year import EvaluationDay, days_of
from market.base.calendar import local_date
from market.base.money import Yuan
from market.base.records import Record
from market.desk.queries.courses import Course, lane_of, next_of, start_of, stays_until
from market.desk.rules.home import TimeLeft, stage_of, time_left
from market.desk.rules.year import Gap, LastDay, Step, Stretch, Term, earliest_start, gaps, last_days
from market.law.queries import law_on, laws_on
from market.law.states import Law
from market.needs.queries.year import MOST_NEEDS, MoneyOf, YearNeed, money_by_category, money_by_source, needs_of_year
from market.people.queries import OrganizationCard
from market.tendering.queries.year import TenderYear, tenders_of
from market.tendering.rules.award import AwardClock, award_clock


class Purchase(Record, frozen=True, kw_only=True):
    """One purchase of the year: its record on the way now, its windows, and the days its evaluations are due."""

    title: str
    service: str
    category: str
    channel: str
    budget: Yuan
    stretches: list[Stretch]
    evaluations: list[EvaluationDay]


class MustDo(Record, frozen=True, kw_only=True):
    """A purchase that is to begin on a day: what comes next and by when, with every later step's last day.

    `said`: the need itself names the start; else it is reckoned from its targets. When the next step's day is over,
    `earliest_on` is the first day on which the service can still begin.
    """

    title: str
    start_on: date
    said: bool
    next: LastDay
    left: TimeLeft
    earliest_on: date | None
    steps: list[LastDay]


class Ending(Record, frozen=True, kw_only=True):
    """A service that ends in the year with nothing right behind it.

    `days` without service until `follows` begins, None when nothing follows; then `next` tells by when a notice would
    have to be out, and `earliest_on` when a purchase begun today could start.
    """

    title: str
    supplier_name: str
    last_on: date
    follows: str | None
    follows_on: date | None
    days: int | None
    next: LastDay | None
    left: TimeLeft | None
    earliest_on: date | None


class YearCard(Record, frozen=True, kw_only=True):
    """A street's year; `more` tells that there are older purchases than the lists hold."""

    name: str
    year: int
    purchases: list[Purchase]
    by_source: list[MoneyOf]
    by_category: list[MoneyOf]
    must_do: list[MustDo]
    endings: list[Ending]
    more: bool


async def year_for(*, office: OrganizationCard, year: int, now: datetime) -> YearCard:
    """Return a street's year as its own people and those who oversee it see it; callers let nobody else ask."""
    today = local_date(now)
    since, until = date(year, 1, 1), date(year + 1, 1, 1)
    touching = await contracts_touching(street=office.code, since=since, until=until)
    needs = await needs_of_year(street=office.code, year=year, besides=[each.need for each in touching])
    law = await law_on(day=today, district=office.district, street=office.code)
    courses = await _courses(needs, touching, office=office)
    due: dict[str, list[EvaluationDay]] = {}
    for each in await days_of(contracts=[contract.code for contract in touching]):
        due.setdefault(each.contract, []).append(each)
    waiting = [must for course in courses if (must := _must_do(course, law=law, today=today)) is not None]
    return YearCard(
        code=office.code,
        state=office.state,
        url=f"/streets/{office.code}/year",
        name=office.name,
        year=year,
        purchases=[_purchase(course, due=due, law=law) for course in courses],
        by_source=await money_by_source(street=office.code, year=year),
        by_category=await money_by_category(street=office.code, year=year),
        must_do=sorted(waiting, key=lambda must: (must.next.on, must.code)),
        endings=_endings(courses, since=since, until=until, law=law, today=today),
        more=len(needs) >= MOST_NEEDS,
    )


async def _courses(
    needs: Sequence[YearNeed], touching: Sequence[ContractYear], *, office: OrganizationCard
) -> list[Course]:
    """Put need, live tender, award's clock and contract of each purchase together; what was withdrawn is left out."""
    tenders = await tenders_of(needs=[need.code for need in needs])
    clocks = await _clocks(tenders.values(), office=office)
    contracts = {each.need: each for each in reversed(touching)}
    return [
        Course(
            need=need,
            tender=tenders.get(need.code),
            clock=clocks.get(need.code),
            contract=contracts.get(need.code),
        )
        for need in needs
        if need.state != "withdrawn"
    ]


async def _clocks(tenders: Collection[TenderYear], *, office: OrganizationCard) -> dict[str, AwardClock]:
    """Return the days that each award set running, by need, by the law of the day of its notice."""
    decided = [(t.need, t.decided_at, local_date(t.published_at)) for t in tenders if t.decided_at and t.published_at]
    laws = await laws_on(places=[(day, office.district, office.code) for _, _, day in decided]) if decided else {}
    return {
        need: award_clock(decided_at=decided_at, law=laws[day, office.district, office.code])
        for need, decided_at, day in decided
    }


def _purchase(course: Course, *, due: dict[str, list[EvaluationDay]], law: Law) -> Purchase:
    need, tender, contract = course.need, course.tender, course.contract
    stage = stage_of(
        need=need.state,
        tender=tender.state if tender else None,
        contract=contract.state if contract and contract.signed_on else None,
    )
    return Purchase(
        code=need.code,
        state=str(stage),
        url=contract.url if contract else tender.url if tender else need.url,
        title=need.title,
        service=need.service,
        category=need.category,
        channel=need.channel,
        budget=need.budget,
        stretches=lane_of(course, law=law),
        evaluations=due.get(contract.code, []) if contract else [],
    )


def _must_do(course: Course, *, law: Law, today: date) -> MustDo | None:
    """Return what a purchase must go through next, None when its contract is signed or nobody knows its start."""
    start = start_of(course)
    step = next_of(course)
    if start is None or step is None:
        return None
    days = last_days(start_on=start, official=course.intention_due, law=law)
    ahead = [day for day in days if list(Step).index(day.step) >= list(Step).index(step)]
    done_on = stays_until(course, today=today)
    late = done_on > ahead[0].on
    return MustDo(
        code=course.need.code,
        state=course.need.state,
        url=course.tender.url if course.tender else course.need.url,
        title=course.need.title,
        start_on=start,
        said=course.tender is not None or course.need.wanted_start_on is not None,
        next=ahead[0],
        left=time_left(by_when=ahead[0].on, today=today),
        earliest_on=earliest_start(next_step=step, intention_due=course.intention_due, on=done_on, law=law)
        if late
        else None,
        steps=ahead,
    )


def _endings(courses: Sequence[Course], *, since: date, until: date, law: Law, today: date) -> list[Ending]:
    signed = {
        course.need.code: (course.contract, course.is_official)
        for course in courses
        if course.contract is not None and course.contract.signed_on
    }
    terms = [
        Term(
            need=course.need.code,
            service=course.need.service,
            from_on=start,
            until_on=signed[course.need.code][0].until_on if course.need.code in signed else None,
        )
        for course in courses
        if (start := start_of(course)) is not None
    ]
    return [
        _ending(*signed[gap.ends.need], gap=gap, law=law, today=today)
        for gap in gaps(terms=terms, since=since, until=until)
    ]


def _ending(contract: ContractYear, official: bool, *, gap: Gap, law: Law, today: date) -> Ending:  # noqa: FBT001  a pair
    first = None if gap.follows else last_days(start_on=contract.until_on, official=official, law=law)[0]
    late = first is not None and first.on < today
    return Ending(
        code=contract.code,
        state=contract.state,
        url=contract.url,
        title=contract.title,
        supplier_name=contract.supplier_name,
        last_on=contract.last_on,
        follows=f"/needs/{gap.follows.need}" if gap.follows else None,
        follows_on=gap.follows.from_on if gap.follows else None,
        days=gap.days,
        next=first,
        left=time_left(by_when=first.on, today=today) if first else None,
        earliest_on=earliest_start(next_step=Step.REVIEW, intention_due=official, on=today, law=law) if late else None,
    )
