"""The camera: a fresh demo town, a real Chromium, and every picture of the tours, small enough for a repository."""

import asyncio
import io
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import httpx
from PIL import Image
from playwright.async_api import Browser, Page, async_playwright

from market.desk.demo import PASSWORD
from tests.chromium import ARGUMENTS, CHROMIUM
from tests.serving import free_port
from tests.tours.book import FOLDER, TOURS
from tests.tours.telling import Step
from tests.tours.walking import filled, link_in, login_of

DESK = {"width": 1120, "height": 900}
PHONE = {"width": 390, "height": 780}
_COLOURS = 48
_WIDEST = 1000
_JSON = {"Accept": "application/json"}


@asynccontextmanager
async def _town() -> AsyncIterator[str]:
    """Build a town of its own and serve it; yields its address."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "market", "demo", "--port", str(port), "--data", folder]
        process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
        assert process.stdout is not None
        try:
            async for line in process.stdout:
                if line.startswith(b"ready"):
                    break
            else:
                raise RuntimeError("the demo did not get ready")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            await process.wait()


class Camera:
    """Walks the tours as their people would, each in a browser window of their own, and keeps what it sees."""

    def __init__(self, *, browser: Browser, base: str) -> None:
        self._browser, self._base = browser, base
        self._pages: dict[tuple[str, bool], Page] = {}
        self._tokens: dict[str, str] = {}

    async def take(self, step: Step) -> None:
        """Do one step, and take its pictures."""
        login = await login_of(step.who, waiting=self._waiting)
        page = await self._page(login, phone=step.phone)
        await page.goto(self._base + step.at)
        for words in (step.follow, f"/{step.act}" if step.act else ""):
            if words:
                await page.goto(self._base + link_in(await page.content(), words))
        await self._fill(page, step)
        if step.picture:
            await _keep(page, step.picture)
        if step.fill is not None:
            await _send(page)
            await _send(page, only_if="[name=_checked]")
        if step.picture_after:
            await _keep(page, step.picture_after)

    async def _fill(self, page: Page, step: Step) -> None:
        if not step.fill:
            return
        form = page.locator("main form").last
        for name, value in filled(await page.content(), step.fill).items():
            choice = form.locator(f"select[name='{name}']")
            tick = form.locator(f"[type=radio][name='{name}'][value='{value}'], [type=checkbox][name='{name}']")
            if await choice.count():
                await choice.select_option(value)
            elif await tick.count():
                await tick.first.check()
            else:
                await form.locator(f"[name='{name}']").fill(value)

    async def _waiting(self, login: str) -> list[dict[str, Any]]:
        async with httpx.AsyncClient(base_url=self._base, headers=_JSON) as client:
            if not self._tokens:
                people = (await client.get("/demo/people")).json()
                self._tokens = {person["account"]: person["token"] for person in people}
            answer = await client.get("/", headers={"Authorization": f"Bearer {self._tokens[login]}"})
            return list(answer.json()["items"])

    async def _page(self, login: str, *, phone: bool) -> Page:
        if (login, phone) not in self._pages:
            context = await self._browser.new_context(
                viewport=PHONE if phone else DESK, locale="zh-CN", color_scheme="light"
            )
            page = await context.new_page()
            if login:
                await page.goto(f"{self._base}/sign-in")
                await page.fill("[name=account]", login)
                await page.fill("[name=password]", PASSWORD)
                await _send(page)
            self._pages[login, phone] = page
        return self._pages[login, phone]


async def _send(page: Page, *, only_if: str = "") -> None:
    """Press the first button of the page's form and wait for what comes back."""
    if only_if and not await page.locator(only_if).count():
        return
    async with page.expect_navigation():
        await page.locator("main form").last.locator("button[type=submit]:not([name], [aria-hidden])").first.click()


async def _keep(page: Page, name: str) -> None:
    """Keep what stands on the screen as a picture of few colours."""
    await page.evaluate("document.activeElement?.blur(); window.scrollTo(0, 0)")
    taken = await page.screenshot(animations="disabled", caret="hide")
    with Image.open(io.BytesIO(taken)) as picture:
        plain = picture.convert("RGB")
        plain.thumbnail((_WIDEST, plain.height), Image.Resampling.LANCZOS)
        plain.quantize(_COLOURS, dither=Image.Dither.NONE).save(FOLDER / f"{name}.png", optimize=True)


async def take_all() -> None:
    """Take every picture of every tour, in the order of the tours, and drop those that none names any more."""
    async with AsyncExitStack() as stack:
        base = await stack.enter_async_context(_town())
        playwright = await stack.enter_async_context(async_playwright())
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=[*ARGUMENTS, "--lang=zh-CN"])
        stack.push_async_callback(browser.close)
        camera = Camera(browser=browser, base=base)
        for tour in TOURS:
            for number, step in enumerate(tour.steps, 1):
                print(f"{tour.name} {number} {step.at}", flush=True)  # noqa: T201  this is a command
                await camera.take(step)
    for old in FOLDER.glob("*.png"):
        if old.stem not in {
            name for tour in TOURS for step in tour.steps for name in (step.picture, step.picture_after)
        }:
            old.unlink()
