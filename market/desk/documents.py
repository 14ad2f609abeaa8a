"""The desk's paper: a street's public service list, made to be pinned to the wall of a residents' committee."""

from collections.abc import Sequence
from datetime import date

from evaluations.states import GRADES
from market.base.paper import Column, Paper
from market.base.refusal import Said, say
from market.base.wording import day, words
from market.desk.queries.service_list import ServiceLine

_TITLE = say("Public service list")
_AS_OF = say("{street}, as of {day}")
_SCAN = say("Scan for the list of today, with every contract and evaluation behind it: {address}")
_NONE = say("No service runs at the moment.")
_COLUMNS: Sequence[tuple[Said, float]] = (
    (say("Service"), 2.8),
    (say("Where, and for whom"), 3.0),
    (say("By whom, and how to reach them"), 3.6),
    (say("Until"), 2.8),
    (say("How good"), 2.2),
)


def service_list(
    *,
    street: str,
    code: str,
    groups: Sequence[tuple[str, Sequence[ServiceLine]]],
    on: date,
    address: str,
    lang: str,
) -> bytes:
    """Return the list as PDF: a heading a category, a line a service, and the QR code of its page at the end."""
    paper = Paper(
        title=words(_TITLE, lang), code=code, lang=lang, subtitle=words(say(_AS_OF.msgid, street=street, day=on), lang)
    )
    for heading, lines in groups:
        paper.heading(heading)
        paper.table(
            columns=[Column(words(said, lang), share) for said, share in _COLUMNS],
            rows=[_row(line, lang) for line in lines],
        )
    if not groups:
        paper.text(words(_NONE, lang))
    return paper.code(address, words=words(say(_SCAN.msgid, address=address), lang)).pdf()


def _row(line: ServiceLine, lang: str) -> list[str]:
    return [
        line.title,
        "\n".join(part for part in (line.place, served_words(line, lang)) if part),
        "\n".join(part for part in (line.supplier_name, line.address, line.phone) if part),
        day(line.last_on, lang),
        how_good(line, lang=lang),
    ]


def served_words(line: ServiceLine, lang: str) -> str:
    """Return for whom a service is, with the number of people when it is told."""
    if line.beneficiaries is None:
        return line.served
    return words(say("{served}, {count} people", served=line.served, count=line.beneficiaries), lang)


def how_good(line: ServiceLine, *, lang: str) -> str:
    """Return the last published grade, and the residents' satisfaction where enough of them answered."""
    if line.result is None:
        return words(say("not evaluated yet"), lang)
    told = words(GRADES[line.result.grade], lang)
    asked = line.result.residents
    if asked is None or asked.mean is None:
        return told
    satisfied = words(say("residents’ satisfaction {mean} of 100", mean=asked.mean), lang)
    return f"{told}\n{satisfied}"
