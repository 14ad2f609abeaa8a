"""The hand-over file: requirement, notice, scoring method and contract draft, as DOCX, PDF and XLSX in one archive.

Each file's SHA-256 stands in `manifest.json`, so that whoever takes the file over can show what was handed to them.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

import msgspec

from market.base.money import Yuan, in_capitals
from market.base.refusal import Said, say
from market.base.sheets import Column, Format, Holds, write_sheet
from market.base.wording import day, money, words
from market.needs.documents.parts import Part, as_docx, as_pdf
from market.needs.queries.official import FileInZip, Manifest
from market.needs.rules.official import Papers
from market.needs.states.official import METHOD_WORDS, Method

_LANG = "zh-CN"


class Clauses:
    """The standard clauses of a contract; the contracts room hands its own in at start."""

    standard: ClassVar[Mapping[str, str]] = {}


class HandedOver(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that the documents of a purchase outside are made of."""

    need: str
    round: int
    title: str
    street_name: str
    item: str
    item_name: str
    budget: Yuan
    description: str
    standard: str
    quantity: Decimal
    unit: str
    served: str
    beneficiaries: int
    place: str
    targets: list[tuple[str, str, date]]
    consulted_on: date | None
    consulted_how: str
    surveyed: list[str]
    intention_url: str
    method: Method
    papers: Papers
    made_on: date


def _w(sentence: Said) -> str:
    return words(sentence, _LANG)


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _project(handed: HandedOver) -> list[tuple[str, str]]:
    return [
        (_w(say("Project code")), handed.need),
        (_w(say("Project name")), handed.title),
        (_w(say("Buyer")), handed.street_name),
        (_w(say("Procurement method")), _w(METHOD_WORDS[handed.method])),
        (_w(say("Official item code")), f"{handed.item} {handed.item_name}"),
        (_w(say("Budget")), f"{money(handed.budget, _LANG)}（{in_capitals(handed.budget)}）"),
    ]


def _term(papers: Papers) -> str:
    return f"{day(papers.service_from, _LANG)} — {day(papers.service_until, _LANG)}"


def _targets(part: Part, handed: HandedOver) -> Part:
    columns = [(_w(say("Target")), 2.0), (_w(say("Target number")), 1.0), (_w(say("Due by")), 1.0)]
    return part.table(columns, [(name, number, day(due, _LANG)) for name, number, due in handed.targets])


def _stages(part: Part, papers: Papers) -> Part:
    columns = [(_w(say("Milestone")), 2.0), (_w(say("Due on")), 1.0), (_w(say("Share of the price")), 0.8)]
    rows = [(f"{m.number}. {m.title}", day(m.due_on, _LANG), f"{_plain(m.share * 100)}%") for m in papers.milestones]
    return part.table(columns, rows)


def requirement(handed: HandedOver) -> Part:
    """Return the requirement file. Law: 财政部令第87号 第十一条; 财库〔2021〕22号 第六条至第九条."""
    part = Part(name="1-采购需求", title=_w(say("Procurement requirement")), code=handed.need, subtitle=handed.title)
    part.heading(_w(say("1 Project"))).facts(_project(handed))
    part.heading(_w(say("2 Content, standard and quantity"))).prose(handed.description)
    part.prose(handed.standard)
    part.facts(
        [
            (_w(say("Quantity")), f"{_plain(handed.quantity)} {handed.unit}"),
            (_w(say("Who is served")), handed.served),
            (_w(say("How many people are served")), str(handed.beneficiaries)),
            (_w(say("Place")), handed.place),
            (_w(say("Service period")), _term(handed.papers)),
        ]
    )
    _targets(part.heading(_w(say("3 Targets and acceptance"))), handed)
    part.prose(Clauses.standard.get("acceptance", ""))
    _stages(part.heading(_w(say("4 Payment and its progress"))), handed.papers)
    part.heading(_w(say("5 Consultation and survey"))).facts(
        [
            (_w(say("Residents consulted on")), day(handed.consulted_on, _LANG) if handed.consulted_on else ""),
            (_w(say("How residents were consulted")), handed.consulted_how),
            (_w(say("Market entities asked")), "、".join(handed.surveyed)),
        ]
    )
    return part


_NOTICE_TITLES: Mapping[Method, Said] = {
    Method.OPEN_TENDER: say("Notice of open tender"),
    Method.INVITATION: say("Invitation to tender"),
    Method.CONSULTATION: say("Notice of competitive consultation"),
}


def notice(handed: HandedOver) -> Part:
    """Return the notice in the prescribed layout (财办库〔2020〕50号); what the platform knows is left to fill in."""
    tender = handed.method in (Method.OPEN_TENDER, Method.INVITATION)
    title = _NOTICE_TITLES.get(handed.method, say("Notice of purchase"))
    part = Part(name="2-采购公告", title=_w(title), code=handed.need, subtitle=handed.title)
    fill = _w(say("(filled in by the platform)"))
    part.heading(_w(say("1 Basic facts of the project"))).facts(
        [
            *_project(handed),
            (_w(say("Service period")), _term(handed.papers)),
            (_w(say("Consortium")), _w(say("accepted"))),
        ]
    )
    part.prose(handed.description)
    part.heading(_w(say("2 Qualification of applicants"))).prose(
        "\n".join((_w(say("1. Article 22 of the Government Procurement Law is met.")), handed.papers.qualification))
    )
    documents = say("3 Tender documents") if tender else say("3 Procurement documents")
    part.heading(_w(documents)).facts([(_w(say("Time, place, manner and price")), fill)])
    closing = say("4 Closing, opening and place") if tender else say("4 Submission of responses")
    part.heading(_w(closing)).facts([(_w(say("Closing")), fill), (_w(say("Place")), fill)])
    if not tender:
        part.heading(_w(say("5 Opening of responses"))).facts([(_w(say("Time and place")), fill)])
    part.heading(_w(say("Notice period"))).prose(fill)
    part.heading(_w(say("Further matters"))).facts([(_w(say("Published intention")), handed.intention_url)])
    part.heading(_w(say("Contact"))).facts([(_w(say("Buyer")), handed.street_name), (_w(say("Agent")), fill)])
    return part


