"""Every paper is read back: its facts stand in it as text, its type is embedded, nothing is missing or cut off.

At full size every paper of the town is printed in both languages and drawn into `.shecai/proofs/papers` for a look.
"""

import io
import re
import unicodedata
from collections.abc import AsyncIterator, Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from pypdf import PdfReader

from market.base.database import rows
from market.base.paper import Paper
from market.base.wording import money
from tests.town import Town

DRAWN = Path(".shecai/proofs/papers")
READER = "hua.rong"


def named(card: dict[str, Any]) -> list[Any]:
    """What every paper of a purchase names."""
    return [card["code"], card["title"], card["street_name"]]


def _signed(card: dict[str, Any]) -> list[Any]:
    """The money of a contract as signed, whatever an amendment moved since."""
    terms = card["changes"]["as_signed"] or card
    return [terms["amount"], *(m["amount"] for m in terms["milestones"])]


# What each kind of paper is made of: where it stands, and which of its card's facts must be read in it.
PAPERS: dict[str, tuple[str, str, Callable[[dict[str, Any]], list[Any]]]] = {
    "notice": ("tender", "/tenders/{code}/notice.pdf", lambda c: [*named(c), c["budget"]]),
    "opening": ("tender", "/tenders/{code}/opening.pdf", named),
    "report": ("tender", "/tenders/{code}/report.pdf", named),
    "award": (
        "tender", "/tenders/{code}/award-letter.pdf",
        lambda c: [c["code"], c["title"], c["result"]["supplier_name"], c["result"]["amount"]],
    ),
    "contract": (
        "contract", "/contracts/{code}/paper",
        lambda c: [*named(c), c["supplier_name"], *_signed(c)],
    ),
    "amendment": (
        "contract_amendment", "/amendments/{code}/paper",
        lambda c: [c["code"], c["contract_title"], c["supplier_name"], c["explanation"]],
    ),
    "acceptance": ("contract", "/contracts/{code}/acceptances/1", lambda c: [c["code"], c["milestones"][0]["title"]]),
    "invoice": (
        "invoice", "/invoices/{code}/paper",
        lambda c: [c["code"], c["amount"], c["account_name"], c["bank_account"]],
    ),
    "evaluation": ("evaluation", "/evaluations/{code}/report", lambda c: [c["contract"], c["supplier_name"]]),
}  # fmt: skip
COLLECTION = {
    "tender": "tenders",
    "contract": "contracts",
    "contract_amendment": "amendments",
    "invoice": "invoices",
    "evaluation": "evaluations",
}


def plain(text: str) -> str:
    """The text without the spaces and line breaks that typesetting adds."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def said(fact: Any, lang: str) -> str:
    """A fact as paper says it: money in its reader's fashion, everything else as it is."""
    if re.fullmatch(r"\d+\.\d\d", str(fact)):
        return plain(re.sub(r"[^\d.,]", "", money(Decimal(fact), lang)))
    return plain(str(fact))


def faults_of(pdf: bytes, *, facts: list[Any], lang: str) -> list[str]:
    """Return whatever is wrong with a paper."""
    reader = PdfReader(io.BytesIO(pdf), strict=True)
    text = "".join(page.extract_text() for page in reader.pages)
    found = [f"“{fact}” is not in it" for fact in facts if said(fact, lang) not in plain(text)]
    found += [f"{sign} is in it" for sign in ("〔U+", "\ufffd", "\x00", "None", "{", "Decimal(") if sign in text]
    found += _faults_of_type(reader)
    title = (reader.metadata.title if reader.metadata else None) or ""
    if not title or plain(title) not in plain(text):
        found.append(f"its title is “{title}”")
    if str(reader.trailer["/Root"].get("/Lang", ""))[:2] != lang[:2]:
        found.append(f"it names the language {reader.trailer['/Root'].get('/Lang')}")
    found += _faults_of_pages(pdf)
    return found


