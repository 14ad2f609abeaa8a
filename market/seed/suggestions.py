"""What the residents of the demo town ask for: one in each state, and one followed to its published evaluation."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

from market.base.database import one
from market.needs import actions
from market.needs.actions.voices import proof_of_phone
from market.needs.rules.suggestions import Wording
from market.needs.states import IssueSource, Kind, Outcome
from market.people.attachments import attach_file
from market.people.states import ANYONE
from market.seed import people

_ASKED_LAST_YEAR = datetime(2025, 1, 8, 2, 0, tzinfo=UTC)
_FEBRUARY = datetime(2026, 2, 9, 2, 0, tzinfo=UTC)
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
VISITS = Wording(
    title="独居老人希望有人定期上门看看",
    words="楼里好几位独居老人，子女都在外地，平时没有人说话，身体不舒服也没人知道。",
    place="梧桐一村",
    served="七十岁以上独居老人",
    people=200,
    category=Kind.LIFE,
)
_WISHES = (
    (people.WUTONG, "yang.mei", Wording(
        title="希望开设社区助浴点", words="老房子没有浴室，冬天洗澡不方便。", place="梧桐一村", served="行动不便的老人",
        people=80, category=Kind.LIFE), 6),
    (people.WUTONG, "", Wording(
        title="老房子洗澡难，想要助浴服务", words="", place="梧桐一村北区", served="行动不便的老人", people=30,
        category=Kind.LIFE), 2),
    (people.WUTONG, "zhu.gang", Wording(
        title="希望晚上有广场舞指导", words="大家自己跳，缺人教。", place="梧桐公园", served="社区居民", people=120,
        category=Kind.CULTURE), 3),
    (people.WUTONG, "", Wording(
        title="希望有人调解楼道堆物纠纷", words="为楼道堆物常有争吵。", place="梧桐二村", served="多层住宅居民",
        people=300, category=Kind.MEDIATION), 4),
    (people.WUTONG, "", Wording(
        title="希望给每户发放米面油", words="", place="梧桐三村", served="社区居民", people=None,
        category=Kind.CHARITY), 0),
    (people.WUTONG, "", Wording(
        title="广告：家电清洗特价", words="", place="梧桐一村", served="社区居民", people=None,
        category=Kind.LIFE), 0),
    (people.QINGHE, "chang.qing", Wording(
        title="希望增加老年人手机课堂", words="扫码、挂号都不会，孩子没空教。", place="清河新苑",
        served="六十岁以上居民", people=60, category=Kind.CULTURE), 5),
)  # fmt: skip


def _proof(number: int, now: datetime) -> str:
    """Return the proof of an invented number of the town."""
    return proof_of_phone(phone=f"138{number:08d}", until=now + _HOUR)


async def _asked(street: str, login: str, wording: Wording, *, voices: int, now: datetime, first: int) -> str:
    """Let somebody ask and neighbours support it by their phones; return its code."""
    by = await people.somebody(login) if login else ANYONE
    proof = "" if login else _proof(first, now)
    code = (await actions.suggest_need(street=street, wording=wording, proof=proof, by=by, now=now)).code
    for number in range(1, voices + 1):
        moment = now + number * _HOUR
        await actions.support_suggestion(code=code, proof=_proof(first + number, moment), by=ANYONE, now=moment)
    return code


async def _answered(code: str, outcome: Outcome, reason: str, *, now: datetime, need: str = "", link: str = "") -> None:
    await actions.answer_suggestion(
        code=code, outcome=outcome, reason=reason, need=need, link=link, expected=None,
        by=await people.somebody("wang.fang"), now=now,
    )  # fmt: skip


async def taken_up(*, need: str, now: datetime) -> None:
    """Let residents ask for visits, and the street answer that this draft need takes it up."""
    code = await _asked(people.WUTONG, "yang.mei", VISITS, voices=8, now=_ASKED_LAST_YEAR, first=900)
    reason = "已纳入年度为老服务计划，正在形成采购需求，进展会逐步公布。"
    await _answered(code, Outcome.TAKEN_UP, reason, need=need, now=now + timedelta(minutes=10))


async def build() -> None:
    """Leave a suggestion in each state, and a list of hotline issues."""
    codes = [
        await _asked(street, login, wording, voices=voices, now=_FEBRUARY + at * _DAY, first=100 + 20 * at)
        for at, (street, login, wording, voices) in enumerate(_WISHES)
    ]
    main, double, dances, quarrels, gifts, advert, _ = codes
    now = _FEBRUARY + 10 * _DAY
    clerk = await people.somebody("wang.fang")
    await actions.merge_suggestions(code=double, into=main, expected=None, by=clerk, now=now)
    await _answered(dances, Outcome.OTHERS, "社区健身志愿队每周二、周五晚上到场指导，由居委会安排。", now=now + _HOUR)
    await _answered(
        quarrels,
        Outcome.SERVED,
        "街道已有矛盾调处服务，可以直接联系居委会登记。",
        link="/contracts",
        now=now + 2 * _HOUR,
    )
    await _answered(gifts, Outcome.NOT_POSSIBLE, "直接发放物品不属于政府购买服务的范围。", now=now + 3 * _HOUR)
    await actions.hide_suggestion(
        code=advert, reason="内容为商业广告，不是居民需求。", expected=None, by=clerk, now=now + 4 * _HOUR
    )
    await _asked(
        people.WUTONG, "zhu.gang",
        Wording(title="希望周末有儿童阅读活动", words="双休日孩子没有去处。", place="梧桐二村", served="小学生",
                people=90, category=Kind.CULTURE),
        voices=2, now=now, first=400,
    )  # fmt: skip
    kept = await attach_file(name="2026年1月12345工单.csv", chunks=_list(), by=clerk, now=now)
    await actions.import_issues(source=IssueSource.HOTLINE, file=kept.code, by=clerk, now=now + 5 * _HOUR)
    await attach_file(name="2026年1月网格巡查.csv", chunks=_list(), by=clerk, now=now + 6 * _HOUR)


async def _list() -> AsyncIterator[bytes]:
    kinds = ("独居老人求助", "独居老人求助", "楼道堆物", "独居老人求助", "路灯不亮")
    lines = ["工单编号,诉求类型,小区,受理日期,诉求内容"]
    lines += [f"RX2026{n:04d},{kind},梧桐一村,2026-01-{n + 5:02d},（虚构）" for n, kind in enumerate(kinds, 1)]
    yield "\r\n".join([*lines, "RX20260099,噪音,梧桐一村501室,2026-01-20,（虚构）"]).encode()


async def file_to_take_in() -> str:
    """Return the code of the list that is attached and not yet taken in, for the examples."""
    row = await one("SELECT code FROM attachment WHERE name = '2026年1月网格巡查.csv'")
    return str(row["code"]) if row else ""


async def code_to_confirm() -> dict[str, str]:
    """Return a number and a code that still holds a year after the town begins, for the examples."""
    phone = "13900000000"
    sent = await actions.send_code(phone=phone, now=_FEBRUARY + 365 * _DAY)
    return {"phone": phone, "code": sent.shown or ""}
