"""Which pages there are to look at: every link that somebody can follow from home, and what each page is made of.

Pages made of the same parts tell the same about accessibility, so a page is followed up only as long as its route keeps
showing new parts, and looked at only when it shows a part that no other page has shown.
"""

import re
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from html.parser import HTMLParser
from typing import NamedTuple, Protocol, TypeVar
from urllib.parse import parse_qsl, urldefrag, urlsplit

import httpx
from litestar import Litestar

from market.desk.demo import PASSWORD
from tests.town import Browser

# What a link leads to that is no page of the house, or ends the visit.
_ELSEWHERE = re.compile(r"^/(static|language|health|sign-out)\b")
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)


class Visit(NamedTuple):
    """A page as somebody sees it, and the parts it is made of."""

    who: str | None
    path: str
    status: int
    parts: frozenset[str]
    html: str


class _Parts(HTMLParser):
    """Collects every kind of element within its parent, and where the links lead."""

    def __init__(self) -> None:
        super().__init__()
        self.kinds: set[str] = set()
        self.links: list[str] = []
        self._open: list[str] = [""]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        kind = f"{tag}.{given.get('class', '')}[{given.get('type', '')}|{given.get('role', '')}]" + "".join(
            f"[{name}]" for name in sorted(given) if name.startswith("aria-") or name in ("disabled", "open", "hidden")
        )
        self.kinds.add(f"{self._open[-1]} > {kind}")
        if tag == "a" and given.get("href"):
            self.links.append(given["href"])
        if tag not in _VOID:
            self._open.append(kind)

    def handle_endtag(self, tag: str) -> None:
        if len(self._open) > 1 and self._open[-1].startswith(f"{tag}."):
            self._open.pop()


def parts_of(html: str) -> tuple[frozenset[str], list[str]]:
    """Return the kinds of elements of a page, and its links."""
    parser = _Parts()
    parser.feed(html)
    return frozenset(parser.kinds), parser.links


class Routes:
    """The addresses of the house by the pattern that answers them."""

    def __init__(self, app: Litestar) -> None:
        self.plain: list[str] = []
        self._patterns: list[tuple[str, re.Pattern[str]]] = []
        for route in app.routes:
            if "GET" not in getattr(route, "methods", ()) or _ELSEWHERE.match(route.path):
                continue
            if "{" in route.path:
                self._patterns.append((route.path, re.compile(re.sub(r"\\\{[^}]*\\\}|\{[^}]*\}", "[^/]+", route.path))))
            else:
                self.plain.append(route.path)

    def of(self, link: str) -> str | None:
        """Return the pattern that answers a link, with the names of what it asks for; nothing for links elsewhere."""
        parts = urlsplit(urldefrag(link).url)
        if parts.netloc or not parts.path.startswith("/") or _ELSEWHERE.match(parts.path):
            return None
        path = (
            parts.path
            if parts.path in self.plain
            else next((name for name, pattern in self._patterns if pattern.fullmatch(parts.path)), None)
        )
        return path and f"{path}?{'&'.join(sorted({name for name, _ in parse_qsl(parts.query)}))}"


@asynccontextmanager
async def signed_in(base: str, who: str | None, *, lang: str = "zh-CN") -> AsyncIterator[Browser]:
    """Yield a browser without JavaScript over the socket, signed in."""
    headers = {"Accept": "text/html", "Accept-Language": lang}
    async with httpx.AsyncClient(base_url=base, headers=headers, timeout=60) as inner:
        browser = Browser(inner)
        if who:
            answer = await browser.submit("/sign-in", {"account": who, "password": PASSWORD})
            assert answer.status_code == 303, answer.text
        yield browser


async def walk(
    browser: Browser, routes: Routes, who: str | None, *, patience: int, known: dict[str, set[str]] | None = None
) -> list[Visit]:
    """Follow every link from home; leave a route after so many pages in a row that showed nothing new of it.

    `known` is what others have shown of each route before, so that nobody looks for it again; it is added to.
    """
    ahead = [*routes.plain]
    met = set(ahead)
    found: list[Visit] = []
    known = {} if known is None else known
    vain: dict[str, int] = {}
    while ahead:
        path = ahead.pop(0)
        route = routes.of(path)
        if route is None or vain.get(route, 0) >= patience:
            continue
        answer = await browser.get(path)
        if not answer.headers.get("content-type", "").startswith("text/html"):
            vain[route] = vain.get(route, 0) + (patience if answer.status_code == 200 else 1)
            continue
        parts, links = parts_of(answer.text)
        seen = known.setdefault(route, set())
        vain[route] = vain.get(route, 0) + 1 if parts <= seen else 0
        if not parts <= seen:
            found.append(Visit(who, path, answer.status_code, parts, answer.text))
        seen |= parts
        for link in (urldefrag(link).url for link in links):
            if link not in met:
                met.add(link)
                ahead.append(link)
    return found


class Made(Protocol):
    """Whatever is made of parts."""

    @property
    def parts(self) -> frozenset[str]: ...


M = TypeVar("M", bound=Made)


def fewest(visits: Iterable[M]) -> list[M]:
    """Return visits that together show every part: each time the one that shows most of what is missing."""
    left = list(visits)
    missing = {part for visit in left for part in visit.parts}
    chosen: list[M] = []
    while missing:
        best = max(left, key=lambda visit: len(visit.parts & missing))
        chosen.append(best)
        missing -= best.parts
        left.remove(best)
    return chosen
