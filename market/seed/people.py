"""The people of the demo town and whom they serve; all invented, and their codes of region 000000 cannot be real."""

from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from market.base.database import one, rows
from market.desk.demo import PASSWORD, secret_of
from market.people import actions
from market.people.queries import acts_allowed, user_named
from market.people.states import OrganizationKind, Role, User
from market.tendering.actions import make_key
from market.tendering.examples import PASSPHRASE
from market.tendering.states import KEYHOLDERS

FOUNDED = datetime(2025, 1, 6, 1, 0, tzinfo=UTC)
DISTRICT = "示例区"

WUTONG_AREA = "000000001000"
QINGHE_AREA = "000000002000"

WUTONG = "11000000002468133W"
QINGHE = "110000000013579092"
CIVIL_AFFAIRS = "110000000011100173"
FINANCE = "11000000001110025X"
AUDIT = "11000000001110033Q"
EXPERTS = "11000000001110041K"
DATA_OFFICE = "1100000000111005XB"
WUTONG_COMMITTEE = "55000000MJ2000011F"
QINGHE_COMMITTEE = "55000000MJ200002X7"
VOLUNTEERS = "51000000MJ1234561G"
SPORTS = "51000000MJ30000213"
WARM_SUN = "52000000MJ4000015H"
NEIGHBOURS = "52000000MJ4000023C"
HARMONY = "52000000MJ40000317"
SILVER = "52000000MJ400004XY"
ASSESSORS = "52000000MJ4000058Y"
FOUNDATION = "53000000MJ7654321R"
ENTERPRISE = "91000000MA50000143"
INSTITUTION = "12000000MB600001XX"
UNION = "81000000MJ7000010L"
WORKSHOP = "92000000MA800001X0"
NEWCOMER = "52000000MJ4000066R"


class Home(NamedTuple):
    """An organization of the town."""

    code: str
    name: str
    name_en: str
    kind: OrganizationKind
    established_on: date
    street_code: str = ""


K = OrganizationKind
ORGANIZATIONS = (
    Home(WUTONG, "示例区梧桐街道办事处", "Wutong Street Office", K.STREET, date(1995, 6, 1), WUTONG_AREA),
    Home(QINGHE, "示例区清河街道办事处", "Qinghe Street Office", K.STREET, date(1998, 3, 1), QINGHE_AREA),
    Home(CIVIL_AFFAIRS, "示例区民政局", "District Civil Affairs Bureau", K.AUTHORITY, date(1990, 1, 1)),
    Home(FINANCE, "示例区财政局", "District Finance Bureau", K.AUTHORITY, date(1990, 1, 1)),
    Home(AUDIT, "示例区审计局", "District Audit Bureau", K.AUTHORITY, date(1990, 1, 1)),
    Home(EXPERTS, "示例区评审专家管理办公室", "District Expert Office", K.AUTHORITY, date(2012, 1, 1)),
    Home(DATA_OFFICE, "示例区数据局", "District Data Office", K.AUTHORITY, date(2019, 1, 1)),
    Home(
        WUTONG_COMMITTEE,
        "梧桐一村居民委员会",
        "Wutong First Village Residents' Committee",
        K.COMMITTEE,
        date(1996, 5, 1),
        WUTONG_AREA,
    ),
    Home(
        QINGHE_COMMITTEE,
        "清河新苑居民委员会",
        "Qinghe Garden Residents' Committee",
        K.COMMITTEE,
        date(2003, 5, 1),
        QINGHE_AREA,
    ),
    Home(VOLUNTEERS, "示例区志愿者协会", "District Volunteers' Association", K.ASSOCIATION, date(2009, 4, 20)),
    Home(SPORTS, "示例区社区健身协会", "District Community Fitness Association", K.ASSOCIATION, date(2013, 8, 8)),
    Home(WARM_SUN, "示例区暖阳为老服务中心", "Warm Sun Elderly Care Centre", K.SERVICE_INSTITUTION, date(2014, 3, 12)),
    Home(
        NEIGHBOURS,
        "示例区邻里社区服务中心",
        "Neighbours Community Service Centre",
        K.SERVICE_INSTITUTION,
        date(2016, 9, 1),
    ),
    Home(
        HARMONY,
        "示例区和合社区调解中心",
        "Harmony Community Mediation Centre",
        K.SERVICE_INSTITUTION,
        date(2017, 11, 3),
    ),
    Home(SILVER, "示例区银龄社会工作事务所", "Silver Age Social Work Office", K.SERVICE_INSTITUTION, date(2023, 6, 15)),
    Home(
        ASSESSORS,
        "示例区社会服务评估中心",
        "District Social Service Assessment Centre",
        K.SERVICE_INSTITUTION,
        date(2015, 2, 2),
    ),
    Home(FOUNDATION, "示例区梧桐社区基金会", "Wutong Community Foundation", K.FOUNDATION, date(2016, 1, 18)),
    Home(ENTERPRISE, "示例区安居生活服务有限公司", "Anju Living Services Co., Ltd.", K.ENTERPRISE, date(2018, 7, 7)),
    Home(INSTITUTION, "示例区社区教育学院", "District Community College", K.INSTITUTION_2, date(2001, 9, 1)),
    Home(UNION, "示例区总工会", "District Federation of Trade Unions", K.MASS_ORGANIZATION, date(1991, 5, 1)),
    Home(WORKSHOP, "示例区老陈修理铺", "Lao Chen's Repair Shop", K.INDIVIDUAL, date(2020, 2, 20)),
)


