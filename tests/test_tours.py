"""The tours are true: every page, button and form of theirs is there in a fresh town, and the documents are as told."""

import re
from typing import Any

import pytest
from PIL import Image

from tests.tours.book import FOLDER, TOURS, documents
from tests.tours.telling import Tour
from tests.tours.walking import action_of, filled, link_in, login_of
from tests.town import Browser, Town

MOST_BYTES, MOST_IN_ALL, WIDEST = 120_000, 5_000_000, 1000
PICTURES = {
    f"{name}.png" for tour in TOURS for step in tour.steps for name in (step.picture, step.picture_after) if name
}


@pytest.mark.parametrize("tour", TOURS, ids=lambda tour: tour.name)
async def test_a_tour_can_be_walked_step_by_step(town: Town, tour: Tour) -> None:
    async def waiting(login: str) -> list[dict[str, Any]]:
        return list((await (await town.client(login)).get("/")).json()["items"])

    browsers: dict[str, Browser] = {}
    for number, step in enumerate(tour.steps, 1):
        login = await login_of(step.who, waiting=waiting)
        if login not in browsers:
            browsers[login] = await town.browser(login or None)
        browser, at = browsers[login], step.at
        page = await browser.get(at)
        assert page.status_code == 200, f"{tour.name} {number}: {at} answers {page.status_code}"
        for words in (step.follow, f"/{step.act}" if step.act else ""):
            if words:
                at = link_in(page.text, words)
                page = await browser.get(at)
                assert page.status_code == 200, f"{tour.name} {number}: {at} answers {page.status_code}"
        if step.fill is not None:
            answer = await browser.submit(at, filled(page.text, step.fill), to=action_of(page.text))
            assert answer.status_code in (200, 303), f"{tour.name} {number}: {answer.status_code} {answer.text}"
            assert 'class="objections"' not in answer.text, f"{tour.name} {number}"


async def test_the_documents_are_written_from_the_tours(town: Town) -> None:
    """Write them anew with `python -m tests.tours words`."""
    found = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")}
    assert found == documents(), "run python -m tests.tours words"


async def test_every_picture_of_the_tours_is_there_and_small_and_no_other(town: Town) -> None:
    """Take them anew with `./dev tours`."""
    named = {name for text in documents().values() for name in re.findall(r"\(([a-z-]+\.png)\)", text)}
    found = {path.name: path for path in FOLDER.glob("*.png")}
    assert named == PICTURES
    assert set(found) == PICTURES, "run ./dev tours"
    assert sum(path.stat().st_size for path in found.values()) < MOST_IN_ALL
    for path in found.values():
        with Image.open(path) as picture:
            assert picture.width <= WIDEST
            assert path.stat().st_size < MOST_BYTES, path.name
