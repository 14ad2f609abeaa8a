"""Planning, and what time does: a contract signed by both has its evaluations, each opens and closes at its moment."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from contracts.queries import ContractFacts, contract_facts
from evaluations.actions.following import FOLLOWING
from evaluations.actions.holidays import reckon_replies_anew
from evaluations.actions.keeping import survey_secret
from evaluations.actions.progress import PROGRESS
from evaluations.agenda import Moments, Planned, next_turn_at, plan, survey_until
from evaluations.queries.cards import EvaluationCard, evaluation_for, law_of
from evaluations.queries.records import beneficiaries_of
from evaluations.queries.templates import template_for, template_named
from evaluations.rules import acting
from evaluations.rules.surveys import slip_digest, slip_word, slips_for
from evaluations.states import LIFECYCLE, Act, Kind, State
from evaluations.tables import Evaluation, SurveySlip
from market.base.calendar import local_date, start_of_day
from market.base.codes import code_for
from market.base.database import one, rows, transaction
from market.base.ledger import Event, Follower, record
from market.base.lifecycle import objections_to_state
from market.base.records import Reader, Turned
from market.base.refusal import NotFound, refuse_if
from market.base.turning import each_alone
from market.law.queries import law_on
from market.needs.queries import need_facts
from market.people.states import CLOCK, User


async def plan_evaluations(event: Event) -> None:
    """Follow the signing of a contract: once it is in force, plan its mid-term and its final evaluation."""
    if not (event.public or {}).get("in_force"):
        return
    terms = await contract_facts(code=event.code)
    law = await law_on(day=local_date(event.at), street=terms.street)
    population = await beneficiaries_of(need=terms.need)
    for planned in plan(from_on=terms.from_on, until_on=terms.until_on, law=law):
        await _insert(terms=terms, planned=planned, population=population, by=event.by, now=event.at)


FOLLOWERS: dict[str, Follower] = {
    "contracts:sign-contract": plan_evaluations,
    "law:import-holidays": reckon_replies_anew,
    **FOLLOWING,
    **PROGRESS,
}


async def plan_evaluation(
    *, contract: str, kind: Kind, opens_on: date, population: int, by: User, now: datetime
) -> EvaluationCard:
    """Plan one more evaluation of the street's contract.

    Refused when the contract is not in force or closed, has one of this kind, or the day is over.
    """
    async with transaction():
        terms = await contract_facts(code=contract)
        if terms.street != by.organization:
            raise NotFound
        locked = await one("SELECT state FROM contract WHERE code = $1 FOR UPDATE", contract)
        kinds = await rows("SELECT kind FROM evaluation WHERE contract = $1", contract)
        opens_at = start_of_day(opens_on)
        refuse_if(
            [
                *objections_to_state(LIFECYCLE, Act.PLAN_EVALUATION, locked["state"] if locked else ""),
                *acting.objections_to_plan(
                    kind=kind, kinds_planned=frozenset(Kind(row["kind"]) for row in kinds), population=population
                ),
                *acting.objections_to_moment(opens_at=opens_at, now=now),
            ]
        )
        law = await law_on(day=local_date(now), street=terms.street)
        due_on = local_date(survey_until(opened_at=opens_at, law=law))
        planned = Planned(kind=kind, opens_at=opens_at, due_on=due_on)
        code = await _insert(terms=terms, planned=planned, population=population, by=by, now=now)
        return await evaluation_for(code=code, user=by, now=now)


async def _insert(*, terms: ContractFacts, planned: Planned, population: int, by: Reader, now: datetime) -> str:
    code = await code_for("E", now)
    category = (await need_facts(code=terms.need)).category
    template = await template_for(kind=planned.kind, category=category, day=local_date(now))
    await Evaluation.insert(
        Evaluation(
            code=code,
            contract=terms.code,
            kind=planned.kind,
            template=template.code,
            title=terms.title,
            street=terms.street,
            supplier=terms.supplier,
            population=population,
            opens_at=planned.opens_at,
            due_on=planned.due_on,
            planned_at=now,
            state=State.PLANNED,
            next_turn_at=planned.opens_at,
        )
    )
    detail = {"contract": terms.code, "kind": planned.kind, "opens_at": planned.opens_at, "due_on": planned.due_on}
    await record(room="evaluations", act=Act.PLAN_EVALUATION, code=code, by=by, now=now, detail=detail)
    return code


async def turn(*, now: datetime, limit: int = 100) -> list[Turned]:
    """Perform what fell due, earliest first, one evaluation a transaction: surveys open and close, reply windows end.

    Rows that another scheduler holds are passed over.
    """
    return await each_alone(
        due=lambda passed: one(_DUE, now, passed), perform=lambda row: _turn_one(row, now=now), limit=limit
    )


_DUE = """
    SELECT * FROM evaluation WHERE next_turn_at <= $1 AND id <> ALL ($2) ORDER BY next_turn_at, id LIMIT 1
    FOR UPDATE SKIP LOCKED
