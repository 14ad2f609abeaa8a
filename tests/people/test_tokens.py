"""Tokens: limited to named acts, shown once, ended when revoked."""

from tests.town import Town, objections

BODY = {"name": "night job", "acts": ["open-finding"], "days": 30}


async def test_create_token_makes_one_that_can_do_only_its_acts(town: Town) -> None:
    made = (await (await town.client("hua.rong")).post("/account/create-token", json=BODY)).json()
    machine = await town.client()
    machine.headers["Authorization"] = f"Bearer {made['token']}"
    street = "11000000002468133W"
    sent = {"subject": street, "street": street, "title": "t", "text": "x"}
    assert (await machine.post("/findings/open-finding", json=sent)).status_code == 201
    assert (await machine.post("/account/change-password", json={})).status_code == 403


async def test_create_token_refuses_acts_of_others_and_endless_ones(town: Town) -> None:
    client = await town.client("wang.fang")
    answer = await client.post("/account/create-token", json={"name": "x", "acts": ["open-finding"], "days": 9999})
    assert [field for field, _ in objections(answer)] == ["acts", "days"]


async def test_revoke_token_ends_it(town: Town) -> None:
    client = await town.client("hua.rong")
    made = (await client.post("/account/create-token", json=BODY)).json()
    machine = await town.client()
    machine.headers["Authorization"] = f"Bearer {made['token']}"
    assert (await machine.get("/account")).status_code == 200
    assert (await client.post("/account/revoke-token", json={"token": made["code"]})).status_code == 200
    assert (await machine.get("/account")).status_code == 401
    again = await client.post("/account/revoke-token", json={"token": made["code"]})
    assert objections(again)[0][0] == "token"


async def test_a_stranger_cannot_revoke_it(town: Town) -> None:
    made = (await (await town.client("hua.rong")).post("/account/create-token", json=BODY)).json()
    other = await (await town.client("wang.fang")).post("/account/revoke-token", json={"token": made["code"]})
    assert other.status_code == 422


async def test_an_unknown_token_is_nobody(town: Town) -> None:
    machine = await town.client()
    machine.headers["Authorization"] = "Bearer nonsense"
    assert (await machine.get("/")).status_code == 401
