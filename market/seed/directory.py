"""The directory of the demo town: applications for listings in every state, and a hub's mandate. All of it invented."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime

from catalogs.actions import apply_for_listing, grant_mandate, review_listing
from catalogs.actions.listings import turn_listings
from catalogs.states import Outcome
from market.base.database import one
from market.people.attachments import attach_file
from market.people.states import User
from market.seed import people

APPLIED = datetime(2025, 3, 10, 2, 0, tzinfo=UTC)
REVIEWED = datetime(2025, 3, 17, 2, 0, tzinfo=UTC)
EARLIER = datetime(2025, 2, 12, 2, 0, tzinfo=UTC)
REMINDED = (datetime(2025, 12, 17, tzinfo=UTC), datetime(2026, 1, 16, tzinfo=UTC), datetime(2026, 2, 16, tzinfo=UTC))
LATELY = datetime(2026, 2, 24, 2, 0, tzinfo=UTC)
RETURNED = datetime(2026, 2, 26, 2, 0, tzinfo=UTC)
MANDATED = datetime(2026, 1, 20, 2, 0, tzinfo=UTC)

_CERTIFICATE = "登记证书（示例，虚构）"
_MISSING = "请补充上一年度的年度报告；其余材料齐全。"


async def _file(*, by: User, now: datetime) -> str:
    async def chunks() -> AsyncIterator[bytes]:
        yield f"{by.organization_name}\n{_CERTIFICATE}\n".encode()

    return (await attach_file(name="登记证书.txt", chunks=chunks(), by=by, now=now)).code


async def _ask(*, login: str, category: str, statement: str, now: datetime, member: str = "") -> str:
    by = await people.somebody(login)
    card = await apply_for_listing(
        organization=member or by.organization or "",
        category=category,
        statement=statement,
        files=[await _file(by=by, now=now)],
        by=by,
        now=now,
    )
    return card.code


async def _review(code: str, *, outcome: Outcome, reason: str = "", now: datetime) -> None:
    keeper = await people.somebody("cao.jie")
    await review_listing(code=code, outcome=outcome, reason=reason, expected=None, by=keeper, now=now)


async def build() -> None:
    """Let organizations ask to be listed, the keeper decide, and time remind and let lapse."""
    lapsed = await _ask(login="ni.shan", category="CULTURE", statement="社区健身指导服务。", now=EARLIER)
    await _review(lapsed, outcome=Outcome.ACCEPT, now=EARLIER)
    listed = await _ask(login="he.jing", category="LIFE", statement="承接两个街道的助餐和探访服务。", now=APPLIED)
    await _review(listed, outcome=Outcome.ACCEPT, now=REVIEWED)
    for moment in REMINDED:
        await turn_listings(now=moment)
    administrator = await people.somebody("lian.bin")
    await grant_mandate(
        organization=people.SILVER,
        hub=people.VOLUNTEERS,
        until_on=date(2026, 12, 31),
        shown=True,
        by=administrator,
        now=MANDATED,
    )
    await _ask(login="tang.yu", category="LIFE", statement="为老服务和睦邻活动。", now=LATELY)
    await _ask(login="bi.yun", category="LIFE", statement="独居老人探访。", member=people.SILVER, now=LATELY)
    returned = await _ask(login="xue.mei", category="MEDIATION", statement="人民调解和物业纠纷调处。", now=LATELY)
    await _review(returned, outcome=Outcome.RETURN, reason=_MISSING, now=RETURNED)


async def spare_file(*, login: str) -> str:
    """Return a file of somebody's organization that an application may name."""
    by = await people.somebody(login)
    row = await one("SELECT code FROM attachment WHERE owner = $1 AND NOT sealed ORDER BY id LIMIT 1", by.organization)
    return str(row["code"]) if row else ""
