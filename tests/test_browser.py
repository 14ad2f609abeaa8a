"""The same purchase by hand: real Chromium, the real server with its workers, every form filled as a person would."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest
from playwright.async_api import Browser, Locator, Page, async_playwright

from market.base.embedded import APPLICATION, Access
from market.desk.demo import PASSWORD
from tests import journey
from tests.chromium import ARGUMENTS, CHROMIUM
from tests.serving import serving

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
SHANGHAI = ZoneInfo("Asia/Shanghai")
pytestmark = pytest.mark.browser


@pytest.fixture
async def served(
    server: Access, town_template: str, cloned: Callable[[str], Awaitable[str]], tmp_path: Path
) -> AsyncIterator[str]:
    """A town of this test's own behind the real web server; yields its address."""
    dsn = server.dsn(APPLICATION, database=await cloned(town_template))
    async with serving(dsn=dsn, folder=tmp_path) as base:
        yield base


class Hand(journey.Machine):
    """Walks by hand: opens the record, follows its button, fills the form, and reads what comes back."""

    def __init__(self, machine: journey.Machine, *, browser: Browser, base: str) -> None:
        super().__init__(machine._client, book=machine._book, tokens=machine._tokens)
        self._browser, self._base = browser, base
        self._pages: dict[str | None, Page] = {}
        self._answered = 0

    async def do(self, who: str | None, act: str, on: str, changes: Mapping[str, Any] | None = None) -> journey.Card:
        body = self._book.body(act, changes)
        if act == "answer-survey":
            return await self._answer(body)
        page = await self._page(who)
        if act == "attach-file":
            return await self._attach(page)
        path = self._book.path(act, on)
        if on:
            await page.goto(self._base + on)
            await page.locator(f'a[href="{path}"]').first.click()
        else:
            await page.goto(self._base + path)
        form = page.locator("main form").last
        for name, value in flat(body):
            if value != []:
                await fill(form, name, value)
        await form.locator("button[type=submit]").last.click()
        await page.wait_for_load_state()
        if await page.locator("[name=_checked]").count():
            await page.locator("main form button[type=submit]").first.click()
            await page.wait_for_load_state()
        assert f"done={act}" in page.url, f"{who} {act}: {page.url}\n{await page.locator('main').inner_text()}"
        return await self.see(who, page.url.removeprefix(self._base).split("?")[0])

    async def wait_until(self, moment: datetime) -> None:
        await super().wait_until(moment)
        for page in self._pages.values():  # their sessions have ended by now: they sign in again
            await page.context.close()
        self._pages.clear()

    async def _page(self, who: str | None) -> Page:
        if who not in self._pages:
            context = await self._browser.new_context(
                viewport=PHONE if who in (None, "zhu.gang") else DESK, locale="zh-CN", timezone_id="Asia/Shanghai"
            )
            page = self._pages[who] = await context.new_page()
            if who:
                await page.goto(f"{self._base}/sign-in")
                await page.fill("[name=account]", who)
                await page.fill("[name=password]", PASSWORD)
                await page.locator("main form button").click()
                await page.wait_for_load_state()
        return self._pages[who]

    async def _attach(self, page: Page) -> journey.Card:
        await page.goto(f"{self._base}/attachments/attach-file")
        sheet = {"name": "签到表.txt", "mimeType": "text/plain", "buffer": "签到四十四人次".encode()}
        await page.set_input_files("[name=file]", sheet)
        await page.locator("main form button").click()
        await page.wait_for_load_state()
        found = re.search(r"A-\w+", await page.locator("p.done").inner_text())
        assert found
        return {"code": found[0]}

    async def _answer(self, body: Mapping[str, Any]) -> journey.Card:
        """Three answers by thumb on a phone, the rest as their machines send them."""
        self._answered += 1
        if self._answered > 3:
            return await super().do(None, "answer-survey", self._survey, body)
        page = await self._page(None)
        await page.goto(f"{self._base}/survey/{body['slip']}")
        assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        for name in ("attitude", "quality", "timeliness", "effect", "again"):
            await page.check(f'[name={name}][value="{body[name]}"]')
        await page.click("main form button")
        await page.wait_for_load_state()
        assert await page.locator(".thanks").count() == 1
        return {}

    async def see(self, who: str | None, url: str) -> journey.Card:
        if url.startswith("/evaluations/"):
            self._survey = "/".join(url.split("/")[:3])
        return await super().see(who, url)


def flat(body: Mapping[str, Any], prefix: str = "") -> list[tuple[str, Any]]:
    """The body as the names and values of a form's fields."""
    found: list[tuple[str, Any]] = []
    for name, value in body.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            for number, row in enumerate(value):
                found += flat(row, f"{prefix}{name}.{number}.")
        else:
            found.append((prefix + name, value))
    return found


async def fill(form: Locator, name: str, value: Any) -> None:
    """Fill one field the way its control wants it."""
    fields = form.locator(f'[name="{name}"]')
    if "." in name and not await fields.count():
        await form.locator(f'button[name=_add][value="{name.split(".", maxsplit=1)[0]}"]').click()
        await fields.first.wait_for(state="attached")
    assert await fields.count(), f"the form asks for no {name}"
    first = fields.first
    kind = await first.get_attribute("type") or await first.evaluate("e => e.tagName.toLowerCase()")
    if kind == "hidden":
        return
    if kind == "checkbox":
        wanted = {str(v) for v in value} if isinstance(value, list) else {"true"} if value else set()
        for field in await fields.all():
            await field.set_checked(await field.get_attribute("value") in wanted)
    elif kind == "radio":
        await form.locator(
            f'[name="{name}"][value="{str(value).lower() if isinstance(value, bool) else value}"]'
        ).check()
    elif kind == "select":
        await first.select_option(str(value).lower() if isinstance(value, bool) else str(value))
    elif kind == "datetime-local":
        await first.fill(datetime.fromisoformat(str(value)).astimezone(SHANGHAI).strftime("%Y-%m-%dT%H:%M"))
    else:
        await first.fill(str(value))


async def test_a_newcomer_takes_a_need_to_a_published_evaluation(served: str) -> None:
    async with async_playwright() as play, httpx.AsyncClient(base_url=served, timeout=60) as client:
        browser = await play.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        hand = Hand(await journey.machine(client), browser=browser, base=served)
        tender = await journey.need_to_notice(hand)
        await journey.bids(hand, tender)
        winner = await journey.evaluation_of_bids(hand, tender)
        contract = await journey.contract(hand, tender, winner=winner)
        await journey.performance(hand, contract, winner=winner)
        place = await journey.evaluation(hand, contract, winner=winner)
        assert (await hand.see(None, place))["state"] == "published"
        await browser.close()
