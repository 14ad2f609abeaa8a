"""Tenders of the demo town in every stage, made by the acts of its people at moments of its past.

Bidders' acts read the clock under the tender's lock, so it is set to each of their moments; whoever builds the town
sets it to the town's own moment at the end.
"""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import NamedTuple

from market.base import clock
from market.base.calendar import add_months, add_working_days, local_date, local_moment
from market.base.database import rows
from market.law.queries import law_on
from market.people.states import User
from market.seed import disputes, needs, people
from market.seed.needs import QINGHE, WUTONG, Office, Wish
from market.tendering import actions
from market.tendering.examples import PASSPHRASE
from market.tendering.queries import TenderCard, tender_for
from market.tendering.rules.notice import schedule_for
from market.tendering.rules.terms import Criterion, DraftOffer, MilestoneTerm, Offer, WantedTerms
from market.tendering.states import BidState

SUPERVISOR = "yan.li"
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
_OPENING = time(9, 30)
_QUALIFICATION = (
    "1. 符合《中华人民共和国政府采购法》第二十二条规定。\n2. 未被列入失信被执行人、重大税收违法案件当事人、政府采购"
    "严重违法失信行为记录名单。\n3. 本项目不要求列入任何名录，接受跨区域的社会组织。"
)
_CRITERIA = (
    ("服务方案", 40, "针对性、可行性和应急安排"),
    ("服务团队", 25, "人员配备和持证情况"),
    ("质量保障", 15, "检查、回访和整改办法"),
)
_PRICE_POINTS = 20


class Bidder(NamedTuple):
    """Who bids, at which share of the budget, and how good the panel finds the plan (0 to 1)."""

    login: str
    share: str
    last_share: str
    merit: str
    plan: str


BIDDERS = (
    Bidder("lin.feng", "0.97", "0.95", "0.90", "每周固定服务日，社工与护理员搭档上门，一户一档，异常两小时内报告。"),
    Bidder("fei.xue", "0.94", "0.91", "0.84", "依托邻里中心网点就近服务，招募楼组志愿者协助，月度回访全覆盖。"),
    Bidder("cen.li", "0.92", "0.90", "0.78", "由持证社工个案管理，每季评估一次需求，服务记录当日上传。"),
)


async def _terms(wish: Wish, *, published_at: datetime) -> WantedTerms:
    """Return terms that close on the first morning the law allows and run for the wish's year."""
    law = await law_on(day=local_date(published_at))
    closes_at = closing_after(schedule_for(published_at=published_at, law=law).earliest_closing_at)
    begins = add_working_days(local_date(closes_at), 12)
    return WantedTerms(
        qualification=_QUALIFICATION,
        closes_at=closes_at,
        service_from=begins,
        service_until=add_months(begins, 12),
        price_points=Decimal(_PRICE_POINTS),
        criteria=[Criterion(number=n, title=t, points=Decimal(p), guide=g) for n, (t, p, g) in enumerate(_CRITERIA, 1)],
        milestones=_milestones(begins),
        title=wish.title,
    )


def closing_after(moment: datetime) -> datetime:
    """Return half past nine of the first working day after a moment's day has begun."""
    return local_moment(add_working_days(local_date(moment) - _DAY, 1), _OPENING)


def _milestones(begins: date) -> list[MilestoneTerm]:
    stages = (("首季服务", 3, "0.3"), ("中期考核", 6, "0.4"), ("期末验收", 12, "0.3"))
    return [
        MilestoneTerm(number=n, title=title, due_on=add_months(begins, months) - _DAY, share=Decimal(share))
        for n, (title, months, share) in enumerate(stages, 1)
    ]


async def drafted(wish: Wish, *, office: Office, now: datetime) -> str:
    """Carry a wish to an approved need at a moment, and to a drafted tender the day after; return the tender's code."""
    need = await needs.approved(wish, office=office, now=now)
    moment = now + _DAY
    wanted = await _terms(wish, published_at=moment + _HOUR)
    return (
        await actions.draft_tender(need=need, wanted=wanted, by=await people.somebody(office.purchaser), now=moment)
    ).code


