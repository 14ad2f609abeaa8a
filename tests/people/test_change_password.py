"""Changing one's password ends every session."""

from tests.town import PASSWORD, Town, objections

NEW = "a-longer-one-2026"
BODY = {"old_password": PASSWORD, "new_password": NEW, "repeated": NEW}


async def test_it_works_and_ends_every_session(town: Town) -> None:
    here, elsewhere = await town.browser("wang.fang"), await town.browser("wang.fang")
    answer = await here.submit("/account/change-password", BODY)
    assert answer.status_code == 303
    assert (await elsewhere.get("/account")).status_code == 303
    assert (await here.get("/account")).status_code == 303
    anyone = await town.client()
    assert (await anyone.post("/sign-in", json={"account": "wang.fang", "password": PASSWORD})).status_code == 422
    assert (await anyone.post("/sign-in", json={"account": "wang.fang", "password": NEW})).status_code == 200


async def test_it_names_every_fault(town: Town) -> None:
    client = await town.client("wang.fang")
    body = {"old_password": "wrong", "new_password": "aaaa", "repeated": "b"}
    answer = await client.post("/account/change-password", json=body)
    assert [field for field, _ in objections(answer)] == ["old_password", "new_password", "new_password", "repeated"]
    assert "people:change-password" not in await town.ledger("wang.fang")
