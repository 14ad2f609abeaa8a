"""Forms that come back: refused ones lead to every fault, checked ones show every entry, and nobody is kept out."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import Any, NamedTuple

import pytest
from playwright.async_api import Browser, Page

from market.app import routes
from market.base.fields import fields_of
from market.base.lifecycle import HOUSE
from tests.accessible.conftest import Standing
from tests.accessible.sight import look, open_window
from tests.accessible.visits import fewest, parts_of, signed_in
from tests.test_browser import fill, flat
from tests.town import hidden_fields

pytestmark = pytest.mark.browser
ACTS = {route.name: route for route in routes() if route.act and route.form}
SEND = "main form .sends button[type=submit]"
EMPTY = """() => { for (const e of document.querySelectorAll('main form.act [name]'))
    if (['checkbox', 'radio'].includes(e.type)) e.checked = false; else if (e.type !== 'hidden') e.value = ''; }"""
# Where each refusal in the summary leads, and whether what is wrong says so and why.
ASTRAY = """() => {
    const astray = [];
    for (const link of document.querySelectorAll('.objections a[href^="#"]')) {
        const place = document.getElementById(link.hash.slice(1));
        if (!place) { astray.push(`${link.hash} is nowhere`); continue; }
        if (!place.closest('.faulty')?.querySelector('.fault')) astray.push(`${link.hash} does not say what is wrong`);
    }
    for (const e of document.querySelectorAll('[aria-invalid=true]')) {
        const told = (e.getAttribute('aria-describedby') || '').split(' ').map(id => document.getElementById(id));
        if (!told.some(t => t && t.classList.contains('fault'))) astray.push(`${e.name || e.id} is not told why`);
    }
    return astray;
}"""


class Sent(NamedTuple):
    """A form that was sent, and the parts of the page that came back."""

    act: str
    who: str | None
    path: str
    body: dict[str, Any]
    parts: frozenset[str]


async def sent(standing: Standing, *, filled: bool) -> AsyncIterator[tuple[Sent, int, str]]:
    """Send the form of every act, as its example is filled or not at all; yield what came back."""
    for name, route in ACTS.items():
        example = standing.examples.get(name)
        # Only what leaves the town as it is: a refusal, or the look at one's entries before a final act.
        asks = any(field.required for field in fields_of(route.form))
        if example is None or not asks or (filled and not HOUSE.steps[name][1].is_final):
            continue
        who, body = example.get("account"), example["body"]
        path = route.path.replace("{code:str}", example.get("code") or "")
        async with signed_in(standing.base, who) as browser:
            page = await browser.get(path)
            if page.status_code != 200 or 'class="act"' not in page.text:
                continue
            entries = {key: value if isinstance(value, list) else str(value) for key, value in flat(body)}
            carried = {**dict(hidden_fields(page.text)), **(entries if filled else {})}
            answer = await browser.inner.post(path, data=carried)
        yield Sent(name, who, path, body, parts_of(answer.text)[0]), answer.status_code, answer.text


async def faults_of(
    chromium: Browser, base: str, forms: Sequence[Sent], send: Callable[[Page, Sent], Awaitable[None]]
) -> list[str]:
    """Send each form in Chromium and look at what comes back."""
    found = []
    for who in sorted({form.who for form in forms}, key=str):
        async with signed_in(base, who) as client:
            cookies = list(client.inner.cookies.items())
        window = await open_window(chromium, base=base, cookies=cookies)
        for form in (form for form in forms if form.who == who):
            await window.page.goto(base + form.path)
            await send(window.page, form)
            faults = await look(window.page) + await window.page.evaluate(ASTRAY) + await window.minded()
            found += [f"{who} {form.path}: {fault}" for fault in faults]
        await window.context.close()
    return found


async def send_empty(page: Page, form: Sent) -> None:
    await page.evaluate(EMPTY)
    async with page.expect_navigation() as opening:
        await page.locator(SEND).first.click()
    answer = await opening.value
    assert answer
    assert answer.status == 422, form.path
    await page.evaluate(PAINTED)  # a browser gives the focus with the first picture it paints, not before
    focused = await page.evaluate("document.activeElement.className")
    assert "objections" in focused, f"{form.path}: the refusals do not take the focus but {focused!r}"
    assert (await page.title()).startswith("错误："), form.path


async def send_filled(page: Page, form: Sent) -> None:
    for name, value in flat(form.body):
        if value != []:
            await fill(page.locator("main form.act"), name, value)
    await page.locator(SEND).first.click()
    assert await page.locator("main [name=_checked]").count() == 1, form.path


PAINTED = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
EVERY = pytest.mark.parametrize("every", [False, pytest.param(True, marks=pytest.mark.prove)])


@EVERY
async def test_refused_forms_lead_to_every_fault(standing: Standing, chromium: Browser, *, every: bool) -> None:
    refused = [form async for form, status, _ in sent(standing, filled=False) if status == 422]
    assert len(refused) > 20
    found = await faults_of(chromium, standing.base, refused if every else fewest(refused), send_empty)
    assert not found, "\n".join(found)


@EVERY
async def test_entries_are_shown_before_what_is_final(standing: Standing, chromium: Browser, *, every: bool) -> None:
    checked = [form async for form, _, html in sent(standing, filled=True) if 'name="_checked"' in html]
    assert len(checked) > 10
    found = await faults_of(chromium, standing.base, checked if every else fewest(checked), send_filled)
    assert not found, "\n".join(found)
