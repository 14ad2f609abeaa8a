"""What time does: open-survey, close-survey and close-reply, each at its own moment and once."""

import asyncio
from datetime import timedelta

from evaluations import actions
from evaluations.states import State
from market.base.database import rows
from tests.evaluations.steps import EVALUATOR, reach
from tests.town import Town


async def test_open_survey_makes_slips_and_tells_the_organization(town: Town) -> None:
    case = await reach(town, State.PLANNED)
    row = await case.row()
    done = await town.advance(to=row["opens_at"] - timedelta(minutes=10))
    assert case.code not in [act["code"] for act in done if act["act"] == "open-survey"]
    done = await town.advance(to=row["opens_at"])
    assert [act["act"] for act in done if act["code"] == case.code] == ["open-survey"]
    row = await case.row()
    assert (row["state"], row["next_turn_at"]) == ("open", row["survey_until"])
    slips = await rows(
        "SELECT audience, count(*)::int AS given FROM survey_slip WHERE evaluation = $1 GROUP BY audience", row["id"]
    )
    given = {slip["audience"]: slip["given"] for slip in slips}
    assert (given["committee"], given["buyer"], given["supplier"]) == (5, 1, 1)
    assert 0 < given["residents"] <= row["population"]
    mails = await rows("SELECT to_address, body FROM message WHERE body LIKE '%' || $1 || '%'", case.url)
    assert f"{case.provider}@town.example" in [mail["to_address"] for mail in mails]
    assert (await town.ledger(case.code))[-1] == "evaluations:open-survey"


async def test_close_survey_at_the_end_of_its_last_day(town: Town) -> None:
    case = await reach(town, State.OPEN)
    row = await case.row()
    done = await town.advance(to=row["survey_until"])
    assert [act["act"] for act in done if act["code"] == case.code] == ["close-survey"]
    assert ((await case.row())["state"], (await case.row())["next_turn_at"]) == ("scoring", None)
    assert (await town.ledger(case.code))[-1] == "evaluations:close-survey"


async def test_close_reply_when_the_organization_stays_silent(town: Town) -> None:
    case = await reach(town, State.SCORED)
    row = await case.row()
    done = await town.advance(to=row["reply_until"])
    assert [act["act"] for act in done if act["code"] == case.code] == ["close-reply"]
    assert (await case.row())["state"] == "settled"
    assert (await town.ledger(case.code))[-1] == "evaluations:close-reply"
    assert "conclude-evaluation" in [link["act"] for link in (await case.card(EVALUATOR))["acts"]]


async def test_eight_schedulers_at_once_do_it_once(town: Town) -> None:
    case = await reach(town, State.PLANNED)
    now = (await case.row())["opens_at"]
    turned = await asyncio.gather(*[actions.turn(now=now) for _ in range(8)])
    assert [act.act for done in turned for act in done if act.code == case.code] == ["open-survey"]
    assert (await town.ledger(case.code)).count("evaluations:open-survey") == 1


async def test_a_late_scheduler_costs_the_residents_no_day(town: Town) -> None:
    case = await reach(town, State.PLANNED)
    late = (await case.row())["opens_at"] + timedelta(days=30)
    await actions.turn(now=late)
    assert (await case.row())["survey_until"] >= late + timedelta(days=14)


async def test_the_limit_of_a_turn_is_kept(town: Town) -> None:
    case = await reach(town, State.PLANNED)
    far = (await case.row())["opens_at"] + timedelta(days=3650)
    assert len(await actions.turn(now=far, limit=1)) == 1


async def test_one_that_cannot_be_done_keeps_no_other_waiting(town: Town) -> None:
    case = await reach(town, State.PLANNED)
    row = await case.row()
    far = row["opens_at"] + timedelta(days=3650)
    await rows(
        "INSERT INTO survey_slip (evaluation, audience, number, digest) VALUES ($1, 'buyer', 1, 'stands-in-the-way')",
        row["id"],
    )
    await rows("UPDATE evaluation SET next_turn_at = $2 WHERE id = $1", row["id"], row["opens_at"] - timedelta(days=1))
    others = await rows("SELECT code FROM evaluation WHERE next_turn_at <= $1 AND id <> $2", far, row["id"])
    done = {act.code for act in await actions.turn(now=far)}
    assert others
    assert done == {other["code"] for other in others}
    assert (await case.row())["state"] == State.PLANNED
    assert "evaluations:open-survey" not in await town.ledger(case.code)
    await rows("DELETE FROM survey_slip WHERE digest = 'stands-in-the-way'")
    assert case.code in {act.code for act in await actions.turn(now=far)}