def _faults_of_type(reader: PdfReader) -> Iterator[str]:
    for number, page in enumerate(reader.pages, 1):
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            made = font.get_object()
            descriptor = made.get("/FontDescriptor")
            if descriptor is None or "/FontFile2" not in descriptor:
                yield f"page {number}: {made['/BaseFont']} is not embedded"
            elif not re.match(r"/[A-Z]{6}\+", str(made["/BaseFont"])):
                yield f"page {number}: {made['/BaseFont']} is embedded whole"
            elif "/ToUnicode" not in made:
                yield f"page {number}: {made['/BaseFont']} cannot be copied from"


def _faults_of_pages(pdf: bytes) -> Iterator[str]:
    """Drawn, a page is neither empty nor does it run over its edge."""
    with pypdfium2.PdfDocument(pdf) as document:
        for number in range(len(document)):
            picture = document[number].render(scale=1).to_pil().convert("L")
            wide, high = picture.size
            ink = picture.point(lambda grey: 255 if grey < 160 else 0).getbbox()  # the watermark is paler
            if ink is None:
                yield f"page {number + 1} is empty"
            elif ink[0] < wide * 0.04 or ink[2] > wide * 0.96 or ink[1] < high * 0.02 or ink[3] > high * 0.98:
                yield f"page {number + 1} runs over its edge: {ink} of {picture.size}"


async def printed(town: Town, kind: str, *, lang: str) -> AsyncIterator[tuple[str, bytes, list[Any]]]:
    """Every paper of a kind that the auditor may read, with the facts of its record."""
    table, path, facts = PAPERS[kind]
    client = await town.client(READER)
    for row in await rows(f'SELECT code FROM "{table}" ORDER BY code'):
        paper = await client.get(path.format(**row), headers={"Accept": "application/pdf", "Accept-Language": lang})
        if paper.status_code == 404:
            continue
        assert paper.status_code == 200, paper.text
        assert paper.headers["content-type"] == "application/pdf"
        card = (await client.get(f"/{COLLECTION[table]}/{row['code']}")).json()
        yield row["code"], paper.content, facts(card)


@pytest.mark.parametrize("kind", PAPERS)
async def test_a_paper_of_each_kind_is_read_back(town: Town, kind: str) -> None:
    async for _, pdf, facts in printed(town, kind, lang="zh-CN"):
        assert faults_of(pdf, facts=facts, lang="zh-CN") == []
        return
    raise AssertionError(f"the town has no paper of kind {kind}")


@pytest.mark.prove
@pytest.mark.parametrize("lang", ["zh-CN", "en"])
@pytest.mark.parametrize("kind", PAPERS)
async def test_papers_of_the_whole_town_are_read_back(town: Town, kind: str, lang: str) -> None:
    surprises, count = [], 0
    async for code, pdf, facts in printed(town, kind, lang=lang):
        # A Chinese evaluation report is the prescribed form: it has no English twin.
        spoken = "zh-CN" if kind in ("evaluation", "contract") else lang
        surprises += [f"{code}: {fault}" for fault in faults_of(pdf, facts=facts, lang=spoken)]
        with pypdfium2.PdfDocument(pdf) as document:
            for number in range(len(document)):
                drawing = document[number].render(scale=1.6).to_pil()
                drawing.save(DRAWN / f"{kind}-{code}-{lang}-{number + 1}.png")
        count += 1
    assert surprises == []
    assert count > 0


@pytest.fixture(autouse=True, scope="module")
def drawn() -> None:
    DRAWN.mkdir(parents=True, exist_ok=True)


def test_a_planted_fault_is_found() -> None:
    pdf = Paper(title="验收单", code="C-1", lang="zh", demo=False).text("甲方").pdf()
    assert faults_of(pdf, facts=["C-1", "甲方"], lang="zh-CN") == []
    assert faults_of(pdf, facts=["480000.00"], lang="zh-CN") == ["“480000.00” is not in it"]
    assert faults_of(pdf, facts=[], lang="en") == ["it names the language zh-CN"]
    strange = Paper(title="验收单", code="C-1", lang="zh", demo=False).text("😀").pdf()
    assert faults_of(strange, facts=[], lang="zh-CN") == ["〔U+ is in it"]
