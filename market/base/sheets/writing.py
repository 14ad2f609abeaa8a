"""Writing a table so that it reads back identically and no cell of it can ever be taken for a formula."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from market.base.sheets.columns import Column, written

_FORMULA = re.compile(r"'*[=+\-@＝＋－＠\t\r\n]")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_WIDTH = 18


class Format(StrEnum):
    """How a table may be saved."""

    XLSX = "xlsx"
    CSV = "csv"


FORMATS: Mapping[Format, str] = {
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.CSV: "text/csv; charset=utf-8",
}


def write_sheet(
    file: BinaryIO, *, how: Format, title: str, columns: Sequence[Column], records: Iterable[Mapping[str, Any]]
) -> int:
    """Write records under their columns' headings, row by row; return how many there were."""
    return (_write_csv if how is Format.CSV else _write_workbook)(file, title, columns, records)


def _write_workbook(file: BinaryIO, title: str, columns: Sequence[Column], records: Iterable[Mapping[str, Any]]) -> int:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    for number, _ in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(number)].width = _WIDTH
    headings = []
    for column in columns:
        heading = WriteOnlyCell(sheet, column.titles[0])
        heading.font = Font(bold=True)
        headings.append(heading)
    sheet.append(headings)
    count = 0
    for record in records:
        sheet.append([_cell(sheet, written(column, record.get(column.name))) for column in columns])
        count += 1
    book.save(file)
    return count


def _cell(sheet: Any, value: str | int | Decimal | None) -> Any:
    if not isinstance(value, str):
        return value
    text = _UNWRITABLE.sub("", value)
    if not _FORMULA.match(text):
        return text
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    cell.quotePrefix = True  # it stays text also for whoever edits it
    return cell


def _write_csv(file: BinaryIO, _: str, columns: Sequence[Column], records: Iterable[Mapping[str, Any]]) -> int:
    # The mark at the beginning tells spreadsheet programs that it is UTF-8.
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    writer = csv.writer(text)
    writer.writerow([column.titles[0] for column in columns])
    count = 0
    for record in records:
        writer.writerow([_plain(written(column, record.get(column.name))) for column in columns])
        count += 1
    text.detach()
    return count


def _plain(value: str | int | Decimal | None) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if _FORMULA.match(text) else text
