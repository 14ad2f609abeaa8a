"""Money that follows its task: a line handed by a department with its document, adjusted later. All invented."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from decimal import Decimal

from market.base.database import one
from market.needs.actions import adjust_line, hand_line
from market.needs.rules import Allotted
from market.needs.states import Source
from market.people.attachments import attach_file
from market.people.states import User
from market.seed import people

HANDED = datetime(2026, 1, 19, 2, 0, tzinfo=UTC)
ADJUSTED = datetime(2026, 2, 9, 2, 0, tzinfo=UTC)
_HANDING = "关于精神障碍社区康复事项随事转费的通知（虚构）.txt"
_TABLE = "2026年补充预算.csv"
_ROWS = (
    ("项目名称", "年度", "资金来源", "金额", "文号"),
    ("社区志愿服务支持", "2026", "街道财政", "180000.00", "梧桐街财〔2026〕6号（虚构）"),
    ("儿童友好社区建设", "2026", "区级财政", "260000.00", "梧桐街财〔2026〕6号（虚构）"),
)


async def build() -> None:
    """Take over a line with its document, raise it by another, and leave a table of further lines to be read."""
    officer = await people.somebody("qian.lei")
    document = await _attach(_HANDING, "随事转费：精神障碍社区康复服务经费转由街道安排。", by=officer, now=HANDED)
    line = Allotted(
        title="精神障碍社区康复",
        year=2026,
        source=Source.DISTRICT,
        amount=Decimal("350000.00"),
        from_unit="示例区民政局",
        document="示例区民〔2026〕9号（虚构）",
        file=document,
    )
    card = await hand_line(line=line, by=officer, now=HANDED)
    await adjust_line(
        code=card.code,
        amount=Decimal("420000.00"),
        document="示例区民〔2026〕15号（虚构）",
        file="",
        expected=None,
        by=officer,
        now=ADJUSTED,
    )
    await _attach(_TABLE, "\r\n".join(",".join(row) for row in _ROWS), by=officer, now=ADJUSTED)


async def _attach(name: str, text: str, *, by: User, now: datetime) -> str:
    async def chunks() -> AsyncIterator[bytes]:
        yield text.encode()

    return (await attach_file(name=name, chunks=chunks(), by=by, now=now)).code


async def files() -> tuple[str, str]:
    """Return the codes of the handing document and of the table, for the examples."""
    found = [await one("SELECT code FROM attachment WHERE name = $1", name) for name in (_HANDING, _TABLE)]
    document, table = (str(row["code"]) if row else "" for row in found)
    return document, table
