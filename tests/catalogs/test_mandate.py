"""grant-mandate and revoke-mandate: a hub helps in the directory, and never sees or touches bids."""

import re

import pytest

from market.base.database import one, rows
from market.base.lifecycle import HOUSE
from market.seed import people
from tests.catalogs.listings import file_of
from tests.town import Town, objections

GRANT = f"/organizations/{people.WARM_SUN}/grant-mandate"
BODY = {"hub": people.VOLUNTEERS, "until_on": "2026-12-31"}
PROFILE = {"business_scope": "居家养老。", "categories": ["LIFE"], "service_areas": "梧桐街道"}


async def granted(town: Town) -> str:
    answer = await (await town.client("he.jing")).post(GRANT, json=BODY)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["code"])


async def test_it_lets_the_hub_keep_profile_and_listings(town: Town) -> None:
    hub = await town.client("bi.yun")
    update = f"/organizations/{people.WARM_SUN}/update-profile"
    assert (await hub.post(update, json=PROFILE)).status_code == 404
    code = await granted(town)
    card = (await hub.get(f"/organizations/{people.WARM_SUN}")).json()
    assert {"update-profile", "apply-for-listing"} <= {link["act"] for link in card["acts"]}
    assert "grant-mandate" not in {link["act"] for link in card["acts"]}
    changed = await hub.post(update, json={**PROFILE, "bank_account": "1111111111"})
    assert changed.is_success, changed.text
    bank = "SELECT p.bank_account FROM profile p JOIN organization o ON o.id = organization WHERE o.code = $1"
    kept = await one(bank, people.WARM_SUN)
    assert kept == {"bank_account": "6200000000000040001"}
    event = await one("SELECT organization, account, detail FROM ledger_event WHERE tag = 'catalogs:update-profile'"
                      " AND code = $1 ORDER BY id DESC LIMIT 1", people.WARM_SUN)  # fmt: skip
    assert event is not None
    assert (event["organization"], event["account"], event["detail"]["hub"]) == (
        people.VOLUNTEERS, "bi.yun", people.VOLUNTEERS,
    )  # fmt: skip
    body = {"category": "CHARITY", "statement": "探访。", "files": [await file_of(town, "bi.yun")]}
    answer = await hub.post(f"/organizations/{people.WARM_SUN}/apply-for-listing", json=body)
    assert (answer.status_code, answer.json()["hub"]) == (201, people.VOLUNTEERS)
    assert await town.ledger(code) == ["catalogs:grant-mandate"]
    told = await rows("SELECT a.login FROM notification n JOIN account a ON a.id = n.account WHERE url = $1",
                      f"/mandates/{code}")  # fmt: skip
    assert [row["login"] for row in told] == ["bi.yun"]


async def test_every_fault_is_named(town: Town) -> None:
    administrator = await town.client("he.jing")
    answer = await administrator.post(GRANT, json={"hub": people.NEIGHBOURS, "until_on": "2026-03-02"})
    assert [field for field, _ in objections(answer)] == ["hub", "until_on"]
    answer = await administrator.post(GRANT, json={**BODY, "until_on": "2029-03-03"})
    assert [field for field, _ in objections(answer)] == ["until_on"]
    answer = await administrator.post(GRANT, json={**BODY, "hub": people.WARM_SUN})
    assert "自己" in objections(answer)[0][1]
    await granted(town)
    assert [field for field, _ in objections(await administrator.post(GRANT, json=BODY))] == ["hub"]


async def test_who_may_grant_and_who_sees_it(town: Town) -> None:
    assert (await (await town.client("tang.yu")).post(GRANT, json=BODY)).status_code == 404
    assert (await (await town.client("lin.feng")).post(GRANT, json=BODY)).status_code == 403
    code = await granted(town)
    for account, status in (("he.jing", 200), ("bi.yun", 200), ("cao.jie", 200), ("tang.yu", 404), ("wang.fang", 404)):
        assert (await (await town.client(account)).get(f"/mandates/{code}")).status_code == status, account
    revoke = f"/mandates/{code}/revoke-mandate"
    assert (await (await town.client("tang.yu")).post(revoke)).status_code == 404
    assert (await (await town.client("bi.yun")).post(revoke)).status_code == 403


