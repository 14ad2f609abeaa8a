"""The evaluations of the demo town: what the signed contracts planned is carried as far as its days allow.

What fell due long ago is published, what opened this winter lies with the organization as a draft, what opened today
has its first answers, and the rest waits for its moment.
"""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import cycle, islice

from evaluations import actions
from evaluations.queries import EvaluationCard, evaluation_for, slips_for
from evaluations.rules.scoring import Judged
from evaluations.rules.surveys import Answers
from evaluations.states import Audience, Kind, State
from market.base.calendar import local_date
from market.base.database import rows
from market.people.queries import users_with_role
from market.people.states import Role, User
from market.seed import people

TODAY = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
DRAFTED = datetime(2026, 2, 26, 2, 0, tzinfo=UTC)

_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
_QUESTIONNAIRES: tuple[Answers, ...] = (
    (5, 5, 4, 5, 5),
    (5, 4, 5, 4, 5),
    (4, 4, 4, 5, 4),
    (5, 5, 5, 5, 5),
    (4, 5, 3, 4, 4),
    (5, 5, 5, None, 5),
)
_COMMENTS = ("小姑娘每周都来，很耐心。", "", "", "希望周末也能来。", "", "陪我去医院，帮了大忙。")
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
    """Carry every planned evaluation of the town as far as its days allow until the town begins."""
    found = await rows(
        "SELECT code, street, supplier, kind FROM evaluation WHERE state = 'planned' AND opens_at <= $1"
        " ORDER BY opens_at, id",
        TODAY,
    )
    for row in found:
        await _carry(code=row["code"], street=row["street"], supplier=row["supplier"])


async def _carry(*, code: str, street: str, supplier: str) -> None:
    evaluator = await people.somebody("kong.xin")
    provider = (await users_with_role(role=Role.ORGANIZATION_ADMINISTRATOR, organization=supplier))[0]
    purchaser = (await users_with_role(role=Role.PURCHASER, organization=street))[0]
    approver = (await users_with_role(role=Role.APPROVER, organization=street))[0]
    card = await evaluation_for(code=code, user=purchaser, now=TODAY)
    await actions.turn(now=card.opens_at)
    card = await evaluation_for(code=code, user=purchaser, now=TODAY)
    until = card.survey_until or TODAY
    if until > TODAY:
        await _answer(card, users=[purchaser], now=card.opens_at + _HOUR, limit=_FIRST_ANSWERS)
        return
    await _answer(card, users=[purchaser, provider], now=card.opens_at + _DAY, limit=None)
    await _tell(card, by=provider, now=card.opens_at + 2 * _DAY)
    await actions.turn(now=until)
    long_ago = local_date(until) < local_date(DRAFTED) - timedelta(days=90)
    scored_at = until + 3 * _DAY if long_ago else DRAFTED
    await _score(code, by=evaluator, now=scored_at)
    if not long_ago:
        return
    now = scored_at + _DAY
    await actions.reply_to_evaluation(
        code=code, reply="对长效机制一项说明：楼组长培训名单和交接流程已补交。", expected=None, by=provider, now=now
    )
    await actions.answer_reply(
        code=code, answer="名单已核对，交接流程仍未成文，维持原评分。", changes=[], expected=None, by=evaluator,
        now=now + _DAY,
    )  # fmt: skip
    await actions.conclude_evaluation(code=code, expected=None, by=evaluator, now=now + 2 * _DAY)
    await actions.publish_evaluation(code=code, expected=None, by=approver, now=now + 3 * _DAY)


async def _answer(card: EvaluationCard, *, users: list[User], now: datetime, limit: int | None) -> None:
    """Let the holders of slips answer: the residents, some of the committee, and the sides that `users` stand for."""
    committee = [user for user in await users_with_role(role=Role.RESIDENTS_COMMITTEE) if await _sees(card, user)]
    filled = cycle(zip(_QUESTIONNAIRES, _COMMENTS, strict=True))
    for user in [*committee[:1], *users]:
        sheet = await slips_for(code=card.code, user=user, secret=actions.survey_secret())
        residents = [slip for slip in sheet.slips if slip.audience == Audience.RESIDENTS]
        others = [slip for slip in sheet.slips if slip.audience != Audience.RESIDENTS]
        handed = [*islice(residents, limit), *islice(others, _COMMITTEE_ANSWERS)]
        for slip, (answers, comment) in zip(handed, filled, strict=False):
            await actions.answer_survey(
                code=card.code, word=slip.word, answers=answers, comment=comment, asked_for_money=False, now=now
            )


async def _sees(card: EvaluationCard, user: User) -> bool:
    found = await rows(
        "SELECT 1 FROM organization s JOIN organization c ON c.street_code = s.street_code"
        " WHERE s.code = $1 AND c.code = $2 AND s.street_code <> ''",
        card.street, user.organization,
    )  # fmt: skip
    return bool(found)


async def _tell(card: EvaluationCard, *, by: User, now: datetime) -> None:
    half = "上半程" if card.kind is Kind.MID_TERM else "全程"
    statement = f"{half}服务均按计划完成，台账逐次登记，满意度回访良好；互助队建设比计划慢了一个月。"
    await actions.submit_evidence(
        code=card.code, statement=statement, self_score=Decimal(93), attachments=[], expected=None, by=by, now=now
    )


async def _score(code: str, *, by: User, now: datetime) -> None:
    card = await evaluation_for(code=code, user=by, now=now)
    assert card.state == State.SCORING  # noqa: S101  time has closed the survey just before
    judged = [_judged(leaf.code, Decimal(leaf.weight)) for leaf in card.leaves if leaf.to_judge]
    await actions.score_evaluation(
        code=code, judged=judged, opinion=_OPINION, veto=None, veto_evidence="", expected=None, by=by, now=now
    )


def _judged(leaf: str, weight: Decimal) -> Judged:
    if leaf in _REMOVED:
        return Judged(leaf=leaf, removed=True, reason=_REMOVED[leaf])
    reason = _REASONS.get(leaf, "现场核对记录和佐证材料，符合要求。")
    return Judged(leaf=leaf, points=_PARTIAL.get(leaf, weight), reason=reason)
