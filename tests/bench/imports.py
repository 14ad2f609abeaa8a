"""Twenty thousand organizations from one XLSX file beside openpyxl's bare reading of the same file."""

import asyncio
import resource
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from openpyxl import load_workbook
from stdnum.cn import uscc

from catalogs.actions import check_import, write_import
from catalogs.queries.imports import columns_for
from catalogs.states import ImportKind
from market import app
from market.base import clock, database
from market.base.processes import CannotRun
from market.base.sheets import Format, write_sheet
from market.lists import OPERATOR, chunks_of
from market.people.attachments import attach_file
from market.people.codes import inner_check_digit
from market.settings import read_settings
from tests.bench.compare import Effort
from tests.bench.figures import Figure, at_most
from tests.bench.ground import Ground, say

ROWS = 20_000
_MEGABYTES = 150
_RATIO = 3.0


def records(count: int = ROWS) -> Iterator[dict[str, object]]:
    """Invented social service institutions, each with a code whose check digits are right."""
    for number in range(count):
        eight = f"MJ{number:06d}"
        body = f"52000000{eight}{inner_check_digit(eight)}"
        yield {
            "code": body + uscc.calc_check_digit(body),
            "name": f"示例区第{number}号邻里社会工作服务中心",
            "kind": "minfei",
            "district": "示例区",
            "business_scope": "居家养老、老年助餐、独居老人探访关爱。",
            "categories": ["LIFE"],
            "service_areas": "梧桐街道、清河街道",
            "address": f"示例区青年路{number}号",
            "full_time_staff": number % 40,
            "social_workers": number % 9,
            "volunteers": number % 300,
        }


def bare(path: Path) -> float:
    """Read every cell by openpyxl alone; return the seconds."""
    began = time.perf_counter()
    book = load_workbook(path, read_only=True)
    for row in book.worksheets[0].iter_rows():
        for cell in row:
            cell.value  # noqa: B018  reading is what is measured
    book.close()
    return time.perf_counter() - began


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds of one import: until every row's fate is shown, and until all is written."""

    shown: float
    written: float


async def save(path: Path) -> None:
    """Write the file that is taken in."""
    columns = await columns_for(ImportKind.ORGANIZATIONS)
    with path.open("wb") as file:
        write_sheet(file, how=Format.XLSX, title="organizations", columns=columns, records=records())


async def taken_in(path: Path) -> Took:
    """Take the file in and take everything back."""
    async with database.transaction() as work:
        began, now = time.perf_counter(), await clock.now()
        kept = await attach_file(name=path.name, chunks=chunks_of(path), by=OPERATOR, now=now)
        card = await check_import(kind=ImportKind.ORGANIZATIONS, file=kept.code, by=OPERATOR, now=now)
        shown = time.perf_counter() - began
        if card.new != ROWS:
            raise CannotRun(f"{card.new} of {ROWS} rows are new")
        await write_import(code=card.code, expected=None, by=OPERATOR, now=now)
        took = Took(shown=shown, written=time.perf_counter() - began)
        await work.rollback()
    return took


async def _rounds(here: Ground, rounds: int) -> tuple[list[float], list[Took], float]:
    app.furnish(read_settings(here.environment))
    await database.connect_pool(dsn=here.dsn, minimum=1, maximum=2)
    floors: list[float] = []
    took: list[Took] = []
    try:
        with TemporaryDirectory() as folder:
            path = Path(folder) / "organizations.xlsx"
            await save(path)
            before = _megabytes()
            for number in range(rounds):
                took.append(await taken_in(path))
                floors.append(bare(path))
                say(
                    f"import {number + 1}/{rounds}: shown {took[-1].shown:.1f} s, written {took[-1].written:.1f} s,"
                    f" openpyxl alone {floors[-1]:.1f} s"
                )
            return floors, took, _megabytes() - before
    finally:
        await database.close_pool()


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def figures(here: Ground, effort: Effort) -> Iterator[Figure]:
    """How many times longer than the bare reading it takes to show and to write, and how far memory grows."""
    floors, took, grown = asyncio.run(_rounds(here, min(effort.rounds, 3)))
    for name, seconds in (("shown", [t.shown for t in took]), ("written", [t.written for t in took])):
        ratio = statistics.median(a / b for a, b in zip(seconds, floors, strict=True))
        yield at_most(f"import-{name}-times-openpyxl", figure=ratio, wanted=_RATIO)
    yield at_most("import-megabytes-grown", figure=grown, wanted=_MEGABYTES)
