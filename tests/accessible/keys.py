"""Somebody who uses the keyboard alone: every stop of Tab is seen, is where it should be, and lets one go on."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from playwright.async_api import Page

SHANGHAI = ZoneInfo("Asia/Shanghai")
MOST_STOPS = 200
MOST_CHOICES = 200
# What has the focus: what it is, whether one sees so, whether it is on the screen and after the one before.
STOP = """() => {
    const e = document.activeElement, style = getComputedStyle(e), box = e.getBoundingClientRect();
    const shown = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    const before = window.stoppedAt;
    window.stoppedAt = e;
    const middle = document.elementFromPoint(
        Math.max(0, Math.min(innerWidth - 1, box.left + Math.min(box.width, 20) / 2)),
        Math.max(0, Math.min(innerHeight - 1, box.top + Math.min(box.height, 20) / 2)));
    return {
        tag: e.tagName.toLowerCase(), type: e.type || '', name: e.name || '', value: e.value || '',
        path: e.pathname || '', classes: e.className, html: e.outerHTML.slice(0, 160), checked: !!e.checked, shown,
        inMain: !!e.closest('main'),
        nowhere: e === document.body,
        onScreen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
        covered: !!middle && !e.contains(middle) && !middle.contains(e),
        inOrder: !before || before === document.body || before === e || !before.isConnected
            || !!(before.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING),
    };
}"""
NAMES = "() => [...new Set([...document.querySelectorAll('main form.act [name]')].map(e => e.name))]"
Stop = dict[str, Any]


class Keys:
    """Hands on a keyboard, and nothing else."""

    def __init__(self, page: Page) -> None:
        self.page = page

    async def here(self) -> Stop:
        """Look at what has the focus."""
        found: Stop = await self.page.evaluate(STOP)
        return found

    async def tab(self) -> Stop:
        """Go to the next stop; it is visible, on the screen, not covered and in the order of the page."""
        await self.page.keyboard.press("Tab")
        stop = await self.here()
        if not stop["nowhere"]:
            for wanted in ("shown", "onScreen", "inOrder"):
                assert stop[wanted], f"{self.page.url}: not {wanted}: {stop['html']}"
            assert not stop["covered"], f"{self.page.url}: covered: {stop['html']}"
        return stop

    async def to(self, **wanted: str | bool) -> Stop:
        """Go on until what has the focus is the one that is wanted; once around the page at most."""
        around = 0
        for _ in range(MOST_STOPS):
            stop = await self.tab()
            if all(stop[name] == value for name, value in wanted.items()):
                return stop
            around += stop["nowhere"]
            assert around < 2, f"{self.page.url}: no stop is {wanted}"
        raise AssertionError(f"{self.page.url}: {MOST_STOPS} stops and none is {wanted}")

    async def press(self, key: str = "Enter") -> None:
        """Press what has the focus; when that opens a page, wait for it."""
        async with self.page.expect_navigation():
            await self.page.keyboard.press(key)

    async def fill(self, entries: dict[str, Any]) -> None:
        """Go through the form in its order and give every entry that is wanted."""
        names = [name for name in await self.page.evaluate(NAMES) if name in entries]
        assert set(names) == set(entries), set(entries) - set(names)
        for name in names:
            await self._enter(await self.to(name=name), entries[name])

    async def _enter(self, stop: Stop, value: Any) -> None:
        kind = stop["type"] if stop["tag"] == "input" else stop["tag"]
        if kind == "checkbox":
            await self._tick(stop, value if isinstance(value, list) else ["true"] if value else [])
        elif kind in ("radio", "select"):
            await self._choose(stop, str(value).lower() if isinstance(value, bool) else str(value))
        elif kind in ("date", "datetime-local"):
            await self._date(datetime.fromisoformat(str(value)), with_time=kind != "date")
        else:
            await self.page.keyboard.press("Control+a")
            await self.page.keyboard.type(str(value))

    async def _tick(self, stop: Stop, wanted: list[str]) -> None:
        while wanted:
            if (stop["value"] in wanted) != stop["checked"]:
                await self.page.keyboard.press("Space")
            if stop["value"] == wanted[-1]:
                return
            stop = await self.tab()

    async def _choose(self, stop: Stop, wanted: str) -> None:
        if stop["type"] == "radio":
            await self.page.keyboard.press("Space")
        for _ in range(MOST_CHOICES):
            if (await self.here())["value"] == wanted:
                return
            await self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"no choice of {stop['name']} is {wanted}")

    async def _date(self, at: datetime, *, with_time: bool) -> None:
        at = at.astimezone(SHANGHAI) if at.tzinfo else at
        await self.page.keyboard.type(f"{at:%m%d%Y}")  # the browser is started in English
        if with_time:
            await self.page.keyboard.press("ArrowRight")
            await self.page.keyboard.type(f"{at:%I%M%p}")
        given = (await self.here())["value"]
        assert given.startswith(f"{at:%Y-%m-%d}"), given
