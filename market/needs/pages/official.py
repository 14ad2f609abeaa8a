"""The doors of methods and of purchases outside this house."""

from typing import Any

from litestar.response import Stream

from market.base.calendar import local_date
from market.base.refusal import NotFound
from market.base.storage import disposition
from market.base.web import Door, Filled, Route, act, read
from market.base.wording import words
from market.needs import queries
from market.needs.actions import methods, official
from market.needs.forms.official import ChooseMethod, HandOver, RecordOfficialResult, TrackOfficial
from market.needs.queries.methods import MethodTable, methods_of
from market.needs.queries.official import hand_over_file
from market.needs.states import Act
from market.needs.states.official import GROUND_WORDS, METHOD_WORDS, OUTCOME_WORDS, STAGE_WORDS
from market.people.attachments import open_made
from market.people.sending import own_files
from market.people.states import Role

_ZIP = "application/zip"


def words_outside() -> dict[str, Any]:
    """Return the words with which a need's page tells of methods, grounds, stages and outcomes."""
    return {
        "method_words": METHOD_WORDS,
        "ground_words": GROUND_WORDS,
        "stage_words": STAGE_WORDS,
        "outcome_words": OUTCOME_WORDS,
    }


async def _fill_method(door: Door[None]) -> Filled:
    card = await queries.need_for(code=door.code, user=door.user)
    table = await methods_of(code=card.code, now=door.now, lang=door.lang)
    values = {"method": card.method, "grounds": card.method_grounds, "reason": card.method_reason}
    choices = {"grounds": [(str(ground), words(said, door.lang)) for ground, said in GROUND_WORDS.items()]}
    return Filled(record=card, values=values, choices=choices, context={"methods": table.methods, **words_outside()})


@read("/needs/{code:str}/methods", name="methods_of", template="needs/methods.html", returns=MethodTable)
async def methods_table(door: Door[None]) -> MethodTable:
    """Show which methods are lawful for a need today, why, on which grounds, and where each would run."""
    await queries.need_for(code=door.code, user=door.user)
    return await methods_of(code=door.code, now=door.now, lang=door.lang)


@act(
    Act.CHOOSE_METHOD,
    "/needs/{code:str}/choose-method",
    form=ChooseMethod,
    returns=queries.NeedCard,
    fill=_fill_method,
    template="needs/choose_method.html",
    example={"method": "consultation", "reason": "服务内容较复杂，需要与供应商磋商确定方案。"},
)
async def choose_method(door: Door[ChooseMethod]) -> queries.NeedCard:
    """Choose how a need is bought, with grounds and reason."""
    sent = door.form
    return await methods.choose_method(
        code=door.code,
        method=sent.method,
        grounds=frozenset(sent.grounds),
        reason=sent.reason,
        top_up=sent.top_up(),
        expected=door.expected,
        by=door.user,
        now=door.now,
    )


def hand_over_example(card: queries.NeedCard) -> dict[str, Any]:  # noqa: ARG001  every example's signature
    """Return documents that are lawful for any need of the town."""
    return {
        "qualification": "符合政府采购法第二十二条规定；不接受转包。",
        "service_from": "2026-05-01",
        "service_until": "2027-04-30",
        "price_points": "20",
        "criteria": [
            {"title": "服务方案", "points": "50", "guide": "按完整性、针对性分档打分。"},
            {"title": "人员配备", "points": "30", "guide": "按持证人员数量打分。"},
        ],
        "milestones": [
            {"title": "中期验收", "due_on": "2026-10-31", "percent": "50"},
            {"title": "期末验收", "due_on": "2027-04-15", "percent": "50"},
        ],
    }


async def _fill_hand_over(door: Door[None]) -> Filled:
    card = await queries.need_for(code=door.code, user=door.user)
    values: dict[str, Any] = {}
    if card.outside:
        last = card.outside[0]
        values = {
            "qualification": last.qualification,
            "service_from": last.service_from,
            "service_until": last.service_until,
            "price_points": last.price_points,
            "criteria": last.criteria,
            "milestones": [
                {"title": m.title, "due_on": m.due_on, "percent": (m.share * 100).normalize()} for m in last.milestones
            ],
        }
    return Filled(record=card, values=values)


