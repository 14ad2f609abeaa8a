"""Which columns the files of each list have: their headings as the forms and the authorities' lists write them."""

from collections.abc import Mapping

from catalogs.rules.organizations import CHECKS, GRADES
from catalogs.states import StandingKind
from catalogs.states.imports import ImportKind
from market.base.sheets.columns import Column, Holds
from market.people.states import OrganizationKind

_CODE = Column(
    name="code",
    titles=("统一社会信用代码", "信用代码", "社会信用代码", "机构代码", "Unified social credit code", "code"),
    holds=Holds.CODE,
    needed=True,
)
_NAME_TITLES = ("名称", "单位名称", "机构名称", "社会组织名称", "组织名称", "企业名称", "Name", "name")

MENU = (
    Column(name="code", titles=("编号", "服务编号", "代码", "Code"), holds=Holds.CODE),
    Column(name="name_zh", titles=("服务名称", "名称", "Name in Chinese", "name_zh"), needed=True, most=100),
    Column(name="name_en", titles=("英文名称", "Name in English", "name_en"), most=100),
    Column(name="unit_zh", titles=("计量单位", "单位", "Unit", "unit_zh"), needed=True, most=40),
    Column(name="unit_en", titles=("英文单位", "Unit in English", "unit_en"), most=60),
    Column(
        name="item",
        titles=("采购品目编码", "品目编码", "采购品目", "Official item code", "item"),
        holds=Holds.CODE,
        needed=True,
    ),
    Column(name="category", titles=("服务类别", "类别", "Category", "category"), holds=Holds.CHOICE, needed=True),
    Column(name="price_from", titles=("参考价下限", "参考价格下限", "Reference price from"), holds=Holds.AMOUNT),
    Column(name="price_until", titles=("参考价上限", "参考价格上限", "Reference price until"), holds=Holds.AMOUNT),
    Column(name="standard", titles=("服务标准", "Service standard"), holds=Holds.TEXT),
    Column(name="staff", titles=("人员要求", "Staff"), holds=Holds.TEXT),
    Column(name="evidence", titles=("佐证材料", "Evidence"), holds=Holds.TEXT),
)

KIND_TITLES: Mapping[str, str] = {
    OrganizationKind.ASSOCIATION: "社会团体",
    OrganizationKind.SERVICE_INSTITUTION: "社会服务机构（民办非企业单位）",
    OrganizationKind.FOUNDATION: "基金会",
    OrganizationKind.ENTERPRISE: "企业",
    OrganizationKind.INSTITUTION_2: "公益二类事业单位",
    OrganizationKind.COMMITTEE: "居民委员会",
    OrganizationKind.INDIVIDUAL: "个人",
    OrganizationKind.MASS_ORGANIZATION: "群团组织",
}
"""The kinds a file may name: street offices and authorities are registered one by one."""

_OTHER_KIND_TITLES: Mapping[str, str] = {
    "社会服务机构": OrganizationKind.SERVICE_INSTITUTION,
    "民办非企业单位": OrganizationKind.SERVICE_INSTITUTION,
    "民非": OrganizationKind.SERVICE_INSTITUTION,
    "社团": OrganizationKind.ASSOCIATION,
    "公司": OrganizationKind.ENTERPRISE,
    "居委会": OrganizationKind.COMMITTEE,
}