async def published(wish: Wish, *, office: Office, now: datetime) -> str:
    """Carry a wish to a notice, an hour after its draft."""
    code = await drafted(wish, office=office, now=now)
    approver = await people.somebody(office.approver)
    await actions.publish_tender(
        code=code, closes_at=None, opens_at=None, expected=None, by=approver, now=now + _DAY + _HOUR
    )
    return code


async def asked(code: str, *, office: Office, now: datetime) -> None:
    """Let two bidders ask, and the purchaser answer the first of them."""
    for hours, (login, text) in enumerate(
        (("fei.xue", "服务人员是否必须为本区户籍？"), ("cen.li", "雨雪天气能否改为电话探访？")), 1
    ):
        bidder = await people.somebody(login)
        await clock.set_to(now + hours * _HOUR)
        await actions.take_documents(code=code, by=bidder, now=now + hours * _HOUR)
        await actions.ask_question(code=code, text=text, by=bidder, now=now + hours * _HOUR)
    await actions.answer_question(
        code=code,
        question=1,
        answer="不作此要求，不限户籍和注册地。",
        by=await people.somebody(office.purchaser),
        now=now + 3 * _HOUR,
    )


async def bid(code: str, *, bidder: Bidder, now: datetime) -> None:
    """Let a bidder take the documents and submit an hour later."""
    user = await people.somebody(bidder.login)
    card = await tender_for(code=code, user=user, now=now)
    await clock.set_to(now)
    await actions.take_documents(code=code, by=user, now=now)
    await clock.set_to(now + _HOUR)
    price = _share(card.budget, bidder.share)
    await actions.submit_bid(code=code, offer=Offer(price=price, plan=bidder.plan, declared=True), by=user)


def _share(budget: Decimal, share: str) -> Decimal:
    return (budget * Decimal(share)).quantize(Decimal(100)).quantize(Decimal("0.01"))


async def bids_in(
    wish: Wish, *, office: Office, now: datetime, bidders: tuple[Bidder, ...] = BIDDERS, at: datetime | None = None
) -> str:
    """Carry a wish to a notice with its bids in, submitted from `at` on (by default a day before the closing)."""
    code = await published(wish, office=office, now=now)
    closes_at = (await _seen(code, office)).closes_at
    for hours, bidder in enumerate(bidders):
        await bid(code, bidder=bidder, now=(at or closes_at - _DAY) + hours * _HOUR)
    return code


async def _seen(code: str, office: Office) -> TenderCard:
    now = datetime.now(UTC)
    return await tender_for(code=code, user=await people.somebody(office.approver), now=now)


async def opened(wish: Wish, *, office: Office, now: datetime, bidders: tuple[Bidder, ...] = BIDDERS) -> str:
    """Carry a wish to opened bids, ten minutes after the opening moment, confirmed by the first bidder."""
    code = await bids_in(wish, office=office, now=now, bidders=bidders)
    opens_at = (await _seen(code, office)).opens_at
    await turned(code, office.approver, now=opens_at + _HOUR / 6)
    first = await people.somebody(bidders[0].login)
    await actions.confirm_opening(code=code, remark="", by=first, now=opens_at + _HOUR / 4)
    return code


async def turned(code: str, opener: str, *, now: datetime) -> None:
    """Let the street's opener and the district's finance supervisor turn their keys, which opens the bids."""
    for login in (opener, SUPERVISOR):
        user = await people.somebody(login)
        await actions.turn_key(code=code, passphrase=PASSPHRASE, by=user, now=now)