async def test_a_revoked_mandate_lets_nothing_through(town: Town) -> None:
    code = await granted(town)
    administrator, hub = await town.client("he.jing"), await town.client("bi.yun")
    answer = await administrator.post(f"/mandates/{code}/revoke-mandate")
    assert (answer.json()["state"], answer.json()["in_force"]) == ("revoked", False)
    assert (await administrator.post(f"/mandates/{code}/revoke-mandate")).status_code == 422
    assert (await hub.post(f"/organizations/{people.WARM_SUN}/update-profile", json=PROFILE)).status_code == 404
    assert (await town.ledger(code))[-1] == "catalogs:revoke-mandate"
    assert (await administrator.post(GRANT, json=BODY)).status_code == 201


async def test_a_mandate_ends_on_its_day(town: Town) -> None:
    await (await town.client("he.jing")).post(GRANT, json={**BODY, "until_on": "2026-03-05"})
    hub = await town.client("bi.yun")
    url = f"/organizations/{people.WARM_SUN}/update-profile"
    await town.advance(by="P2D")
    assert (await hub.post(url, json=PROFILE)).is_success
    await town.advance(by="P1D")
    assert (await hub.post(url, json=PROFILE)).status_code == 404


@pytest.mark.parametrize("state", ["a member's bids", "its contracts"])
async def test_a_hub_never_sees_or_touches_bids(town: Town, state: str) -> None:
    """Whatever the hub opens or sends about its member's tenders is refused as for any stranger."""
    await granted(town)
    hub = await town.client("bi.yun")
    table = "bid" if state == "a member's bids" else "contract"
    owner = "organization" if table == "bid" else "supplier"
    found = await rows(f"SELECT code FROM {table} WHERE {owner} = $1", people.WARM_SUN)
    assert found, "the town holds some"
    stranger = await town.client("tang.yu")
    for row in found:
        for path in (f"/{table}s/{row['code']}",):
            seen, strange = await hub.get(path), await stranger.get(path)
            assert seen.status_code == strange.status_code or seen.status_code in (403, 404), path
            if seen.status_code == 200:
                assert seen.json()["acts"] == [], path
    if table == "bid":
        sought = "SELECT DISTINCT t.code FROM tender t JOIN bid b ON b.tender = t.id WHERE b.organization = $1"
        tenders = await rows(sought, people.WARM_SUN)
        for tender in tenders:
            assert (await hub.get(f"/tenders/{tender['code']}/bid")).status_code in (403, 404, 405)
            for word, (_, step) in HOUSE.steps.items():
                if word == "turn-key":
                    continue  # the hub witnesses the opening by a share of its own, which opens nothing alone
                if type(step.act).__module__.startswith("market.tendering") and step.on:
                    kind = step.of or HOUSE.steps[word][0].kind
                    codes = [tender["code"]] if kind == "tender" else [row["code"] for row in found]
                    for code in codes:
                        collection = HOUSE.lifecycles[kind].collection
                        answer = await hub.post(f"/{collection}/{code}/{word}", json={})
                        assert answer.status_code in (403, 404, 405), (word, answer.status_code, answer.text)


async def test_the_hub_sees_its_members(town: Town) -> None:
    browser = await town.browser("bi.yun")
    page = await browser.get("/mandates")
    assert "银龄" in page.text
    assert not re.search("暖阳", page.text)
    form = await (await town.browser("he.jing")).submit(GRANT, BODY)
    assert form.status_code == 303, form.text
    assert "暖阳" in (await browser.get("/mandates")).text
