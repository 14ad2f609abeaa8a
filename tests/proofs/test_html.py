"""Every HTML answer is strict markup: what judges the pages finds what is planted, and a walk opens them all.

Every other test helps: the clients of `tests/town.py` judge each page that they open.
"""

import re
from collections import deque
from urllib.parse import urljoin, urlsplit

import pytest

from market.seed.people import PEOPLE
from tests.proofs.markup import faults_of
from tests.town import Town

PAGE = (
    '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>一页</title></head>'
    "<body><main><h1>标题</h1>{}</main></body></html>"
)
PLANTED = {
    "</main> inside <div>": "<div><p>一</p>",
    "</p> inside <b>": "<p><b>一</p></b>",
    "the parser had to mend": "<p>一<div>二</div></p>",
    "may not stand in <label>": "<label><ul><li>二</li></ul></label>",
    "does not close itself": "<div/><p>一</p></div>",
    "duplicate-attribute": '<p class="a" class="b">一</p>',
    "the id a stands 2 times": '<p id="a">一</p><p id="a">二</p>',
    "is no id": '<p id="a b">一</p>',
    "<center> is obsolete": "<center>一</center>",
    "the obsolete align": '<p align="left">一</p>',
    "carries style": '<p style="color:red">一</p>',
    "carries onclick": '<button onclick="x()">一</button>',
    "stands inline": "<script>1</script>",
    "may not stand in <ul>": "<ul><p>一</p></ul>",
    "may not stand in <dl>": "<dl><p>一</p></dl>",
    "may not stand in <span>": "<span><div>一</div></span>",
    "something else that is pressed": '<a href="/"><button>一</button></a>',
    "has no alt": '<img src="/a.png">',
    "for=b points nowhere": '<label for="b">一</label>',
    "aria-describedby=c points nowhere": '<p aria-describedby="c">一</p>',
    "#d leads nowhere": '<a href="#d">一</a>',
    "has no label": '<input name="a">',
    "<a> says nothing": '<a href="/"> </a>',
    "it has 2 h1": "<h1>二</h1>",
    "h3 follows h1": "<h3>三</h3>",
    "a heading is empty": "<h2></h2>",
    "there are 2 <main>": "</main><main>二",
    "missing-semicolon-after-character-reference": "<p>一&nbsp二</p>",
}
WALKED = {"wang.fang": 45, "hua.rong": 45, None: 30}
EVERYTHING = 700


def test_a_good_page_has_no_fault() -> None:
    assert (
        faults_of(PAGE.format('<p id="a">一<br>二</p><label>名<input name="b"></label><svg><path d="M0 0"/></svg>'))
        == []
    )
    assert faults_of("<h1>一</h1>", fragment=True) == []


@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_fault_is_found(fault: str) -> None:
    assert fault in "; ".join(faults_of(PAGE.format(PLANTED[fault])))


@pytest.mark.parametrize(
    ("fault", "page"),
    [
        ("names no language", PAGE.replace(' lang="zh-CN"', "")),
        ("is never closed", PAGE.replace("</main></body></html>", "")),
        ("has no title", PAGE.replace("一页", "")),
        ("doctype", PAGE.replace("<!doctype html>", "")),
        ("it has 0 h1", PAGE.replace("h1>", "p>")),
    ],
)
def test_a_fault_of_the_whole_is_found(fault: str, page: str) -> None:
    assert fault in "; ".join(faults_of(page.format("")))


async def walk(town: Town, who: str | None, *, most: int, lang: str = "zh-CN") -> list[str]:
    """Follow every link from the home page, wide before deep; return the pages opened, each judged on arrival."""
    browser = await town.browser(who, lang=lang)
    ahead, known, opened = deque(["/"]), {"/"}, []
    while ahead and len(opened) < most:
        path = ahead.popleft()
        answer = await browser.get(path)
        assert answer.status_code in (200, 303, 404), f"{path}: {answer.status_code}"
        if not answer.headers.get("content-type", "").startswith("text/html"):
            continue
        opened.append(path)
        for href in re.findall(r'href="([^"#]+)', answer.text):
            there = urlsplit(urljoin(path, href.replace("&amp;", "&")))
            address = f"{there.path}?{there.query}" if there.query else there.path
            shape = re.sub(r"\?after=.*", "?after", address)
            if not there.netloc and shape not in known and not there.path.startswith(("/language/", "/static/")):
                known.add(shape)
                ahead.append(address)
    return opened


@pytest.mark.parametrize("who", WALKED, ids=str)
async def test_a_walk_through_the_town_meets_only_strict_pages(town: Town, who: str | None) -> None:
    opened = await walk(town, who, most=WALKED[who], lang="en" if who is None else "zh-CN")
    assert len(opened) == WALKED[who]


@pytest.mark.prove
@pytest.mark.parametrize("lang", ["zh-CN", "en"])
@pytest.mark.parametrize("who", [None, *sorted({str(p.role): p.login for p in reversed(PEOPLE)}.values())], ids=str)
async def test_html_of_every_role_in_both_languages_is_strict(town: Town, who: str | None, lang: str) -> None:
    assert len(await walk(town, who, most=EVERYTHING, lang=lang)) > 50
