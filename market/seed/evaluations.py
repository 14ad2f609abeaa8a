"""The evaluations of the demo town: what the signed contracts planned, carried as far as the days allow.

What fell due long ago is published, what opened this winter has its first answers, the rest waits for its moment.
Special evaluations of the contracts in force stand one in every stage, so that everybody finds something to do.
"""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from heapq import heapify, heappop, heappush
from itertools import cycle, islice
from typing import Any

from evaluations import actions
from evaluations.queries import EvaluationCard, SlipRow, evaluation_for, slips_for
from evaluations.rules.scoring import Judged
from evaluations.rules.surveys import Answers
from evaluations.states import Audience, Kind, State
from market.base.calendar import add_working_days, local_date, local_moment
from market.base.database import rows
from market.people.queries import users_with_role
from market.people.states import Role, User
from market.seed import people

TODAY = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
PLANNED = datetime(2026, 1, 16, 2, 0, tzinfo=UTC)
OPENS_ON = date(2026, 1, 19)
SCORED = datetime(2026, 2, 25, 2, 0, tzinfo=UTC)
STAGES = (State.SCORING, State.SCORED, State.REPLIED, State.SETTLED, State.CONCLUDED)
VISITED = 40

_HOUR = timedelta(hours=1)
_LONG_AGO = timedelta(days=90)
_QUESTIONNAIRES: tuple[Answers, ...] = (
    (5, 5, 4, 5, 5),
    (5, 4, 5, 4, 5),
    (4, 4, 4, 5, 4),
    (5, 5, 5, 5, 5),
    (4, 5, 3, 4, 4),
    (5, 5, 5, None, 5),
    (3, 4, 2, 4, 3),
)
_COMMENTS = (
    "小姑娘每周都来，很耐心。",
    "",
    "",
    "希望周末也能来。",
    "",
    "陪我去医院，帮了大忙。",
    "换了几次人，有点不习惯。",
)
_ANSWERS = 31
_FIRST_ANSWERS = 4
_COMMITTEE_ANSWERS = 3
_REASONS = {
    "A11": "职能依据、目录、负面清单和预算四项材料齐全。",
    "A12": "征求了两个居民区的意见，调查了三家机构。",
    "A31": "单价与上期合同基本持平，列明了管理成本。",
    "B11": "公告、响应和磋商期限均符合要求。",
    "B22": "专账核算，抽查凭证未发现问题。",
    "B31": "承诺社工四名，抽查在岗四名。",
    "C12": "名册与走访核对一致。",
    "C22": "项目期内无责任事故和有责投诉。",
    "D11": "重点走访对象独处时间明显减少。",
    "D12": "新增两支楼组互助队，其中一支活动不够稳定。",
    "D21": "已培训楼组长，交接制度尚需书面化。",
    "D31": "高龄独居老人占比达到计划。",
}
_PARTIAL = {"A12": Decimal("1.5"), "D11": Decimal(5), "D12": Decimal(2), "D21": Decimal(2)}
_REMOVED = {"B33": "项目期内未下达整改。", "C41": "合同按总价结算，不核单位成本。"}
_OPINION = (
    "服务按约完成，居民反映良好，台账完整。\n问题：互助队活动不够稳定，交接制度尚未成文。\n建议：下一期把志愿者培训和"
    "交接制度写入合同。"
)


async def build() -> None:
    """Plan the special evaluations, then let time and people go on with all of them until the town begins."""
    targets = dict(zip(await _plan_special(), STAGES, strict=False))
    found = await rows("SELECT * FROM evaluation WHERE state = 'planned' ORDER BY opens_at, id")
    courses = [Course(row, number=n, target=targets.get(row["code"])) for n, row in enumerate(found)]
    await _run([course.life() for course in courses])


async def _plan_special() -> list[str]:
    """Plan a special evaluation of every contract that was in force in January and still is."""
    contracts = await rows(
        "SELECT code, street FROM contract WHERE state = 'in-force' AND signed_at < $1 AND until_on > $2 ORDER BY code",
        PLANNED, TODAY.date(),
    )  # fmt: skip
    made = []
    for contract in contracts[: len(STAGES)]:
        purchaser = (await users_with_role(role=Role.PURCHASER, organization=contract["street"]))[0]
        card = await actions.plan_evaluation(
            contract=contract["code"],
            kind=Kind.SPECIAL,
            opens_on=OPENS_ON,
            population=VISITED,
            by=purchaser,
            now=PLANNED,
        )
        made.append(card.code)
    return made


async def _run(lives: list[AsyncIterator[datetime]]) -> None:
    """Let every life go on in the order of its moments; a life tells its next moment and acts when it is resumed."""
    waiting = [(await anext(life), number) for number, life in enumerate(lives)]
    heapify(waiting)
    while waiting and waiting[0][0] <= TODAY:
        _, number = heappop(waiting)
        moment = await anext(lives[number], None)
        if moment is not None:
            heappush(waiting, (moment, number))


