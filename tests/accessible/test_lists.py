"""With JavaScript a list is turned over in place; without it the same links open the same pages."""

import pytest
from playwright.async_api import Browser, expect

from tests.accessible.sight import open_window

pytestmark = pytest.mark.browser


async def test_a_list_is_turned_over_in_place_and_the_reader_goes_on_at_its_head(
    looked_at: str, chromium: Browser
) -> None:
    window = await open_window(chromium, base=looked_at)
    page = window.page
    await page.goto(f"{looked_at}/ledger")
    first = await page.locator("main tbody tr").first.inner_text()
    await page.evaluate("window.stayed = true")
    await page.locator("nav.more a[rel=next]").focus()
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/ledger?after=*")
    await page.locator("main:focus").wait_for()
    assert await page.evaluate("window.stayed"), "the page was opened anew"
    assert await page.locator("#main").count() == 1
    assert await page.locator("main tbody tr").first.inner_text() != first
    await page.go_back()
    await page.wait_for_url(f"{looked_at}/ledger")
    # What was kept of the first page is put back a moment after its address.
    await expect(page.locator("main tbody tr").first).to_have_text(first, use_inner_text=True)
    await page.context.close()


async def test_trouble_while_turning_over_is_told(looked_at: str, chromium: Browser) -> None:
    window = await open_window(chromium, base=looked_at)
    page = window.page
    await page.goto(f"{looked_at}/ledger")
    await page.route("**/ledger?after=*", lambda route: route.continue_(url=f"{looked_at}/tenders/T-1999-9999"))
    await page.locator("nav.more a[rel=next]").click()
    await page.locator("main:focus").wait_for()
    assert await page.locator("main tbody tr").count() == 0
    await page.context.close()
