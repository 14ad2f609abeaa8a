"""Two languages, each whole: no word of the interface is left in the other one, days and money as Babel writes them."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel import dates, numbers
from litestar import Litestar

from market.base import wording
from market.base.clock import SHANGHAI
from market.base.database import rows
from market.base.words import translations
from tests.accessible.visits import Routes, Visit, walk
from tests.town import Town

ROOT = Path(__file__).parents[2]
FEW = (None, "wang.fang", "lin.feng", "qin.shu", "hua.rong")
HAN = re.compile(r"[\u4e00-\u9fff\u3400-\u4dbf]+")
LATIN = re.compile(r"[A-Za-z]+(?:[ ’'-]+[A-Za-z]+)+")
PLACEHOLDER = re.compile(r"\\\{\w+[^{}]*\\\}")
READ_OUT = ("title", "aria-label", "placeholder", "alt", "data-label")
NOT_SHOWN = ("script", "style", "code")


class Words(HTMLParser):
    """Collects what a reader of the page's language meets: texts and attributes, not what is marked as another."""

    def __init__(self, lang: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._here = [("", lang)]
        self._lang = lang

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        lang = given.get("lang") or self._here[-1][1]
        if lang[:2] == self._lang[:2]:
            self.found += [str(given[name]) for name in READ_OUT if given.get(name)]
        if tag not in ("input", "br", "img", "meta", "link", "hr", "source", "wbr", "col"):
            self._here.append((tag, lang))

    def handle_endtag(self, tag: str) -> None:
        while len(self._here) > 1 and self._here.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        tag, lang = self._here[-1]
        if data.strip() and tag not in NOT_SHOWN and lang[:2] == self._lang[:2]:
            self.found.append(" ".join(data.split()))


def words_of(visit: Visit, lang: str) -> list[str]:
    parser = Words(lang)
    parser.feed(visit.html)
    return parser.found


async def everything_kept() -> str:
    """Every word of the rows and of the data that the rooms bring: it stays in the language it was written in."""
    tables = await rows(
        "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
    )
    kept = []
    for table in tables:
        name = table["table_name"]
        kept += [row["said"] for row in await rows(f'SELECT t::text AS said FROM "{name}" t')]
    data = [
        p.read_text(encoding="utf-8")
        for p in ROOT.glob("**/data/*")
        if p.suffix in (".json", ".csv", ".toml", ".md") and ".venv" not in p.parts
    ]
    # The headings of the lists that offices exchange are said as the files have them.
    data.append((ROOT / "catalogs/rules/sheets.py").read_text(encoding="utf-8"))
    joined = "\n".join(kept + data)
    return re.sub(r"\\+u([0-9a-f]{4})", lambda m: chr(int(m[1], 16)), joined)


def sentences() -> Iterator[tuple[str, str]]:
    """Every sentence of the interface in both languages."""
    chinese = translations("zh-CN")
    for english in chinese._messages:
        yield english, chinese.gettext(english)


def tells(english: str) -> bool:
    """Tell whether a sentence with values says enough of its own to be known by it."""
    return "{" in english and len(re.findall(r"[A-Za-z]", re.sub(r"\{[^}]*\}", "", english))) > 8


async def walked(town: Town, house: Litestar, lang: str) -> list[Visit]:
    routes, known = Routes(house), {}
    return [
        visit
        for who in FEW
        for visit in await walk(await town.browser(who, lang=lang), routes, who, patience=1, known=known)
    ]


async def test_english_pages_show_no_chinese_but_what_people_wrote(town: Town, house: Litestar) -> None:
    kept = await everything_kept()
    found = {}
    for visit in await walked(town, house, "en"):
        if visit.path.startswith("/style"):
            continue  # its samples are written by hand, in the language of the house
        for said in words_of(visit, "en"):
            for run in HAN.findall(said):
                if run not in kept:
                    found.setdefault(run, f"{visit.who} {visit.path}: {said[:120]}")
    assert found == {}


async def test_chinese_pages_show_no_english_but_what_people_wrote(town: Town, house: Litestar) -> None:
    kept = await everything_kept() + "\n".join(chinese for _, chinese in sentences())
    in_english = {english for english, chinese in sentences() if english != chinese}
    patterns = [re.compile(PLACEHOLDER.sub(".+", re.escape(e))) for e in in_english if tells(e)]
    found = {}
    for visit in await walked(town, house, "zh-CN"):
        for said in words_of(visit, "zh-CN"):
            leaked = said in in_english or any(pattern.fullmatch(said) for pattern in patterns)
            written = [run for run in LATIN.findall(said) if run not in kept]
            if leaked or written:
                found.setdefault(said, f"{visit.who} {visit.path}")
    assert found == {}


async def test_the_switch_names_each_language_in_itself(town: Town) -> None:
    chinese = await (await town.browser()).get("/needs")
    english = await (await town.browser(lang="en")).get("/needs")
    assert '<html lang="zh-CN">' in chinese.text
    assert '<html lang="en">' in english.text
    assert re.search(r'<a href="/language/en[^"]*" lang="en" hreflang="en">English</a>', chinese.text)
    assert re.search(r'<a href="/language/zh-CN[^"]*" lang="zh-CN" hreflang="zh-CN">中文</a>', english.text)
    browser = await town.browser()
    answer = await browser.get("/language/en?back=/tenders%3Fstate%3Dopen")
    assert answer.headers["Location"] == "/tenders?state=open"
    assert '<html lang="en">' in (await browser.get("/tenders")).text


@pytest.mark.parametrize(("lang", "locale"), [("zh-CN", "zh_Hans_CN"), ("en", "en_GB")])
def test_days_moments_and_money_are_as_babel_writes_them(lang: str, locale: str) -> None:
    by_day = "yyyy年M月d日 EEE" if lang == "zh-CN" else "EEE d MMM yyyy"
    by_minute = "yyyy年M月d日 HH:mm" if lang == "zh-CN" else "d MMM yyyy, HH:mm"
    for number in range(0, 800, 3):
        on = date(2025, 12, 25) + timedelta(days=number)
        assert wording.day(on, lang) == dates.format_date(on, by_day, locale=locale)
        at = datetime(2025, 12, 25, 15, 59, tzinfo=UTC) + timedelta(hours=number)
        assert wording.moment(at, lang) == dates.format_datetime(at.astimezone(SHANGHAI), by_minute, locale=locale)
    for amount in ("0", "0.005", "1", "-1", "999.99", "1000", "123456789.10", "-0.01", "1234567890123.45"):
        assert wording.money(Decimal(amount), lang) == numbers.format_currency(Decimal(amount), "CNY", locale=locale)


def test_the_check_fails_on_a_sentence_without_chinese(tmp_path: Path) -> None:
    for folder in ("market", "catalogs", "contracts", "evaluations", "templates"):
        shutil.copytree(
            ROOT / folder,
            tmp_path / folder,
            ignore=shutil.ignore_patterns("__pycache__", "static", "piccolo_migrations"),
        )
    with (tmp_path / "templates" / "layout.html").open("a", encoding="utf-8") as file:
        file.write('{{ _("Planted sentence") }}')
    with (tmp_path / "contracts" / "states.py").open("a", encoding="utf-8") as file:
        file.write('\nfrom market.base.refusal import say\nPLANTED = say("Another planted sentence")\n')
    done = subprocess.run(
        [sys.executable, "-m", "market.base.words", "check"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "'Planted sentence'" in done.stdout
    assert "'Another planted sentence'" in done.stdout
