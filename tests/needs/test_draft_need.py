"""Drafting a need."""

from market.needs.pages.needs import NEED_EXAMPLE
from tests.needs.making import draft, line_of
from tests.town import Town, objections


async def test_it_works(town: Town) -> None:
    made = await draft(town)
    assert (made["state"], made["item"], made["item_name"], made["category"]) == (
        "draft",
        "C05010400",
        "养老服务",
        "LIFE",
    )
    assert made["budget"] == "96000.00"
    assert made["targets"] == [{"name": "探访人次", "number": "4800", "unit": "人次", "due_on": "2027-03-31"}]
    assert {"revise-need", "submit-need", "withdraw-need"} <= {link["act"] for link in made["acts"]}
    assert await town.ledger(made["code"]) == ["needs:draft-need"]


async def test_a_draft_may_be_incomplete(town: Town) -> None:
    purchaser = await town.client("wang.fang")
    body = {"title": "以后再写", "item": "C05010400", "budget": "1000", "budget_line": await line_of(town)}
    answer = await purchaser.post("/needs/draft-need", json=body)
    assert answer.status_code == 201, answer.text
    assert (answer.json()["targets"], answer.json()["term_months"]) == ([], None)


async def test_every_fault_is_named(town: Town) -> None:
    purchaser = await town.client("wang.fang")
    wrong = {"title": "", "budget": "480000.005", "quantity": "-1", "consulted_on": "neulich", "n_1": "maybe"}
    answer = await purchaser.post("/needs/draft-need", json=wrong)
    fields = [field for field, _ in objections(answer)]
    assert fields == ["title", "budget_line", "budget", "quantity", "consulted_on", "n_1"]
    rows = {**NEED_EXAMPLE, "targets": [{"name": "探访", "number": "x", "unit": "次", "due_on": "2027-03-31"}]}
    answer = await purchaser.post("/needs/draft-need", json=rows)
    assert [field for field, _ in objections(answer)] == ["targets.0.number"]


async def test_item_money_and_line_must_stand(town: Town) -> None:
    purchaser = await town.client("wang.fang")
    body = {**NEED_EXAMPLE, "menu_item": "M999", "item": "C99", "budget": "0", "budget_line": "L-1999-0001"}
    answer = await purchaser.post("/needs/draft-need", json={**body, "quantity": "1.005"})
    assert [field for field, _ in objections(answer)] == ["menu_item", "item", "budget", "budget_line", "quantity"]
    other = {**NEED_EXAMPLE, "item": "C21040000", "budget_line": await line_of(town)}
    answer = await purchaser.post("/needs/draft-need", json=other)
    assert [field for field, _ in objections(answer)] == ["item"]


async def test_another_streets_line_is_none_of_mine(town: Town) -> None:
    line = await line_of(town)
    answer = await (await town.client("wu.tao")).post("/needs/draft-need", json={**NEED_EXAMPLE, "budget_line": line})
    assert [field for field, _ in objections(answer)] == ["budget_line"]


async def test_who_may_draft_and_who_may_see(town: Town) -> None:
    assert (await (await town.client("li.jun")).post("/needs/draft-need", json=NEED_EXAMPLE)).status_code == 403
    assert (await (await town.client()).post("/needs/draft-need", json=NEED_EXAMPLE)).status_code == 401
    code = (await draft(town))["code"]
    for login, status in (("li.jun", 200), ("hua.rong", 200), ("wu.tao", 404), ("he.jing", 404), (None, 404)):
        assert (await (await town.client(login)).get(f"/needs/{code}")).status_code == status


async def test_strange_characters_are_refused(town: Town) -> None:
    purchaser = await town.client("wang.fang")
    for words in ("\u202eabc", "\u200b", "a\x00b"):
        answer = await purchaser.post("/needs/draft-need", json={**NEED_EXAMPLE, "title": words})
        assert [field for field, _ in objections(answer)] == ["title"]


async def test_the_form_starts_from_the_menu_and_keeps_what_was_typed(town: Town) -> None:
    purchaser = await town.browser("wang.fang")
    page = await purchaser.get("/needs/draft-need?menu_item=M001")
    assert 'value="老年助餐服务"' in page.text
    values = {
        "title": "助餐",
        "menu_item": "M001",
        "budget": "99.999",
        "budget_line": await line_of(town),
        "targets.0.name": "用餐客次",
        "targets.0.number": "100",
        "targets.0.unit": "客次",
        "targets.0.due_on": "2026-12-31",
    }
    answer = await purchaser.submit("/needs/draft-need", values)
    assert answer.status_code == 422
    assert "用餐客次" in answer.text
    answer = await purchaser.submit("/needs/draft-need", {**values, "budget": "99.99"})
    assert answer.status_code == 303
    assert "用餐客次" in (await purchaser.get(answer.headers["location"])).text
