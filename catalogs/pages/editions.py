"""The doors of editions: what each says and changes, and the keeper's deeds on them and the guiding catalogue."""

import msgspec

from catalogs import actions, forms, queries
from catalogs.pages.words import WORDS
from catalogs.states import FIELD_WORDS, WITH_EDITIONS, Act, Register
from market.base.calendar import local_date
from market.base.web import Door, Filled, Route, Shown, act, listing, read
from market.people.states import Role


@listing("/catalogs/editions", name="editions_page", template="catalogs/editions.html", returns=queries.EditionLine)
async def editions(door: Door[None]) -> Shown:
    """List the editions of the guiding catalogue and the menu, newest first; `?register=` keeps one register."""
    asked = door.query("register")
    known = next((register for register in WITH_EDITIONS if register == asked), None)
    found = await queries.editions_page(user=door.user, register=known, after=door.after)
    begins = Role.CATALOGUE_KEEPER in door.user.roles
    return Shown(found, {**WORDS, "register": known, "with_editions": WITH_EDITIONS, "begins": begins})


@read(
    "/catalogs/editions/{code:str}",
    name="edition_for",
    template="catalogs/edition.html",
    returns=queries.EditionCard,
)
async def edition(door: Door[None]) -> Shown:
    """Show an edition with what it changes against the one before it."""
    return Shown(await queries.edition_for(code=door.code, user=door.user), {**WORDS, "field_words": FIELD_WORDS})


@listing(
    "/catalogs/editions/{code:str}/entries",
    name="edition_entries_page",
    template="catalogs/edition_entries.html",
    returns=queries.EditionEntryLine,
)
async def edition_entries(door: Door[None]) -> Shown:
    """List everything that an edition says, by code."""
    found = await queries.edition_entries_page(code=door.code, user=door.user, after=door.after)
    return Shown(found, {**WORDS, "edition": door.code})


@read(
    "/catalogs/editions/{code:str}/{entry:str}",
    name="edition_entry_for",
    template="catalogs/edition_entry.html",
    returns=queries.EditionEntryCard,
)
async def edition_entry(door: Door[None]) -> Shown:
    """Show an entry as an edition has it, whatever became of it since."""
    entry = str(door.request.path_params["entry"])
    return Shown(await queries.edition_entry_for(edition=door.code, entry=entry, user=door.user), WORDS)


@act(
    Act.BEGIN_EDITION,
    "/catalogs/editions/begin-edition",
    form=forms.BeginEdition,
    returns=queries.EditionCard,
    example={"register": "menu"},
)
async def begin_edition(door: Door[forms.BeginEdition]) -> queries.EditionCard:
    """Begin the next edition of a register as a copy of the newest one."""
    return await actions.begin_edition(register=Register(door.form.register), by=door.user, now=door.now)


async def _fill_publish(door: Door[None]) -> Filled:
    card = await queries.edition_for(code=door.code, user=door.user)
    return Filled(record=card, values={"in_force_from": local_date(door.now).isoformat()})


@act(
    Act.PUBLISH_CATALOGUE,
    "/catalogs/editions/{code:str}/publish-catalogue",
    form=forms.PublishCatalogue,
    returns=queries.EditionCard,
    fill=_fill_publish,
    template="catalogs/publish.html",
    example={"in_force_from": "2026-04-01", "grounds": "示例区财政局、民政局〔2026〕5号（虚构），已征求各街道意见。"},
)
async def publish_catalogue(door: Door[forms.PublishCatalogue]) -> queries.EditionCard:
    """Publish a draft for a day."""
    return await actions.publish_catalogue(
        code=door.code,
        in_force_from=door.form.in_force_from,
        grounds=door.form.grounds,
        expected=door.expected,
        by=door.user,
        now=door.now,
    )


async def _fill_edition(door: Door[None]) -> Filled:
    return Filled(record=await queries.edition_for(code=door.code, user=door.user))


@act(
    Act.WITHDRAW_EDITION,
    "/catalogs/editions/{code:str}/withdraw-edition",
    form=forms.WithdrawEdition,
    returns=queries.EditionCard,
    fill=_fill_edition,
    example={"reason": "所附文件文号有误，更正后重新发布。"},
)
async def withdraw_edition(door: Door[forms.WithdrawEdition]) -> queries.EditionCard:
    """Take a draft or a published edition back before its day."""
    return await actions.withdraw_edition(
        code=door.code, reason=door.form.reason, expected=door.expected, by=door.user, now=door.now
    )


async def _fill_add_guiding(_: Door[None]) -> Filled:
    return Filled(choices={"parents": await queries.guiding_choices()})


@act(
    Act.ADD_GUIDING_ENTRY,
    "/catalogs/add-guiding-entry",
    form=forms.AddGuidingEntry,
    returns=queries.EntryCard,
    fill=_fill_add_guiding,
    example={"parent": "A04", "code": "A0409", "name_zh": "无障碍出行服务", "name_en": "Barrier-free travel"},
)
async def add_guiding_entry(door: Door[forms.AddGuidingEntry]) -> queries.EntryCard:
    """Add an entry to the draft of the guiding catalogue."""
    sent = msgspec.structs.asdict(door.form)
    return await actions.add_guiding_entry(**sent, by=door.user, now=door.now)


async def _fill_guiding(door: Door[None]) -> Filled:
    card = await queries.entry_for(code=door.code, user=door.user, on=local_date(door.now))
    newest = card.ahead.words if card.ahead else card
    return Filled(record=card, values={"name_zh": newest.name_zh, "name_en": newest.name_en})


@act(
    Act.REVISE_GUIDING_ENTRY,
    "/catalogs/{code:str}/revise-guiding-entry",
    form=forms.ReviseGuidingEntry,
    returns=queries.EntryCard,
    fill=_fill_guiding,
    example=lambda card: {"name_zh": f"{card.name_zh}（修订）", "name_en": card.name_en},
)
async def revise_guiding_entry(door: Door[forms.ReviseGuidingEntry]) -> queries.EntryCard:
    """Rename an entry in the draft of the guiding catalogue."""
    return await actions.revise_guiding_entry(
        code=door.code,
        name_zh=door.form.name_zh,
        name_en=door.form.name_en,
        expected=door.expected,
        by=door.user,
        now=door.now,
    )


ROUTES: list[Route] = [
    editions,
    edition,
    edition_entries,
    edition_entry,
    begin_edition,
    publish_catalogue,
    withdraw_edition,
    add_guiding_entry,
    revise_guiding_entry,
]
