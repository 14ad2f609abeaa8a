"""The catalogues of the demo town: the registers, and what its organizations tell of themselves. All of it invented."""

from datetime import UTC, date, datetime

from catalogs.actions import ProfileWords, load_catalogue, record_standing, update_profile
from catalogs.actions.searches import save_search
from catalogs.actions.standings import turn_standings
from catalogs.rules import StandingFact
from catalogs.rules.searches import Wanted
from catalogs.states import StandingKind
from market.law.actions import load_provisions
from market.people.queries import users_with_role
from market.people.states import Role, User
from market.seed import people, registers

LOADED = datetime(2025, 1, 6, 2, 0, tzinfo=UTC)
TOLD = datetime(2025, 2, 10, 2, 0, tzinfo=UTC)
RECORDED = datetime(2026, 1, 12, 2, 0, tzinfo=UTC)

BOTH_STREETS = "梧桐街道、清河街道"
PROFILES = {
    people.VOLUNTEERS: ProfileWords(
        business_scope="志愿者招募、培训与管理，志愿服务活动策划。",
        categories=("CHARITY", "SUPPORT"),
        service_areas=BOTH_STREETS,
        address="示例区青年路1号",
        responsible_person="郝然",
        full_time_staff=6,
        social_workers=2,
        volunteers=1200,
    ),
    people.SPORTS: ProfileWords(
        business_scope="社区健身指导、群众体育活动组织。",
        categories=("CULTURE",),
        service_areas=BOTH_STREETS,
        address="示例区体育路8号",
        responsible_person="倪珊",
        full_time_staff=9,
        social_workers=0,
        volunteers=150,
        bank_name="示例银行体育路支行",
        bank_account="6200000000000030002",
    ),
    people.WARM_SUN: ProfileWords(
        business_scope="居家养老、老年助餐、独居老人探访关爱。",
        categories=("LIFE", "CHARITY"),
        service_areas=BOTH_STREETS,
        address="示例区梧桐路100号",
        responsible_person="何静",
        full_time_staff=38,
        social_workers=12,
        volunteers=90,
        bank_name="示例银行梧桐支行",
        bank_account="6200000000000040001",
    ),
    people.NEIGHBOURS: ProfileWords(
        business_scope="社区治理支持、为老服务、睦邻活动。",
        categories=("LIFE", "CULTURE"),
        service_areas=BOTH_STREETS,
        address="示例区清河路22号",
        responsible_person="唐宇",
        full_time_staff=24,
        social_workers=9,
        volunteers=60,
        bank_name="示例银行清河支行",
        bank_account="6200000000000040002",
    ),
    people.HARMONY: ProfileWords(
        business_scope="人民调解、物业纠纷调处、心理疏导。",
        categories=("MEDIATION",),
        service_areas=BOTH_STREETS,
        address="示例区和平路5号",
        responsible_person="薛梅",
        full_time_staff=11,
        social_workers=5,
        volunteers=20,
        bank_name="示例银行和平支行",
        bank_account="6200000000000040003",
    ),
    people.SILVER: ProfileWords(
        business_scope="老年社会工作、独居老人探访、认知障碍友好社区。",
        categories=("LIFE",),
        service_areas="梧桐街道",
        address="示例区银杏路77号",
        responsible_person="廉斌",
        full_time_staff=8,
        social_workers=6,
        volunteers=30,
        bank_name="示例银行银杏支行",
        bank_account="6200000000000040004",
    ),
    people.ENTERPRISE: ProfileWords(
        business_scope="家政、助餐配送、物业保洁。",
        categories=("LIFE",),
        service_areas=BOTH_STREETS,
        address="示例区安居路9号",
        responsible_person="殷杰",
        full_time_staff=120,
        bank_name="示例银行安居支行",
        bank_account="6200000000000050001",
    ),
}


def _grade(value: str, day: date, number: int) -> StandingFact:
    document = f"示例区民政局公告〔{day.year}〕{number}号（虚构）"
    return StandingFact(kind=StandingKind.GRADE, value=value, from_on=day, document=document)


def _checked(value: str) -> StandingFact:
    document = "示例区民政局2024年度检查公告（虚构）"
    return StandingFact(kind=StandingKind.ANNUAL_CHECK, value=value, from_on=date(2025, 7, 1), document=document)


STANDINGS = (
    (people.WARM_SUN, _grade("5A", date(2023, 11, 20), 12)),
    (people.NEIGHBOURS, _grade("4A", date(2024, 5, 16), 7)),
    (people.HARMONY, _grade("3A", date(2020, 10, 9), 9)),
    (people.WARM_SUN, _checked("合格")),
    (people.NEIGHBOURS, _checked("合格")),
    (people.SPORTS, _checked("基本合格")),
    (
        people.VOLUNTEERS,
        StandingFact(kind=StandingKind.HUB, from_on=date(2022, 3, 1), document="示例区民政局认定〔2022〕3号（虚构）"),
    ),
    (
        people.FOUNDATION,
        StandingFact(kind=StandingKind.CHARITY, from_on=date(2017, 1, 1), document="慈善组织登记证书（虚构）"),
    ),
    (
        people.SPORTS,
        StandingFact(
            kind=StandingKind.ABNORMAL, from_on=date(2025, 8, 1), document="示例区民政局异常名录公告〔2025〕2号（虚构）"
        ),
    ),
    (
        people.WORKSHOP,
        StandingFact(
            kind=StandingKind.DISHONEST_DEBTOR, from_on=date(2025, 9, 15), document="（2025）示执字第18号（虚构）"
        ),
    ),
    (
        people.FOUNDATION,
        StandingFact(
            kind=StandingKind.TAX_EXEMPT,
            from_on=date(2024, 1, 1),
            document="示例区财政局、税务局公告〔2024〕6号（虚构）",
        ),
    ),
)


async def _administrator(organization: str) -> User:
    (user, *_) = await users_with_role(role=Role.ORGANIZATION_ADMINISTRATOR, organization=organization)
    return user


async def build_registers() -> None:
    """Load the law and the catalogues; before anything that is judged."""
    await load_provisions(now=LOADED)
    await load_catalogue(now=LOADED)


async def build() -> None:
    """Let the organizations tell of themselves, and the authorities record their standings."""
    for code, words in PROFILES.items():
        await update_profile(organization=code, words=words, expected=None, by=await _administrator(code), now=TOLD)
    keeper = await people.somebody("cao.jie")
    await registers.build(keeper=keeper, published=TOLD, drafted=RECORDED)
    for code, standing in STANDINGS:
        await record_standing(organization=code, standing=standing, by=keeper, now=RECORDED)
    await turn_standings(now=RECORDED)


async def save_searches(*, now: datetime) -> None:
    """Let a purchaser keep a search of the directory; at the end, so that no morning has passed since."""
    wanted = Wanted(q="助餐", category="LIFE")
    await save_search(name="助餐机构", wanted=wanted, by=await people.somebody("wang.fang"), now=now)
