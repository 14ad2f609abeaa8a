"""The deeds done to listings: applied for, repaired, reviewed and renewed; reminded, lapsed and closed by time."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from catalogs.agenda.listings import Moments, next_turn_at, reminder_at
from catalogs.queries.listings import ListingCard, facts_of, listing_for
from catalogs.queries.mandates import facts_about
from catalogs.queries.organizations import standing_of
from catalogs.queries.trees import category_choices
from catalogs.rules import listings as rules
from catalogs.states import LISTING, Act, ListingState, Outcome
from catalogs.tables import Listing
from market.base.calendar import local_date
from market.base.codes import code_for
from market.base.database import Row, one, rows, transaction
from market.base.ledger import record
from market.base.lifecycle import objections_to_state
from market.base.records import Turned
from market.base.refusal import NotFound, refuse_if, same_revision
from market.base.turning import each_alone
from market.law.queries import law_on
from market.people.attachments import objections_to_attachments
from market.people.states import CLOCK, User

_ALIVE = "('applied', 'returned', 'listed')"


async def apply_for_listing(
    *, organization: str, category: str, statement: str, files: Sequence[str], by: User, now: datetime
) -> ListingCard:
    """Apply for a listing in one category, for one's own organization or as a hub on its mandate.

    Refused without documents, for a category in which a listing lives, and for what may never supply (P-02, P-04).
    Strangers get NotFound. Being listed is information and no condition of any purchase (D-01).
    """
    async with transaction():
        owner = await _lock_organization(organization, by=by, now=now)
        today = local_date(now)
        refuse_if(
            [
                *rules.objections_to_application(
                    supplier=(await standing_of(organization=organization, on=today)).facts,
                    category=category,
                    categories={code for code, _ in await category_choices()},
                    alive=await _alive(owner),
                    files=files,
                ),
                *await objections_to_attachments(codes=files, field="files", by=by),
            ]
        )
        code = await code_for("LS", now)
        hub = _hub(organization, by)
        await Listing.insert(
            Listing(
                code=code,
                organization=owner,
                category=category,
                statement=statement,
                files=list(files),
                applied_at=now,
                applied_by=by.account,
                hub=hub,
                state=ListingState.APPLIED,
            )
        )
        detail = {"organization": organization, "category": category, "files": list(files), "hub": hub}
        await record(room="catalogs", act=Act.APPLY_FOR_LISTING, code=code, by=by, now=now, detail=detail)
        return await listing_for(code=code, user=by, on=today)


async def _lock_organization(code: str, *, by: User, now: datetime) -> int:
    """Lock the organization's profile, so that two applications in one category wait for each other."""
    row = await one(
        "SELECT o.id FROM organization o JOIN profile p ON p.organization = o.id WHERE o.code = $1 FOR UPDATE OF p",
        code,
    )
    if row is None or "acts-for" not in await facts_about(organization=code, user=by, on=local_date(now)):
        raise NotFound
    return int(row["id"])


async def _alive(owner: int, *, besides: str = "") -> set[str]:
    found = await rows(
        f"SELECT category FROM listing WHERE organization = $1 AND state IN {_ALIVE} AND code <> $2",  # noqa: S608
        owner,
        besides,
    )
    return {row["category"] for row in found}


def _hub(organization: str, by: User) -> str:
    return by.organization or "" if by.organization != organization else ""


async def _lock(code: str) -> Row:
    row = await one(
        "SELECT l.*, o.code AS organization_code FROM listing l JOIN organization o ON o.id = l.organization"
        " WHERE l.code = $1 FOR UPDATE OF l",
        code,
    )
    if row is None:
        raise NotFound
    return row


async def _lock_own(code: str, *, expected: int | None, by: User, now: datetime) -> Row:
    row = await _lock(code)
    if "acts-for" not in await facts_about(organization=row["organization_code"], user=by, on=local_date(now)):
        raise NotFound
    same_revision(expected, row["revision"])
    return row


async def repair_listing(
    *, code: str, statement: str, files: Sequence[str], expected: int | None, by: User, now: datetime
) -> ListingCard:
    """Send a returned application again, within its days. Refused without documents and once it is closed."""
    async with transaction():
        row = await _lock_own(code, expected=expected, by=by, now=now)
        refuse_if(objections_to_state(LISTING, Act.REPAIR_LISTING, row["state"]))
        return await _ask_again(row, act=Act.REPAIR_LISTING, statement=statement, files=files, by=by, now=now)


async def renew_listing(
    *, code: str, statement: str, files: Sequence[str], expected: int | None, by: User, now: datetime
) -> ListingCard:
    """Ask for another term of a listing in its last days or after it lapsed; meanwhile a running term counts on.

    Refused earlier (HR-13), without documents, or when another listing in its category lives.
    """
    async with transaction():
        row = await _lock_own(code, expected=expected, by=by, now=now)
        today = local_date(now)
        refuse_if(objections_to_state(LISTING, Act.RENEW_LISTING, row["state"]))
        refuse_if(
            rules.objections_to_renewal(
                listing=facts_of(row),
                alive=row["category"] in await _alive(row["organization"], besides=code),
                on=today,
                law=await law_on(day=today),
            )
        )
        await rows("UPDATE listing SET returned = false WHERE id = $1", row["id"])
        return await _ask_again(row, act=Act.RENEW_LISTING, statement=statement, files=files, by=by, now=now)


