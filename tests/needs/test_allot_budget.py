"""Allotting a budget line."""

from tests.needs.making import line_of
from tests.town import Town, objections

BODY = {"title": "社区文体活动", "year": 2026, "source": "street", "amount": "300000.00"}


async def test_it_works(town: Town) -> None:
    officer = await town.client("qian.lei")
    answer = await officer.post("/budget/allot-budget", json=BODY)
    assert answer.status_code == 201, answer.text
    made = answer.json()
    assert (made["amount"], made["available"], made["reserved"], made["street_name"]) == (
        "300000.00",
        "300000.00",
        "0.00",
        "示例区梧桐街道办事处",
    )
    assert await town.ledger(made["code"]) == ["needs:allot-budget"]


async def test_every_fault_is_named(town: Town) -> None:
    officer = await town.client("qian.lei")
    wrong = {"title": " ", "year": "zwanzig", "source": "uncle", "amount": "1.005"}
    answer = await officer.post("/budget/allot-budget", json=wrong)
    assert [field for field, _ in objections(answer)] == ["title", "year", "source", "amount"]
    answer = await officer.post("/budget/allot-budget", json={**BODY, "year": 2024, "amount": "0"})
    assert [field for field, _ in objections(answer)] == ["amount", "year"]


async def test_who_may_allot_and_who_may_see(town: Town) -> None:
    assert (await (await town.client("wang.fang")).post("/budget/allot-budget", json=BODY)).status_code == 403
    assert (await (await town.client()).post("/budget/allot-budget", json=BODY)).status_code == 401
    code = await line_of(town)
    for login, status in (("li.jun", 200), ("hua.rong", 200), ("yan.li", 200), ("wu.tao", 404), ("he.jing", 404)):
        assert (await (await town.client(login)).get(f"/budget/{code}")).status_code == status
    listed = (await (await town.client("wu.tao")).get("/budget")).json()["items"]
    assert listed
    assert {line["street_name"] for line in listed} == {"示例区清河街道办事处"}
    assert (await (await town.client()).get("/budget")).status_code == 401


async def test_a_form_posted_twice_counts_once(town: Town) -> None:
    officer = await town.browser("qian.lei")
    first = await officer.submit("/budget/allot-budget", BODY)
    assert first.status_code == 303
    again = await officer.inner.post(
        "/budget/allot-budget",
        content=first.request.content,
        headers={"content-type": "application/x-www-form-urlencoded"},
    )
    assert again.headers["location"] == first.headers["location"]
    for path in ("/budget", first.headers["location"]):
        assert "300,000.00" in (await officer.get(path)).text
