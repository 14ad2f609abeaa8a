"""Tables as files: what is written comes back the same, and what is hostile is refused in words."""

import csv
import io
import resource
import time
import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from market.base.refusal import Refused
from market.base.sheets import Column, Format, Holds, Line, Reading, write_sheet
from market.base.sheets import archive as archives
from market.base.sheets.columns import LONGEST_CELL, tidy

COLUMNS = (
    Column(name="code", titles=("信用代码", "code"), holds=Holds.CODE, needed=True),
    Column(name="name", titles=("名称",), needed=True),
    Column(name="words", titles=("业务范围",), holds=Holds.TEXT),
    Column(name="people", titles=("人数",), holds=Holds.NUMBER),
    Column(name="money", titles=("金额",), holds=Holds.AMOUNT),
    Column(name="day", titles=("日期",), holds=Holds.DAY),
    Column(name="funded", titles=("拨款",), holds=Holds.YES),
    Column(name="kind", titles=("类型",), holds=Holds.CHOICE, choices={"a": "社团", "b": "民非"}),
    Column(name="many", titles=("类别",), holds=Holds.MANY, choices={"X": "生活", "Y": "文体"}),
)
GOOD: dict[str, Any] = {
    "code": "51000000MJ1234561G",
    "name": "=1+1",
    "words": "第一行\n@第二行",
    "people": 12,
    "money": Decimal("1234.50"),
    "day": date(2026, 3, 2),
    "funded": True,
    "kind": "b",
    "many": ["X", "Y"],
}


def saved(how: Format, *records: dict[str, Any]) -> io.BytesIO:
    file = io.BytesIO()
    assert write_sheet(file, how=how, title="表", columns=COLUMNS, records=records) == len(records)
    return file


def lines(file: io.BytesIO, name: str = "a.xlsx") -> list[Line]:
    return list(Reading(file, name=name, columns=COLUMNS))


def book(*rows: tuple[Any, ...]) -> Workbook:
    made = Workbook()
    for row in rows:
        made.active.append(row)
    return made


def as_file(made: Workbook) -> io.BytesIO:
    file = io.BytesIO()
    made.save(file)
    return file


