"""The deeds done to standings: recorded and lifted by an authority's document, ended by time."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import msgspec

from catalogs import rules
from catalogs.agenda.standings import next_turn_at
from catalogs.queries import StandingCard, standing_for
from catalogs.states import STANDING, Act, StandingState
from catalogs.tables import StandingRow
from market.base.calendar import local_date
from market.base.codes import code_for
from market.base.database import Row, one, rows, transaction
from market.base.ledger import record
from market.base.lifecycle import objections_to_state
from market.base.records import Turned
from market.base.refusal import NotFound, refuse_if
from market.base.turning import each_alone
from market.law.queries import law_on
from market.people.states import CLOCK, User


async def record_standing(*, organization: str, standing: rules.StandingFact, by: User, now: datetime) -> StandingCard:
    """Record what an authority decided about an organization, with its document; time ends what has a term.

    Refused without document, from a future day, or with a value that its kind does not know.
    """
    async with transaction():
        owner = await one("SELECT id FROM organization WHERE code = $1 FOR SHARE", organization)
        if owner is None:
            raise NotFound
        today = local_date(now)
        refuse_if(rules.objections_to_standing(standing=standing, today=today))
        code = await code_for("ST", now)
        await StandingRow.insert(
            StandingRow(
                code=code,
                organization=owner["id"],
                kind=standing.kind,
                value=standing.value,
                from_on=standing.from_on,
                until_on=standing.until_on,
                document=standing.document,
                authority=standing.authority,
                reason=standing.reason,
                state=StandingState.RECORDED,
                recorded_at=now,
                recorded_by=by.account,
                next_turn_at=next_turn_at(standing, law=await law_on(day=today)),
            )
        )
        public = {"organization": organization, **msgspec.to_builtins(standing)}
        await record(room="catalogs", act=Act.RECORD_STANDING, code=code, by=by, now=now, public=public)
        return await standing_for(code=code, user=by, on=today)


async def lift_standing(*, code: str, document: str, by: User, now: datetime) -> StandingCard:
    """Lift a standing from today on, by the authority's document. Refused when it is lifted or ended already."""
    async with transaction():
        row = await one("SELECT * FROM standing WHERE code = $1 FOR UPDATE", code)
        if row is None:
            raise NotFound
        refuse_if(objections_to_state(STANDING, Act.LIFT_STANDING, row["state"]))
        today: date = local_date(now)
        await rows(
            "UPDATE standing SET state = $2, lifted_on = $3, lifted_document = $4, next_turn_at = NULL WHERE code = $1",
            code,
            StandingState.LIFTED,
            today,
            document,
        )
        public = {"kind": row["kind"], "lifted_on": today.isoformat(), "document": document}
        await record(room="catalogs", act=Act.LIFT_STANDING, code=code, by=by, now=now, public=public)
        return await standing_for(code=code, user=by, on=today)


async def end_standing(*, row: Mapping[str, Any], now: datetime) -> None:
    """End a standing whose term is over; the caller holds the lock. What it meant ended on that day by itself."""
    await rows("UPDATE standing SET state = $2, next_turn_at = NULL WHERE id = $1", row["id"], str(StandingState.ENDED))
    ended_on = local_date(row["next_turn_at"]).isoformat()
    public = {"organization": row["organization_code"], "kind": row["kind"], "ended_on": ended_on}
    await record(room="catalogs", act=Act.END_STANDING, code=row["code"], by=CLOCK, now=now, public=public)


async def turn_standings(*, now: datetime, limit: int = 100) -> list[Turned]:
    """End the standings whose term is over, earliest first, one a transaction."""

    async def perform(row: Row) -> Turned:
        await end_standing(row=row, now=now)
        return Turned(act=Act.END_STANDING, code=row["code"], at=now)

    return await each_alone(due=lambda passed: one(_DUE, now, passed), perform=perform, limit=limit)


_DUE = """
    SELECT s.*, o.code AS organization_code FROM standing s JOIN organization o ON o.id = s.organization
    WHERE s.next_turn_at <= $1 AND s.id <> ALL ($2) ORDER BY s.next_turn_at, s.id LIMIT 1 FOR UPDATE OF s SKIP LOCKED
"""
