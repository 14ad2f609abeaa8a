"""Judgement about lists of issues: which columns are read, and what becomes of each row."""

from collections.abc import Collection
from datetime import date
from typing import Any

import msgspec

from market.base.refusal import Objection, say
from market.base.sheets import Column, Holds, Line
from market.needs.rules.suggestions import personal_in
from market.needs.states import IssueFate

COLUMNS = (
    Column(
        name="number",
        titles=("工单编号", "工单号", "编号", "案件编号", "任务号", "Number", "number"),
        holds=Holds.CODE,
        needed=True,
        most=60,
    ),
    Column(
        name="kind",
        titles=("诉求类型", "问题类型", "事项类别", "案件类别", "类型", "Kind", "kind"),
        needed=True,
        most=60,
    ),
    Column(
        name="place", titles=("小区", "地点", "居委", "发生地点", "所属小区", "Place", "place"), needed=True, most=100
    ),
    Column(
        name="happened_on",
        titles=("受理日期", "受理时间", "发现日期", "发现时间", "日期", "Day", "happened_on"),
        holds=Holds.DAY,
        needed=True,
    ),
)
"""What is kept of a list; columns with callers and their words are passed over unread."""


class IssueRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row of a list and what becomes of it; `faults` say what cannot be read."""

    row: int
    fate: IssueFate
    number: str
    kind: str
    place: str
    happened_on: date | None
    faults: list[Objection] = []


def judge(line: Line, *, known: Collection[str], today: date) -> IssueRow:
    """Return what becomes of a row; `known` are the numbers that were taken in, or stood in an earlier row."""
    values: dict[str, Any] = line.values
    faults = list(line.faults)
    day = values.get("happened_on")
    if day is not None and day > today:
        faults.append(Objection("happened_on", say("This day is still to come.")))
    told = {name: personal_in(str(values.get(name) or "")) for name in ("kind", "place")}
    faults += [Objection(name, words, "R-7") for name, words in told.items() if words is not None]
    number = str(values.get("number") or "")
    fate = IssueFate.REFUSED if faults else IssueFate.KNOWN if number in known else IssueFate.WRITTEN
    shown = fate is not IssueFate.REFUSED
    return IssueRow(
        row=line.row,
        fate=fate,
        number=number[:60],
        kind=str(values.get("kind") or "")[:60] if shown else "",
        place=str(values.get("place") or "")[:100] if shown else "",
        happened_on=day,
        faults=faults,
    )
