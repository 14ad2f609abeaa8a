"""Reads of whole registers: their trees, the central procurement catalogue, and choices for forms."""

from collections.abc import Iterable
from datetime import date

import msgspec

from catalogs.queries.entries import LINE, EntryLine
from catalogs.states import Checked, Register
from market.base.database import Row, rows


class CentralLine(msgspec.Struct, frozen=True, kw_only=True):
    """An official item that stands in the central procurement catalogue over a period."""

    item: str
    name_zh: str
    name_en: str
    in_force_from: date
    in_force_until: date | None
    checked: Checked


class Branch(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of a tree with what hangs below it."""

    entry: EntryLine
    below: list["Branch"]


class Tree(msgspec.Struct, frozen=True, kw_only=True):
    """A register as a tree, with its edition."""

    register: Register
    version: str
    version_zh: str
    checked: Checked
    branches: list[Branch]
    count: int


async def trees() -> list[Tree]:
    """Return the registers as trees: official items, guiding catalogue, and the menu below its categories."""
    found = await rows(f"SELECT {LINE}, category FROM entry WHERE state = 'in-use' ORDER BY code")  # noqa: S608
    editions = {row["register"]: row for row in await rows("SELECT * FROM edition")}
    made = []
    for register in (Register.MENU, Register.ITEM, Register.GUIDING):
        edition = editions.get(register)
        if edition is None:
            continue
        own = [row for row in found if row["register"] == register]
        roots = [row for row in found if row["register"] == Register.CATEGORY] if register == Register.MENU else []
        below: dict[str | None, list[Row]] = {}
        for row in own:
            below.setdefault(row["category"] if register == Register.MENU else row["parent"], []).append(row)
        made.append(
            Tree(
                register=register,
                version=edition["version"],
                version_zh=edition["version_zh"],
                checked=edition["checked"],
                branches=_branches(roots or below.get(None, []), below),
                count=len(own),
            )
        )
    return made


def _branches(here: Iterable[Row], below: dict[str | None, list[Row]]) -> list[Branch]:
    return [
        Branch(entry=msgspec.convert(row, EntryLine), below=_branches(below.get(row["code"], []), below))
        for row in here
    ]


async def item_choices() -> list[tuple[str, str]]:
    """Return code and words of the official items that a need may bear, for choices on forms."""
    return await _choices("register = 'item' AND level > 0")


async def menu_choices() -> list[tuple[str, str]]:
    """Return code and words of the services on the menu."""
    return await _choices("register = 'menu'")


async def guiding_choices() -> list[tuple[str, str]]:
    """Return code and words of the guiding catalogue's entries in use."""
    return await _choices("register = 'guiding'")


async def category_choices() -> list[tuple[str, str]]:
    """Return code and words of the categories."""
    return await _choices("register = 'category'")


async def _choices(where: str) -> list[tuple[str, str]]:
    found = await rows(f"SELECT code, name_zh FROM entry WHERE state = 'in-use' AND {where} ORDER BY code")  # noqa: S608
    return [(row["code"], f"{row['code']} {row['name_zh']}") for row in found]


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """Where a register comes from, in both languages."""

    version: str
    version_zh: str


async def origins() -> dict[str, Origin]:
    """Return where each register comes from."""
    found = await rows("SELECT register, version, version_zh FROM edition")
    return {row["register"]: Origin(version=row["version"], version_zh=row["version_zh"]) for row in found}


async def central_catalogue() -> list[CentralLine]:
    """Return the central procurement catalogue as dated data, by item and day."""
    found = await rows(
        "SELECT c.item, e.name_zh, e.name_en, c.in_force_from, c.in_force_until, c.checked FROM central_item c"
        " JOIN entry e ON e.code = c.item ORDER BY c.item, c.in_force_from"
    )
    return msgspec.convert(found, list[CentralLine])
