"""Recording what an authority decided about an organization."""

from datetime import date

from catalogs.queries import standing_of
from market.seed import people
from tests.town import Town, objections

URL = f"/organizations/{people.WARM_SUN}/record-standing"
BODY = {"kind": "civil-serious", "from_on": "2026-02-27", "document": "示例区民政局公告〔2026〕1号（虚构）"}


async def test_it_bars_from_its_day_on(town: Town) -> None:
    keeper = await town.client("cao.jie")
    answer = await keeper.post(URL, json=BODY)
    assert answer.status_code == 201, answer.text
    made = answer.json()
    assert (made["state"], made["in_force"], made["bars"]) == ("recorded", True, "P-15")
    assert [link["act"] for link in made["acts"]] == ["lift-standing"]
    assert await town.ledger(made["code"]) == ["catalogs:record-standing"]
    card = (await (await town.client()).get(f"/organizations/{people.WARM_SUN}")).json()
    assert card["may_supply"] is False
    before = await standing_of(organization=people.WARM_SUN, on=date(2026, 2, 26))
    after = await standing_of(organization=people.WARM_SUN, on=date(2026, 2, 27))
    assert ([o.law for o in before.objections], [o.law for o in after.objections]) == ([], ["P-15"])


async def test_information_bars_nobody(town: Town) -> None:
    supervisor = await town.client("yan.li")
    made = (await supervisor.post(URL, json={**BODY, "kind": "annual-check", "value": "不合格"})).json()
    assert (made["in_force"], made["bars"]) == (True, "")
    assert (await supervisor.get(f"/organizations/{people.WARM_SUN}")).json()["may_supply"] is True


async def test_every_fault_is_named(town: Town) -> None:
    keeper = await town.client("cao.jie")
    wrong = {"kind": "grade", "value": "9A", "from_on": "2026-03-03", "until_on": "2026-03-01", "document": "公告"}
    answer = await keeper.post(URL, json=wrong)
    assert [field for field, _ in objections(answer)] == ["from_on", "until_on", "value"]
    answer = await keeper.post(URL, json={"kind": "gossip", "from_on": "gestern"})
    assert [field for field, _ in objections(answer)] == ["kind", "from_on", "document"]


async def test_who_may_and_about_whom(town: Town) -> None:
    assert (await (await town.client("he.jing")).post(URL, json=BODY)).status_code == 403
    keeper = await town.client("cao.jie")
    assert (await keeper.post("/organizations/52000000MJ9999999X/record-standing", json=BODY)).status_code == 404


async def test_the_form_works_without_javascript(town: Town) -> None:
    keeper = await town.browser("cao.jie")
    answer = await keeper.submit(URL, BODY)
    assert answer.status_code == 303
    page = await keeper.get(answer.headers["location"])
    assert "严重违法失信名单" in page.text
