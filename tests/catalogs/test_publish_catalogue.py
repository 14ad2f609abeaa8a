"""Editions: begun, filled, compared, published for a day, put in force by time, and readable for ever."""

from datetime import UTC, datetime

import asyncpg
import pytest

from market.base.database import rows, transaction
from tests.catalogs.editions import GROUNDS, publish
from tests.test_query_counts import counts_of
from tests.town import Town, objections

MEALS = {"name_zh": "长者助餐服务", "unit_zh": "客次", "item": "C05010400", "category": "LIFE", "price_from": "12.00"}
NEW = {"name_zh": "社区防跌倒训练", "unit_zh": "课时", "item": "C05010400", "category": "LIFE"}


async def filled(town: Town) -> None:
    """A draft that adds M045, changes M001 and retires M043."""
    keeper = await town.client("cao.jie")
    assert (await keeper.post("/catalogs/add-item", json=NEW)).status_code == 201
    assert (await keeper.post("/catalogs/M001/revise-item", json=MEALS)).status_code == 200
    assert (await keeper.post("/catalogs/M043/retire-item")).status_code == 200


async def test_the_draft_is_compared_with_the_edition_before_it(town: Town) -> None:
    await filled(town)
    keeper = await town.client("cao.jie")
    card = (await keeper.get("/catalogs/editions/menu-3")).json()
    assert (card["state"], card["number"], [link["act"] for link in card["acts"]]) == (
        "draft",
        3,
        ["publish-catalogue", "withdraw-edition"],
    )
    told = card["comparison"]
    assert (told["before"], told["counts"]) == ("menu-2", {"added": 1, "changed": 1, "retired": 1})
    assert [each["code"] for each in told["added"] + told["changed"] + told["retired"]] == ["M045", "M001", "M043"]
    fields = {each["field"]: (each["before"], each["after"]) for each in told["changed"][0]["fields"]}
    assert fields["name_zh"] == ("老年助餐服务", "长者助餐服务")
    assert fields["price_from"] == (None, "12.00")
    assert set(fields) == {"name_zh", "name_en", "price_from", "unit_en"}
    page = await (await town.browser("cao.jie")).get("/catalogs/editions/menu-3")
    for words in ("老年助餐服务", "长者助餐服务", "社区防跌倒训练", "¥12.00"):
        assert words in page.text


async def test_a_draft_is_seen_by_who_keeps_or_oversees_the_catalogue(town: Town) -> None:
    await filled(town)
    for who, status in (("yan.li", 200), ("wang.fang", 404), (None, 404)):
        reader = await town.client(who)
        for path in ("", "/entries", "/M001"):
            assert (await reader.get(f"/catalogs/editions/menu-3{path}")).status_code == status, (who, path)
    listed = (await (await town.client()).get("/catalogs/editions")).json()["items"]
    assert [line["code"] for line in listed] == ["menu-2", "guiding-1", "menu-1"]
    drafts = (await (await town.client("cao.jie")).get("/catalogs/editions?register=guiding")).json()["items"]
    assert [(line["code"], line["state"]) for line in drafts] == [("guiding-2", "draft"), ("guiding-1", "in-force")]


async def test_todays_is_in_force_at_once(town: Town) -> None:
    await filled(town)
    keeper, anyone = await town.client("cao.jie"), await town.client()
    answer = await publish(keeper, "menu-3")
    assert (answer.status_code, answer.json()["state"]) == (200, "in-force")
    assert await town.ledger("menu-3") == [
        "catalogs:begin-edition",
        "catalogs:publish-catalogue",
        "catalogs:put-in-force",
    ]
    before = (await anyone.get("/catalogs/editions/menu-2")).json()
    assert (before["state"], before["in_force_until"]) == ("superseded", "2026-03-02")
    assert objections(await publish(keeper, "menu-3")), "it cannot be published twice"
    old = (await anyone.get("/catalogs/editions/menu-2/M001")).json()
    assert (old["words"]["name_zh"], old["state"]) == ("老年助餐服务", "in-use")
    assert (await anyone.get("/catalogs/editions/menu-3/M043")).json()["state"] == "retired"
    assert (await anyone.get("/catalogs/editions/menu-2/M045")).status_code == 404
    for path in ("/catalogs/editions", "/catalogs/editions/menu-2", "/catalogs/editions/menu-1/entries"):
        assert (await (await town.browser()).get(path)).status_code == 200
    page = await (await town.browser()).get("/catalogs/editions/menu-2/M004")
    assert "困难当日转介率" in page.text


async def test_time_puts_it_in_force_on_its_day(town: Town) -> None:
    await filled(town)
    keeper, anyone = await town.client("cao.jie"), await town.client()
    assert (await publish(keeper, "menu-3", day="2026-04-01")).json()["state"] == "published"
    coming = (await anyone.get("/catalogs/M001")).json()
    assert (coming["name_zh"], coming["ahead"]["in_force_from"]) == ("老年助餐服务", "2026-04-01")
    assert (await anyone.get("/catalogs/M045")).json()["state"] == "proposed"
    await town.advance(to=datetime(2026, 3, 31, 15, 59, tzinfo=UTC))
    assert (await anyone.get("/catalogs/M001")).json()["name_zh"] == "老年助餐服务"
    acts = await town.advance(to=datetime(2026, 3, 31, 16, 0, 5, tzinfo=UTC))
    assert ("put-in-force", "menu-3") in {(act["act"], act["code"]) for act in acts}
    assert (await anyone.get("/catalogs/M001")).json()["name_zh"] == "长者助餐服务"
    assert (await anyone.get("/catalogs/M043")).json()["state"] == "retired"
    assert (await anyone.get("/catalogs/editions/menu-3")).json()["state"] == "in-force"


