"""Findings of the demo town's auditor: one to be answered, one to be closed, one closed."""

from datetime import UTC, datetime, timedelta

from market.oversight import actions
from market.seed import people

_BEGUN = datetime(2026, 2, 25, 2, 0, tzinfo=UTC)
_DAY = timedelta(days=1)
_FINDINGS = (
    ("C-2025-0001", "首期验收记录日期不清", "首期验收书中抽查日期与台账不一致，请核对并说明。"),
    ("C-2025-0001", "付款凭证编号重复", "两期付款凭证的摘要相同，请说明是否为同一凭证。"),
    ("N-2026-0001", "市场调研记录不全", "需求调查附了三家市场主体的名称，其中一家没有联系记录，请补充。"),
)


async def build() -> None:
    """Open three findings about Wutong's records, answer two and close one."""
    auditor, street = await people.somebody("hua.rong"), await people.somebody("zhou.ping")
    codes = []
    for subject, title, text in _FINDINGS:
        made = await actions.open_finding(
            subject=subject, street=people.WUTONG, title=title, text=text, by=auditor, now=_BEGUN
        )
        codes.append(made.code)
    for code in codes[:2]:
        answer = "已核对：属登记笔误，已补充说明并附原始凭证。"
        await actions.answer_finding(code=code, answer=answer, expected=None, by=street, now=_BEGUN + _DAY)
    conclusion = "说明清楚，原始凭证齐全，予以办结。"
    await actions.close_finding(code=codes[0], conclusion=conclusion, expected=None, by=auditor, now=_BEGUN + 2 * _DAY)