def scoring(handed: HandedOver) -> Part:
    """Return the scoring method: each factor with its points and how they are given (财政部令第87号 第五十五条)."""
    part = Part(name="3-评审办法", title=_w(say("Scoring method")), code=handed.need, subtitle=handed.title)
    part.heading(_w(say("Factors and points")))
    columns = [(_w(say("Criterion")), 1.0), (_w(say("How it is scored")), 2.0), (_w(say("Most points")), 0.6)]
    return part.table(columns, [(one["criterion"], one["guide"], _plain(one["points"])) for one in _factors(handed)])


def _factors(handed: HandedOver) -> list[dict[str, Any]]:
    price = {
        "criterion": _w(say("Price")),
        "guide": _w(say("Lowest valid price divided by the price, times the points")),
        "points": handed.papers.price_points,
    }
    return [{"criterion": c.title, "guide": c.guide, "points": c.points} for c in handed.papers.criteria] + [price]


_CLAUSE_TITLES: Mapping[str, Said] = {
    "quality": say("3. Quality and service standards"),
    "settlement": say("5. Settlement and progress of payment"),
    "acceptance": say("6. Acceptance"),
    "duties": say("7. Rights and duties"),
    "breach": say("8. Liability for breach"),
    "late_payment": say("9. Liability for late payment"),
}


def contract_draft(handed: HandedOver) -> Part:
    """Return the contract to be signed, without supplier and price. Law: 政府采购法 第四十六条."""
    part = Part(name="4-合同草案", title=_w(say("Contract draft")), code=handed.need, subtitle=handed.title)
    blank = "＿＿＿＿＿＿"
    part.facts(
        [
            (_w(say("Party A (buyer)")), handed.street_name),
            (_w(say("Party B (supplier)")), blank),
            (_w(say("Contract amount")), blank),
            (_w(say("Service period")), _term(handed.papers)),
        ]
    )
    part.heading(_w(say("1. Content of the service"))).prose(handed.description)
    part.heading(_w(say("2. Quantity"))).prose(f"{_plain(handed.quantity)} {handed.unit}")
    for name, title in _CLAUSE_TITLES.items():
        part.heading(_w(title)).prose(Clauses.standard.get(name, ""))
        if name == "quality":
            _stages(part.heading(_w(say("4. Milestones"))), handed.papers)
    return part


def _workbook(title: str, columns: Sequence[tuple[str, Said, Holds]], records: Sequence[Mapping[str, Any]]) -> bytes:
    file = io.BytesIO()
    told = [Column(name=name, titles=(_w(heading),), holds=holds) for name, heading, holds in columns]
    write_sheet(file, how=Format.XLSX, title=title, columns=told, records=records)
    return file.getvalue()


def _sheets(handed: HandedOver) -> dict[str, bytes]:
    facts = [("label", say("Point"), Holds.TEXT), ("value", say("What it says"), Holds.TEXT)]
    told = [
        *_project(handed),
        (_w(say("Quantity")), f"{_plain(handed.quantity)} {handed.unit}"),
        (_w(say("Service period")), _term(handed.papers)),
        *((name, f"{number}（{day(due, _LANG)}）") for name, number, due in handed.targets),
    ]
    factors = [
        ("criterion", say("Criterion"), Holds.TEXT),
        ("guide", say("How it is scored"), Holds.TEXT),
        ("points", say("Most points"), Holds.AMOUNT),
    ]
    return {
        "1-采购需求.xlsx": _workbook("采购需求", facts, [{"label": label, "value": value} for label, value in told]),
        "3-评审办法.xlsx": _workbook("评审办法", factors, _factors(handed)),
    }


def hand_over_zip(handed: HandedOver) -> tuple[bytes, Manifest]:
    """Return the archive and its manifest: every document as DOCX and PDF, tables as XLSX, the hashes of all."""
    made: dict[str, bytes] = {}
    for part in (requirement(handed), notice(handed), scoring(handed), contract_draft(handed)):
        made[f"{part.name}.docx"] = as_docx(part)
        made[f"{part.name}.pdf"] = as_pdf(part)
    made |= _sheets(handed)
    files = [
        FileInZip(name=name, size=len(content), sha256=hashlib.sha256(content).hexdigest())
        for name, content in sorted(made.items())
    ]
    told = {"need": handed.need, "round": handed.round, "made_on": handed.made_on.isoformat()}
    listed = json.dumps({**told, "files": msgspec.to_builtins(files)}, ensure_ascii=False, indent=1).encode()
    stamp = (handed.made_on.year, handed.made_on.month, handed.made_on.day, 0, 0, 0)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (*sorted(made.items()), ("manifest.json", listed)):
            archive.writestr(zipfile.ZipInfo(name, stamp), content, zipfile.ZIP_DEFLATED)
    content = file.getvalue()
    return content, Manifest(digest=hashlib.sha256(content).hexdigest(), size=len(content), files=files)
