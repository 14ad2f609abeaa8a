"""The help: every act with a page has its own, in both languages, beside its form and on a page."""

import pytest

from market.app import lifecycles, routes
from market.base.help import Shelf
from market.base.lifecycle import HOUSE
from market.base.wording import gettext
from tests.town import Town

HOUSE.furnish(lifecycles())
ACTS = sorted(route.name for route in routes() if route.act)


async def test_every_act_with_a_page_has_help_and_nothing_else_has(town: Town) -> None:
    assert sorted(Shelf.pages) == ACTS


async def test_help_is_short_complete_and_in_both_languages(town: Town) -> None:
    for act, page in Shelf.pages.items():
        sentences = [page.help.does, page.help.then, page.help.seen, *page.help.need, *page.help.mistakes]
        assert page.help.mistakes, act
        for said in sentences:
            assert 0 < len(said.msgid) <= 260, f"{act}: {said.msgid}"
            assert gettext("zh-CN", said.msgid) != said.msgid, f"{act}: {said.msgid}"
        step = HOUSE.steps[act][1]
        assert not step.law or page.laws[0] == step.law


async def test_the_articles_are_those_of_the_step_and_of_the_form(town: Town) -> None:
    assert Shelf.pages["submit-bid"].laws == ("L-1.consultation", "M-8", "P-06")
    assert {"B-1", "B-2", "K-1", "N-1", "N-6"} <= set(Shelf.pages["draft-need"].laws)


async def test_the_list_and_each_page_are_there_for_everybody(town: Town) -> None:
    client = await town.client()
    listed = (await client.get("/help")).json()
    assert sorted(line["code"] for line in listed["items"]) == ACTS
    card = (await client.get("/help/submit-bid")).json()
    assert card["laws"] == ["L-1.consultation", "M-8", "P-06"]
    assert card["mistakes"]
    assert card["roles"] == ["投标经办"]
    browser = await town.browser(lang="en")
    for act in ACTS:
        page = await browser.get(f"/help/{act}")
        assert page.status_code == 200
        assert HOUSE.steps[act][1].label.msgid in page.text.replace("&#39;", "'")


@pytest.mark.parametrize("act", ["rank-bids", "no-such-act", "X-2026-9999"])
async def test_what_has_no_page_has_no_help(town: Town, act: str) -> None:
    assert (await (await town.client()).get(f"/help/{act}")).status_code == 404


async def test_the_help_stands_beside_the_form_and_leads_to_its_page(town: Town) -> None:
    browser = await town.browser("lin.feng")
    page = (await browser.get("/tenders/T-2026-0015/submit-bid")).text
    assert 'href="/help/submit-bid"' in page
    assert "超过截止时间一秒也不再接收" in page
