"""Needs of the demo town that are bought on the city's platform: announced, handed over, taken back, under contract."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import msgspec

from contracts import actions as contracts
from contracts.actions import Wording
from contracts.forms import STANDARD_CLAUSES
from market.base.calendar import add_months, local_date
from market.needs.actions import allot_budget, draft_need, review_need, submit_need
from market.needs.actions.intentions import publish_intention
from market.needs.actions.official import hand_over, record_official_result, track_official
from market.needs.queries.official import official_award
from market.needs.rules import Allotted
from market.needs.rules.official import PaidStage, Papers, Result, ScoredBy
from market.needs.states import Decision, Source
from market.needs.states.official import Outcome, Stage
from market.seed import people
from market.seed.contracts import WUTONG_HANDS, Course
from market.seed.needs import HOUR, WUTONG, Wish, plan

_LINE = "综合为老与便民服务"
_DAY = timedelta(days=1)
# An item of the central catalogue is bought officially at any amount.
CENTRAL_ITEM = "C21040000"

HOMES = Wish(
    title="社区居家为老综合服务",
    menu_item="M010",
    line=_LINE,
    budget="1200000.00",
    served="七十五岁以上居民及失能老人家庭",
    beneficiaries=900,
    quantity=24_000,
    unit="小时",
    description="为高龄和失能老人家庭提供助洁、助浴、照护替代和应急响应的综合服务。",
    standard="服务人员持证上岗，应急响应三十分钟内到场，服务记录完整率百分之百。",
)
UPKEEP = Wish(
    title="社区公共服务设施物业管理",
    menu_item="M010",
    line=_LINE,
    budget="360000.00",
    served="社区居民",
    beneficiaries=12_000,
    quantity=12,
    unit="月",
    description="为社区综合服务设施提供保洁、保安和日常维护。",
    standard="每日保洁不少于两次，报修两小时内响应。",
)


def _at(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 2, 0, tzinfo=UTC)


async def _line(year: int, amount: str) -> None:
    officer = await people.somebody(WUTONG.budget_officer)
    line = Allotted(title=_LINE, year=year, source=Source.STREET, amount=Decimal(amount))
    await allot_budget(line=line, by=officer, now=_at(year, 1, 14))


async def _approved(wish: Wish, *, item: str = "", now: datetime) -> str:
    """Carry a wish to its approval by both parts of the review; `item` buys it under another item than the menu's."""
    whole = await plan(wish, office=WUTONG, on=local_date(now))
    reason = "根据政策应当优先向社会组织购买的公共服务。"
    whole = msgspec.structs.replace(whole, set_aside="policy", set_aside_reason=reason)
    if item:
        whole = msgspec.structs.replace(whole, item=item, menu_item="")
    purchaser = await people.somebody(WUTONG.purchaser)
    code = (await draft_need(plan=whole, by=purchaser, now=now)).code
    await submit_need(code=code, expected=None, by=purchaser, now=now + HOUR)
    for reviewer in (WUTONG.approver, "zhao.min"):
        await review_need(
            code=code,
            decision=Decision.APPROVE,
            reason="需求依据充分，合规，可以采购。",
            expected=None,
            by=await people.somebody(reviewer),
            now=now + 2 * HOUR,
        )
    return code


async def _announced(code: str, *, month: date, now: datetime, reason: str = "") -> None:
    await publish_intention(
        code=code,
        month_on=month,
        outline="",
        remark="具体以采购公告为准",
        exempt=None,
        reason=reason,
        expected=None,
        by=await people.somebody(WUTONG.purchaser),
        now=now,
    )


def _papers(service_from: date) -> Papers:
    until = add_months(service_from, 12)
    stages = (("中期验收", add_months(service_from, 6), "0.5"), ("期末验收", until - _DAY, "0.5"))
    return Papers(
        qualification="符合政府采购法第二十二条规定，具备提供本项目服务的能力。",
        service_from=service_from,
        service_until=until,
        price_points=Decimal(20),
        criteria=(
            ScoredBy(title="服务方案", points=Decimal(50), guide="按完整性、针对性分档打分。"),
            ScoredBy(title="人员配备", points=Decimal(30), guide="按持证人员数量打分。"),
        ),
        milestones=tuple(
            PaidStage(number=n, title=title, due_on=due, share=Decimal(share))
            for n, (title, due, share) in enumerate(stages, 1)
        ),
    )


