"""How a file of budget lines is read, and what stands against its rows."""

from collections.abc import Mapping, Sequence
from datetime import date

import msgspec

from market.base.refusal import Objection, say
from market.base.sheets.columns import Column, Holds
from market.base.sheets.reading import Line
from market.needs.rules.money import Allotted, objections_to_line
from market.needs.states import Source

_SOURCES: Mapping[str, str] = {
    Source.CITY: "市级财政",
    Source.DISTRICT: "区级财政",
    Source.STREET: "街道财政",
    Source.FUND: "社区基金",
}
_OTHER_SOURCES: Mapping[str, str] = {
    "市级": Source.CITY,
    "市财政": Source.CITY,
    "区级": Source.DISTRICT,
    "区财政": Source.DISTRICT,
    "街道": Source.STREET,
    "本级": Source.STREET,
    "街道预算": Source.STREET,
    "基金": Source.FUND,
    "社区发展基金": Source.FUND,
} | {str(source): source for source in Source}

COLUMNS = (
    Column(name="title", titles=("项目名称", "预算项目", "预算项目名称", "名称", "Title", "title"), needed=True),
    Column(name="year", titles=("年度", "预算年度", "年份", "Year", "year"), holds=Holds.NUMBER, needed=True),
    Column(
        name="source",
        titles=("资金来源", "来源", "Source of the money", "source"),
        holds=Holds.CHOICE,
        needed=True,
        choices=_SOURCES,
        also=_OTHER_SOURCES,
    ),
    Column(
        name="amount",
        titles=("金额", "金额（元）", "预算金额", "预算金额（元）", "Amount", "amount"),
        holds=Holds.AMOUNT,
        needed=True,
    ),
    Column(name="from_unit", titles=("下达部门", "转出部门", "From the department", "from_unit")),
    Column(name="document", titles=("文号", "依据文件", "Document", "document")),
)


class LineRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row of a file: the line it would allot, None when a cell cannot be read, and what stands against it."""

    row: int
    title: str
    line: Allotted | None
    faults: list[Objection]


def judge_lines(
    *, lines: Sequence[Line], known: Mapping[tuple[int, str], str], document: str, today: date
) -> list[LineRow]:
    """Judge each row of a file; `known` are the street's lines by year and title with their codes.

    A line that is there already is not allotted twice, neither from the register nor from an earlier row.
    """
    seen = dict(known)
    judged = []
    for line in lines:
        title = str(line.values.get("title") or "")
        made = None if line.faults else _line(line, document=document)
        faults = [*line.faults, *(objections_to_line(line=made, today=today) if made else [])]
        key = (made.year, made.title) if made else (0, "")
        if made and key in seen:
            words = say("This line stands already as {code}; adjust it instead.", code=seen[key])
            faults.append(Objection("title", words, "N-10"))
        elif made:
            seen[key] = f"#{line.row}"
        judged.append(LineRow(row=line.row, title=title, line=made, faults=faults))
    return judged


def _line(line: Line, *, document: str) -> Allotted:
    values = line.values
    return Allotted(
        title=values["title"],
        year=values["year"],
        source=Source(values["source"]),
        amount=values["amount"],
        from_unit=values.get("from_unit") or "",
        document=values.get("document") or document,
    )
