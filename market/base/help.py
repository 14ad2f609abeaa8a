"""The help beside each form: what an act does, what to have at hand, what follows, who sees it, what goes wrong.

Every room writes its own as `HELP` in `help.py`, one entry for each act that has a page; `app.py` gathers them. The
articles are not written again: they are those of the act's step and of its form's fields.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import ClassVar

import msgspec

from market.base.fields import Field, fields_of
from market.base.lifecycle import HOUSE
from market.base.refusal import Said


class Help(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody who stands before a form wants to know, in sentences; `need` may be empty."""

    does: Said
    need: tuple[Said, ...] = ()
    then: Said
    seen: Said
    mistakes: tuple[Said, ...]


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """The help of one act with its articles: the rules' ids, the act's own first, each once."""

    act: str
    help: Help
    laws: tuple[str, ...]


class Shelf:
    """The pages of all rooms by act, in the rooms' order; `app.py` fills it once at start."""

    pages: ClassVar[Mapping[str, Page]] = {}


def furnish(*, books: Iterable[Mapping[str, Help]], forms: Mapping[str, type[msgspec.Struct] | None]) -> None:
    """Take in every room's help, with the form of each act that has a page; help without a form's act is a fault."""
    written = {str(act): help_ for book in books for act, help_ in book.items()}
    Shelf.pages = {act: Page(act=act, help=written[act], laws=_laws(act, forms[act])) for act in written}


def page_for(act: str) -> Page | None:
    """Return the help of an act, None when it has none."""
    return Shelf.pages.get(act)


def _laws(act: str, form: type[msgspec.Struct] | None) -> tuple[str, ...]:
    own = HOUSE.steps[act][1].law
    found = [own, *_of_fields(fields_of(form) if form else [])]
    return tuple(dict.fromkeys(law for law in found if law))


def _of_fields(fields: Iterable[Field]) -> Iterator[str]:
    for field in fields:
        yield field.law
        yield from _of_fields(field.rows)
