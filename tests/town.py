"""The town as tests use it: clients that act as its people over HTTP, its clock, and its ledger."""

import re
from collections.abc import Iterator
from contextlib import AsyncExitStack
from datetime import datetime
from html import unescape
from typing import Any

import httpx
from litestar import Litestar

from market.base import clock
from market.base.database import rows
from market.desk.demo import PASSWORD, secret_of
from market.seed import people
from tests.proofs.markup import faults_of

SECRET = "a-secret-for-tests-of-forty-characters-xx"
BASE = "http://town.test"
CHECKED = 'name="_checked"'
"""What only the page carries that asks once more before an act that cannot be undone."""


class Town:
    """One test's own town: every commit is real, and everything ends with the test."""

    def __init__(self, app: Litestar, stack: AsyncExitStack) -> None:
        self.app = app
        self._stack = stack

    async def client(self, account: str | None = None) -> httpx.AsyncClient:
        """A machine that acts as somebody by their token and takes JSON; anyone without an account."""
        headers = {"Accept": "application/json"}
        if account:
            home = next(person.home for person in people.PEOPLE if person.login == account)
            headers["Authorization"] = f"Bearer {secret_of(f'{account}:{home}', purpose='token', secret_key=SECRET)}"
        return await self._open(headers)

    async def browser(self, account: str | None = None, *, lang: str = "zh-CN") -> "Browser":
        """A browser without JavaScript, signed in as somebody."""
        inner = await self._open({"Accept": "text/html,application/xhtml+xml", "Accept-Language": lang})
        browser = Browser(inner)
        if account:
            answer = await browser.submit("/sign-in", {"account": account, "password": PASSWORD})
            assert answer.status_code == 303, answer.text
        return browser

    async def _open(self, headers: dict[str, str]) -> httpx.AsyncClient:
        transport = httpx.ASGITransport(app=self.app, raise_app_exceptions=False)
        return await self._stack.enter_async_context(
            httpx.AsyncClient(
                transport=transport,
                base_url=BASE,
                headers=headers,
                timeout=60,
                event_hooks={"response": [judge_markup]},
            )
        )

    async def now(self) -> datetime:
        """What the town's clock shows."""
        return await clock.now()

    async def advance(self, *, to: datetime | None = None, by: str | None = None) -> list[dict[str, Any]]:
        """Move the clock forward and return what time did."""
        client = await self.client()
        answer = await client.post("/demo/clock", json={"to": to.isoformat()} if to else {"advance": by})
        assert answer.status_code == 200, answer.text
        return list(answer.json()["acts"])

    async def ledger(self, code: str) -> list[str]:
        """The tags of a record's events, oldest first, straight from the database."""
        return [row["tag"] for row in await rows("SELECT tag FROM ledger_event WHERE code = $1 ORDER BY id", code)]


class Browser:
    """What a browser without JavaScript does: it opens pages and submits their forms with what the form carries."""

    def __init__(self, inner: httpx.AsyncClient) -> None:
        self.inner = inner

    async def get(self, path: str) -> httpx.Response:
        """Open a page."""
        return await self.inner.get(path)

    async def submit(self, path: str, values: dict[str, Any], *, to: str | None = None) -> httpx.Response:
        """Open the page with the form, then post its hidden fields with these values."""
        page = await self.inner.get(path)
        assert page.status_code == 200, page.text
        answer = await self.inner.post(to or path, data={**dict(hidden_fields(page.text)), **values})
        return await self.confirm(answer) if CHECKED in answer.text else answer

    async def confirm(self, check: httpx.Response) -> httpx.Response:
        """Press the first button of the page that shows one's entries once more."""
        carried: dict[str, list[str]] = {}
        for name, value in hidden_fields(check.text):
            carried.setdefault(name, []).append(unescape(value))
        return await self.inner.post(check.request.url.path, data=carried)


async def judge_markup(answer: httpx.Response) -> None:
    """Hold every page that any test opens to strict markup."""
    if answer.headers.get("content-type", "").startswith("text/html") and await answer.aread():
        asked = answer.request.headers
        part = asked.get("hx-request") == "true" and asked.get("hx-boosted") != "true"
        faults = faults_of(answer.text, fragment=part)
        assert faults == [], f"{answer.request.method} {answer.request.url}: {faults}"


def hidden_fields(html: str) -> Iterator[tuple[str, str]]:
    """The hidden fields of a page's main form (the last one on it)."""
    form = html.rsplit("<form", 1)[-1]
    for tag in re.findall(r"<input[^>]*type=\"hidden\"[^>]*>", form):
        name = re.search(r'name="([^"]*)"', tag)
        value = re.search(r'value="([^"]*)"', tag)
        if name:
            yield name[1], value[1] if value else ""


def objections(answer: httpx.Response) -> list[tuple[str, str]]:
    """Field and message of every objection of a refused request."""
    assert answer.status_code == 422, f"{answer.status_code}: {answer.text}"
    return [(o["field"], o["message"]) for o in answer.json()["objections"]]
