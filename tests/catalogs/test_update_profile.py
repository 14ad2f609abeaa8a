"""An organization updates what it tells of itself."""

from market.seed import people
from tests.town import Town, objections

URL = f"/organizations/{people.WARM_SUN}/update-profile"
BODY = {
    "business_scope": "居家养老与失智照护。",
    "categories": ["LIFE"],
    "service_areas": "梧桐街道",
    "full_time_staff": 41,
    "bank_name": "示例银行梧桐支行",
    "bank_account": "6200000000000040001",
}


async def test_it_works(town: Town) -> None:
    administrator = await town.client("he.jing")
    answer = await administrator.post(URL, json=BODY)
    assert answer.status_code in (200, 201), answer.text
    card = answer.json()
    assert (card["full_time_staff"], card["social_workers"], card["revision"]) == (41, None, 3)
    assert "bank_account" not in card
    assert (await town.ledger(people.WARM_SUN))[-1] == "catalogs:update-profile"
    found = await (await town.client()).get("/organizations?q=失智")
    assert [line["code"] for line in found.json()["items"]] == [people.WARM_SUN]


async def test_every_fault_is_named(town: Town) -> None:
    administrator = await town.client("he.jing")
    answer = await administrator.post(
        URL, json={**BODY, "bank_account": "62-00", "full_time_staff": -1, "volunteers": "多"}
    )
    assert [field for field, _ in objections(answer)] == ["full_time_staff", "volunteers", "bank_account"]
    answer = await administrator.post(URL, json={**BODY, "categories": ["LIFE", "FUN"]})
    assert [field for field, _ in objections(answer)] == ["categories"]


async def test_a_stranger_sees_nothing_to_update(town: Town) -> None:
    assert (await (await town.client("tang.yu")).post(URL, json=BODY)).status_code == 404
    assert (await (await town.client("wang.fang")).post(URL, json=BODY)).status_code == 403


async def test_a_stale_tab_loses_nothing(town: Town) -> None:
    administrator = await town.client("he.jing")
    etag = (await administrator.get(f"/organizations/{people.WARM_SUN}")).headers["etag"]
    assert (await administrator.post(URL, json=BODY, headers={"If-Match": etag})).is_success
    assert (await administrator.post(URL, json=BODY, headers={"If-Match": etag})).status_code == 412


async def test_the_form_shows_what_stands_and_hides_it_from_others(town: Town) -> None:
    own = await (await town.browser("he.jing")).get(URL)
    assert "6200000000000040001" in own.text
    other = await (await town.browser("tang.yu")).get(URL)
    assert "6200000000000040001" not in other.text
    public = await (await town.browser()).get(f"/organizations/{people.WARM_SUN}")
    assert "6200000000000040001" not in public.text
