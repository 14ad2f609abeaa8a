"""Budget lines and needs of the demo town, made by the acts of its people at moments of its past."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from market.base.calendar import local_date
from market.needs.actions import allot_budget, draft_need, review_need, submit_need
from market.needs.queries import line_choices, need_for
from market.needs.rules import Allotted, NeedPlan, Target
from market.needs.states import QUESTIONS, Answer, Decision, Part, Source
from market.people.states import User
from market.seed import people, suggestions

ALLOTTED_2025 = datetime(2025, 1, 13, 2, 0, tzinfo=UTC)
ALLOTTED_2026 = datetime(2026, 1, 12, 2, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
QUARTER = timedelta(minutes=15)


class Office(NamedTuple):
    """A street with the people whose hands a need passes through."""

    code: str
    name: str
    purchaser: str
    approver: str
    budget_officer: str
    supervisor: str


WUTONG = Office(people.WUTONG, "梧桐街道", "wang.fang", "li.jun", "qian.lei", "zhou.ping")
QINGHE = Office(people.QINGHE, "清河街道", "wu.tao", "zheng.hui", "chu.qiang", "shen.yan")

LINES = (
    (WUTONG, 2025, "居家养老服务", Source.DISTRICT, "2400000.00"),
    (QINGHE, 2025, "居家养老服务", Source.DISTRICT, "1800000.00"),
    (WUTONG, 2026, "为老服务", Source.DISTRICT, "3000000.00"),
    (WUTONG, 2026, "社区文体活动", Source.STREET, "800000.00"),
    (WUTONG, 2026, "矛盾调处", Source.STREET, "600000.00"),
    (QINGHE, 2026, "为老服务", Source.DISTRICT, "2000000.00"),
    (QINGHE, 2026, "社区治理", Source.FUND, "900000.00"),
    # Bought in several parts a year: there the second approval of repeated purchases is given.
    (WUTONG, 2026, "居家养老服务", Source.CITY, "4000000.00"),
    (QINGHE, 2026, "居家养老服务", Source.CITY, "3000000.00"),
)


class Wish(NamedTuple):
    """What is wanted, told shortly; `plan` makes a whole need of it."""

    title: str
    menu_item: str
    line: str
    budget: str
    served: str
    beneficiaries: int
    quantity: int
    unit: str
    description: str
    standard: str


VISITS = Wish(
    title="独居老人探访关爱",
    menu_item="M004",
    line="居家养老服务",
    budget="480000.00",
    served="七十岁以上独居老人",
    beneficiaries=240,
    quantity=12_000,
    unit="人次",
    description="为辖区独居老人每周上门探访，了解身体、生活和情绪状况，发现困难及时转介。",
    standard="每人每周不少于一次，每次不少于三十分钟；探访记录完整率不低于百分之九十五。",
)
MEALS = Wish(
    title="社区老年助餐",
    menu_item="M001",
    line="居家养老服务",
    budget="600000.00",
    served="六十岁以上居民",
    beneficiaries=500,
    quantity=60_000,
    unit="客次",
    description="在社区食堂和助餐点提供午餐，行动不便的送餐上门。",
    standard="一荤两素一汤，送餐温度不低于六十摄氏度，食品安全检查合格率百分之百。",
)
MEDIATION = Wish(
    title="物业与业委会矛盾第三方调处",
    menu_item="M033",
    line="矛盾调处",
    budget="300000.00",
    served="十二个住宅小区的业主、业委会和物业企业",
    beneficiaries=6000,
    quantity=60,
    unit="案",
    description="对物业纠纷开展第三方调查、调解和回访。",
    standard="受理后五个工作日内上门，调解协议书面化，六个月内回访。",
)
FITNESS = Wish(
    title="社区健身指导",
    menu_item="M027",
    line="社区文体活动",
    budget="160000.00",
    served="社区居民",
    beneficiaries=800,
    quantity=640,
    unit="课时",
    description="在六个健身苑点开展太极拳、健身操等指导课程。",
    standard="指导员持证上岗，每课时不少于四十五分钟，出勤率不低于百分之八十。",
)
TALKS = Wish(
    title="加装电梯协商议事促进",
    menu_item="M039",
    line="社区治理",
    budget="240000.00",
    served="有加装电梯意愿的楼栋居民",
    beneficiaries=1200,
    quantity=30,
    unit="栋",
    description="协助楼栋居民开展加装电梯的协商议事。",
    standard="每栋不少于三次议事会，形成书面方案。",
)
CARE = Wish(
    title="居家照护者喘息服务",
    menu_item="M010",
    line="为老服务",
    budget="360000.00",
    served="长期照护失能老人的家庭",
    beneficiaries=120,
    quantity=7200,
    unit="小时",
    description="为长期照护失能老人的家庭提供临时替代照护。",
    standard="照护员持证上岗，每次不少于三小时，服务后当日回访。",
)


async def plan(wish: Wish, *, office: Office, on: date) -> NeedPlan:
    """Return a whole need of a wish, asked for and surveyed in the weeks before a day."""
    lines = await line_choices(street=office.code, year=on.year)
    titles = (wish.line, "居家养老服务")
    line = next(code for title in titles for code, words in lines if words.startswith(f"{on.year} {title} "))
    return NeedPlan(
        title=f"{office.name}{on.year}年{wish.title}",
        item="",
        menu_item=wish.menu_item,
        description=wish.description,
        standard=wish.standard,
        quantity=Decimal(wish.quantity),
        unit=wish.unit,
        served=wish.served,
        beneficiaries=wish.beneficiaries,
        place=office.name,
        term_months=12,
        budget=Decimal(wish.budget),
        budget_line=line,
        targets=(
            Target(name="服务量", number=Decimal(wish.quantity), unit=wish.unit, due_on=on + timedelta(days=365)),
            Target(name="服务对象满意度", number=Decimal(90), unit="分", due_on=on + timedelta(days=365)),
        ),
        answers=dict.fromkeys(QUESTIONS, Answer.NO),
        consulted_on=on - timedelta(days=21),
        consulted_how="居民代表会议听取意见，到会四十二人，赞成四十人。",
        surveyed_on=on - timedelta(days=14),
        duty_basis="《上海市街道办事处条例》规定的公共服务职责（第十条）。",
        risk_note="人员流动可能影响服务，合同约定备用人员并逐次留痕。",
        wanted_start_on=on + timedelta(days=75),
        management_cost=(Decimal(wish.budget) * 5 / 100).quantize(Decimal("0.01")),
        splitting_reason="服务片区、对象与其他采购不同，居民分别提出，按片区就近选择承接主体。",
        surveyed=("暖阳为老服务中心", "邻里社区服务中心", "安居生活服务有限公司"),
    )


async def _purchaser(office: Office) -> User:
    return await people.somebody(office.purchaser)


async def drafted(wish: Wish, *, office: Office, now: datetime) -> str:
    """Draft a need at a moment of the past and return its code."""
    whole = await plan(wish, office=office, on=local_date(now))
    code = (await draft_need(plan=whole, by=await _purchaser(office), now=now)).code
    if wish is VISITS and office is WUTONG and now.year == ALLOTTED_2025.year:
        await suggestions.taken_up(need=code, now=now)
    return code


async def submitted(wish: Wish, *, office: Office, now: datetime) -> str:
    """Draft a need and submit it an hour later."""
    code = await drafted(wish, office=office, now=now)
    await submit_need(code=code, expected=None, by=await _purchaser(office), now=now + HOUR)
    return code


async def approved(wish: Wish, *, office: Office, now: datetime) -> str:
    """Draft and submit a need, and let a second person approve it two hours later."""
    code = await submitted(wish, office=office, now=now)
    await review_need(
        code=code,
        decision=Decision.APPROVE,
        reason="需求依据充分，目标可衡量。",
        expected=None,
        by=await people.somebody(office.approver),
        now=now + 2 * HOUR,
    )
    supervisor = await people.somebody(office.supervisor)
    if Part.SUPERVISION in (await need_for(code=code, user=supervisor)).awaits:
        await review_need(
            code=code,
            decision=Decision.APPROVE,
            reason="片区和对象不同，确非同一采购，同意。",
            expected=None,
            by=supervisor,
            now=now + 2 * HOUR + QUARTER,
        )
    return code


async def build_lines() -> None:
    """Allot the budget lines of both streets; before any need."""
    for office, year, title, source, amount in LINES:
        now = ALLOTTED_2025 if year == ALLOTTED_2025.year else ALLOTTED_2026
        officer = await people.somebody(office.budget_officer)
        line = Allotted(title=title, year=year, source=source, amount=Decimal(amount))
        await allot_budget(line=line, by=officer, now=now)


async def build() -> None:
    """Leave a need in every stage that comes before a tender: draft, in review, sent back, approved."""
    await drafted(FITNESS, office=WUTONG, now=datetime(2026, 2, 24, 2, 0, tzinfo=UTC))
    await submitted(CARE, office=WUTONG, now=datetime(2026, 2, 25, 2, 0, tzinfo=UTC))
    returned = await submitted(TALKS, office=QINGHE, now=datetime(2026, 2, 25, 3, 0, tzinfo=UTC))
    await review_need(
        code=returned,
        decision=Decision.SEND_BACK,
        reason="请补充每栋楼协商成功的衡量标准。",
        expected=None,
        by=await people.somebody("feng.lan"),
        now=datetime(2026, 2, 26, 2, 0, tzinfo=UTC),
    )
    await approved(VISITS, office=WUTONG, now=datetime(2026, 2, 26, 2, 0, tzinfo=UTC))
    await approved(MEALS, office=QINGHE, now=datetime(2026, 2, 26, 6, 0, tzinfo=UTC))
