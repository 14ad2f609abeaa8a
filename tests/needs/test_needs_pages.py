"""The list of needs and the page of one."""

from tests.needs.making import approved, draft
from tests.town import Town

PUBLIC = ("approved", "tendering", "handed-over", "awarded", "contracted")


async def test_the_list_shows_what_one_may_see(town: Town) -> None:
    mine, public = (await draft(town))["code"], (await approved(town))["code"]
    for login, sees_mine in (
        ("wang.fang", True),
        ("hua.rong", True),
        ("wu.tao", False),
        ("he.jing", False),
        (None, False),
    ):
        listed = [n["code"] for n in (await (await town.client(login)).get("/needs")).json()["items"]]
        assert (mine in listed) is sees_mine
        assert public in listed
    narrowed = (await (await town.client("wang.fang")).get("/needs?state=draft")).json()["items"]
    assert {need["state"] for need in narrowed} == {"draft"}


async def test_the_town_has_needs_in_every_early_stage(town: Town) -> None:
    listed = (await (await town.client("hua.rong")).get("/needs")).json()["items"]
    assert {"draft", "submitted", "sent-back", "approved"} <= {need["state"] for need in listed}
    for need in listed:
        page = await (await town.browser()).get(need["url"])
        assert page.status_code == (200 if need["state"] in PUBLIC else 404)


async def test_pages_in_both_languages(town: Town) -> None:
    code = (await approved(town))["code"]
    for lang, words in (("zh-CN", "负面清单"), ("en", "negative list")):
        page = await (await town.browser("wang.fang", lang=lang)).get(f"/needs/{code}")
        assert page.status_code == 200
        assert words in page.text
        for path in ("/needs", "/budget", "/needs?state=approved"):
            assert (await (await town.browser("wang.fang", lang=lang)).get(path)).status_code == 200


async def test_forged_and_strange_codes(town: Town) -> None:
    for path in ("/needs/N-1999-0001", "/needs/%00", "/needs/..%2F..%2Fetc", "/needs/N%27--", "/budget/L-1"):
        assert (await (await town.client("wang.fang")).get(path)).status_code == 404
    assert (await (await town.client()).get("/needs?after=%F0%9F%98%80&state=x")).status_code == 200


async def test_an_approved_need_waits_for_its_tender(town: Town) -> None:
    need = await approved(town)
    waits = (await (await town.client("wang.fang")).get("/")).json()["items"]
    assert ("draft-tender", need["url"], "HR-2") in [(w["act"], w["url"], w["law"]) for w in waits]
    others = (await (await town.client("wu.tao")).get("/")).json()["items"]
    assert need["url"] not in [w["url"] for w in others]
