"""Reading a table: XLSX by openpyxl and CSV by the standard library, row by row, never the whole file at once."""

import codecs
import csv
import io
import re
from collections.abc import Generator, Iterator, Mapping, Sequence
from typing import Any, BinaryIO

import msgspec
from openpyxl import load_workbook
from openpyxl.cell.read_only import EMPTY_CELL
from openpyxl.utils.cell import range_boundaries

from market.base.refusal import Objection, Refused, say
from market.base.sheets.archive import merged_cells, refused
from market.base.sheets.columns import Column, Faulty, as_heading, faulty, letters_of, read_cell

MOST_LINES = 200_000
MOST_COLUMNS = 64
_LAST_ROW = 1_048_576
_HEADINGS_WITHIN = 20
_PIECE = 262_144
_DELIMITERS = ",;\t"
_LONGEST_HEAD = 100_000
_NEUTRAL = re.compile(r"'+[=+\-@＝＋－＠\t\r\n]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_FORMULA = "f"
_ERROR = "e"
_NOTHING = {id(EMPTY_CELL)}

# A row as it lies in the file: its number, and its values with what is wrong with a cell before its column reads it.
Raw = tuple[int, Sequence[Any]]


class _Unreadable(msgspec.Struct, frozen=True):
    """A cell that holds no value of its own: a formula or an error."""

    formula: bool


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A row under its headings: what each known column holds, and every fault of its cells."""

    row: int
    values: dict[str, Any]
    faults: list[Objection]


class Reading:
    """One table being read; `sheet`, `blank` and `ignored` are complete when all lines were read.

    Raises Refused while it is begun or read: a file that cannot be opened safely, headings that are missing or stand
    twice, merged cells, more than `MOST_LINES` rows, no row at all. Faults of single cells come with their line.
    """

    def __init__(self, file: BinaryIO, *, name: str, columns: Sequence[Column]) -> None:
        """Open the file by the ending of its name and find its headings."""
        self.sheet = ""
        self.blank = 0
        self.ignored: list[str] = []
        self._columns = columns
        self._merged: list[str] = []
        csv_file = name.lower().endswith(".csv")
        self._rows = self._of_csv(file) if csv_file else self._of_workbook(file)
        self._places: list[tuple[int, Column]] = []
        self._width = MOST_COLUMNS + 1
        try:
            self._find_headings()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Let go of what was opened beside the file itself."""
        self._rows.close()

    def __iter__(self) -> Iterator[Line]:
        """Yield the lines below the headings; blank ones are counted and passed over."""
        lines = 0
        for row, cells in self._rows:
            line = self._line(row, cells) if cells else None
            if line is None:
                self.blank += 1
                continue
            lines += 1
            if lines > MOST_LINES:
                raise refused(say("The file has more than {most} rows; divide it.", most=MOST_LINES))
            yield line
        if not lines:
            raise refused(say("The file has headings and no row below them."))

    def _line(self, row: int, cells: Sequence[Any]) -> Line | None:
        values: dict[str, Any] = {}
        faults: list[Objection] = []
        filled = False
        for place, column in self._places:
            value = cells[place] if place < len(cells) else None
            try:
                values[column.name] = self._cell(column, value, row=row, place=place)
            except Faulty as fault:
                faults.append(faulty(column, fault))
                filled = True
                continue
            if values[column.name] is not None:
                filled = True
            elif column.needed:
                at = f"{letters_of(place + 1)}{row}"
                faults.append(Objection(column.name, say("Cell {cell} must be filled in.", cell=at)))
        return Line(row=row, values=values, faults=faults) if filled else None

    def _cell(self, column: Column, value: Any, *, row: int, place: int) -> Any:
        if value is None:
            return None
        at = f"{letters_of(place + 1)}{row}"
        if isinstance(value, _Unreadable):
            if value.formula:
                raise Faulty(say("Cell {cell} holds a formula; put its value there instead.", cell=at))
            raise Faulty(say("Cell {cell} holds an error; put a value there instead.", cell=at))
        return read_cell(column, value, at=at)

    def _find_headings(self) -> None:
        known = {as_heading(title): column for column in self._columns for title in column.titles}
        best: tuple[int, int, Sequence[Any]] = (0, 0, ())
        for tried, (row, cells) in enumerate(self._rows, 1):
            found = sum(1 for cell in cells if isinstance(cell, str) and as_heading(cell) in known)
            best = max(best, (found, -row, cells), key=lambda each: each[:2])
            if found >= sum(column.needed for column in self._columns) and found > 1:
                self._take_headings(row, cells, known)
                return
            if tried == _HEADINGS_WITHIN:
                break
        if not best[0]:
            words = [column.titles[0] for column in self._columns]
            raise refused(
                say(
                    "No row of headings was found in the first {most} rows; known are: {known}.",
                    most=_HEADINGS_WITHIN,
                    known=words,
                )
            )
        self._take_headings(-best[1], best[2], known)

    def _take_headings(self, row: int, cells: Sequence[Any], known: Mapping[str, Column]) -> None:
        faults = []
        places: dict[str, int] = {}
        if any(cell is not None for cell in cells[MOST_COLUMNS:]):
            faults.append(Objection("file", say("The file has more than {most} columns.", most=MOST_COLUMNS)))
        for place, cell in enumerate(cells[:MOST_COLUMNS]):
            column = known.get(as_heading(cell)) if isinstance(cell, str) else None
            if column is None:
                self.ignored += [str(cell)[:60]] if isinstance(cell, str) and cell.strip() else []
            elif column.name in places:
                two = [f"{letters_of(places[column.name] + 1)}{row}", f"{letters_of(place + 1)}{row}"]
                faults.append(
                    Objection(
                        "file",
                        say("Two columns bear one heading: {cells} ({heading}).", cells=two, heading=column.titles[0]),
                    )
                )
            else:
                places[column.name] = place
                self._places.append((place, column))
        missing = [column.titles[0] for column in self._columns if column.needed and column.name not in places]
        if missing:
            words = say("Row {row} lacks these headings: {missing}.", row=row, missing=missing)
            if self.sheet:
                words = say(
                    "Row {row} of sheet “{sheet}” lacks these headings: {missing}.",
                    row=row,
                    sheet=self.sheet,
                    missing=missing,
                )
            faults.append(Objection("file", words))
        below = [area for area in self._merged if range_boundaries(area)[3] > row]
        if below:
            words = say(
                "Merged cells on sheet “{sheet}”: {cells}. Undo the merging, so that each row is complete.",
                sheet=self.sheet,
                cells=below[:10],
            )
            faults.append(Objection("file", words))
        if faults:
            raise Refused(faults)
        self._width = self._places[-1][0] + 1

    def _of_workbook(self, file: BinaryIO) -> Generator[Raw, None, None]:
        merged = merged_cells(file)
        broken = refused(say("The file is damaged or no XLSX file; save it anew as .xlsx."))
        try:
            book = load_workbook(file, read_only=True, keep_links=False)
            sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        except Exception as error:  # whatever a strange file makes the library say, it cannot be read
            raise broken from error
        if not sheets:
            raise broken
        sheet = sheets[0]
        self.sheet = str(sheet.title)
        self._merged = merged.get(sheet._worksheet_path.lstrip("/"), [])  # noqa: SLF001  it has no other name
        sheet.reset_dimensions()  # a file may say anything of its own size
        found = enumerate(sheet.iter_rows(max_row=_LAST_ROW, max_col=MOST_COLUMNS + 1), 1)
        try:
            while True:
                try:
                    row, cells = next(found)
                except StopIteration:
                    return
                except Exception as error:  # as above
                    raise broken from error
                # Files may have a million rows with nothing in them: they are told by one look.
                empty = set(map(id, cells)) == _NOTHING
                yield row, () if empty else [_value(cell) for cell in cells[: self._width]]
        finally:
            book.close()

    def _of_csv(self, file: BinaryIO) -> Generator[Raw, None, None]:
        encoding = _encoding_of(file)
        file.seek(0)
        text = io.TextIOWrapper(file, encoding=encoding, newline="")
        head = text.readline(_LONGEST_HEAD)
        delimiter = max(_DELIMITERS, key=head.count)
        text.seek(0)
        reader = csv.reader(text, delimiter=delimiter, strict=True)
        try:
            for row, cells in enumerate(reader, 1):
                yield row, [_plain(cell) for cell in cells]
        except csv.Error as error:
            words = say("Line {line} is no proper CSV: {error}.", line=reader.line_num, error=str(error))
            raise refused(words) from error
        finally:
            text.detach()


def _value(cell: Any) -> Any:
    kind = cell.data_type
    if kind in (_FORMULA, _ERROR):
        return _Unreadable(formula=kind == _FORMULA)
    return cell.value


def _plain(cell: str) -> str | None:
    """Return what a cell of a CSV file says, without the quote that keeps it from being taken for a formula."""
    return (cell[1:] if _NEUTRAL.match(cell) else cell) or None


def _encoding_of(file: BinaryIO) -> str:
    """Return how a text is written: UTF-8 with or without its mark, else GB 18030. Raises Refused for others."""
    for encoding in ("utf-8-sig", "gb18030"):
        decoder = codecs.getincrementaldecoder(encoding)("strict")
        file.seek(0)
        try:
            while piece := file.read(_PIECE):
                if _CONTROL.search(decoder.decode(piece)):
                    break
            else:
                decoder.decode(b"", final=True)
                return encoding
        except UnicodeDecodeError:
            continue
    raise refused(say("The file is text neither in UTF-8 nor in GB 18030; save it as CSV in UTF-8."))
