"""What is set right or disputed in the demo town: a corrected notice, challenges and complaints at every stage."""

from datetime import UTC, datetime, timedelta

from market.base.database import rows
from market.seed import people
from market.seed.needs import QINGHE, WUTONG, Office
from market.tendering import actions
from market.tendering.queries import tender_for
from market.tendering.rules.corrections import Wanted
from market.tendering.states.disputes import Kind, Outcome, Stage

_HOUR = timedelta(hours=1)
_SUPERVISOR = "yan.li"
_GROUNDS = "政府采购法第五十二条；财政部令第94号第十条。"


async def build() -> None:
    """Leave a challenge to be answered, one answered, one complained of, and one with its published decision."""
    await _challenged("居家适老化评估", login="fei.xue", kind=Kind.PROCESS, matter="开启记录中一处时间有误。")
    answered = await _challenged("楼组议事能力培训", login="lin.feng", kind=Kind.PROCESS, matter="开启现场未宣读份数。")
    await _answered(*answered, office=QINGHE)
    complained = await _challenged("居家适老化评估", login="cen.li", kind=Kind.DOCUMENT, matter="评分标准不够量化。")
    await _answered(*complained, office=WUTONG)
    await _complained(*complained, login="cen.li")
    decided = await _challenged("楼道堆物邻里调解", login="lin.feng", kind=Kind.DOCUMENT, matter="服务时段约定不明。")
    await _answered(*decided, office=WUTONG)
    await actions.decide_complaint(
        code=await _complained(*decided, login="lin.feng"),
        outcome=Outcome.UNFOUNDED,
        decision="采购文件已载明服务时段，投诉事项缺乏事实依据，驳回投诉。",
        grounds="采购公告、质疑答复及评审资料；财政部令第94号第二十九条。",
        expected=None,
        by=await people.somebody(_SUPERVISOR),
        now=decided[1] + 4 * _HOUR,
    )


async def _challenged(title: str, *, login: str, kind: Kind, matter: str) -> tuple[str, datetime]:
    """Let a bidder challenge a tender on the day of its opening; return the challenge's code and the moment."""
    (found,) = await rows("SELECT code, opens_at FROM tender WHERE title = $1", title)
    moment = found["opens_at"] + 7 * _HOUR
    card = await actions.file_challenge(
        code=found["code"],
        kind=kind,
        stage=Stage.OPENING if kind is Kind.PROCESS else None,
        matter=matter,
        letter=_letter(login, facts=f"{matter}本单位在当日即已发现。", request="请求核实并书面答复。"),
        by=await people.somebody(login),
        now=moment,
    )
    return card.code, moment


def _letter(login: str, *, facts: str, request: str) -> dict[str, object]:
    person = next(person for person in people.PEOPLE if person.login == login)
    contact = f"示例区和平路1号，{person.name}，000-0000-0000"
    return {"facts": facts, "grounds": _GROUNDS, "request": request, "contact": contact, "files": []}


async def _answered(code: str, moment: datetime, *, office: Office) -> None:
    await actions.answer_challenge(
        code=code,
        outcome=Outcome.UNFOUNDED,
        answer="经核实，开启和采购文件均符合规定，质疑事项不成立。",
        grounds="开启记录、采购公告；政府采购法第五十三条。",
        expected=None,
        by=await people.somebody(office.approver),
        now=moment + _HOUR,
    )


async def _complained(code: str, moment: datetime, *, login: str) -> str:
    card = await actions.file_complaint(
        code=code,
        letter=_letter(login, facts="答复未回应所列事实。", request="请求责令更正。"),
        by=await people.somebody(login),
        now=moment + 2 * _HOUR,
    )
    return card.code


async def correct(code: str, *, office: Office, now: datetime) -> None:
    """Let an approver add the hours of service to a notice, before any bid is in."""
    approver = await people.somebody(office.approver)
    card = await tender_for(code=code, user=approver, now=datetime.now(UTC))
    wanted = Wanted(requirement=f"{card.requirement}\n服务时段为工作日八时三十分至十七时三十分。")
    await actions.correct_notice(
        code=code, reason="公告遗漏了服务时段。", said=False, wanted=wanted, expected=None, by=approver, now=now
    )