async def drawn(wish: Wish, *, office: Office, now: datetime, bidders: tuple[Bidder, ...] = BIDDERS) -> str:
    """Carry a wish to a drawn panel, half an hour after the opening."""
    code = await opened(wish, office=office, now=now, bidders=bidders)
    opens_at = (await _seen(code, office)).opens_at
    purchaser = await people.somebody(office.purchaser)
    await actions.draw_panel(code=code, by=purchaser, now=opens_at + _HOUR / 2)
    return code


async def members(code: str) -> list[User]:
    """Return the seated experts of a tender's panel."""
    seated = await rows(
        "SELECT s.account FROM seat s JOIN tender t ON t.id = s.tender"
        " WHERE t.code = $1 AND s.recused_at IS NULL ORDER BY s.account",
        code,
    )
    return [await people.somebody(row["account"]) for row in seated]


async def checked(wish: Wish, *, office: Office, now: datetime, bidders: tuple[Bidder, ...] = BIDDERS) -> str:
    """Carry a wish to checked bids, an hour after the opening; two of three members decide."""
    code = await drawn(wish, office=office, now=now, bidders=bidders)
    moment = (await _seen(code, office)).opens_at + _HOUR
    for expert in (await members(code))[:2]:
        for number in range(1, len(bidders) + 1):
            await actions.check_bid(code=code, bid=number, passed=True, reason="", by=expert, now=moment)
    return code


async def scored(wish: Wish, *, office: Office, now: datetime, bidders: tuple[Bidder, ...] = BIDDERS) -> str:
    """Carry a wish to bids scored by every member, two hours after the opening."""
    code = await checked(wish, office=office, now=now, bidders=bidders)
    moment = (await _seen(code, office)).opens_at + 2 * _HOUR
    merits = {bidder.plan: Decimal(bidder.merit) for bidder in bidders}
    for place, expert in enumerate(await members(code)):
        card = await tender_for(code=code, user=expert, now=moment)
        for shown in card.panel.bids if card.panel else []:
            points = _points(merits[shown.plan] - Decimal(place) / 100)
            if shown.state == BidState.VALID:
                await actions.score_bid(code=code, bid=shown.number, points=points, by=expert, now=moment)
    return code


def _points(merit: Decimal) -> list[tuple[int, Decimal]]:
    return [(n, (most * merit).quantize(Decimal("0.1"))) for n, (_, most, _) in enumerate(_CRITERIA, 1)]


async def quoting(
    wish: Wish,
    *,
    office: Office,
    now: datetime,
    until: datetime | None = None,
    bidders: tuple[Bidder, ...] = BIDDERS,
) -> str:
    """Carry a wish to a round of final quotes that nobody has answered, by default of two hours."""
    code = await scored(wish, office=office, now=now, bidders=bidders)
    moment = (await _seen(code, office)).opens_at + 3 * _HOUR
    chair = (await members(code))[0]
    await actions.request_final_quotes(code=code, until=until or moment + 2 * _HOUR, by=chair, now=moment)
    return code


async def ranked(wish: Wish, *, office: Office, now: datetime, bidders: tuple[Bidder, ...] = BIDDERS) -> str:
    """Carry a wish to ranked bids, when time has ended the round, five hours after the opening."""
    code = await quoting(wish, office=office, now=now, bidders=bidders)
    card = await _seen(code, office)
    for bidder in bidders:
        await clock.set_to(card.opens_at + 4 * _HOUR)
        price = _share(card.budget, bidder.last_share)
        await actions.submit_final_quote(code=code, price=price, by=await people.somebody(bidder.login))
    await actions.turn(now=card.quotes_until or card.opens_at)
    return code


async def evaluated(wish: Wish, *, office: Office, now: datetime, bidders: tuple[Bidder, ...] = BIDDERS) -> str:
    """Carry a wish to a sealed report, six hours after the opening."""
    code = await ranked(wish, office=office, now=now, bidders=bidders)
    moment = (await _seen(code, office)).opens_at + 6 * _HOUR
    for expert in await members(code):
        await actions.seal_report(code=code, agrees=True, reasons="", by=expert, now=moment)
    return code


