"""Every page in every role: axe finds nothing, nothing leaves the window, and the browser minds nothing."""

import pytest
from litestar import Litestar
from playwright.async_api import Browser

from market.base import render
from market.seed.people import PEOPLE
from tests.accessible.sight import PHONE, look, open_window
from tests.accessible.visits import Routes, Visit, fewest, parts_of, signed_in, walk

pytestmark = pytest.mark.browser
# Together they meet every template; the long proof walks as everybody.
FEW = (None, "wang.fang", "lin.feng", "yang.mei", "qin.shu", "hua.rong")
PARTS = 4


async def faults_of(browser: Browser, base: str, visits: list[Visit], *, thoroughly: bool) -> str:
    """Look at each page as its visitor; return every fault once, with where it was met first and how often."""
    places: dict[str, list[str]] = {}
    for who in sorted({visit.who for visit in visits}, key=str):
        async with signed_in(base, who) as client:
            cookies = list(client.inner.cookies.items())
        window = await open_window(browser, base=base, cookies=cookies)
        for _, path, status, _, _ in (visit for visit in visits if visit.who == who):
            answer = await window.page.goto(base + path)
            assert answer
            assert answer.status == status < 500, f"{who} {path}: {answer.status}"
            for fault in await look(window.page, thoroughly=thoroughly) + await window.minded():
                places.setdefault(fault, []).append(f"{who} {path}")
        await window.context.close()
    return "\n".join(f"{where[0]} and {len(where) - 1} more: {fault}" for fault, where in places.items())


@pytest.fixture(scope="session")
async def few_visits(looked_at: str, house: Litestar) -> list[Visit]:
    routes, known = Routes(house), {}
    found = []
    for who in FEW:
        async with signed_in(looked_at, who) as browser:
            found += await walk(browser, routes, who, patience=2, known=known)
    return fewest(found)


@pytest.mark.parametrize("part", range(PARTS))
async def test_nobody_is_kept_out(looked_at: str, chromium: Browser, few_visits: list[Visit], part: int) -> None:
    assert len(few_visits) > 20
    found = await faults_of(chromium, looked_at, few_visits[part::PARTS], thoroughly=False)
    assert not found, found


@pytest.mark.parametrize(
    ("who", "path", "status"),
    [
        (None, "/needs/N-1999-0001", 404),
        (None, "/no/such/place", 404),
        ("lin.feng", "/law/add-provision", 403),
        ("lin.feng", "/sign-in?back=/needs", 200),
    ],
)
async def test_who_may_not_go_on_is_told_so(
    looked_at: str, chromium: Browser, who: str | None, path: str, status: int
) -> None:
    async with signed_in(looked_at, who) as browser:
        answer = await browser.get(path)
    visit = Visit(who, path, status, parts_of(answer.text)[0], answer.text)
    found = await faults_of(chromium, looked_at, [visit], thoroughly=True)
    assert not found, found


async def test_a_surprise_of_ours_keeps_nobody_out(looked_at: str, chromium: Browser) -> None:
    html = render.render("surprise.html", {"message": "没有更改任何内容。"}, lang="zh-CN")
    window = await open_window(chromium, base=looked_at)
    await window.page.route(
        f"{looked_at}/surprise", lambda route: route.fulfill(status=500, content_type="text/html", body=html)
    )
    await window.page.goto(f"{looked_at}/surprise")
    assert await look(window.page, thoroughly=True) + await window.minded() == []
    await window.context.close()


async def test_a_resident_who_left_questions_open_is_led_to_them(
    looked_at: str, house: Litestar, chromium: Browser
) -> None:
    async with signed_in(looked_at, "yang.mei") as browser:
        met = await walk(browser, Routes(house), "yang.mei", patience=2)
    path = next(visit.path for visit in met if visit.path.startswith("/survey/") and "<fieldset" in visit.html)
    window = await open_window(chromium, base=looked_at)
    await window.page.goto(looked_at + path)
    assert await look(window.page, thoroughly=True) == []
    await window.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    await window.page.locator("main form button").click()
    await window.page.locator(".objections").wait_for()
    assert await window.page.evaluate("document.activeElement.className") == "objections"
    assert await look(window.page, thoroughly=True) + await window.minded() == []
    await window.context.close()


@pytest.mark.prove
@pytest.mark.parametrize("who", [None, *(person.login for person in PEOPLE)])
async def test_nobody_is_kept_out_anywhere(looked_at: str, house: Litestar, chromium: Browser, who: str | None) -> None:
    async with signed_in(looked_at, who) as browser:
        visits = await walk(browser, Routes(house), who, patience=6)
    assert len(visits) > 10
    found = await faults_of(chromium, looked_at, visits, thoroughly=True)
    assert not found, found
