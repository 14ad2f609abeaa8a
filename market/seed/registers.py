"""The registers of the demo town: a second edition of the menu with service standards, a draft of the guiding one.

All of it invented.
"""

from datetime import datetime
from decimal import Decimal

from catalogs.actions import add_guiding_entry, add_item, publish_catalogue, revise_item
from catalogs.rules import Indicator, MenuItemWords
from market.base.calendar import local_date
from market.people.states import User

TRAINING = MenuItemWords(
    name_zh="楼组长议事能力培训",
    name_en="Deliberation training for stairwell stewards",
    unit_zh="课时",
    unit_en="class hour",
    item="C05020100",
    category="MEDIATION",
    price_from=Decimal("200.00"),
    price_until=Decimal("400.00"),
    standard="每课时四十五分钟，讲授与演练各半；学员能独立主持一次楼组议事。",
    indicators=(
        Indicator(name="到课率", number=Decimal(85), unit="%"),
        Indicator(name="学员独立主持议事", number=Decimal(1), unit="次/人"),
    ),
    staff="主讲人具有社会工作师资格或三年以上社区议事经验。",
    evidence="签到表、演练记录、学员反馈。",
)
VISITS = MenuItemWords(
    name_zh="独居老人探访关爱",
    name_en="Visits to older people living alone",
    unit_zh="人次",
    unit_en="person-visit",
    item="C05010400",
    category="LIFE",
    price_from=Decimal("15.00"),
    price_until=Decimal("30.00"),
    standard="每位老人每周至少上门一次，每次不少于三十分钟；发现身体、居住、心理方面的困难，当日告知居委会。",
    indicators=(
        Indicator(name="每位老人每月探访", number=Decimal(4), unit="次"),
        Indicator(name="困难当日转介率", number=Decimal(95), unit="%"),
        Indicator(name="服务对象满意度", number=Decimal(90), unit="%"),
    ),
    staff="两人一组，其中一人为持证社会工作者或养老护理员；上岗前签订保密承诺。",
    evidence="逐次探访记录（时间、人员、情况），转介单，每月汇总。",
)
_VISITS = "M004"


async def build(*, keeper: User, published: datetime, drafted: datetime) -> None:
    """Publish the menu's second edition for its day; leave a draft of the guiding catalogue open."""
    await add_item(menu_item=TRAINING, by=keeper, now=published)
    await revise_item(code=_VISITS, menu_item=VISITS, expected=None, by=keeper, now=published)
    await publish_catalogue(
        code="menu-2",
        in_force_from=local_date(published),
        grounds="示例区民政局、财政局〔2025〕3号（虚构），已征求各街道和社会组织意见。",
        expected=None,
        by=keeper,
        now=published,
    )
    await add_guiding_entry(
        code="A0408",
        name_zh="长期护理需求评估服务",
        name_en="Assessment of long-term care needs",
        parent="A04",
        by=keeper,
        now=drafted,
    )