class Person(NamedTuple):
    """Somebody of the town: one role each, so that the town is easy to follow."""

    login: str
    name: str
    role: Role
    home: str


R = Role
PEOPLE = (
    Person("jin.bo", "金波", R.PLATFORM_ADMINISTRATOR, DATA_OFFICE),
    Person("wang.fang", "王芳", R.PURCHASER, WUTONG),
    Person("li.jun", "李军", R.APPROVER, WUTONG),
    Person("zhao.min", "赵敏", R.LEGAL_REVIEWER, WUTONG),
    Person("qian.lei", "钱磊", R.BUDGET_OFFICER, WUTONG),
    Person("sun.yue", "孙悦", R.BUDGET_OFFICER, WUTONG),
    Person("zhou.ping", "周平", R.STREET_SUPERVISOR, WUTONG),
    Person("wu.tao", "吴涛", R.PURCHASER, QINGHE),
    Person("zheng.hui", "郑慧", R.APPROVER, QINGHE),
    Person("feng.lan", "冯岚", R.LEGAL_REVIEWER, QINGHE),
    Person("chu.qiang", "褚强", R.BUDGET_OFFICER, QINGHE),
    Person("wei.na", "魏娜", R.BUDGET_OFFICER, QINGHE),
    Person("shen.yan", "沈燕", R.STREET_SUPERVISOR, QINGHE),
    Person("he.jing", "何静", R.ORGANIZATION_ADMINISTRATOR, WARM_SUN),
    Person("lin.feng", "林峰", R.BIDDER, WARM_SUN),
    Person("tang.yu", "唐宇", R.ORGANIZATION_ADMINISTRATOR, NEIGHBOURS),
    Person("fei.xue", "费雪", R.BIDDER, NEIGHBOURS),
    Person("lian.bin", "廉斌", R.ORGANIZATION_ADMINISTRATOR, SILVER),
    Person("cen.li", "岑丽", R.BIDDER, SILVER),
    Person("xue.mei", "薛梅", R.ORGANIZATION_ADMINISTRATOR, HARMONY),
    Person("lei.hao", "雷浩", R.BIDDER, HARMONY),
    Person("ni.shan", "倪珊", R.ORGANIZATION_ADMINISTRATOR, SPORTS),
    Person("teng.fei", "滕飞", R.BIDDER, SPORTS),
    Person("yin.jie", "殷杰", R.ORGANIZATION_ADMINISTRATOR, ENTERPRISE),
    Person("luo.qi", "罗琪", R.BIDDER, ENTERPRISE),
    Person("bi.yun", "毕云", R.HUB_STAFF, VOLUNTEERS),
    Person("hao.ran", "郝然", R.ORGANIZATION_ADMINISTRATOR, VOLUNTEERS),
    Person("yang.mei", "杨梅", R.RESIDENTS_COMMITTEE, WUTONG_COMMITTEE),
    Person("zhu.gang", "朱刚", R.RESIDENT_REPRESENTATIVE, WUTONG_COMMITTEE),
    Person("an.ning", "安宁", R.RESIDENTS_COMMITTEE, QINGHE_COMMITTEE),
    Person("chang.qing", "常青", R.RESIDENT_REPRESENTATIVE, QINGHE_COMMITTEE),
    Person("qin.shu", "秦舒", R.PANEL_EXPERT, EXPERTS),
    Person("you.bo", "尤博", R.PANEL_EXPERT, EXPERTS),
    Person("xu.ning", "许宁", R.PANEL_EXPERT, EXPERTS),
    Person("he.wen", "何文", R.PANEL_EXPERT, EXPERTS),
    Person("lv.an", "吕安", R.PANEL_EXPERT, EXPERTS),
    Person("shi.yu", "施宇", R.PANEL_EXPERT, EXPERTS),
    Person("zhang.heng", "张恒", R.PANEL_EXPERT, EXPERTS),
    Person("kong.xin", "孔欣", R.THIRD_PARTY_EVALUATOR, ASSESSORS),
    Person("cao.jie", "曹洁", R.CATALOGUE_KEEPER, CIVIL_AFFAIRS),
    Person("yan.li", "严丽", R.FINANCE_SUPERVISOR, FINANCE),
    Person("hua.rong", "华蓉", R.AUDITOR, AUDIT),
)
_BY_LOGIN = {person.login: person for person in PEOPLE}
_FOUNDER = User(account="jin.bo", name="金波", organization=DATA_OFFICE, roles=frozenset({Role.PLATFORM_ADMINISTRATOR}))