async def test_editions_follow_each_other_in_order(town: Town) -> None:
    await filled(town)
    keeper = await town.client("cao.jie")
    assert (await publish(keeper, "menu-3", day="2026-04-01")).status_code == 200
    assert (await keeper.post("/catalogs/M002/retire-item")).json()["ahead"]["edition"] == "menu-4"
    assert [field for field, _ in objections(await publish(keeper, "menu-4", day="2026-04-01"))] == ["in_force_from"]
    assert (await publish(keeper, "menu-4", day="2026-04-02")).status_code == 200
    await town.advance(to=datetime(2026, 4, 2, 1, 0, tzinfo=UTC))
    states = {
        line["code"]: line["state"] for line in (await keeper.get("/catalogs/editions?register=menu")).json()["items"]
    }
    assert states == {"menu-1": "superseded", "menu-2": "superseded", "menu-3": "superseded", "menu-4": "in-force"}


async def test_every_fault_is_named(town: Town) -> None:
    keeper = await town.client("cao.jie")
    assert (await keeper.post("/catalogs/editions/begin-edition", json={"register": "menu"})).status_code == 201
    answer = await keeper.post(
        "/catalogs/editions/menu-3/publish-catalogue", json={"in_force_from": "2026-03-01", "grounds": GROUNDS}
    )
    assert [field for field, _ in objections(answer)] == ["", "in_force_from"]
    assert [field for field, _ in objections(await publish(keeper, "menu-3", day="2027-03-04"))] == [
        "",
        "in_force_from",
    ]
    assert [field for field, _ in objections(await keeper.post("/catalogs/editions/menu-3/publish-catalogue"))] == [
        "in_force_from",
        "grounds",
    ]


async def test_only_one_draft_of_a_register_is_open(town: Town) -> None:
    keeper = await town.client("cao.jie")
    for body in ({"register": "guiding"}, {"register": "item"}):
        answer = await keeper.post("/catalogs/editions/begin-edition", json=body)
        assert [field for field, _ in objections(answer)] == ["register"]


async def test_a_stale_tab_publishes_nothing(town: Town) -> None:
    await filled(town)
    keeper = await town.client("cao.jie")
    etag = (await keeper.get("/catalogs/editions/menu-3")).headers["etag"]
    assert (await keeper.post("/catalogs/M002/retire-item")).status_code == 200
    answer = await keeper.post(
        "/catalogs/editions/menu-3/publish-catalogue",
        json={"in_force_from": "2026-03-02", "grounds": GROUNDS},
        headers={"If-Match": etag},
    )
    assert answer.status_code == 412


async def test_a_browser_is_asked_once_more(town: Town) -> None:
    await filled(town)
    keeper = await town.browser("cao.jie")
    answer = await keeper.submit(
        "/catalogs/editions/menu-3/publish-catalogue", {"in_force_from": "2026-03-02", "grounds": GROUNDS}
    )
    assert (answer.status_code, answer.headers["location"].partition("?")[0]) == (303, "/catalogs/editions/menu-3")


async def test_only_the_keeper_may(town: Town) -> None:
    await filled(town)
    for who, status in (("wang.fang", 403), ("jin.bo", 403), (None, 401)):
        reader = await town.client(who)
        assert (await publish(reader, "menu-3")).status_code == status
        answer = await reader.post("/catalogs/editions/begin-edition", json={"register": "menu"})
        assert answer.status_code == status
    assert (await publish(await town.client("cao.jie"), "menu-9")).status_code == 404


async def test_a_larger_edition_is_read_with_as_many_questions(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    keeper = await town.client("cao.jie")
    await keeper.post("/catalogs/M002/retire-item")
    edition = "/catalogs/editions/menu-3"
    pages = [edition, f"{edition}/entries", f"{edition}/M001", f"{edition}/publish-catalogue", "/catalogs/M001"]
    few = await counts_of(monkeypatch, keeper, pages)
    await filled(town)
    many = await counts_of(monkeypatch, keeper, pages)
    assert {page: len(asked) for page, asked in many.items()} == {page: len(asked) for page, asked in few.items()}
    assert len(few) == len(pages)
    assert max(len(asked) for asked in few.values()) <= 25


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE edition_entry SET name_zh = 'x' WHERE edition = 'menu-1'",
        "DELETE FROM edition_entry WHERE edition = 'menu-2'",
        "INSERT INTO edition_entry (edition, code, name_zh, checked, state) VALUES ('menu-2', 'M9', 'x', 'x', 'x')",
        "UPDATE edition_entry SET edition = 'menu-2' WHERE edition = 'guiding-2'",
        "UPDATE catalogue_edition SET in_force_from = '2020-01-01' WHERE code = 'menu-2'",
        "UPDATE catalogue_edition SET state = 'draft', in_force_from = NULL WHERE code = 'menu-2'",
        "DELETE FROM catalogue_edition WHERE code = 'menu-1'",
    ],
)
async def test_the_database_itself_keeps_what_was_published(town: Town, change: str) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError, match="kept as it is"):
        async with transaction():
            await rows(change)
