import asyncio
from datetime import date
from typing import Any

from evaluations.states import State
from market.base.database import rows
from market.people.states import Role
from tests.evaluations.steps import Case, reach, stranger
from tests.town import Town, objections

BODY = {"kind": "follow-up", "opens_on": "2027-06-01", "population": 60}


def door(case: Case) -> str:
    return f"/contracts/{case.contract}/plan-evaluation"


async def test_a_contract_in_force_has_its_mid_term_and_final_evaluation(town: Town) -> None:
    signed = await rows("SELECT code, from_on, until_on FROM contract WHERE state IN ('in-force', 'closed')")
    assert signed
    for contract in signed:
        found = await rows(
            "SELECT * FROM evaluation WHERE contract = $1 AND kind IN ('mid-term', 'final') ORDER BY opens_at",
            contract["code"],
        )
        assert [row["kind"] for row in found] == ["mid-term", "final"]
        mid, final = found
        assert contract["from_on"] < mid["opens_at"].date() < contract["until_on"]
        assert final["due_on"] > contract["until_on"]
        assert await town.ledger(mid["code"])
        assert (await town.ledger(mid["code"]))[0] == "evaluations:plan-evaluation"


async def test_it_works(town: Town) -> None:
    case = await reach(town, State.OPEN)
    answer = await (await town.client(case.purchaser)).post(door(case), json=BODY)
    assert answer.status_code == 201, answer.text
    made = answer.json()
    assert (made["kind"], made["state"], made["population"], made["contract"]) == (
        "follow-up", "planned", 60, case.contract,
    )  # fmt: skip
    assert answer.headers["location"] == made["url"]
    assert await town.ledger(made["code"]) == ["evaluations:plan-evaluation"]
    done = await town.advance(
        to=(await rows("SELECT opens_at FROM evaluation WHERE code = $1", made["code"]))[0]["opens_at"]
    )
    assert {"open-survey"} == {act["act"] for act in done if act["code"] == made["code"]}


BAD: tuple[tuple[dict[str, Any], list[str]], ...] = (
    ({"kind": "final"}, ["kind"]),
    ({"kind": "weekly"}, ["kind"]),
    ({"population": 0}, ["population"]),
    ({"population": 1_000_000}, ["population"]),
    ({"population": "many"}, ["population"]),
    ({"opens_on": "2026-03-01"}, ["opens_on"]),
    ({"opens_on": "tomorrow"}, ["opens_on"]),
    ({"kind": "mid-term", "population": 0, "opens_on": "2020-01-01"}, ["kind", "population", "opens_on"]),
)


async def test_it_is_refused_with_all_reasons(town: Town) -> None:
    case = await reach(town, State.OPEN)
    client = await town.client(case.purchaser)
    for change, fields in BAD:
        answer = await client.post(door(case), json={**BODY, **change})
        assert [field for field, _ in objections(answer)] == fields


async def test_strangers(town: Town) -> None:
    case = await reach(town, State.OPEN)
    for account, status in (
        (stranger(Role.PURCHASER, case.street), 404), (case.approver, 403), (case.provider, 403), (None, 401),
    ):  # fmt: skip
        assert (await (await town.client(account)).post(door(case), json=BODY)).status_code == status
    client = await town.client(case.purchaser)
    assert (await client.post("/contracts/C-2026-9999/plan-evaluation", json=BODY)).status_code == 404


async def test_eight_at_once_plan_it_once(town: Town) -> None:
    case = await reach(town, State.OPEN)
    client = await town.client(case.purchaser)
    answers = await asyncio.gather(*[client.post(door(case), json=BODY) for _ in range(8)])
    assert sorted(answer.status_code for answer in answers) == [201] + [422] * 7


async def test_the_form_in_a_browser(town: Town) -> None:
    case = await reach(town, State.OPEN)
    browser = await town.browser(case.purchaser)
    page = await browser.get(door(case))
    assert "安排绩效评价" in page.text
    assert "跟踪评价" in page.text
    answer = await browser.submit(
        door(case), {"kind": "follow-up", "opens_on": str(date(2027, 6, 1)), "population": "60"}
    )
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/evaluations/E-")