async def _handed_over(code: str, *, service_from: date, number: str, now: datetime) -> None:
    purchaser = await people.somebody(WUTONG.purchaser)
    await hand_over(
        code=code,
        papers=_papers(service_from),
        without_intention=None,
        without_intention_reason="",
        expected=None,
        by=purchaser,
        now=now,
    )
    await track_official(
        code=code,
        number=number,
        platform_url=f"https://zfcg.example.gov.cn/notice/{number}",
        stage=Stage.ANNOUNCED,
        reached_on=local_date(now + _DAY),
        note="采购公告已在市政府采购平台发布。",
        expected=None,
        by=purchaser,
        now=now + _DAY,
    )


async def _won(code: str, *, price: str, number: str, now: datetime) -> None:
    result = Result(
        outcome=Outcome.AWARDED,
        supplier=people.WARM_SUN,
        price=Decimal(price),
        notice_number=f"{number}-结",
        notice_on=local_date(now),
        notice_text="中标供应商：暖阳为老服务中心；综合得分第一，推荐理由：方案完整、人员稳定。",
    )
    await record_official_result(
        code=code, result=result, expected=None, by=await people.somebody(WUTONG.purchaser), now=now
    )


async def _contracted(code: str, *, wish: Wish, now: datetime) -> None:
    award = await official_award(need=code)
    wording = Wording(
        content=wish.description,
        from_on=award.service_from,
        until_on=award.service_until,
        **{**STANDARD_CLAUSES, "quantity": f"{wish.quantity} {wish.unit}", "quality": wish.standard},
    )
    purchaser = await people.somebody(WUTONG.purchaser)
    card = await contracts.draft_contract_from_result(need=code, wording=wording, by=purchaser, now=now)
    course = Course(WUTONG_HANDS, code=card.code, supplier=award.supplier, day=local_date(now))
    await course.review()
    await course.sign()


async def build() -> None:
    """Leave needs in the official channel: one under contract, one awarded, one handed over, one announced."""
    await _line(2025, "1000000.00")
    await _line(2026, "4000000.00")
    bound = await _approved(UPKEEP, item=CENTRAL_ITEM, now=_at(2025, 9, 15))
    await _announced(bound, month=date(2025, 11, 1), now=_at(2025, 9, 17))
    await _announced(bound, month=date(2025, 12, 1), now=_at(2025, 9, 24), reason="预算批复推迟，采购顺延一个月。")
    await _handed_over(bound, service_from=date(2026, 1, 15), number="310000-2025-07731", now=_at(2025, 11, 20))
    await _won(bound, price="348000.00", number="310000-2025-07731", now=_at(2025, 12, 22))
    await _contracted(bound, wish=UPKEEP, now=_at(2025, 12, 24))
    awarded = await _approved(
        UPKEEP._replace(title="社区文化活动中心物业管理"), item=CENTRAL_ITEM, now=_at(2025, 11, 10)
    )
    await _announced(awarded, month=date(2026, 1, 1), now=_at(2025, 11, 12))
    await _handed_over(awarded, service_from=date(2026, 4, 1), number="310000-2026-00127", now=_at(2026, 1, 15))
    await _won(awarded, price="342000.00", number="310000-2026-00127", now=_at(2026, 2, 26))
    outside = await _approved(HOMES, now=_at(2026, 1, 19))
    await _announced(outside, month=date(2026, 3, 1), now=_at(2026, 1, 20))
    await _handed_over(outside, service_from=date(2026, 5, 1), number="310000-2026-00888", now=_at(2026, 2, 24))
    ready = await _approved(HOMES._replace(title="社区康复与助浴综合服务", menu_item="M001"), now=_at(2026, 1, 20))
    await _announced(ready, month=date(2026, 3, 1), now=_at(2026, 1, 21))
