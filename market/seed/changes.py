"""Changes of contracts in the demo town: a supplement in effect, a pause, and a proposal that waits for the street."""

from datetime import UTC, datetime
from decimal import Decimal

from contracts import actions
from contracts.actions import Ground
from contracts.queries import ContractCard, contract_for
from contracts.rules.changes import StageChange
from contracts.states import AmendReason, SuspendReason
from market.base.calendar import local_date
from market.base.database import rows
from market.people.queries import users_with_role
from market.people.states import Role, User
from market.seed import people
from market.seed.contracts import QINGHE_HANDS, WUTONG_HANDS, Hands

_SUPPLEMENTED = datetime(2026, 2, 10, 2, 0, tzinfo=UTC)
_SUSPENDED = datetime(2026, 2, 25, 2, 0, tzinfo=UTC)
_PROPOSED = datetime(2026, 2, 26, 2, 0, tzinfo=UTC)
_MORE = Decimal("12000.00")


async def build() -> None:
    """Let both sides of three contracts change what they signed."""
    await _more_meals()
    await _no_hall()
    await _later_report()


async def _contract(title: str, hands: Hands) -> tuple[ContractCard, User, User, User]:
    """Return a contract in force with its purchaser, its approver and its supplier's administrator."""
    purchaser = await people.somebody(hands.office.purchaser)
    [found] = await rows(
        "SELECT code, supplier FROM contract WHERE street = $1 AND state = 'in-force' AND title LIKE '%' || $2",
        purchaser.organization,
        title,
    )
    [administrator, *_] = await users_with_role(role=Role.ORGANIZATION_ADMINISTRATOR, organization=found["supplier"])
    approver = await people.somebody(hands.office.approver)
    return await contract_for(code=found["code"], user=purchaser), purchaser, approver, administrator


async def _more_meals() -> None:
    """Supplement the meals: the purchaser proposes, the organization and then the approver sign."""
    card, purchaser, approver, administrator = await _contract("社区老年助餐", WUTONG_HANDS)
    ground = Ground(reason=AmendReason.SUPPLEMENT, explanation="新增独居老人十二名，第三阶段助餐人次相应增加。")
    made = await actions.amend_contract(
        code=card.code, ground=ground, amount=card.amount + _MORE, until_on=None, stages=[], expected=None,
        by=purchaser, now=_SUPPLEMENTED,
    )  # fmt: skip
    for signatory in (administrator, approver):
        await actions.sign_amendment(code=made.code, fingerprint="", expected=None, by=signatory, now=_SUPPLEMENTED)


async def _no_hall() -> None:
    """Suspend the courses while their hall is rebuilt: the organization proposes, the approver signs."""
    card, _, approver, administrator = await _contract("社区太极课程", WUTONG_HANDS)
    ground = Ground(reason=SuspendReason.AGREEMENT, explanation="社区活动室消防改造，双方同意中止履行，完工后恢复。")
    made = await actions.suspend_contract(
        code=card.code, ground=ground, expected=None, by=administrator, now=_SUSPENDED
    )
    await actions.sign_amendment(code=made.code, fingerprint="", expected=None, by=approver, now=_SUSPENDED)


async def _later_report() -> None:
    """Leave a proposal to move the last stage, for the street to sign or decline."""
    card, *_, administrator = await _contract("居家照护者喘息服务", QINGHE_HANDS)
    last = card.milestones[-1]
    ground = Ground(
        reason=AmendReason.SCHEDULE, explanation="末期回访与居民满意度调查合并开展，末期里程碑提前，价款不变。"
    )
    since = max(local_date(_PROPOSED), *(m.due_on for m in card.milestones[:-1]))
    await actions.amend_contract(
        code=card.code, ground=ground, amount=None, until_on=None,
        stages=[StageChange(number=last.number, due_on=since + (last.due_on - since) / 2)],
        expected=None, by=administrator, now=_PROPOSED,
    )  # fmt: skip