"""


async def _turn_one(row: Mapping[str, Any], *, now: datetime) -> Turned:
    state = State(row["state"])
    if state is State.PLANNED:
        await open_survey(row=row, now=now)
        return Turned(act=Act.OPEN_SURVEY, code=row["code"], at=now)
    if state is State.OPEN:
        await close_survey(row=row, now=now)
        return Turned(act=Act.CLOSE_SURVEY, code=row["code"], at=now)
    await close_reply(row=row, now=now)
    return Turned(act=Act.CLOSE_REPLY, code=row["code"], at=now)


async def close_survey(*, row: Mapping[str, Any], now: datetime) -> None:
    """End a survey whose time is over; the caller holds the lock."""
    await _end_waiting(row, to=State.SCORING)
    await record(room="evaluations", act=Act.CLOSE_SURVEY, code=row["code"], by=CLOCK, now=now)


async def close_reply(*, row: Mapping[str, Any], now: datetime) -> None:
    """End the time in which the organization could reply; the caller holds the lock."""
    await _end_waiting(row, to=State.SETTLED)
    await record(room="evaluations", act=Act.CLOSE_REPLY, code=row["code"], by=CLOCK, now=now)


async def _end_waiting(row: Mapping[str, Any], *, to: State) -> None:
    await rows(
        "UPDATE evaluation SET state = $2, next_turn_at = NULL, revision = revision + 1 WHERE id = $1", row["id"], to
    )


async def open_survey(*, row: Mapping[str, Any], now: datetime) -> None:
    """Open the survey of a planned evaluation and make its slips; the caller holds the lock.

    It runs from now, not from the planned moment, so that a scheduler that was down costs nobody a day.
    """
    law = await law_of(row)
    until = survey_until(opened_at=now, law=law)
    moments = Moments(state=State.OPEN, opens_at=row["opens_at"], survey_until=until)
    await rows(
        "UPDATE evaluation SET state = $2, opened_at = $3, survey_until = $4, next_turn_at = $5,"
        " revision = revision + 1 WHERE id = $1",
        row["id"], State.OPEN, now, until, next_turn_at(moments),
    )  # fmt: skip
    # A follow-up looks at what lasted, and asks nobody.
    asked = {leaf.audience for leaf in (await template_named(row["template"])).leaves if leaf.audience is not None}
    slips = [
        SurveySlip(
            evaluation=row["id"],
            audience=audience,
            number=number,
            digest=slip_digest(
                slip_word(secret=survey_secret(), evaluation=row["code"], audience=audience, number=number)
            ),
        )
        for audience in sorted(asked)
        for number in range(1, slips_for(audience=audience, population=row["population"], law=law) + 1)
    ]
    if slips:
        await SurveySlip.insert(*slips)
    await record(
        room="evaluations", act=Act.OPEN_SURVEY, code=row["code"], by=CLOCK, now=now,
        detail={"slips": len(slips), "survey_until": until},
    )  # fmt: skip
