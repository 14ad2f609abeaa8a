"""Signing in: one same refusal for wrong names and passwords, five failures lock, sessions end."""

from market.base.database import one, rows
from tests.town import PASSWORD, Town, objections

GOOD = {"account": "wang.fang", "password": PASSWORD}


async def test_it_works(town: Town) -> None:
    anyone = await town.client()
    answer = await anyone.post("/sign-in", json=GOOD)
    assert answer.status_code == 200, answer.text
    assert answer.json()["roles"] == ["purchaser"]
    assert "HttpOnly" in answer.headers["set-cookie"]
    assert (await anyone.get("/account")).json()["code"] == "wang.fang"
    assert "people:sign-in" in await town.ledger("wang.fang")


async def test_a_wrong_name_and_a_wrong_password_get_the_same_words(town: Town) -> None:
    anyone = await town.client()
    wrong = objections(await anyone.post("/sign-in", json={**GOOD, "password": "nonsense-nonsense"}))
    unknown = objections(await anyone.post("/sign-in", json={**GOOD, "account": "nobody.at.all"}))
    assert wrong == unknown


async def test_five_failures_lock_known_and_unknown_names_alike(town: Town) -> None:
    anyone = await town.client()
    for account in ("li.jun", "nobody.at.all"):
        for _ in range(5):
            bad = await anyone.post("/sign-in", json={"account": account, "password": "wrong-wrong-wrong"})
            assert bad.status_code == 422
        locked = await anyone.post("/sign-in", json={"account": account, "password": PASSWORD})
        assert locked.status_code == 429
        assert 0 < int(locked.headers["retry-after"]) <= 901
    await town.advance(by="PT16M")
    assert (await anyone.post("/sign-in", json={"account": "li.jun", "password": PASSWORD})).status_code == 200


async def test_the_password_is_kept_nowhere(town: Town) -> None:
    await (await town.client()).post("/sign-in", json=GOOD)
    kept = await one("SELECT password_hash FROM account WHERE login = 'wang.fang'")
    assert kept is not None
    assert kept["password_hash"].startswith("$argon2id$")
    assert not await rows("SELECT 1 FROM ledger_event WHERE detail::text LIKE '%' || $1 || '%'", PASSWORD)


async def test_a_form_without_its_token_is_refused(town: Town) -> None:
    browser = await town.browser()
    answer = await browser.inner.post("/sign-in", data=GOOD)
    assert answer.status_code == 403


async def test_nobody_is_sent_to_another_site(town: Town) -> None:
    browser = await town.browser()
    for back in ("https://evil.example/", "//evil.example", "/\\evil.example"):
        answer = await browser.submit("/sign-in", {**GOOD, "back": back})
        assert answer.headers["location"] == "/"


async def test_a_session_ends_after_twelve_hours(town: Town) -> None:
    anyone = await town.client()
    await anyone.post("/sign-in", json=GOOD)
    await town.advance(by="PT12H1M")
    assert (await anyone.get("/account")).status_code == 401
