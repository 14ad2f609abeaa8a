import asyncio

import pytest

from evaluations.states import State
from market.base.database import rows
from market.people.states import Role
from tests.evaluations.steps import AUDITOR, EVALUATOR, reach, stranger
from tests.town import Town, objections


@pytest.mark.parametrize("side", ["evaluator", "street"])
async def test_it_works_after_an_answered_reply(town: Town, side: str) -> None:
    case = await reach(town, State.SETTLED)
    answer = await case.act(EVALUATOR if side == "evaluator" else case.purchaser, "conclude-evaluation")
    assert answer.status_code == 200, answer.text
    assert answer.json()["state"] == "concluded"
    assert (await town.ledger(case.code))[-1] == "evaluations:conclude-evaluation"


async def test_not_while_the_organization_may_still_reply(town: Town) -> None:
    case = await reach(town, State.SCORED)
    assert "前提出意见" in objections(await case.act(EVALUATOR, "conclude-evaluation"))[0][1]
    row = await case.row()
    await rows("UPDATE evaluation SET reply_until = $2 WHERE id = $1", row["id"], await town.now())
    assert (await case.act(EVALUATOR, "conclude-evaluation")).status_code == 200


async def test_not_while_a_reply_is_unanswered_and_not_twice(town: Town) -> None:
    case = await reach(town, State.REPLIED)
    assert objections(await case.act(EVALUATOR, "conclude-evaluation"))[0][0] == ""
    case = await reach(town, State.CONCLUDED)
    assert objections(await case.act(EVALUATOR, "conclude-evaluation"))[0][0] == ""


async def test_strangers(town: Town) -> None:
    case = await reach(town, State.SETTLED)
    other = stranger(Role.PURCHASER, case.street)
    for account, status in ((other, 404), (case.provider, 403), (AUDITOR, 403), (None, 401)):
        assert (await case.act(account, "conclude-evaluation")).status_code == status


async def test_eight_at_once_conclude_it_once(town: Town) -> None:
    case = await reach(town, State.SETTLED)
    answers = await asyncio.gather(*[case.act(EVALUATOR, "conclude-evaluation") for _ in range(8)])
    assert sorted(answer.status_code for answer in answers) == [200] + [422] * 7


async def test_the_confirmation_in_a_browser(town: Town) -> None:
    case = await reach(town, State.SETTLED)
    browser = await town.browser(EVALUATOR)
    assert (await browser.submit(f"{case.url}/conclude-evaluation", {})).status_code == 303