async def _ask_again(
    row: Row, *, act: Act, statement: str, files: Sequence[str], by: User, now: datetime
) -> ListingCard:
    refuse_if(
        [
            *rules.objections_to_documents(files),
            *await objections_to_attachments(codes=set(files) - set(row["files"]), field="files", by=by),
        ]
    )
    hub = _hub(row["organization_code"], by)
    await rows(
        "UPDATE listing SET state = $2, revision = revision + 1, statement = $3, files = $4, applied_at = $5,"
        " applied_by = $6, hub = $7, repair_until = NULL, next_turn_at = NULL WHERE id = $1",
        row["id"],
        ListingState.APPLIED,
        statement,
        list(files),
        now,
        by.account,
        hub,
    )
    detail = {"files": list(files), "hub": hub}
    await record(room="catalogs", act=act, code=row["code"], by=by, now=now, detail=detail)
    return await listing_for(code=row["code"], user=by, on=local_date(now))


async def review_listing(
    *, code: str, outcome: Outcome, reason: str, expected: int | None, by: User, now: datetime
) -> ListingCard:
    """List an application for its term, return it once for repair, or refuse it, with the reason.

    Refused without a reason, and when it would be returned a second time (HR-12).
    """
    async with transaction():
        row = await _lock(code)
        same_revision(expected, row["revision"])
        refuse_if(objections_to_state(LISTING, Act.REVIEW_LISTING, row["state"]))
        facts, today = facts_of(row), local_date(now)
        refuse_if(rules.objections_to_review(outcome=outcome, reason=reason, listing=facts))
        judged = rules.judge(outcome=outcome, listing=facts, on=today, law=await law_on(day=today))
        await _settle(row, judged, returned=outcome is Outcome.RETURN or row["returned"])
        await rows(
            "UPDATE listing SET revision = revision + 1, reason = $2, decided_at = $3, decided_by = $4 WHERE id = $1",
            row["id"],
            reason,
            now,
            by.account,
        )
        about = {"organization": row["organization_code"], "category": row["category"], "outcome": outcome}
        terms = {"listed_on": judged.listed_on, "expires_on": judged.expires_on}
        public = {**about, **terms} if outcome is Outcome.ACCEPT else None
        detail = {**about, "reason": reason, "repair_until": judged.repair_until}
        await record(room="catalogs", act=Act.REVIEW_LISTING, code=code, by=by, now=now, public=public, detail=detail)
        return await listing_for(code=code, user=by, on=today)


async def _settle(row: Row, judged: rules.Judgement, *, returned: bool) -> None:
    prolonged = judged.expires_on != row["expires_on"]
    reminded = None if prolonged else row["reminded"]
    moments = Moments(
        state=judged.state, expires_on=judged.expires_on, repair_until=judged.repair_until, reminded=reminded
    )
    await rows(
        "UPDATE listing SET state = $2, listed_on = $3, expires_on = $4, repair_until = $5, returned = $6,"
        " reminded = $7, next_turn_at = $8 WHERE id = $1",
        row["id"],
        judged.state,
        judged.listed_on,
        judged.expires_on,
        judged.repair_until,
        returned,
        reminded,
        next_turn_at(moments),
    )


async def turn_listings(*, now: datetime, limit: int = 100) -> list[Turned]:
    """Perform what fell due on listings, earliest first, one a transaction: reminders, ends, repairs not made."""
    return await each_alone(
        due=lambda passed: one(_DUE, now, passed), perform=lambda row: _turn_one(row, now=now), limit=limit
    )


_DUE = """
    SELECT l.*, o.code AS organization_code FROM listing l JOIN organization o ON o.id = l.organization
    WHERE l.next_turn_at <= $1 AND l.id <> ALL ($2) ORDER BY l.next_turn_at, l.id LIMIT 1 FOR UPDATE OF l SKIP LOCKED
"""


async def _turn_one(row: Row, *, now: datetime) -> Turned:
    if row["state"] == ListingState.RETURNED:
        act = Act.CLOSE_REPAIR
        await close_repair(row=row, now=now)
    elif local_date(now) >= row["expires_on"]:
        act = Act.LAPSE_LISTING
        await lapse_listing(row=row, now=now)
    else:
        act = Act.REMIND_LISTING
        await remind_listing(row=row, now=now)
    return Turned(act=act, code=row["code"], at=now)


async def remind_listing(*, row: Mapping[str, Any], now: datetime) -> None:
    """Remind an organization that its listing ends; the caller holds the lock. Of missed reminders the last counts."""
    days = reminder_at(expires_on=row["expires_on"], on=local_date(now))
    moments = Moments(state=row["state"], expires_on=row["expires_on"], reminded=days)
    await rows(
        "UPDATE listing SET reminded = $2, next_turn_at = $3 WHERE id = $1", row["id"], days, next_turn_at(moments)
    )
    detail = {"organization": row["organization_code"], "days": days, "expires_on": row["expires_on"]}
    await record(room="catalogs", act=Act.REMIND_LISTING, code=row["code"], by=CLOCK, now=now, detail=detail)


async def lapse_listing(*, row: Mapping[str, Any], now: datetime) -> None:
    """End a listing whose term is over; the caller holds the lock. It bars nobody from anything (D-01)."""
    await rows("UPDATE listing SET state = $2, next_turn_at = NULL WHERE id = $1", row["id"], ListingState.LAPSED)
    public = {"organization": row["organization_code"], "category": row["category"], "expires_on": row["expires_on"]}
    await record(room="catalogs", act=Act.LAPSE_LISTING, code=row["code"], by=CLOCK, now=now, public=public)


async def close_repair(*, row: Row, now: datetime) -> None:
    """Close an application that was not repaired in its days; the caller holds the lock. A running term runs on."""
    judged = rules.closed(listing=facts_of(row), on=local_date(now))
    await _settle(row, judged, returned=True)
    detail = {"organization": row["organization_code"], "repair_until": row["repair_until"]}
    await record(room="catalogs", act=Act.CLOSE_REPAIR, code=row["code"], by=CLOCK, now=now, detail=detail)