@act(
    Act.HAND_OVER,
    "/needs/{code:str}/hand-over",
    form=HandOver,
    returns=queries.NeedCard,
    fill=_fill_hand_over,
    example=hand_over_example,
)
async def hand_over(door: Door[HandOver]) -> queries.NeedCard:
    """Make the hand-over file of a need that runs outside this house."""
    sent = door.form
    return await official.hand_over(
        code=door.code,
        papers=sent.papers(),
        without_intention=sent.without_intention,
        without_intention_reason=sent.without_intention_reason or "",
        expected=door.expected,
        by=door.user,
        now=door.now,
    )


@read("/needs/{code:str}/hand-over-file", name="hand_over_file", media=_ZIP, signed_in=True)
async def hand_over_zip(door: Door[None]) -> Stream:
    """Answer the hand-over file to the street and those who oversee it; `?round=` names an earlier one."""
    card = await queries.need_for(code=door.code, user=door.user)
    if card.street != door.user.organization and not door.user.may_be(Role.AUDITOR, Role.FINANCE_SUPERVISOR):
        raise NotFound
    wanted = door.query("round")
    number = int(wanted) if wanted and wanted.isdecimal() and len(wanted) < 9 else None  # noqa: PLR2004  an int4
    manifest = await hand_over_file(need=card.code, round_=number)
    headers = disposition(name=f"{card.code}-{number or card.outside[0].round}.zip", media_type=_ZIP)
    return Stream(await open_made(digest=manifest.digest), media_type=_ZIP, headers=headers)


async def _fill_track(door: Door[None]) -> Filled:
    card = await queries.need_for(code=door.code, user=door.user)
    number = card.outside[0].number if card.outside else ""
    return Filled(record=card, values={"number": number, "reached_on": local_date(door.now)})


@act(
    Act.TRACK_OFFICIAL,
    "/needs/{code:str}/track-official",
    form=TrackOfficial,
    returns=queries.NeedCard,
    fill=_fill_track,
    example={
        "number": "310000-2026-00888",
        "platform_url": "https://zfcg.example.gov.cn/notice/310000-2026-00888",
        "stage": "announced",
        "reached_on": "2026-03-02",
    },
)
async def track_official(door: Door[TrackOfficial]) -> queries.NeedCard:
    """Note a stage of the outside process."""
    sent = door.form
    return await official.track_official(
        code=door.code,
        number=sent.number,
        platform_url=sent.platform_url or "",
        stage=sent.stage,
        reached_on=sent.reached_on,
        note=sent.note or "",
        expected=door.expected,
        by=door.user,
        now=door.now,
    )


async def _fill_result(door: Door[None]) -> Filled:
    card = await queries.need_for(code=door.code, user=door.user)
    choices = {"files": await own_files(by=door.user)}
    return Filled(record=card, values={"notice_on": local_date(door.now)}, choices=choices)


@act(
    Act.RECORD_OFFICIAL_RESULT,
    "/needs/{code:str}/record-official-result",
    form=RecordOfficialResult,
    returns=queries.NeedCard,
    fill=_fill_result,
    example={
        "outcome": "failed-again",
        "notice_number": "310000-2026-00888-终",
        "notice_on": "2026-03-02",
        "notice_text": "因响应供应商不足三家，本次采购终止。",
    },
)
async def record_official_result(door: Door[RecordOfficialResult]) -> queries.NeedCard:
    """Take the result of the outside process back."""
    return await official.record_official_result(
        code=door.code, result=door.form.result(), expected=door.expected, by=door.user, now=door.now
    )


ROUTES: list[Route] = [
    methods_table,
    choose_method,
    hand_over,
    hand_over_zip,
    track_official,
    record_official_result,
]
