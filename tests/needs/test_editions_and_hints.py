"""A need keeps the edition of the menu it was made under, takes over its service standard, and is warned in time."""

from contracts.queries import service_standard_under
from market.base.database import rows
from tests.catalogs.editions import publish
from tests.needs.making import approved, draft
from tests.town import Town

VISITS = "/catalogs/editions/menu-2/M004"


async def test_a_need_keeps_its_edition_when_the_menu_changes(town: Town) -> None:
    need = await approved(town)
    assert (need["menu_item"], need["edition"]) == ("M004", "menu-2")
    keeper, anyone = await town.client("cao.jie"), await town.client()
    body = {"name_zh": "独居老人关爱", "unit_zh": "人次", "item": "C05010400", "category": "LIFE"}
    assert (await keeper.post("/catalogs/M004/revise-item", json=body)).status_code == 200
    assert (await publish(keeper, "menu-3")).status_code == 200
    assert (await anyone.get(f"/needs/{need['code']}")).json()["edition"] == "menu-2"
    assert (await anyone.get(VISITS)).json()["words"]["standard"].startswith("每位老人每周")
    page = await (await town.browser()).get(f"/needs/{need['code']}")
    assert f'href="{VISITS}"' in page.text
    later = await draft(town)
    assert later["edition"] == "menu-3"


async def test_what_is_retired_cannot_be_chosen_for_a_new_need(town: Town) -> None:
    before = await draft(town)
    keeper, purchaser = await town.client("cao.jie"), await town.client("wang.fang")
    assert (await keeper.post("/catalogs/M004/retire-item")).status_code == 200
    assert (await purchaser.post(f"/needs/{before['code']}/submit-need")).status_code == 200, "a draft changes nothing"
    again = await draft(town)
    assert (await publish(keeper, "menu-3")).status_code == 200
    answer = await purchaser.post(f"/needs/{again['code']}/submit-need")
    assert [each["field"] for each in answer.json()["objections"]] == ["menu_item"]


async def test_revising_and_submitting_take_the_edition_of_the_day(town: Town) -> None:
    need = await draft(town)
    keeper, purchaser = await town.client("cao.jie"), await town.client("wang.fang")
    assert (await keeper.post("/catalogs/M043/retire-item")).status_code == 200
    assert (await publish(keeper, "menu-3")).status_code == 200
    assert (await purchaser.get(f"/needs/{need['code']}")).json()["edition"] == "menu-2"
    submitted = await purchaser.post(f"/needs/{need['code']}/submit-need")
    assert submitted.json()["edition"] == "menu-3"


async def test_the_form_offers_the_service_standard(town: Town) -> None:
    page = await (await town.browser("wang.fang")).get("/needs/draft-need?menu_item=M004")
    for words in ("每位老人每周至少上门一次", "困难当日转介率", 'value="2026-12-31"'):
        assert words in page.text


async def test_contract_and_evaluation_lead_to_the_standard(town: Town) -> None:
    contracts = await rows("SELECT c.code FROM contract c JOIN need n ON n.code = c.need WHERE n.menu_item <> ''")
    assert contracts, "the town has bought services of its menu"
    for row in contracts:
        url = await service_standard_under(contract=row["code"])
        assert url is not None
        assert (await (await town.client()).get(url)).status_code == 200
    (evaluated, *_) = await rows("SELECT code, contract FROM evaluation WHERE state = 'published' ORDER BY id")
    url = await service_standard_under(contract=evaluated["contract"])
    browser = await town.browser()
    for page in (f"/contracts/{evaluated['contract']}", f"/evaluations/{evaluated['code']}"):
        assert f'href="{url}"' in (await browser.get(page)).text, page
    card = (await (await town.client()).get(f"/contracts/{evaluated['contract']}")).json()
    assert card["service_standard"] == url


async def test_words_of_the_negative_list_warn_writer_and_reviewer(town: Town) -> None:
    innocent = await draft(town)
    need = await draft(town, description="由承接主体以劳务派遣方式提供坐班人员，并完成活动室装修。")
    writer, reviewer = await town.browser("wang.fang"), await town.browser("li.jun")
    for path in (f"/needs/{need['code']}", f"/needs/{need['code']}/revise-need"):
        page = await writer.get(path)
        for words in ("劳务派遣", "坐班", "装修", "常见于负面清单"):
            assert words in page.text, path
    assert "常见于负面清单" not in (await writer.get(f"/needs/{innocent['code']}")).text
    client = await town.client("wang.fang")
    assert (await client.post(f"/needs/{need['code']}/submit-need")).status_code == 200, "a hint never refuses"
    assert "常见于负面清单" in (await reviewer.get(f"/needs/{need['code']}/review-need")).text
