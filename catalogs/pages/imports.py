"""The doors of files taken into the registers and given out."""

import asyncio
import tempfile
from typing import Any

from catalogs import actions, forms
from catalogs.pages.words import WORDS
from catalogs.queries import imports as queries
from catalogs.states import Act
from catalogs.states.imports import FATE_TONES, FATE_WORDS, IMPORT_WORDS, Fate, ImportKind
from market.base.refusal import NotFound
from market.base.sheets import FORMATS, Format, write_sheet
from market.base.web import Door, Filled, Route, Shown, act, file, listing, read
from market.base.wording import words
from market.people.attachments import own_attachments

_WORDS = {**WORDS, "import_words": IMPORT_WORDS, "fate_words": FATE_WORDS, "fate_tones": FATE_TONES}


@listing("/imports", name="imports_page", template="catalogs/imports.html", returns=queries.ImportLine, signed_in=True)
async def imports(door: Door[None]) -> Shown:
    """List the files taken in, newest first."""
    found = await queries.imports_page(user=door.user, after=door.after)
    return Shown(found, {**_WORDS, "kinds": list(ImportKind)})


@read("/imports/{code:str}", name="import_for", template="catalogs/import.html", returns=queries.ImportCard,
      signed_in=True)  # fmt: skip
async def import_run(door: Door[None]) -> Shown:
    """Show what becomes of each row of a file; `?fate=` keeps the rows of one fate, `?after=` goes on."""
    fate = door.query("fate")
    card = await queries.import_for(code=door.code, user=door.user, fate=fate, after=door.after)
    columns = {column.name: column for column in await queries.columns_for(card.kind)}
    return Shown(card, {**_WORDS, "fate": fate, "fates": list(Fate), "columns": columns})


async def _fill_check(door: Door[None]) -> Filled:
    files = await own_attachments(by=door.user)
    tables = [(each.code, each.name) for each in files if each.name.lower().endswith((".xlsx", ".csv"))]
    return Filled(values={"kind": door.query("kind")}, choices={"files": tables})


@act(Act.CHECK_IMPORT, "/imports/check-import", form=forms.CheckImport, returns=queries.ImportCard, fill=_fill_check)
async def check_import(door: Door[forms.CheckImport]) -> queries.ImportCard:
    """Read a file and show what would become of each row; nothing else is written."""
    return await actions.check_import(kind=door.form.kind, file=door.form.file, by=door.user, now=door.now)


async def _fill_run(door: Door[None]) -> Filled:
    return Filled(record=await queries.import_for(code=door.code, user=door.user))


@act(Act.WRITE_IMPORT, "/imports/{code:str}/write-import", returns=queries.ImportCard, fill=_fill_run)
async def write_import(door: Door[None]) -> queries.ImportCard:
    """Write the new and the changed rows as shown, all or none."""
    return await actions.write_import(code=door.code, expected=door.expected, by=door.user, now=door.now)


@act(Act.DROP_IMPORT, "/imports/{code:str}/drop-import", returns=queries.ImportCard, fill=_fill_run)
async def drop_import(door: Door[None]) -> queries.ImportCard:
    """Leave the file out."""
    return await actions.drop_import(code=door.code, expected=door.expected, by=door.user, now=door.now)


@read("/exports/{code:str}", name="export_list", media="*/*")
async def export(door: Door[None]) -> Any:
    """Give out a list as a file that can be taken in again; `?format=csv` instead of XLSX."""
    if door.code not in set(ImportKind):
        raise NotFound
    how = Format.CSV if door.query("format") == Format.CSV else Format.XLSX
    kind = ImportKind(door.code)
    title = words(IMPORT_WORDS[kind], "zh-CN")
    columns = await queries.columns_for(kind)
    records = [record async for record in queries.exported(kind)]
    with tempfile.TemporaryFile() as spool:
        await asyncio.to_thread(write_sheet, spool, how=how, title=title, columns=columns, records=records)
        spool.seek(0)
        return file(spool.read(), name=f"{title}.{how}", media_type=FORMATS[how])


ROUTES: list[Route] = [imports, import_run, check_import, write_import, drop_import, export]