class Course:
    """One evaluation on its way, each step by the person whose turn it is."""

    def __init__(self, row: dict[str, Any], *, number: int, target: State | None) -> None:
        """Stand where the evaluation was planned; without a target it goes on until its days are over."""
        self.code: str = row["code"]
        self._opens_at: datetime = row["opens_at"]
        self._street, self._supplier, self._number, self._target = row["street"], row["supplier"], number, target

    async def life(self) -> AsyncIterator[datetime]:
        """Yield each next moment, and act in it when resumed."""
        purchaser = await self._one(Role.PURCHASER, self._street)
        provider = await self._one(Role.ORGANIZATION_ADMINISTRATOR, self._supplier)
        yield self._opens_at
        await actions.turn(now=self._opens_at)
        until = (await self._card(purchaser)).survey_until or TODAY
        yield (now := _morning_after(self._opens_at))
        if until > TODAY:
            await self._answer([purchaser], now=now, limit=_FIRST_ANSWERS)
            return
        await self._answer([purchaser, provider], now=now, limit=_ANSWERS)
        yield (now := _morning_after(now))
        await self._tell(provider, now=now)
        yield until
        await actions.turn(now=until)
        async for moment in self._afterwards(until, provider=provider):
            yield moment

    async def _afterwards(self, until: datetime, *, provider: User) -> AsyncIterator[datetime]:
        """Score, reply, answer, conclude and publish, as far as the target says."""
        evaluator = await people.somebody("kong.xin")
        now = _morning_after(until) if until < TODAY - _LONG_AGO else SCORED
        if self._target is State.SCORING:
            return
        yield now
        await self._score(evaluator, now=now)
        if self._target is State.SCORED:
            return
        yield (now := _morning_after(now))
        reply = "对长效机制一项说明：楼组长培训名单和交接流程已补交。"
        await actions.reply_to_evaluation(code=self.code, reply=reply, expected=None, by=provider, now=now)
        if self._target is State.REPLIED:
            return
        yield (now := _morning_after(now))
        answer = "名单已核对，交接流程仍未成文，维持原评分。"
        await actions.answer_reply(code=self.code, answer=answer, changes=[], expected=None, by=evaluator, now=now)
        if self._target is State.SETTLED:
            return
        yield (now := now + _HOUR)
        await actions.conclude_evaluation(code=self.code, expected=None, by=evaluator, now=now)
        if self._target is State.CONCLUDED:
            return
        yield (now := _morning_after(now))
        approver = await self._one(Role.APPROVER, self._street)
        await actions.publish_evaluation(code=self.code, expected=None, by=approver, now=now)

    async def _one(self, role: Role, organization: str) -> User:
        return (await users_with_role(role=role, organization=organization))[0]

    async def _card(self, user: User) -> EvaluationCard:
        return await evaluation_for(code=self.code, user=user, now=TODAY)

    async def _answer(self, sides: list[User], *, now: datetime, limit: int) -> None:
        """Let the holders of slips answer: residents, some of the committee, and the two sides."""
        filled = islice(cycle(zip(_QUESTIONNAIRES, _COMMENTS, strict=True)), self._number, None)
        handed: list[SlipRow] = []
        for user in [*await _committee_of(self._street), *sides]:
            sheet = await slips_for(code=self.code, user=user, secret=actions.survey_secret())
            residents = [slip for slip in sheet.slips if slip.audience == Audience.RESIDENTS]
            others = [slip for slip in sheet.slips if slip.audience != Audience.RESIDENTS]
            handed += [*residents[:limit], *others[:_COMMITTEE_ANSWERS]]
        for slip, (answers, comment) in zip(handed, filled, strict=False):
            await actions.answer_survey(
                code=self.code, word=slip.word, answers=answers, comment=comment, asked_for_money=False, now=now
            )

    async def _tell(self, by: User, *, now: datetime) -> None:
        statement = "服务均按计划完成，台账逐次登记，满意度回访良好；互助队建设比计划慢了一个月。"
        await actions.submit_evidence(
            code=self.code, statement=statement, self_score=Decimal(93), attachments=[], expected=None, by=by, now=now
        )

    async def _score(self, by: User, *, now: datetime) -> None:
        card = await evaluation_for(code=self.code, user=by, now=now)
        judged = [_judged(leaf.code, Decimal(leaf.weight)) for leaf in card.leaves if leaf.to_judge]
        await actions.score_evaluation(
            code=self.code, judged=judged, opinion=_OPINION, veto=None, veto_evidence="", expected=None, by=by, now=now
        )


def _judged(leaf: str, weight: Decimal) -> Judged:
    if leaf in _REMOVED:
        return Judged(leaf=leaf, removed=True, reason=_REMOVED[leaf])
    reason = _REASONS.get(leaf, "现场核对记录和佐证材料，符合要求。")
    return Judged(leaf=leaf, points=_PARTIAL.get(leaf, weight), reason=reason)


def _morning_after(moment: datetime) -> datetime:
    """Return ten o'clock of the working day after a moment."""
    return local_moment(add_working_days(local_date(moment), 1), time(10))


async def _committee_of(street: str) -> list[User]:
    """Return who speaks for the residents' committee of a street, the first one."""
    near = await rows(
        "SELECT c.code FROM organization s JOIN organization c ON c.street_code = s.street_code"
        " WHERE s.code = $1 AND s.street_code <> ''",
        street,
    )
    codes = {row["code"] for row in near}
    committee = [user for user in await users_with_role(role=Role.RESIDENTS_COMMITTEE) if user.organization in codes]
    return committee[:1]


async def answer_to_give() -> tuple[str, dict[str, Any]]:
    """Return an evaluation whose survey is open and a body with an unused slip, for the OpenAPI document's example."""
    (row,) = await rows("SELECT code, street FROM evaluation WHERE state = 'open' ORDER BY id LIMIT 1")
    committee = (await _committee_of(row["street"]))[0]
    sheet = await slips_for(code=row["code"], user=committee, secret=actions.survey_secret())
    slip = next(slip for slip in reversed(sheet.slips) if not slip.used)
    marks = {"attitude": 5, "quality": 4, "timeliness": 5, "effect": 4, "again": 5}
    return row["code"], {"slip": slip.word, **marks, "comment": "阿姨很耐心。"}
