"""The help as pages: what can be done here, who does it, and for each act what stands beside its form."""

import msgspec

from market.base import help as shelf
from market.base.lifecycle import HOUSE
from market.base.records import Listing, Record
from market.base.refusal import NotFound
from market.base.web import Door, Route, Shown, listing, read
from market.base.wording import words
from market.people.states import ROLE_WORDS, Role


class HelpLine(Record, frozen=True, kw_only=True):
    """An act in the list of help: its words, what it does, and who does it, in the reader's language."""

    title: str
    does: str
    roles: list[str]


class HelpCard(HelpLine, frozen=True, kw_only=True):
    """The help of one act in the reader's language; `laws` are rules' ids, at /law."""

    need: list[str]
    then: str
    seen: str
    mistakes: list[str]
    laws: list[str]


class Chapter(msgspec.Struct, frozen=True, kw_only=True):
    """The acts on one kind of record, in the order in which they happen."""

    id: str
    title: str
    lines: list[HelpLine]


def _line(page: shelf.Page, lang: str) -> HelpLine:
    _, step = HOUSE.steps[page.act]
    return HelpLine(
        code=page.act,
        state="in-use",
        url=f"/help/{page.act}",
        title=words(step.label, lang),
        does=words(page.help.does, lang),
        roles=[words(ROLE_WORDS[role], lang) for role in Role if role in step.by and role != Role.CLOCK],
    )


def _card(page: shelf.Page, lang: str) -> HelpCard:
    return HelpCard(
        **msgspec.structs.asdict(_line(page, lang)),
        need=[words(said, lang) for said in page.help.need],
        then=words(page.help.then, lang),
        seen=words(page.help.seen, lang),
        mistakes=[words(said, lang) for said in page.help.mistakes],
        laws=list(page.laws),
    )


def _chapters(lang: str) -> list[Chapter]:
    """Return the kinds of records that have help, in the rooms' order, each with its acts."""
    chapters = []
    for lifecycle in HOUSE.lifecycles.values():
        pages = [shelf.page_for(str(step.act)) for step in lifecycle.steps]
        lines = [_line(page, lang) for page in pages if page]
        if lines:
            chapters.append(Chapter(id=lifecycle.kind, title=words(lifecycle.label, lang), lines=lines))
    return chapters


@listing("/help", name="help_page", template="desk/help.html", returns=HelpLine)
async def helps(door: Door[None]) -> Shown:
    """List everything that can be done here, with who does it and what it does."""
    chapters = _chapters(door.lang)
    return Shown(Listing(items=[line for chapter in chapters for line in chapter.lines]), {"chapters": chapters})


@read("/help/{code:str}", name="help_for", template="desk/help_act.html", returns=HelpCard)
async def help_of(door: Door[None]) -> Shown:
    """Show the help of one act, named by its word, such as `submit-bid`."""
    page = shelf.page_for(door.code)
    if page is None:
        raise NotFound
    return Shown(_card(page, door.lang), {"page": page})


ROUTES: list[Route] = [helps, help_of]
