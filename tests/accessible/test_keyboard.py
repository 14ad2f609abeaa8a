"""By the keyboard alone: signing in, a need from draft to submission, a bid with its refusal, check and receipt."""

import httpx
import pytest
from playwright.async_api import Browser

from market.desk.demo import PASSWORD
from tests import journey
from tests.accessible.keys import Keys
from tests.accessible.sight import open_window
from tests.test_browser import flat

pytestmark = pytest.mark.browser


async def signed_in(chromium: Browser, base: str, who: str) -> Keys:
    """Sign in with the keyboard."""
    window = await open_window(chromium, base=base)
    keys = Keys(window.page)
    await window.page.goto(f"{base}/sign-in")
    await keys.to(name="account")
    await window.page.keyboard.type(who)
    await keys.to(name="password")
    await window.page.keyboard.type(PASSWORD)
    await keys.press()
    assert window.page.url == f"{base}/"
    return keys


async def book_of(base: str) -> journey.Book:
    async with httpx.AsyncClient(base_url=base) as client:
        return journey.Book((await client.get("/schema/openapi.json")).json())


async def test_a_need_is_drafted_and_submitted(served: str, chromium: Browser) -> None:
    body = (await book_of(served)).body("draft-need", None)
    keys = await signed_in(chromium, served, "wang.fang")
    skip = await keys.tab()
    assert "skip" in skip["classes"], "the first stop leads past the navigation"
    await keys.page.keyboard.press("Enter")
    assert await keys.page.evaluate("location.hash") == "#main"
    await keys.tab()
    assert await keys.page.evaluate("document.querySelector('main').contains(document.activeElement)")
    await keys.page.goto(f"{served}/needs")
    await keys.to(tag="a", path="/needs/draft-need")
    await keys.press()
    for name, rows in body.items():
        for number in range(1, len(rows) if isinstance(rows, list) and isinstance(rows[0], dict) else 1):
            await keys.to(name="_add", value=name)
            await keys.press()
            here = await keys.here()
            assert here["name"].startswith(f"{name}.{number}."), "a new row takes the focus"
            await keys.page.evaluate("document.activeElement.blur()")
    await keys.page.reload()
    await keys.fill({name: value for name, value in flat(body) if value != []})
    await keys.to(tag="button", name="", type="submit", inMain=True)
    await keys.press()
    assert "done=draft-need" in keys.page.url, await keys.page.locator("main").inner_text()
    record = keys.page.url.removeprefix(served).split("?")[0]
    await keys.to(tag="a", path=f"{record}/submit-need")
    await keys.press()
    await keys.to(tag="button", name="", type="submit", inMain=True)
    await keys.press()
    assert "done=submit-need" in keys.page.url, await keys.page.locator("main").inner_text()
    await keys.page.context.close()


async def test_a_bid_is_refused_mended_checked_and_submitted(served: str, chromium: Browser) -> None:
    body = (await book_of(served)).body("submit-bid", None)
    keys = await signed_in(chromium, served, "lin.feng")
    await keys.page.goto(f"{served}/tenders?state=open")
    paths = await keys.page.locator("main table a").evaluate_all("all => all.map(a => a.pathname)")
    for path in paths:
        await keys.page.goto(served + path)
        if await keys.page.locator(f'a[href="{path}/submit-bid"]').count():
            break
    await keys.to(tag="a", path=f"{path}/submit-bid")
    await keys.press()
    await keys.to(name="price")
    await keys.page.keyboard.press("Control+a")
    await keys.page.keyboard.type("x")
    await keys.to(tag="button", name="", type="submit", inMain=True)
    await keys.press()
    assert "objections" in (await keys.here())["classes"], "the refusals take the focus"
    assert await keys.page.title() != ""
    first = await keys.tab()
    assert first["tag"] == "a"
    await keys.page.keyboard.press("Enter")
    field = await keys.page.evaluate("location.hash.replace('#f-', '').replace(/-in$/, '')")
    assert (await keys.here())["name"] == field, "a refusal leads to its field"
    await keys.page.evaluate("document.activeElement.blur(), scrollTo(0, 0)")
    await keys.page.reload()
    await keys.fill({name: value for name, value in flat(body) if value != []})
    await keys.to(tag="button", name="", type="submit", inMain=True)
    await keys.press()
    assert await keys.page.locator("[name=_checked]").count() == 1, "what cannot be undone is checked first"
    await keys.to(tag="button", name="", type="submit", inMain=True)
    await keys.press()
    assert "done=submit-bid" in keys.page.url, await keys.page.locator("main").inner_text()
    await keys.page.context.close()


async def test_what_is_folded_opens_and_lets_go(looked_at: str, chromium: Browser) -> None:
    window = await open_window(chromium, base=looked_at)
    keys = Keys(window.page)
    await window.page.goto(f"{looked_at}/catalogs")
    await keys.to(tag="summary")
    assert not await window.page.evaluate("document.activeElement.parentElement.open")
    await window.page.keyboard.press("Enter")
    assert await window.page.evaluate("document.activeElement.parentElement.open")
    inside = await keys.tab()
    assert inside["path"].startswith("/catalogs/")
    await window.page.keyboard.press("Shift+Tab")
    await window.page.keyboard.press("Space")
    assert not await window.page.evaluate("document.activeElement.parentElement.open")
    await window.context.close()
