"""What both who walk a tour need, the test without and the camera with a real browser: people, links, first choices."""

import html
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from market.people.states import Role
from market.seed.people import PEOPLE
from tests.tours.telling import FIRST

Asked = Callable[[str], Awaitable[list[dict[str, Any]]]]


async def login_of(who: str, *, waiting: Asked) -> str:
    """Return the login a step names, or that of the expert who has an act waiting on an address."""
    if not who.startswith("whoever: "):
        return who
    act, _, address = who.removeprefix("whoever: ").partition(" on ")
    for person in PEOPLE:
        if person.role == Role.PANEL_EXPERT and any(
            (item["act"], item["url"]) == (act, address) for item in await waiting(person.login)
        ):
            return person.login
    raise AssertionError(f"nobody has {act} waiting on {address}")


def link_in(page: str, words: str) -> str:
    """Return the first address on a page that holds these words, without the house's own name.

    A step whose link is gone is a tour that lies.
    """
    found = re.search(rf'href="([^"]*{re.escape(words)}[^"]*)"', page)
    assert found, f"no link with {words}"
    return re.sub(r"^https?://[^/]+", "", html.unescape(found[1]))


def action_of(page: str) -> str:
    """Return the address to which a page's main form, the last one on it, is sent."""
    actions = re.findall(r'<form method="post" action="([^"]+)"', page)
    assert actions, "no form"
    return html.unescape(actions[-1])


def filled(page: str, values: Mapping[str, str]) -> dict[str, str]:
    """Return what is entered into a form; the first choice is the one that its field offers first."""
    return {name: _first(page, name) if value == FIRST else value for name, value in values.items()}


def _first(page: str, name: str) -> str:
    select = re.search(rf'<select[^>]*name="{name}"[^>]*>(.*?)</select>', page, re.DOTALL)
    if select:
        options = re.findall(r'<option value="([^"]+)"', select[1])
    else:
        options = re.findall(rf'<input[^>]*type="radio"[^>]*name="{name}"[^>]*value="([^"]+)"', page)
    assert options, f"{name} offers nothing"
    return html.unescape(options[0])
