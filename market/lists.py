"""What an operator does with files of lists on the command line: take one in, save one."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import msgspec

from catalogs.actions import check_import, write_import
from catalogs.queries.imports import ImportCard, columns_for, exported
from catalogs.states import Fate, ImportKind
from market import app
from market.base import clock, database
from market.base.processes import CannotRun
from market.base.sheets import Format, write_sheet
from market.base.wording import words
from market.people.attachments import attach_file
from market.people.states import Role, User
from market.people.topics import kept_words
from market.settings import Settings

Progress = Callable[[str, int], None]
_PIECE = 262_144
OPERATOR = User(
    account="operator",
    name="operator",
    roles=frozenset({Role.PLATFORM_ADMINISTRATOR, Role.CATALOGUE_KEEPER}),
)
"""Whoever has the command line acts as the registers' keeper, and is named so in the ledger."""


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a file: a line of counts, and why rows were refused."""

    told: str
    faults: list[str]


async def take_in(
    *, settings: Settings, dsn: str, kind: str, path: Path, dry_run: bool, leave_out: bool, progress: Progress
) -> Taken:
    """Take a file into a register as its keeper would. Nothing is written while a row is refused, unless left out.

    A dry run takes everything back at the end. Raises CannotRun when there is no such file.
    """
    if not path.is_file():  # noqa: ASYNC240  nothing else runs beside a command
        raise CannotRun(f"{path} is no file")
    app.furnish(settings)
    await database.connect_pool(dsn=dsn, minimum=1, maximum=4)
    try:
        async with database.transaction() as work:
            now = await clock.now()
            kept = await attach_file(name=path.name, chunks=chunks_of(path), by=OPERATOR, now=now)
            card = await check_import(
                kind=ImportKind(kind),
                file=kept.code,
                by=OPERATOR,
                now=now,
                progress=lambda done: progress("read", done),
            )
            faults = await _faults(card)
            stops = bool(faults) and not leave_out
            if card.new + card.changed and not stops and not dry_run:
                await write_import(
                    code=card.code,
                    expected=None,
                    by=OPERATOR,
                    now=now,
                    progress=lambda done: progress("written", done),
                )
            if dry_run or stops:
                await work.rollback()
    finally:
        await database.close_pool()
    counts = ", ".join(f"{getattr(card, fate)} {fate}" for fate in Fate)
    verb = "would be" if dry_run or stops else "taken in as"
    return Taken(told=f"{path.name} {verb} {card.code}: {counts}, {card.blank} blank", faults=faults)


async def _faults(card: ImportCard) -> list[str]:
    found = await database.rows(
        "SELECT i.row, i.faults FROM import_row i JOIN import_run r ON r.id = i.run AND r.code = $1"
        " WHERE i.fate = 'refused' ORDER BY i.row",
        card.code,
    )
    return [f"row {row['row']}: {words(kept_words(fault['words']), 'en')}" for row in found for fault in row["faults"]]


async def chunks_of(path: Path) -> AsyncIterator[bytes]:
    """Yield a file's bytes in pieces."""
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece


async def save(*, settings: Settings, dsn: str, kind: str, path: Path) -> int:
    """Save a register as a file, XLSX or CSV by its ending; return the rows. Raises CannotRun for other endings."""
    ending = path.suffix.lower().removeprefix(".")
    if ending not in set(Format):
        raise CannotRun(f"{path} must end in .xlsx or .csv")
    app.furnish(settings)
    await database.connect_pool(dsn=dsn, minimum=1, maximum=4)
    try:
        columns = await columns_for(kind)
        records = [record async for record in exported(kind)]
    finally:
        await database.close_pool()
    with path.open("wb") as file:
        return write_sheet(file, how=Format(ending), title=kind, columns=columns, records=records)