async def somebody(login: str) -> User:
    """Return one of the town's people as they act for their organization."""
    return await user_named(account=login, organization=_BY_LOGIN[login].home)


async def build(*, secret_key: str) -> None:
    """Register the organizations and their people, each with a token that bears all acts of their role."""
    for home in ORGANIZATIONS:
        await actions.register_organization(
            code=home.code,
            name=home.name,
            name_en=home.name_en,
            kind=home.kind,
            district=DISTRICT,
            street_code=home.street_code,
            established_on=home.established_on,
            by=_FOUNDER,
            now=FOUNDED,
        )
    password_hash = await actions.hash_password(PASSWORD)
    for person in PEOPLE:
        await actions.take_in(
            login=person.login,
            name=person.name,
            email=f"{person.login}@town.example",
            password_hash=password_hash,
            organization=person.home,
            role=person.role,
            by=_FOUNDER,
            now=FOUNDED,
        )
        user = await somebody(person.login)
        secret = secret_of(f"{person.login}:{person.home}", purpose="token", secret_key=secret_key)
        await actions.keep_token(
            secret=secret, name="demo", acts=sorted(acts_allowed(user)), days=3650, by=user, now=FOUNDED
        )


async def make_keys() -> None:
    """Let everybody who may hold a share of a tender's key have a key of their own."""
    for person in PEOPLE:
        if person.role in KEYHOLDERS:
            user = await somebody(person.login)
            await make_key(passphrase=PASSPHRASE, repeated=PASSPHRASE, lost=False, by=user, now=FOUNDED)


async def stands() -> bool:
    """Tell whether anybody lives here."""
    return await one("SELECT 1 FROM account LIMIT 1") is not None


async def spare(*, now: datetime, base_url: str, word: str) -> None:
    """Leave an invitation and a registration that nobody took up yet, and a token that can be revoked."""
    keeper, hub = await somebody("hao.ran"), await somebody("bi.yun")
    await actions.invite_member(
        organization=VOLUNTEERS,
        email="tian.tian@town.example",
        role=Role.BIDDER,
        base_url=base_url,
        word=word,
        by=keeper,
        now=now,
    )
    await actions.request_registration(
        code=NEWCOMER,
        name="示例区晨光社会工作服务中心",
        name_en="Morning Light Social Work Centre",
        kind=K.SERVICE_INSTITUTION,
        district=DISTRICT,
        established_on=date(2025, 10, 20),
        contact_name="程光",
        email="cheng.guang@town.example",
        terms=True,
        base_url=base_url,
        word=word,
        now=now,
    )
    await actions.create_token(name="spare", acts=["attach-file"], days=30, by=hub, now=now)


async def catch_up(*, now: datetime) -> None:
    """Let everybody have read what they were told up to a week ago, and the morning's mails be sent."""
    # Not by their acts: the town's ledger would begin with what nobody wants to know.
    await rows(
        "UPDATE notification SET read_at = made_at WHERE made_at < $1 AND read_at IS NULL", now - timedelta(weeks=1)
    )
    await actions.turn(now=now)
