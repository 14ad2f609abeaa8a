"""How a page is looked at: by axe in each scheme and width, for what leaves it, and for what the browser minds."""

from collections.abc import Sequence
from importlib.resources import files
from typing import Any

from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Page, Request

DESK = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
ZOOMED = {"width": 640, "height": 450}  # 1280 at 200 %
NARROW = {"width": 320, "height": 640}  # 1280 at 400 %
AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
RUN = """options => axe.run(document, options).then(found => found.violations.map(
    v => `${v.id}: ${v.help}: ` + v.nodes.slice(0, 3).map(n => n.target.join(' ')
        + ' ' + n.html.replace(/ datetime="[^"]*"/g, '').slice(0, 160)
        + (n.any[0] ? ' (' + n.any[0].message.slice(0, 160) + ')' : '')).join(' | ')))"""
# Whatever reaches beyond the window and does not stand in a region that scrolls by itself.
SIDEWAYS = """() => {
    const wide = document.documentElement.scrollWidth, room = document.documentElement.clientWidth;
    if (wide <= room) return [];
    const out = [...document.body.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > room + 1);
    const deepest = out.filter(e => !out.some(o => o !== e && e.contains(o)));
    return [`${wide} px wide in ${room}: ` + deepest.slice(0, 3).map(e => e.outerHTML.slice(0, 160)).join(' | ')];
}"""
SPACED = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`p { margin-bottom: 2em !important; }
        * { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }`);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}"""
# Text in a box that hides what does not fit; what is hidden from sight on purpose is one pixel wide.
CUT_OFF = """() => [...document.body.querySelectorAll('*')].filter(e => {
    const style = getComputedStyle(e);
    const unseen = style.clipPath.startsWith('inset(50%') || style.visibility === 'hidden' || e.clientWidth <= 1;
    if (unseen || !e.innerText || !e.innerText.trim()) return false;
    const hides = v => v === 'hidden' || v === 'clip';
    return hides(style.overflowX) && e.scrollWidth > e.clientWidth + 1
        || hides(style.overflowY) && e.scrollHeight > e.clientHeight + 1;
}).slice(0, 3).map(e => 'cut off: ' + e.outerHTML.slice(0, 160))"""
# A region that scrolls sideways must be reached and named for those who use no mouse.
UNREACHED = """() => [...document.body.querySelectorAll('*')].filter(e => {
    const scrolls = ['auto', 'scroll'].includes(getComputedStyle(e).overflowX) && e.scrollWidth > e.clientWidth + 1;
    const named = e.getAttribute('aria-label') || e.getAttribute('aria-labelledby');
    return scrolls && !['TEXTAREA', 'INPUT', 'SELECT'].includes(e.tagName) && !(e.tabIndex >= 0 && named);
}).slice(0, 3).map(e => 'scrolls without focus or name: ' + e.outerHTML.slice(0, 160))"""
BROKEN_RULES = """() => (window.brokenRules || [])"""
LISTEN = """document.addEventListener('securitypolicyviolation', e => (window.brokenRules ||= []).push(
    `${e.violatedDirective} broken by ${e.blockedURI} ${e.sourceFile || ''}:${e.lineNumber || ''}`))"""


class Window:
    """One person's window: what the browser minds while it is open is kept."""

    def __init__(self, context: BrowserContext, page: Page, *, base: str) -> None:
        self.page = page
        self.context = context
        self._base = base
        self._minded: list[str] = []
        context.on("request", self._request)
        context.on("requestfailed", lambda request: self._minded.append(f"failed: {request.url} {request.failure}"))
        page.on("console", self._console)
        page.on("pageerror", lambda error: self._minded.append(f"error: {error}"))

    async def minded(self) -> list[str]:
        """Return what the browser minded since it was last asked, and start anew."""
        found, self._minded = self._minded + list(await self.page.evaluate(BROKEN_RULES)), []
        return found

    def _request(self, request: Request) -> None:
        if not request.url.startswith(self._base):
            self._minded.append(f"asked elsewhere: {request.url}")

    def _console(self, message: ConsoleMessage) -> None:
        # That the page itself was refused is what was wanted of it.
        of_the_page = message.text.startswith("Failed to load resource") and message.location["url"] == self.page.url
        if message.type in ("error", "warning") and not of_the_page:
            self._minded.append(f"console: {message.text}")


async def open_window(
    browser: Browser, *, base: str, cookies: Sequence[tuple[str, str]] = (), lang: str = "zh-CN", script: bool = True
) -> Window:
    """Open a window with somebody's cookies."""
    context = await browser.new_context(
        viewport=DESK,  # type: ignore[arg-type]
        locale=lang,
        timezone_id="Asia/Shanghai",
        java_script_enabled=script,
        reduced_motion="reduce",  # what scrolls smoothly is still on its way when it is looked at
    )
    await context.add_init_script(LISTEN)
    await context.add_cookies([{"name": name, "value": value, "url": base} for name, value in cookies])
    return Window(context, await context.new_page(), base=base)


async def look(page: Page, *, thoroughly: bool = False) -> list[str]:
    """Return what is wrong with the page as it stands: two looks of axe (four when thorough), then its widths."""
    await page.evaluate(AXE)
    found: list[str] = []
    views: list[tuple[str, dict[str, int], str]] = [("desk", DESK, "light"), ("phone", PHONE, "dark")]
    if thoroughly:
        views += [("phone", PHONE, "light"), ("desk", DESK, "dark")]
    for name, size, scheme in views:
        await page.set_viewport_size(size)  # type: ignore[arg-type]
        await page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        found += [f"{name}, {scheme}: {fault}" for fault in await _axe(page)]
    for name, size in (("zoomed", ZOOMED), ("narrow", NARROW)):
        await page.set_viewport_size(size)  # type: ignore[arg-type]
        found += [f"{name}: {fault}" for check in (SIDEWAYS, UNREACHED) for fault in await page.evaluate(check)]
    await page.evaluate(SPACED)
    found += [f"narrow and spaced: {fault}" for check in (SIDEWAYS, CUT_OFF) for fault in await page.evaluate(check)]
    await page.set_viewport_size(DESK)  # type: ignore[arg-type]
    await page.emulate_media(color_scheme="light")
    return found


async def _axe(page: Page) -> list[str]:
    options: dict[str, Any] = {
        "runOnly": {"type": "tag", "values": TAGS},
        "rules": {"target-size": {"enabled": True}},
        "resultTypes": ["violations"],
    }
    found: list[str] = await page.evaluate(RUN, options)
    return found
