"""The guiding catalogue's entries: added and renamed in the draft, by the keeper alone."""

from tests.catalogs.editions import publish
from tests.town import Town, objections

BODY = {"parent": "A04", "code": "A0409", "name_zh": "无障碍出行服务", "name_en": "Barrier-free travel"}


async def test_an_entry_is_added_and_in_force_with_its_edition(town: Town) -> None:
    keeper, anyone = await town.client("cao.jie"), await town.client()
    answer = await keeper.post("/catalogs/add-guiding-entry", json=BODY)
    assert (answer.status_code, answer.json()["state"]) == (201, "proposed"), answer.text
    assert [link["act"] for link in answer.json()["acts"]] == ["revise-guiding-entry", "retire-item"]
    assert await town.ledger("A0409") == ["catalogs:add-guiding-entry"]
    assert (await publish(keeper, "guiding-2")).status_code == 200
    card = (await anyone.get("/catalogs/A0409")).json()
    assert (card["state"], card["level"], [line["code"] for line in card["parents"]]) == ("in-use", 3, ["A", "A04"])
    assert (await anyone.get("/catalogs/A0408")).json()["name_zh"] == "长期护理需求评估服务"


async def test_every_fault_is_named(town: Town) -> None:
    keeper = await town.client("cao.jie")
    for changes, fields in (
        ({"code": "A0402"}, ["code"]),
        ({"code": "B0499"}, ["code"]),
        ({"parent": "C05010400", "code": "C0501040099"}, ["parent"]),
        ({"name_zh": "基本养老服务"}, ["name_zh"]),
        ({"code": "M001"}, ["code"]),
    ):
        answer = await keeper.post("/catalogs/add-guiding-entry", json={**BODY, **changes})
        assert [field for field, _ in objections(answer)] == fields, changes


async def test_an_entry_is_renamed(town: Town) -> None:
    keeper = await town.client("cao.jie")
    etag = (await keeper.get("/catalogs/A0402")).headers["etag"]
    body = {"name_zh": "基本养老和护理服务"}
    revise = "/catalogs/A0402/revise-guiding-entry"
    assert (await keeper.post(revise, json=body, headers={"If-Match": etag})).status_code == 200
    assert (await keeper.post(revise, json=body, headers={"If-Match": etag})).status_code == 412
    taken = await keeper.post(revise, json={"name_zh": "儿童福利服务"})
    assert [field for field, _ in objections(taken)] == ["name_zh"]
    assert (await publish(keeper, "guiding-2")).status_code == 200
    found = (await (await town.client()).get("/catalogs?q=养老和护理")).json()["items"]
    assert [line["code"] for line in found] == ["A0402"]


async def test_only_the_keeper_may_and_only_here(town: Town) -> None:
    for who, status in (("wang.fang", 403), (None, 401)):
        reader = await town.client(who)
        assert (await reader.post("/catalogs/add-guiding-entry", json=BODY)).status_code == status
        answer = await reader.post("/catalogs/A0402/revise-guiding-entry", json={"name_zh": "别的名字"})
        assert answer.status_code == status
    keeper = await town.client("cao.jie")
    for code in ("M001", "C05010400", "A9999"):
        answer = await keeper.post(f"/catalogs/{code}/revise-guiding-entry", json={"name_zh": "别的名字"})
        assert answer.status_code == 404
