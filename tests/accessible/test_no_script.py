"""Without JavaScript: rows are added, files attached from a half-filled form, and what is final is checked first."""

from typing import Any

import httpx
import pytest
from playwright.async_api import Browser, BrowserContext, Page

from market.desk.demo import PASSWORD
from tests import journey
from tests.accessible.sight import open_window
from tests.test_browser import Hand, fill, flat

pytestmark = pytest.mark.browser
SEND = "main form .sends button[type=submit]"


async def plain_page(chromium: Browser, base: str, who: str) -> Page:
    window = await open_window(chromium, base=base, script=False)
    page = window.page
    await page.goto(f"{base}/sign-in")
    await page.fill("[name=account]", who)
    await page.fill("[name=password]", PASSWORD)
    await page.locator("main form button").click()
    assert page.url == f"{base}/"
    return page


async def body_of(base: str, act: str) -> dict[str, Any]:
    async with httpx.AsyncClient(base_url=base) as client:
        return journey.Book((await client.get("/schema/openapi.json")).json()).body(act, None)


async def test_rows_are_added_one_by_one_and_entries_stay(served: str, chromium: Browser) -> None:
    body = await body_of(served, "draft-need")
    page = await plain_page(chromium, served, "wang.fang")
    await page.goto(f"{served}/needs/draft-need")
    await page.fill("[name=title]", "留在原处的标题")
    tables = {name: rows for name, rows in body.items() if isinstance(rows, list) and isinstance(rows[0], dict)}
    assert tables
    for name, rows in tables.items():
        for number in range(1, len(rows)):
            await page.locator(f'button[name=_add][value="{name}"]').click()
            assert await page.locator(f'[name^="{name}.{number}."]').count()
    assert await page.input_value("[name=title]") == "留在原处的标题"
    form = page.locator("main form").last
    for name, value in flat(body):
        if value != []:
            await fill(form, name, value)
    await page.locator(SEND).first.click()
    assert "done=draft-need" in page.url, await page.locator("main").inner_text()
    await page.context.close()


async def test_a_file_is_attached_from_a_half_filled_bid(served: str, chromium: Browser) -> None:
    body = await body_of(served, "submit-bid")
    page = await plain_page(chromium, served, "lin.feng")
    await page.goto(f"{served}/tenders?state=open")
    for path in await page.locator("main table a").evaluate_all("all => all.map(a => a.pathname)"):
        await page.goto(served + path)
        if await page.locator(f'a[href="{path}/submit-bid"]').count():
            break
    await page.goto(f"{served}{path}/submit-bid")
    await page.fill("[name=plan]", "写到一半的服务方案")
    kept = await page.locator('main [name="files"]').count()
    await page.locator("button[name=_attach]").click()
    sheet = {"name": "方案.txt", "mimeType": "text/plain", "buffer": "方案附件".encode()}
    await page.set_input_files("[name=file]", sheet)  # type: ignore[arg-type]
    await page.locator("form.send-file button[type=submit]").click()
    await page.locator("main p.done").wait_for()
    await page.locator(f'main form[action="{path}/submit-bid"] button').first.click()
    await page.locator("main form.act").wait_for()
    assert await page.input_value("[name=plan]") == "写到一半的服务方案", "the entries wait while a file is attached"
    assert await page.locator('main [name="files"]').count() == kept + 1
    assert await page.locator('main [name="files"]:checked').count() == 1
    await page.fill("[name=price]", str(body["price"]))
    await page.check("[name=declared]")
    await page.locator(SEND).first.click()
    assert await page.locator("[name=_checked]").count() == 1, await page.locator("main").inner_text()
    assert "写到一半的服务方案" in await page.locator("main").inner_text()
    await page.locator(SEND).first.click()
    assert "done=submit-bid" in page.url, await page.locator("main").inner_text()
    await page.context.close()


class WithoutScript:
    """A Chromium whose pages run no JavaScript."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser

    async def new_context(self, **more: Any) -> BrowserContext:
        return await self._browser.new_context(**more, java_script_enabled=False)


@pytest.mark.prove
async def test_the_whole_purchase_without_script(served: str, chromium: Browser) -> None:
    async with httpx.AsyncClient(base_url=served, timeout=60) as client:
        hand = Hand(await journey.machine(client), browser=WithoutScript(chromium), base=served)  # type: ignore[arg-type]
        tender = await journey.need_to_notice(hand)
        await journey.bids(hand, tender)
        winner = await journey.evaluation_of_bids(hand, tender)
        contract = await journey.contract(hand, tender, winner=winner)
        await journey.performance(hand, contract, winner=winner)
        place = await journey.evaluation(hand, contract, winner=winner)
        assert (await hand.see(None, place))["state"] == "published"