async def awarded(wish: Wish, *, office: Office, now: datetime, bidders: tuple[Bidder, ...] = BIDDERS) -> str:
    """Carry a wish to an award, a day after the opening; the first bidder wins. Return the tender's code."""
    code = await evaluated(wish, office=office, now=now, bidders=bidders)
    moment = (await _seen(code, office)).opens_at + _DAY
    approver = await people.somebody(office.approver)
    await actions.confirm_award(code=code, expected=None, by=approver, now=moment)
    return code


def _small(wish: Wish, title: str, budget: str) -> Wish:
    return wish._replace(title=title, budget=budget)


_FEBRUARY = datetime(2026, 2, 9, 2, 0, tzinfo=UTC)
_LATE_FEBRUARY = datetime(2026, 2, 24, 2, 0, tzinfo=UTC)
_YESTERDAY = datetime(2026, 2, 28, 2, 0, tzinfo=UTC)
_TODAY_AT_FIVE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


async def build() -> None:
    """Leave a tender in every stage before a contract, and one that failed for want of suppliers."""
    await awarded(_small(needs.VISITS, "高龄老人紧急援助", "180000.00"), office=WUTONG, now=_FEBRUARY)
    await evaluated(_small(needs.FITNESS, "社区书画与健身课程", "120000.00"), office=WUTONG, now=_FEBRUARY)
    await ranked(_small(needs.MEDIATION, "楼道堆物邻里调解", "96000.00"), office=WUTONG, now=_FEBRUARY)
    round_open = _small(needs.VISITS, "失独家庭关爱", "110000.00")
    await quoting(round_open, office=QINGHE, now=_FEBRUARY, until=_TODAY_AT_FIVE)
    await scored(_small(needs.CARE, "认知障碍家庭支持", "150000.00"), office=WUTONG, now=_FEBRUARY)
    await checked(_small(needs.TALKS, "楼组议事能力培训", "98000.00"), office=QINGHE, now=_FEBRUARY)
    await drawn(_small(needs.CARE, "居家适老化评估", "88000.00"), office=WUTONG, now=_FEBRUARY)
    await opened(_small(needs.MEALS, "节日助餐配送", "76000.00"), office=QINGHE, now=_FEBRUARY)
    await bids_in(_small(needs.MEDIATION, "租赁纠纷调解", "90000.00"), office=WUTONG, now=_FEBRUARY)
    lonely = await bids_in(
        _small(needs.TALKS, "社区花园共治", "60000.00"), office=QINGHE, now=_FEBRUARY, bidders=BIDDERS[:1]
    )
    opens_at = (await _seen(lonely, QINGHE)).opens_at
    await turned(lonely, QINGHE.approver, now=opens_at + _HOUR)
    await _open_notice()
    await drafted(_small(needs.CARE, "家庭照护者培训", "70000.00"), office=WUTONG, now=_YESTERDAY - _DAY)


async def _open_notice() -> None:
    """Leave a notice open for bids: two questions, one answered, one bid in, one in draft."""
    wish = _small(needs.VISITS, "社区养老顾问服务", "240000.00")
    code = await published(wish, office=WUTONG, now=_LATE_FEBRUARY)
    await disputes.correct(code, office=WUTONG, now=_LATE_FEBRUARY + _DAY + 3 * _HOUR)
    await asked(code, office=WUTONG, now=_LATE_FEBRUARY + 2 * _DAY)
    await bid(code, bidder=BIDDERS[0], now=_YESTERDAY)
    await clock.set_to(_YESTERDAY + _HOUR)
    draft = DraftOffer(price=Decimal("228000.00"), plan=BIDDERS[1].plan)
    await actions.save_draft_bid(code=code, draft=draft, by=await people.somebody(BIDDERS[1].login))