ORGANIZATIONS = (
    _CODE,
    Column(name="name", titles=_NAME_TITLES, needed=True, most=200),
    Column(name="name_en", titles=("英文名称", "Name in English", "name_en")),
    Column(
        name="kind",
        titles=("类型", "组织类型", "机构类型", "Kind", "kind"),
        holds=Holds.CHOICE,
        choices=KIND_TITLES,
        also=_OTHER_KIND_TITLES,
    ),
    Column(name="district", titles=("所属区", "行政区", "District", "district"), most=60),
    Column(name="street_code", titles=("街道代码", "Street code", "street_code"), holds=Holds.CODE, most=12),
    Column(name="established_on", titles=("成立日期", "登记日期", "Established on", "established_on"), holds=Holds.DAY),
    Column(name="supervisory_unit", titles=("业务主管单位", "Supervisory unit", "supervisory_unit")),
    Column(
        name="registered_capital",
        titles=("注册资金", "开办资金", "活动资金", "原始基金", "Registered capital"),
        holds=Holds.AMOUNT,
    ),
    Column(name="business_scope", titles=("业务范围", "经营范围", "Business scope"), holds=Holds.TEXT),
    Column(name="categories", titles=("服务类别", "Categories of services", "categories"), holds=Holds.MANY),
    Column(name="service_areas", titles=("服务区域", "Service areas", "service_areas")),
    Column(name="address", titles=("住所", "地址", "Address", "address")),
    Column(name="full_time_staff", titles=("专职人员", "专职人员数", "Full-time staff"), holds=Holds.NUMBER),
    Column(name="social_workers", titles=("持证社工", "持证社工数", "Certified social workers"), holds=Holds.NUMBER),
    Column(name="volunteers", titles=("志愿者", "志愿者数", "Volunteers"), holds=Holds.NUMBER),
)

_FROM = ("列入日期", "认定日期", "处罚决定日期", "决定日期", "公布日期", "生效日期", "Counts from", "from_on")
_LIST_TITLES: Mapping[str, str] = {
    StandingKind.DISHONEST_DEBTOR: "失信被执行人",
    StandingKind.TAX_OFFENDER: "重大税收违法案件当事人",
    StandingKind.PROCUREMENT_OFFENDER: "政府采购严重违法失信行为记录名单",
    StandingKind.SERIOUS_ILLEGALITY: "重大违法记录（行政处罚）",
}
_STANDING = (
    Column(name="from_on", titles=_FROM, holds=Holds.DAY, needed=True),
    Column(name="until_on", titles=("有效期至", "截止日期", "处罚截止期", "Counts until", "until_on"), holds=Holds.DAY),
    Column(name="document", titles=("文件", "文号", "决定文书号", "公告文号", "Document", "document"), needed=True),
    Column(name="authority", titles=("决定机关", "认定机关", "处罚机关", "列入机关", "Authority", "authority")),
    Column(name="left_on", titles=("移出日期", "退出日期", "撤销日期", "Left on", "left_on"), holds=Holds.DAY),
    Column(name="left_document", titles=("移出文件", "移出文号", "Document of the lifting", "left_document")),
)


def _values(words: tuple[str, ...]) -> dict[str, str]:
    return {word: word for word in words}


def columns_of(kind: str, *, categories: Mapping[str, str]) -> tuple[Column, ...]:
    """Return the columns of a list, in the order in which they are written; `categories` are codes and names."""
    if kind in (ImportKind.MENU, ImportKind.ORGANIZATIONS):
        written = MENU if kind == ImportKind.MENU else ORGANIZATIONS
        return tuple(_with(column, categories) if _names_categories(column) else column for column in written)
    name = Column(name="name", titles=_NAME_TITLES)
    value: tuple[Column, ...] = ()
    if kind == ImportKind.GRADES:
        titles: tuple[str, ...] = ("评估等级", "等级", "Grade", "value")
        value = (Column(name="value", titles=titles, holds=Holds.CHOICE, needed=True, choices=_values(GRADES)),)
    elif kind == ImportKind.ANNUAL_CHECKS:
        titles = ("年检结论", "年检结果", "检查结论", "Outcome", "value")
        value = (Column(name="value", titles=titles, holds=Holds.CHOICE, needed=True, choices=_values(CHECKS)),)
    elif kind == ImportKind.CREDIT:
        titles = ("名单", "名单类别", "名单名称", "List", "kind")
        value = (Column(name="kind", titles=titles, holds=Holds.CHOICE, needed=True, choices=_LIST_TITLES),)
    return (_CODE, name, *value, *_STANDING)


def _names_categories(column: Column) -> bool:
    return column.name in ("category", "categories")


def _with(column: Column, choices: Mapping[str, str]) -> Column:
    return Column(
        name=column.name,
        titles=column.titles,
        holds=column.holds,
        needed=column.needed,
        most=column.most,
        choices=choices,
    )
