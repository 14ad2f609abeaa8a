"""The prescribed table of a street's intentions, as PDF and XLSX (财库〔2020〕10号)."""

import io
from collections.abc import Sequence
from datetime import date

from market.base.paper import Column as PaperColumn
from market.base.paper import Paper
from market.base.refusal import Said, say
from market.base.sheets import Column, Format, Holds, write_sheet
from market.base.wording import money, words
from market.needs.queries.intentions import IntentionLine

_COLUMNS: tuple[tuple[Said, float], ...] = (
    (say("Serial number"), 0.5),
    (say("Name of the project"), 1.6),
    (say("Outline of the need"), 2.6),
    (say("Budget in yuan"), 1.1),
    (say("Planned month"), 0.9),
    (say("Remark"), 0.8),
)
CLOSING = say("What is published here is preliminary; the notice and the documents of each purchase prevail.")


def title_of(*, street_name: str, first: date, last: date) -> Said:
    """Return the prescribed title of the table for one month or several."""
    if (first.year, first.month) == (last.year, last.month):
        return say(
            "Procurement intentions of {street}, {year}-{month}",
            street=street_name,
            year=str(first.year),
            month=first.month,
        )
    return say(
        "Procurement intentions of {street}, {year}-{month} to {until_year}-{until}",
        street=street_name,
        year=str(first.year),
        month=first.month,
        until_year=str(last.year),
        until=last.month,
    )


def month_words(month: date, lang: str) -> str:
    """Return a month as the table shows it."""
    return words(say("{year}-{month}", year=str(month.year), month=f"{month.month:02d}"), lang)


def as_pdf(*, title: Said, street: str, street_name: str, items: Sequence[IntentionLine], on: date, lang: str) -> bytes:
    """Return the table on paper, with its closing sentence, who publishes it and the day."""
    paper = Paper(title=words(title, lang), code=street, lang=lang)
    paper.table(
        columns=[PaperColumn(words(heading, lang), share) for heading, share in _COLUMNS],
        rows=[
            [str(n), one.title, one.outline, money(one.budget, lang), month_words(one.month_on, lang), one.remark]
            for n, one in enumerate(items, 1)
        ],
    )
    paper.text(words(CLOSING, lang))
    paper.facts([(words(say("Published by"), lang), street_name), (words(say("Day"), lang), on.isoformat())])
    return paper.pdf()


def as_xlsx(*, title: Said, items: Sequence[IntentionLine], lang: str) -> bytes:
    """Return the table as a workbook."""
    names = ("number", "title", "outline", "budget", "month", "remark")
    holds = (Holds.NUMBER, Holds.TEXT, Holds.TEXT, Holds.AMOUNT, Holds.TEXT, Holds.TEXT)
    columns = [
        Column(name=name, titles=(words(heading, lang),), holds=kind)
        for name, (heading, _), kind in zip(names, _COLUMNS, holds, strict=True)
    ]
    records = [
        {
            "number": n,
            "title": one.title,
            "outline": one.outline,
            "budget": one.budget,
            "month": month_words(one.month_on, lang),
            "remark": one.remark,
        }
        for n, one in enumerate(items, 1)
    ]
    file = io.BytesIO()
    write_sheet(file, how=Format.XLSX, title=words(title, lang), columns=columns, records=records)
    return file.getvalue()
