"""The deeds done to mandates: an organization lets a hub keep its profile and listings, and takes that back."""

from datetime import date, datetime

from catalogs.queries.mandates import MandateCard, hub_choices, mandate_for, mandated
from catalogs.rules.listings import objections_to_mandate
from catalogs.states import MANDATE, Act, MandateState, StandingKind
from catalogs.tables import Mandate
from market.base.calendar import local_date
from market.base.codes import code_for
from market.base.database import one, rows, transaction
from market.base.ledger import record
from market.base.lifecycle import objections_to_state
from market.base.refusal import NotFound, refuse_if
from market.law.queries import law_on
from market.people.states import User


async def grant_mandate(
    *, organization: str, hub: str, until_on: date, shown: bool, by: User, now: datetime
) -> MandateCard:
    """Let a hub keep one's own organization's profile and listings until a day; bids are never part of it.

    `shown` is the organization's consent that both public pages name the other while the mandate holds.

    Refused for what is no hub today, for a second mandate of the same hub, and for a term over three years.
    """
    async with transaction():
        owner = await one(
            "SELECT o.id FROM organization o JOIN profile p ON p.organization = o.id WHERE o.code = $1 FOR UPDATE OF p",
            organization,
        )
        if owner is None or by.organization != organization:
            raise NotFound
        today = local_date(now)
        hubs = dict(await hub_choices(on=today))
        stands = await one(
            f"SELECT {mandated(hub='$2', organization='$1', on='$3')} AS stands",
            owner["id"],
            hub,
            today,
        )
        refuse_if(
            objections_to_mandate(
                hub_standings={StandingKind.HUB} if hub in hubs else set(),
                is_itself=hub == organization,
                until_on=until_on,
                today=today,
                stands=bool(stands and stands["stands"]),
                law=await law_on(day=today),
            )
        )
        code = await code_for("MD", now)
        helper = await one("SELECT id FROM organization WHERE code = $1", hub)
        assert helper is not None  # noqa: S101  refused above
        await Mandate.insert(
            Mandate(
                code=code,
                organization=owner["id"],
                hub=helper["id"],
                granted_on=today,
                until_on=until_on,
                shown=shown,
                granted_by=by.account,
                granted_at=now,
                state=MandateState.GRANTED,
            )
        )
        detail = {"organization": organization, "hub": hub, "until_on": until_on, "shown": shown}
        await record(room="catalogs", act=Act.GRANT_MANDATE, code=code, by=by, now=now, detail=detail)
        return await mandate_for(code=code, user=by, on=today)


async def revoke_mandate(*, code: str, by: User, now: datetime) -> MandateCard:
    """Take a mandate back from this moment on. Refused when it is revoked already; NotFound for all but its giver."""
    async with transaction():
        row = await one(
            "SELECT m.id, m.state, o.code AS organization, h.code AS hub FROM mandate m"
            " JOIN organization o ON o.id = m.organization JOIN organization h ON h.id = m.hub"
            " WHERE m.code = $1 FOR UPDATE OF m",
            code,
        )
        if row is None or row["organization"] != by.organization:
            raise NotFound
        refuse_if(objections_to_state(MANDATE, Act.REVOKE_MANDATE, row["state"]))
        await rows("UPDATE mandate SET state = $2, revoked_at = $3 WHERE id = $1", row["id"], MandateState.REVOKED, now)
        detail = {"organization": row["organization"], "hub": row["hub"]}
        await record(room="catalogs", act=Act.REVOKE_MANDATE, code=code, by=by, now=now, detail=detail)
        return await mandate_for(code=code, user=by, on=local_date(now))
