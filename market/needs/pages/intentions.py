"""The doors of intentions: published, listed, read with every version, and as the prescribed table."""

import asyncio
from datetime import date
from typing import Any

from litestar import Response

from market.base.calendar import add_months, local_date
from market.base.sheets import FORMATS, Format
from market.base.web import Door, Filled, Route, Shown, act, file, listing, read
from market.needs import queries
from market.needs.actions import intentions as actions
from market.needs.documents import intentions as documents
from market.needs.forms.official import PublishIntention
from market.needs.queries.intentions import (
    IntentionCard,
    IntentionLine,
    IntentionTable,
    intention_for,
    intentions_page,
    table_of,
)
from market.needs.states import Act
from market.needs.states.official import EXEMPTION_WORDS
from market.people.queries import organizations_of_kind

_PDF = "application/pdf"
_MONTHS_SHOWN = 12


@listing("/intentions", name="intentions_page", template="needs/intentions.html", returns=IntentionLine)
async def intentions(door: Door[None]) -> Shown:
    """List what street offices intend to buy, the newest first; `?street=` narrows the list."""
    street = door.query("street")
    found = await intentions_page(street=street, after=door.after)
    offices = [] if door.wants_json else await organizations_of_kind(kind="street")
    return Shown(found, {"street": street, "offices": offices})


@read("/intentions/{code:str}", name="intention_for", template="needs/intention.html", returns=IntentionCard)
async def intention(door: Door[None]) -> Shown:
    """Show an intention with what each version changed."""
    card = await intention_for(code=door.code)
    return Shown(card, {"exemption_words": EXEMPTION_WORDS})


async def _table(door: Door[None]) -> IntentionTable:
    """Return the table that a reader asks for: a street's, from a month until a month, of the year to come."""
    first = _month(door.query("from")) or local_date(door.now).replace(day=1)
    last = _month(door.query("until")) or add_months(first, _MONTHS_SHOWN - 1)
    return await table_of(street=door.code, first=first, last=last)


def _month(text: str | None) -> date | None:
    """Return the month that an address names as `2026-05`; None when it names none."""
    try:
        return date.fromisoformat(f"{text}-01") if text else None
    except ValueError:
        return None


def _said(table: IntentionTable, door: Door[None]) -> dict[str, Any]:
    title = documents.title_of(street_name=table.street_name, first=table.first_on, last=table.last_on)
    query = f"?from={table.first_on:%Y-%m}&until={table.last_on:%Y-%m}"
    return {"title": title, "closing": documents.CLOSING, "query": query, "on": local_date(door.now)}


@read(
    "/streets/{code:str}/intentions",
    name="intention_table",
    template="needs/intention_table.html",
    returns=IntentionTable,
)
async def table(door: Door[None]) -> Shown:
    """Show a street's intentions as the prescribed table; `?from=` and `?until=` are months."""
    found = await _table(door)
    return Shown(found, _said(found, door))


@read("/streets/{code:str}/intentions.pdf", name="intention_table_paper", media=_PDF)
async def table_paper(door: Door[None]) -> Response[bytes]:
    """Print the prescribed table as PDF."""
    found = await _table(door)
    said = _said(found, door)
    pdf = await asyncio.to_thread(
        documents.as_pdf,
        title=said["title"],
        street=found.code,
        street_name=found.street_name,
        items=found.items,
        on=said["on"],
        lang=door.lang,
    )
    return file(pdf, name=f"{found.code}-intentions.pdf", media_type=_PDF)


@read("/streets/{code:str}/intentions.xlsx", name="intention_table_sheet", media=FORMATS[Format.XLSX])
async def table_sheet(door: Door[None]) -> Response[bytes]:
    """Answer the prescribed table as a workbook."""
    found = await _table(door)
    sheet = documents.as_xlsx(title=_said(found, door)["title"], items=found.items, lang=door.lang)
    return file(sheet, name=f"{found.code}-intentions.xlsx", media_type=FORMATS[Format.XLSX])


async def _fill_intention(door: Door[None]) -> Filled:
    card = await queries.need_for(code=door.code, user=door.user)
    values: dict[str, Any] = {"outline": card.description}
    if card.intention:
        before = await intention_for(code=card.intention)
        values = {"month_on": before.month_on, "outline": before.outline, "remark": before.remark}
    return Filled(record=card, values=values)


@act(
    Act.PUBLISH_INTENTION,
    "/needs/{code:str}/publish-intention",
    form=PublishIntention,
    returns=IntentionCard,
    fill=_fill_intention,
    example=lambda card: {
        "month_on": "2026-05-01",
        "outline": card.description,
        "remark": "以实际采购公告为准",
        "reason": "首次公开或者计划有变化。",
    },
)
async def publish_intention(door: Door[PublishIntention]) -> IntentionCard:
    """Publish the intention of a need, or publish it again when something changed."""
    sent = door.form
    return await actions.publish_intention(
        code=door.code,
        month_on=sent.month_on,
        outline=sent.outline or "",
        remark=sent.remark or "",
        exempt=sent.exempt_because,
        reason=sent.reason or "",
        expected=door.expected,
        by=door.user,
        now=door.now,
    )


ROUTES: list[Route] = [intentions, intention, table, table_paper, table_sheet, publish_intention]
