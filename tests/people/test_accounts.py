"""Accounts and organizations, made by the platform administrator and the catalogue keeper."""

import asyncio

from market.seed.people import NEIGHBOURS, WUTONG
from tests.town import Town, objections

BODY = {
    "login": "chen.example",
    "name": "陈例",
    "email": "chen.example@example.org",
    "password": "a-longer-one-2026",
    "organization": WUTONG,
    "role": "purchaser",
}
FRESH = {"code": "52000000MJ5678901W", "name": "示例区邻里社会工作服务中心", "kind": "minfei", "district": "示例区"}


async def test_create_account_works_once(town: Town) -> None:
    admin = await town.client("jin.bo")
    assert (await admin.post("/accounts/create-account", json=BODY)).status_code == 201
    assert objections(await admin.post("/accounts/create-account", json=BODY))[0][0] == "login"


async def test_create_account_of_the_same_name_eight_times_at_once(town: Town) -> None:
    admin = await town.client("jin.bo")
    answers = await asyncio.gather(*(admin.post("/accounts/create-account", json=BODY) for _ in range(8)))
    assert sorted(a.status_code for a in answers) == [201] + [422] * 7


async def test_names_without_tricks(town: Town) -> None:
    admin = await town.client("jin.bo")
    for name in ("陈\u202e例", "陈例😀", "陈\x00例", ""):
        answer = await admin.post("/accounts/create-account", json={**BODY, "name": name})
        assert objections(answer)[0][0] == "name"


async def test_create_account_is_for_the_administrator(town: Town) -> None:
    assert (await (await town.client("wang.fang")).post("/accounts/create-account", json=BODY)).status_code == 403


async def test_register_organization_checks_the_code(town: Town) -> None:
    keeper = await town.client("cao.jie")
    assert (await keeper.post("/organizations/register-organization", json=FRESH)).status_code == 201
    for code in ("52000000MJ5678901X", "52000000MI5678901W", "52", FRESH["code"]):
        answer = await keeper.post("/organizations/register-organization", json={**FRESH, "code": code})
        assert objections(answer)[0][0] == "code", code


async def test_register_organization_eight_times_at_once_makes_one(town: Town) -> None:
    keeper = await town.client("cao.jie")
    sent = [keeper.post("/organizations/register-organization", json=FRESH) for _ in range(8)]
    assert sorted(a.status_code for a in await asyncio.gather(*sent)) == [201] + [422] * 7


async def test_act_for_changes_whom_one_serves(town: Town) -> None:
    admin = await town.client("jin.bo")
    granted = await admin.post(
        f"/organizations/{NEIGHBOURS}/grant-role", json={"account": "lin.feng", "role": "bidder"}
    )
    assert granted.status_code == 200, granted.text
    browser = await town.browser("lin.feng")
    assert (await browser.submit("/account/act-for", {"organization": NEIGHBOURS})).status_code == 303
    assert "邻里" in (await browser.get("/account")).text
    refused = await browser.submit("/account/act-for", {"organization": WUTONG})
    assert refused.status_code == 422


async def test_sign_out_ends_the_session(town: Town) -> None:
    browser = await town.browser("lin.feng")
    assert (await browser.submit("/sign-out", {})).status_code == 303
    assert (await browser.get("/account")).status_code == 303
