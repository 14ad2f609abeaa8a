"""The deeds done to organizations in the directory: profile, standing, track record."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import msgspec

from catalogs import rules
from catalogs.queries import OrganizationPage, organization_page
from catalogs.queries.mandates import facts_about
from catalogs.queries.organizations import street_choices
from catalogs.rules.shelves import Shelved, shelve_organization
from catalogs.states import Act
from catalogs.tables import Profile, ProfileChange, TrackRecord
from market.base.calendar import local_date
from market.base.database import Row, one, rows, transaction
from market.base.ledger import Event, record
from market.base.refusal import NotFound, Objection, refuse_if, same_revision, say
from market.people.states import User


class ProfileWords(msgspec.Struct, frozen=True, kw_only=True):
    """What an organization tells of itself."""

    business_scope: str = ""
    categories: tuple[str, ...] = ()
    service_areas: str = ""
    address: str = ""
    responsible_person: str = ""
    legal_representative: str = ""
    supervisory_unit: str = ""
    registered_capital: Decimal | None = None
    party_organization: str = ""
    streets: tuple[str, ...] = ()
    contact_name: str = ""
    contact_phone: str = ""
    public_contact: bool = False
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
            **msgspec.structs.asdict(_shelved(row, ProfileWords())),
            public_class=certificate.public_class,
            fiscally_funded=certificate.fiscally_funded,
            legal_person=certificate.legal_person,
            categories=[],
            changed_at=event.at,
        )
    )


def _shelved(organization: Row, words: ProfileWords) -> Shelved:
    return shelve_organization(
        code=organization["code"],
        name=organization["name"],
        name_en=organization["name_en"],
        kind=organization["kind"],
        business_scope=words.business_scope,
        service_areas=words.service_areas,
        categories=words.categories,
    )


async def update_profile(
    *, organization: str, words: ProfileWords, expected: int | None, by: User, now: datetime
) -> OrganizationPage:
    """Update one's own organization's profile, or a member's on its mandate; each field's change is kept.

    Refused for unknown categories and streets; strangers get NotFound. A hub never sees or changes the bank account.
    """
    async with transaction():
        row = await _lock_own(organization, by=by, expected=expected, now=now)
        hub = by.organization or "" if by.organization != organization else ""
        if hub:
            words = msgspec.structs.replace(words, bank_name=row["bank_name"], bank_account=row["bank_account"])
        refuse_if(await _objections_to_words(words))
        values: dict[Any, Any] = {
            **msgspec.structs.asdict(words),
            "categories": list(words.categories),
            "streets": list(words.streets),
        }
        changed = {**msgspec.structs.asdict(_shelved(row, words)), "revision": row["revision"] + 1, "changed_at": now}
        await Profile.update(values | changed).where(Profile.id == row["id"])
        await _keep_history(row, values, by=by, hub=hub, now=now)
        detail = {"changed": sorted(name for name in values if row[name] != values[name]), "hub": hub}
        await record(room="catalogs", act=Act.UPDATE_PROFILE, code=organization, by=by, now=now, detail=detail)
        return await organization_page(code=organization, user=by, on=local_date(now))


async def _objections_to_words(words: ProfileWords) -> list[Objection]:
    categories = {found["code"] for found in await rows("SELECT code FROM entry WHERE register = 'category'")}
    streets = {code for code, _ in await street_choices()}
    objections = []
    if strange := sorted(set(words.categories) - categories):
        objections.append(Objection("categories", say("These categories are not known: {codes}.", codes=strange)))
    if strange := sorted(set(words.streets) - streets):
        objections.append(Objection("streets", say("These streets are not known: {codes}.", codes=strange), "D-07"))
    return objections


async def _keep_history(row: Row, values: dict[Any, Any], *, by: User, hub: str, now: datetime) -> None:
    """Keep what each field said before and says now."""
    changes = [
        ProfileChange(
            organization=row["organization"],
            revision=row["revision"] + 1,
            field=name,
            before=_as_text(row[name]),
            after=_as_text(value),
            changed_at=now,
            changed_by=by.account,
            hub=hub,
        )
        for name, value in values.items()
        if _as_text(row[name]) != _as_text(value)
    ]
    if changes:
        await ProfileChange.insert(*changes)


def _as_text(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return "、".join(map(str, value))
    return "" if value is None else str(value)


async def _lock_own(organization: str, *, by: User, expected: int | None, now: datetime) -> Row:
    row = await one(
        "SELECT o.code, o.name, o.name_en, o.kind, p.* FROM profile p JOIN organization o ON o.id = p.organization"
        " WHERE o.code = $1 FOR UPDATE OF p",
        organization,
    )
    if row is None or "acts-for" not in await facts_about(organization=organization, user=by, on=local_date(now)):
        raise NotFound
    same_revision(expected, row["revision"])
    return row


async def _organization_id(code: str) -> int:
    row = await one("SELECT id FROM organization WHERE code = $1 FOR SHARE", code)
    if row is None:
        raise NotFound
    return int(row["id"])


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
