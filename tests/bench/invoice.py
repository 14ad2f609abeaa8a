"""A thousand invoices on paper beside a bare reportlab canvas with the same strings, font and QR code."""

import io
import resource
import statistics
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

import segno
from pypdf import PdfReader
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from contracts.documents import invoice_paper
from contracts.queries.cards import InvoiceCard
from market import app
from market.settings import read_settings
from tests.bench.compare import Effort
from tests.bench.figures import Figure, at_most
from tests.bench.ground import Ground, say

INVOICES = 1_000
_RATIO = 2.5
_MEGABYTES = 50
_MODULE = 2.4


def card(number: int) -> InvoiceCard:
    """An invented invoice; every one differs in number, names and amount."""
    code = f"I-52000000MJ4000015H-2026-{number:04d}"
    return InvoiceCard(
        code=code,
        state="approved",
        url=f"/invoices/{code}",
        acts=[],
        revision=1,
        number=number,
        year=2026,
        contract=f"C-2026-{number:04d}",
        contract_title=f"第{number}居民区独居老人探访关爱",
        contract_url=f"/contracts/C-2026-{number:04d}",
        street="11000000002468133W",
        street_name="示例区梧桐街道办事处",
        supplier="52000000MJ4000015H",
        supplier_name="示例区暖阳为老服务中心",
        milestone=1,
        milestone_title="首季服务",
        accepted_on=date(2026, 2, 26),
        accepted_name="周平",
        certificate=f"/contracts/C-2026-{number:04d}/acceptance/1",
        amount=Decimal(10_000 + number),
        credited=Decimal(0),
        paid=Decimal(0),
        left=Decimal(10_000 + number),
        account_name="示例区暖阳为老服务中心",
        bank="示例银行梧桐支行",
        bank_account="6200000000000040001",
        tax_status="exempt",
        note="",
        submitted_at=datetime(2026, 3, 2, 2, 0, tzinfo=UTC),
        pay_by=date(2026, 3, 16),
        warned_at=None,
        overdue_at=None,
        late=None,
        judged_at=None,
        reasons="",
        payments=[],
        credit_notes=[],
        fapiao=[],
        paper=f"/invoices/{code}/paper",
    )


def address(code: str) -> str:
    """Where an invoice's QR code leads."""
    return f"https://shecai.example/verify/invoice/{code}/0571fc90be971c655b08156f9ddab5910"


def printed(number: int) -> bytes:
    """Print an invoice as the product does."""
    made = card(number)
    return invoice_paper(made, verify=address(made.code), lang="zh-CN")


def bare(lines: Sequence[str], *, code: str, font: str) -> bytes:
    """Draw the same strings and the same QR code on a canvas, laid out by nobody."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4)
    canvas.setFont(font, 10)
    for place, line in enumerate(lines):
        canvas.drawString(60, 800 - place * 14, line)
    matrix = [list(row) for row in segno.make(address(code), error="m", micro=False).matrix_iter(border=4)]
    for down, row in enumerate(matrix):
        for across, dark in enumerate(row):
            if dark:
                canvas.rect(60 + across * _MODULE, 60 + down * _MODULE, _MODULE, _MODULE, stroke=0, fill=1)
    canvas.showPage()
    canvas.save()
    return file.getvalue()


def _seconds(count: int, first: int) -> tuple[float, float]:
    """Return how long the product and the bare canvas take for so many invoices, one after the other."""
    pattern, code = _lines(first)
    font = next(name for name in pdfmetrics.getRegisteredFontNames() if name.endswith("Regular"))
    began = time.perf_counter()
    for number in range(first, first + count):
        printed(number)
    took = time.perf_counter() - began
    began = time.perf_counter()
    for number in range(first, first + count):
        own = card(number).code
        bare([line.replace(code, own) for line in pattern], code=own, font=font)
    return took, time.perf_counter() - began


def _lines(number: int) -> tuple[list[str], str]:
    """Return what stands on the product's own paper, line by line."""
    pages = PdfReader(io.BytesIO(printed(number))).pages
    return [line for page in pages for line in page.extract_text().splitlines() if line], card(number).code


def figures(here: Ground, effort: Effort) -> Iterator[Figure]:
    """How many times longer than on the bare canvas it takes to print, and how far memory grows."""
    app.furnish(read_settings(here.environment))
    rounds = min(effort.rounds, 3)
    each = INVOICES // rounds
    _seconds(10, 1)  # what is made once a process
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    ratios = []
    for number in range(rounds):
        took, floor = _seconds(each, number * each + 1)
        ratios.append(took / floor)
        say(f"invoice {number + 1}/{rounds}: {each / took:.0f}/s, bare canvas {each / floor:.0f}/s")
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1000
    yield at_most("invoice-times-canvas", figure=statistics.median(ratios), wanted=_RATIO)
    yield at_most("invoice-megabytes-grown", figure=grown, wanted=_MEGABYTES)
