"""The deeds done to organizations in the directory: profile, standing, track record."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import msgspec

from catalogs import rules
from catalogs.queries import OrganizationPage, StandingCard, organization_page, standing_for
from catalogs.states import STANDING, Act, StandingState
from catalogs.tables import Profile, StandingRow, TrackRecord
from market.base.calendar import local_date
from market.base.codes import code_for
from market.base.database import Row, one, rows, transaction
from market.base.ledger import Event, record
from market.base.lifecycle import objections_to_state
from market.base.refusal import NotFound, Objection, refuse_if, same_revision, say
from market.people.states import User


class ProfileWords(msgspec.Struct, frozen=True, kw_only=True):
    """What an organization tells of itself."""

    business_scope: str = ""
    categories: tuple[str, ...] = ()
    service_areas: str = ""
    address: str = ""
    responsible_person: str = ""
    full_time_staff: int | None = None
    social_workers: int | None = None
    volunteers: int | None = None
    bank_name: str = ""
    bank_account: str = ""


async def open_profile(event: Event) -> None:
    """Open the profile of an organization that was just registered, with what its kind tells of its certificate."""
    row = await one("SELECT id, code, name, name_en, kind FROM organization WHERE code = $1", event.code)
    if row is None:
        raise NotFound
    certificate = rules.certificate_of(row["kind"])
    await Profile.insert(
        Profile(
            organization=row["id"],
            terms=_terms(row, ProfileWords()),
            public_class=certificate.public_class,
            fiscally_funded=certificate.fiscally_funded,
            legal_person=certificate.legal_person,
            categories=[],
            changed_at=event.at,
        )
    )


def _terms(organization: Row, words: ProfileWords) -> tuple[str, ...]:
    return rules.organization_terms(
        code=organization["code"],
        name=organization["name"],
        name_en=organization["name_en"],
        business_scope=words.business_scope,
        service_areas=words.service_areas,
    )


async def update_profile(
    *, organization: str, words: ProfileWords, expected: int | None, by: User, now: datetime
) -> OrganizationPage:
    """Update one's own organization's profile. Refused for unknown categories; strangers get NotFound."""
    async with transaction():
        row = await _lock_own(organization, by=by, expected=expected)
        known = {found["code"] for found in await rows("SELECT code FROM entry WHERE register = 'category'")}
        strange = sorted(set(words.categories) - known)
        refuse_if(
            [Objection("categories", say("These categories are not known: {codes}.", codes=strange))] if strange else []
        )
        values: dict[Any, Any] = {**msgspec.structs.asdict(words), "categories": list(words.categories)}
        changed = {"terms": _terms(row, words), "revision": row["revision"] + 1, "changed_at": now}
        await Profile.update(values | changed).where(Profile.id == row["id"])
        detail = {"changed": sorted(name for name in values if row[name] != values[name])}
        await record(room="catalogs", act=Act.UPDATE_PROFILE, code=organization, by=by, now=now, detail=detail)
        return await organization_page(code=organization, user=by, on=local_date(now))


async def _lock_own(organization: str, *, by: User, expected: int | None) -> Row:
    row = await one(
        "SELECT o.code, o.name, o.name_en, p.* FROM profile p JOIN organization o ON o.id = p.organization"
        " WHERE o.code = $1 FOR UPDATE OF p",
        organization,
    )
    if row is None or by.organization != organization:
        raise NotFound
    same_revision(expected, row["revision"])
    return row


async def _organization_id(code: str) -> int:
    row = await one("SELECT id FROM organization WHERE code = $1 FOR SHARE", code)
    if row is None:
        raise NotFound
    return int(row["id"])


async def record_standing(*, organization: str, standing: rules.StandingFact, by: User, now: datetime) -> StandingCard:
    """Record what an authority decided about an organization, with its document.

    Refused without document, from a future day, or with a value that its kind does not know.
    """
    async with transaction():
        owner = await _organization_id(organization)
        refuse_if(rules.objections_to_standing(standing=standing, today=local_date(now)))
        code = await code_for("ST", now)
        await StandingRow.insert(
            StandingRow(
                code=code,
                organization=owner,
                kind=standing.kind,
                value=standing.value,
                from_on=standing.from_on,
                until_on=standing.until_on,
                document=standing.document,
                state=StandingState.RECORDED,
                recorded_at=now,
                recorded_by=by.account,
            )
        )
        public = {"organization": organization, **msgspec.to_builtins(standing)}
        await record(room="catalogs", act=Act.RECORD_STANDING, code=code, by=by, now=now, public=public)
        return await standing_for(code=code, user=by, on=local_date(now))


async def lift_standing(*, code: str, document: str, by: User, now: datetime) -> StandingCard:
    """Lift a standing from today on, by the authority's document. Refused when it is lifted already."""
    async with transaction():
        row = await one("SELECT * FROM standing WHERE code = $1 FOR UPDATE", code)
        if row is None:
            raise NotFound
        refuse_if(objections_to_state(STANDING, Act.LIFT_STANDING, row["state"]))
        today: date = local_date(now)
        await rows(
            "UPDATE standing SET state = $2, lifted_on = $3, lifted_document = $4 WHERE code = $1",
            code,
            StandingState.LIFTED,
            today,
            document,
        )
        public = {"kind": row["kind"], "lifted_on": today.isoformat(), "document": document}
        await record(room="catalogs", act=Act.LIFT_STANDING, code=code, by=by, now=now, public=public)
        return await standing_for(code=code, user=by, on=today)


async def record_track(
    *, organization: str, contract: str, title: str, score: Decimal, grade: str, url: str, now: datetime
) -> None:
    """Show a published evaluation on its organization's card; the same one again changes nothing.

    Called by the room that publishes, within its transaction and under its event.
    """
    owner = await _organization_id(organization)
    await rows("SELECT pg_advisory_xact_lock(hashtext('catalogs:track'), hashtext($1))", url)
    if await one("SELECT 1 FROM track_record WHERE url = $1", url):
        return
    await TrackRecord.insert(
        TrackRecord(
            organization=owner, contract=contract, title=title, score=score, grade=grade, url=url, published_at=now
        )
    )
