"""A file of annual checks that the keeper has read and not written yet: each fate stands in it once. All invented."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

from catalogs.actions import check_import
from catalogs.states import ImportKind
from market.base.database import one
from market.people.attachments import attach_file
from market.people.queries import users_with_role
from market.people.states import Role
from market.seed import people

READ = datetime(2026, 2, 26, 3, 0, tzinfo=UTC)
_DOCUMENT = "示例区民政局公告〔2026〕2号（虚构）"
_ROWS = (
    ("统一社会信用代码", "名称", "年检结论", "公布日期", "文号", "备注"),
    (people.WARM_SUN, "示例区暖阳为老服务中心", "合格", "2026-02-10", _DOCUMENT, ""),
    (people.SPORTS, "", "基本合格", "2026年2月10日", _DOCUMENT, "限期整改"),
    ("53100000500019795A", "不在名录中的基金会", "合格", "2026-02-10", _DOCUMENT, ""),
    (people.VOLUNTEERS, "", "优秀", "2026-02-10", _DOCUMENT, ""),
)


async def build() -> None:
    """Attach the file and read it."""
    (keeper, *_) = await users_with_role(role=Role.CATALOGUE_KEEPER)
    kept = await attach_file(name="2025年度年检结果.csv", chunks=_chunks(), by=keeper, now=READ)
    await check_import(kind=ImportKind.ANNUAL_CHECKS, file=kept.code, by=keeper, now=READ)


async def _chunks() -> AsyncIterator[bytes]:
    yield "\r\n".join(",".join(row) for row in _ROWS).encode()


async def file_to_read() -> str:
    """Return the code of the file, for the examples."""
    row = await one("SELECT file FROM import_run ORDER BY id LIMIT 1")
    return str(row["file"]) if row else ""