def repacked(file: io.BytesIO, changed: dict[str, bytes]) -> io.BytesIO:
    """The same archive with some parts replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            if part.filename not in changed:
                new.writestr(part.filename, old.read(part))
        for name, content in changed.items():
            new.writestr(name, content)
    return out


def why(file: io.BytesIO, name: str = "a.xlsx") -> str:
    with pytest.raises(Refused) as refused:
        lines(file, name)
    return str(refused.value)


HEAD = ("信用代码", "名称", "人数", "日期")
ROW = ("51000000MJ1234561G", "暖阳", 3, date(2026, 3, 2))
PLAIN = as_file(book(HEAD, ROW))
SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize("how", list(Format))
def test_what_is_written_comes_back_the_same(how: Format) -> None:
    bare = {**dict.fromkeys(GOOD), "code": GOOD["code"], "name": "暖阳"}
    (first, second) = lines(saved(how, GOOD, bare), f"a.{how}")
    assert (first.faults, first.values) == ([], GOOD)
    assert (second.faults, second.values) == ([], bare)


TEXT = st.text(st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\ufeff"), max_size=40)
DANGEROUS = st.tuples(st.sampled_from(["", "'", "''", "=", "+", "-", "@", "\t", "\r", "＝", "'=", '"', ","]), TEXT)


@pytest.mark.parametrize("how", list(Format))
@settings(max_examples=20, deadline=None)
@given(text=DANGEROUS.map("".join).map(tidy).filter(bool))
def test_no_text_becomes_a_formula_and_every_text_comes_back(how: Format, text: str) -> None:
    file = saved(how, {**GOOD, "words": text})
    (line,) = lines(file, f"a.{how}")
    assert line.values["words"] == text
    file.seek(0)
    if how is Format.XLSX:
        assert all(cell.data_type != "f" for row in load_workbook(file).active.iter_rows() for cell in row)
    else:
        cells = list(csv.reader(io.StringIO(file.getvalue().decode("utf-8-sig"), newline="")))[1]
        assert not any(cell[:1] in set("=+-@\t\r＝＋－＠") and cell for cell in cells)


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("A", 5.1e17, "holds a number"),
        ("B", "字" * 300, "longer than"),
        ("B", True, "must hold text"),
        ("C", "三个", "whole number"),
        ("C", -1, "whole number"),
        ("C", 1.5, "whole number"),
        ("D", "去年", "must hold a day"),
        ("D", "2026-02-30", "must hold a day"),
        ("C", "=1+2", "holds a formula"),
        ("B", "x" * (LONGEST_CELL + 1), "longer than"),
        ("A", None, "must be filled in"),
    ],
)
def test_a_cell_of_the_wrong_type_is_named(column: str, value: Any, said: str) -> None:
    made = book(HEAD, ROW)
    made.active[f"{column}2"] = value
    (line,) = lines(as_file(made))
    assert line.faults[0].message.values["cell"] == f"{column}2"
    assert said in line.faults[0].message.msgid


def test_a_formula_with_its_last_value_is_a_formula_still() -> None:
    sheet = zipfile.ZipFile(PLAIN).read(SHEET).replace(b"<v>3</v>", b"<f>1+2</f><v>3</v>")
    (line,) = lines(repacked(PLAIN, {SHEET: sheet}))
    assert [fault.field for fault in line.faults] == ["people"]


def test_headings_may_stand_below_a_merged_title_and_rows_may_not_be_merged() -> None:
    made = book(("二〇二六年名单", None, None, None), HEAD, ROW, ROW)
    made.active.merge_cells("A1:D1")
    assert [line.row for line in lines(as_file(made))] == [3, 4]
    made.active.merge_cells("B3:B4")
    with pytest.raises(Refused) as refused:
        lines(as_file(made))
    assert refused.value.objections[0].message.values["cells"] == ["B3:B4"]


def test_headings_that_are_missing_or_stand_twice_are_named() -> None:
    with pytest.raises(Refused) as refused:
        lines(as_file(book(("信用代码", "人数", "人 数"), ROW)))
    said = [objection.message.values for objection in refused.value.objections]
    assert said[0]["cells"] == ["B1", "C1"]
    assert said[1]["missing"] == ["名称"]
    assert "No row of headings" in why(as_file(book(("a", "b"), ("c", "d"))))
    assert "no row below" in why(as_file(book(HEAD)))
    assert "columns" in why(as_file(book((*HEAD, *(f"列{n}" for n in range(80))), ROW)))


def test_a_million_empty_rows_are_passed_over_in_bounded_memory() -> None:
    empty = b"".join(b'<row r="%d"/>' % row for row in range(3, 1_000_003))
    end = b'<row r="1000003"><c r="A1000003" t="inlineStr"><is><t>51000000MJ1234561G</t></is></c>'
    end += b'<c r="B1000003" t="inlineStr"><is><t>last</t></is></c></row></sheetData>'
    sheet = zipfile.ZipFile(PLAIN).read(SHEET).replace(b"</sheetData>", empty + end)
    file = repacked(PLAIN, {SHEET: sheet})
    del empty, sheet
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    reading = Reading(file, name="a.xlsx", columns=COLUMNS)
    assert [line.row for line in reading] == [2, 1_000_003]
    assert reading.blank == 1_000_000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 150_000
    assert time.process_time() - began < 60


def test_a_row_far_below_costs_nothing() -> None:
    sheet = zipfile.ZipFile(PLAIN).read(SHEET).replace(b'<row r="2"', b'<row r="999999999999"')
    assert "no row below" in why(repacked(PLAIN, {SHEET: sheet}))


def bomb(*, size: int = 100_000_000) -> io.BytesIO:
    out = repacked(PLAIN, {})
    with (
        zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet2.xml", "w") as to,
    ):
        for _ in range(size // 1_000_000):
            to.write(b" " * 1_000_000)
    return out


def changed(name: str, content: bytes) -> Callable[[], io.BytesIO]:
    return lambda: repacked(PLAIN, {name: content})


XML = zipfile.ZipFile(PLAIN).read(SHEET)
ENTITY = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">]><x>&a;</x>'
HOSTILE: dict[str, tuple[Callable[[], io.BytesIO], str]] = {
    "a bomb": (bomb, "unpacks to far more"),
    "entities": (changed("xl/workbook.xml", ENTITY), "declares entities"),
    "entities elsewhere": (changed(SHEET, ENTITY), "declares entities"),
    "UTF-16": (changed(SHEET, XML.decode().encode("utf-16")), "damaged"),
    "macros": (changed("xl/vbaProject.bin", b"x"), "macros"),
    "no sheet": (changed(SHEET, b""), "damaged"),
    "half a sheet": (changed(SHEET, XML[: XML.index(b"</sheetData>") - 20]), "damaged"),
    "one endless row": (
        lambda: repacked(PLAIN, {SHEET: XML.replace(b"</row>", b"<c/>" * 2_000_000 + b"</row>")}),
        "unpacks",
    ),
    "no archive": (lambda: io.BytesIO(b"PK\x03\x04 nothing"), "damaged"),
    "a lock": (lambda: io.BytesIO(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600), "password"),
    "no workbook": (changed("xl/workbook.xml", b"<a/>"), "damaged"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_words(name: str) -> None:
    make, said = HOSTILE[name]
    file = make()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert said in why(file)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 150_000


def test_parts_that_lie_over_each_other_are_refused() -> None:
    parts_of = zipfile.ZipFile(PLAIN).infolist()
    with pytest.raises(Refused):
        archives._judge_sizes(parts_of, size=10)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_in_either_encoding_and_with_any_delimiter(encoding: str, delimiter: str) -> None:
    text = delimiter.join(HEAD) + "\r\n\r\n" + delimiter.join(("51000000MJ1234561G", '"暖""阳"', "3", "2026年3月2日"))
    (line,) = lines(io.BytesIO(text.encode(encoding)), "a.csv")
    assert (line.row, line.values["name"], line.values["day"]) == (3, '暖"阳', date(2026, 3, 2))


@pytest.mark.parametrize(
    "content",
    [
        "信用代码,名称\r\nA,暖阳".encode("utf-16"),
        b"\xab\x48\xa5\xce,\xa6\x57\r\nA,B",
        b"\xff\xfe\xfa",
        '信用代码,名称\r\n"A,暖阳'.encode(),
        "信用代码,名称\r\nA\0,暖阳".encode(),
        ("信用代码,名称\r\n" + "字" * 200_000).encode(),
    ],
)
def test_csv_that_is_none_is_refused(content: bytes) -> None:
    why(io.BytesIO(content), "a.csv")
