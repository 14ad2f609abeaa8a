"""One way to search: each room names its shelf (what is read, who may see it, in which order), and this finds on it.

The record whose code was typed comes first, then those whose names answer, then those whose texts do; each group
newest first or by code. Pages go on from a cursor, and how many there are is counted up to a limit only.
"""

import re
import unicodedata
from typing import Any

import msgspec

from market.base.database import Row, rows, transaction
from market.base.records import Record
from market.base.terms import Sought

MOST_COUNTED = 1000
_CODE = re.compile(r"[A-Z0-9]+(?:-[A-Z0-9]+)*")
_LONGEST_CURSOR = 60


class Hit(Record, frozen=True, kw_only=True):
    """A record that answers a search; `of` names whose it is, `snippet` is the place in a text that answered."""

    kind: str
    title: str
    title_en: str = ""
    of: str = ""
    snippet: str = ""


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """One page asked for: the words as typed and as read, the cursor, how many, and whether all are to be counted."""

    text: str
    sought: Sought
    after: str | None = None
    limit: int = 50
    count: bool = False


class Found(msgspec.Struct, frozen=True):
    """One page of what was found; `total` is counted up to one more than `MOST_COUNTED`, None when not asked for."""

    items: list[Hit]
    next: str | None = None
    total: int | None = None


class Shelf(msgspec.Struct, frozen=True, kw_only=True):
    """Where one kind of record is searched. All of it is our own SQL; no words of a reader enter.

    `source` is FROM and WHERE with the reader's visibility, `terms` and `code` are columns, `key` is the column of
    the order: a growing number that puts the newest first, or a text that is followed upwards.
    """

    columns: str
    source: str
    terms: str
    code: str
    key: str
    newest_first: bool = False


def answering(sought: Sought, *, column: str, first: int) -> tuple[str, list[list[str]]]:
    """Return the condition that a record answers by names or texts, and its arguments, numbered from `first`."""
    wanted = [list(way) for way in (*sought.names, sought.anywhere) if way]
    return "(" + " OR ".join(f"{column} @> ${first + at}" for at in range(len(wanted))) + ")", wanted


async def rows_sought(sql: str, *args: Any) -> list[Row]:
    """Run one statement that searches, planned for the very words that are asked.

    A plan kept for any words takes a rare word for a common one, and would walk through the whole table for it.
    """
    async with transaction():
        await rows("SELECT set_config('plan_cache_mode', 'force_custom_plan', true)")
        return await rows(sql, *args)


async def find(shelf: Shelf, asked: Asked, *given: Any) -> tuple[list[Row], str | None, int | None]:
    """Return one page of rows, the cursor of the next one, and the total when it is to be counted.

    `given` are the arguments of the shelf's source. A cursor that is none begins anew.
    """
    search = _Search(shelf, asked, given)
    group, key = search.place(asked.after)
    found: list[Row] = [] if asked.after else await search.typed()
    for at in range(group, 2):
        wanted = asked.limit + 1 - len(found)
        if wanted > 0:
            found += await search.group(at, key=key if at == group else None, limit=wanted)
    shown = found[: asked.limit]
    following = f"{shown[-1]['at_group']}.{shown[-1]['at_key']}" if len(found) > asked.limit else None
    return shown, following, await search.count() if asked.count else None


def _as_code(text: str) -> str:
    """Return a query as a code might be written; "" when it cannot be one."""
    code = unicodedata.normalize("NFKC", text).strip().upper()
    return code if _CODE.fullmatch(code) else ""


class _Search:
    """One search on one shelf: its arguments stand in the same places in every statement."""

    def __init__(self, shelf: Shelf, asked: Asked, given: tuple[Any, ...]) -> None:
        self._shelf = shelf
        self._typed = _as_code(asked.text)
        self._args: list[Any] = [*given, self._typed]
        self._code = f"${len(self._args)}"
        sought = asked.sought
        named = msgspec.structs.replace(sought, anywhere=())
        self._names, wanted = answering(named, column=shelf.terms, first=len(self._args) + 1)
        self._args += wanted
        self._anywhere = "false"
        if sought.anywhere:
            self._args.append(list(sought.anywhere))
            self._anywhere = f"{shelf.terms} @> ${len(self._args)}"
        self._order = f"{shelf.key} DESC" if shelf.newest_first else shelf.key

    def place(self, after: str | None) -> tuple[int, Any]:
        """Return the group and key after which a cursor goes on; the beginning when it is none."""
        group, _, key = (after or "")[:_LONGEST_CURSOR].partition(".")
        if group not in ("0", "1") or not key:
            return 0, None
        if not self._shelf.newest_first:
            return int(group), key
        return (int(group), int(key)) if re.fullmatch(r"[0-9]{1,18}", key) else (0, None)

    async def typed(self) -> list[Row]:
        """Return the record whose code was typed."""
        return await self._rows(f"{self._shelf.code} = {self._code}", group=0, limit=1) if self._typed else []

    async def group(self, group: int, *, key: Any, limit: int) -> list[Row]:
        """Return those whose names answer (0) or whose texts do and names do not (1), beyond a key."""
        answers = self._names if group == 0 else f"{self._anywhere} AND NOT {self._names}"
        if group == 1 and self._anywhere == "false":
            return []
        return await self._rows(f"{self._shelf.code} <> {self._code} AND {answers}", group=group, key=key, limit=limit)

    async def _rows(self, where: str, *, group: int, limit: int, key: Any = None) -> list[Row]:
        shelf, args = self._shelf, list(self._args)
        if key is not None:
            args.append(key)
            where += f" AND {shelf.key} {'<' if shelf.newest_first else '>'} ${len(args)}"
        used, wanted = _renumbered(
            f"SELECT {group} AS at_group, {shelf.key} AS at_key, {shelf.columns}"
            f" {shelf.source} AND {where} ORDER BY {self._order} LIMIT {limit}",
            args,
        )
        return await rows_sought(used, *wanted)

    async def count(self) -> int:
        """Return how many answer, up to one more than `MOST_COUNTED`."""
        used, wanted = _renumbered(
            f"SELECT count(*) AS n FROM (SELECT 1 {self._shelf.source} AND ({self._names} OR {self._anywhere})"  # noqa: S608
            f" ORDER BY {self._order} LIMIT {MOST_COUNTED + 1}) AS found",
            self._args,
        )
        return int((await rows_sought(used, *wanted))[0]["n"])


def _renumbered(sql: str, args: list[Any]) -> tuple[str, list[Any]]:
    """Leave out the arguments that a statement does not name: PostgreSQL cannot tell the type of what is not used."""
    used = sorted({int(number) for number in re.findall(r"\$(\d+)", sql)})
    places = {number: place for place, number in enumerate(used, 1)}
    return re.sub(r"\$(\d+)", lambda found: f"${places[int(found[1])]}", sql), [args[number - 1] for number in used]
