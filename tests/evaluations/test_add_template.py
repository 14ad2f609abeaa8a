from datetime import UTC, date, datetime
from typing import Any

from evaluations.queries.templates import template_card, template_for
from evaluations.states import Kind, State
from market.base.database import rows
from market.people.states import ANYONE, Role
from market.seed.people import PEOPLE
from tests.evaluations.steps import EVALUATOR, reach
from tests.town import Town, objections

KEEPER = next(person.login for person in PEOPLE if person.role is Role.CATALOGUE_KEEPER)
URL = "/evaluations/templates/add-template"
BODY: dict[str, Any] = {
    "family": "SH-COMM", "code": "SH-COMM-2027", "title_zh": "通用指标（2027）", "title_en": "Common indicators (2027)",
    "in_force_from": "2027-01-01", "source": "根据2026年度评价情况调整。",
    "changes": [{"leaf": "C11", "weight": 11}, {"leaf": "C12", "weight": 5}],
}  # fmt: skip


async def test_an_edition_stands_beside_the_one_before_it(town: Town) -> None:
    keeper = await town.client(KEEPER)
    answer = await keeper.post(URL, json=BODY)
    assert answer.status_code in (200, 201), answer.text
    card = answer.json()
    assert (card["code"], card["state"], card["used"]) == ("SH-COMM-2027", "coming", 0)
    weights = {leaf["code"]: leaf["weight"] for leaf in card["template"]["leaves"]}
    assert (weights["C11"], weights["C12"], sum(weights.values())) == (11, 5, 100)
    assert await town.ledger("SH-COMM-2027") == ["evaluations:add-template"]
    anyone = await town.client()
    listed = {line["code"]: line["state"] for line in (await anyone.get("/evaluations/templates")).json()["items"]}
    assert (listed["SH-COMM-2026"], listed["SH-COMM-2027"]) == ("in-force", "coming")
    assert (await anyone.get("/evaluations/templates/NONE-2026")).status_code == 404
    then = datetime(2027, 1, 4, 1, tzinfo=UTC)
    replaced = await template_card(code="SH-COMM-2026", user=ANYONE, now=then)
    assert (replaced.state, replaced.editions) == ("replaced", ["SH-COMM-2027"])
    assert (await template_for(kind=Kind.FINAL, category="", day=then.date())).code == "SH-COMM-2027"
    assert (await template_for(kind=Kind.FINAL, category="", day=date(2026, 12, 31))).code == "SH-COMM-2026"


async def test_every_fault_is_named_at_once(town: Town) -> None:
    keeper = await town.client(KEEPER)
    changes = [
        {"leaf": "C11", "weight": 13},
        {"leaf": "B21", "formula": "paid ÷ payable"},
        {"leaf": "B31", "formula": "share(staff_present, nobody)"},
        {"leaf": "D21", "formula": "share(staff_present, staff_promised)"},
    ]
    faulty = {**BODY, "code": "SH-COMM-2026", "in_force_from": "2026-03-02", "changes": changes}
    found = [field for field, _ in objections(await keeper.post(URL, json=faulty))]
    assert found == [
        "code", "in_force_from", "leaves", "leaves.6.formula", "leaves.8.formula", "leaves.19.formula"
    ]  # fmt: skip
    assert objections(await keeper.post(URL, json={**BODY, "family": "NONE"}))[0][0] == "family"
    assert (await keeper.post(URL, json=BODY)).status_code in (200, 201)
    assert [field for field, _ in objections(await keeper.post(URL, json=BODY))] == ["code", "in_force_from"]
    for account, status in ((EVALUATOR, 403), (None, 401)):
        assert (await (await town.client(account)).post(URL, json=BODY)).status_code == status


async def test_the_pages_in_a_browser(town: Town) -> None:
    browser = await town.browser(KEEPER)
    assert "share(paid_yuan, payable_yuan)" in (await browser.get("/evaluations/templates/SH-COMM-2026")).text
    assert "指标模板" in (await browser.get("/evaluations/templates")).text
    assert (await browser.get(URL)).status_code == 200


async def test_an_evaluation_keeps_the_edition_by_which_it_was_planned(town: Town) -> None:
    case = await reach(town, State.SCORED)
    (row,) = await rows("SELECT n.category FROM contract c JOIN need n ON n.code = c.need WHERE c.code = $1",
                        case.contract)  # fmt: skip
    wanted = f"SH-COMM-2026-{row['category']}" if row["category"] else "SH-COMM-2026"
    card = await case.card(EVALUATOR)
    assert card["template"] == (wanted if row["category"] != "SUPPORT" else "SH-COMM-2026")
    assert (await (await town.client()).get(f"/evaluations/templates/{card['template']}")).json()["used"] >= 1
