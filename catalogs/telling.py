"""Who hears of what stands in the directory: the organization itself, and whoever keeps a search for it."""

from datetime import date

from catalogs.states import STANDING_WORDS, Outcome
from market.base.calendar import local_date
from market.base.database import Row, one, rows
from market.base.ledger import Event
from market.base.refusal import Said, say
from market.people.states import Role
from market.people.topics import Telling, Tells, Topic, Whom, holding, named, serving


async def _standing_recorded(event: Event) -> list[Telling]:
    recorded = event.public or {}
    words = say("On record for your organization: {standing}.", standing=STANDING_WORDS[recorded["kind"]])
    return [_telling(event, words=words, organization=recorded["organization"])]


async def _standing_lifted(event: Event) -> list[Telling]:
    row = await one(
        "SELECT o.code, s.kind FROM standing s JOIN organization o ON o.id = s.organization WHERE s.code = $1",
        event.code,
    )
    if row is None:
        return []
    words = say("Lifted for your organization: {standing}.", standing=STANDING_WORDS[row["kind"]])
    return [_telling(event, words=words, organization=row["code"])]


async def _standing_ended(event: Event) -> list[Telling]:
    ended = event.public or {}
    words = say("The term has ended: {standing}.", standing=STANDING_WORDS[ended["kind"]])
    return [_telling(event, words=words, organization=ended["organization"])]


async def _list_written(event: Event) -> list[Telling]:
    """Tell each organization that somebody serves here what a list put on its record, in one sentence."""
    found = await rows(
        "SELECT i.code, min(i.after->>'kind') AS kind, count(*) AS n FROM import_row i"
        " JOIN import_run r ON r.id = i.run AND r.code = $1 AND r.kind NOT IN ('menu', 'organizations')"
        " WHERE i.fate IN ('new', 'changed') AND EXISTS (SELECT 1 FROM membership m JOIN organization o"
        " ON o.id = m.organization WHERE o.code = i.code AND m.revoked_at IS NULL) GROUP BY i.code",
        event.code,
    )
    return [
        Telling(
            topic=Topic.DIRECTORY,
            says=say("On record for your organization: {standing}.", standing=STANDING_WORDS[row["kind"]]),
            url=f"/organizations/{row['code']}",
            to=serving(row["code"], Role.ORGANIZATION_ADMINISTRATOR),
        )
        for row in found
    ]


def _telling(event: Event, *, words: Said, organization: str) -> Telling:
    hearers = serving(organization, Role.ORGANIZATION_ADMINISTRATOR)
    return Telling(topic=Topic.DIRECTORY, says=words, url=f"/standings/{event.code}", to=hearers)


async def _search_told(event: Event) -> list[Telling]:
    found = event.detail
    words = say(
        "{count} new in your saved search “{name}”: {organizations}",
        count=found["count"],
        name=found["name"],
        organizations="、".join(found["names"]),
    )
    url = f"/saved-searches/{event.code}"
    return [Telling(topic=Topic.DIRECTORY, says=words, url=url, to=named(found["account"]))]


async def _listing(event: Event) -> Row:
    row = await one(
        "SELECT o.code AS organization, o.name, coalesce(e.name_zh, l.category) AS category, l.state, l.expires_on,"
        " l.repair_until FROM listing l JOIN organization o ON o.id = l.organization"
        " LEFT JOIN entry e ON e.code = l.category AND e.register = 'category' WHERE l.code = $1",
        event.code,
    )
    assert row is not None  # noqa: S101  the event is of the very act that wrote it
    return row


async def _keepers_of(organization: str, *, on: date) -> tuple[Whom, ...]:
    """Return who keeps an organization's listings: its administrators, and the staff of its hubs."""
    hubs = await rows(
        "SELECT h.code FROM mandate m JOIN organization h ON h.id = m.hub JOIN organization o ON o.id = m.organization"
        " WHERE o.code = $1 AND m.state = 'granted' AND m.granted_on <= $2 AND m.until_on > $2",
        organization,
        on,
    )
    helpers = serving([row["code"] for row in hubs], Role.HUB_STAFF)
    return (*serving(organization, Role.ORGANIZATION_ADMINISTRATOR), *helpers)


def _of_listing(event: Event, *, words: Said, to: tuple[Whom, ...]) -> list[Telling]:
    return [Telling(topic=Topic.DIRECTORY, says=words, url=f"/listings/{event.code}", to=to)]


async def _listing_asked(event: Event) -> list[Telling]:
    row = await _listing(event)
    words = say("{name} asks to be listed: {category}.", name=row["name"], category=row["category"])
    return _of_listing(event, words=words, to=holding(Role.CATALOGUE_KEEPER))


async def _listing_reviewed(event: Event) -> list[Telling]:
    row = await _listing(event)
    said = {
        Outcome.ACCEPT: say("Listed: {category}, until {day}.", category=row["category"], day=row["expires_on"]),
        Outcome.RETURN: say(
            "Your application was returned: {category}; repair it by {day}.",
            category=row["category"],
            day=row["repair_until"],
        ),
        Outcome.REFUSE: say("Your application was refused: {category}.", category=row["category"]),
    }
    to = await _keepers_of(row["organization"], on=local_date(event.at))
    return _of_listing(event, words=said[Outcome(event.detail["outcome"])], to=to)


async def _listing_ends(event: Event) -> list[Telling]:
    row = await _listing(event)
    words = say(
        "Your listing ends in {days} days: {category}, on {day}. It can be renewed now.",
        days=event.detail["days"],
        category=row["category"],
        day=row["expires_on"],
    )
    return _of_listing(event, words=words, to=await _keepers_of(row["organization"], on=local_date(event.at)))


async def _listing_lapsed(event: Event) -> list[Telling]:
    row = await _listing(event)
    words = say("Your listing lapsed: {category}. You may bid all the same.", category=row["category"])
    return _of_listing(event, words=words, to=await _keepers_of(row["organization"], on=local_date(event.at)))


async def _repair_closed(event: Event) -> list[Telling]:
    row = await _listing(event)
    words = say("Your application was closed, since it was not repaired: {category}.", category=row["category"])
    return _of_listing(event, words=words, to=await _keepers_of(row["organization"], on=local_date(event.at)))


async def _mandate_told(event: Event) -> list[Telling]:
    row = await one("SELECT name FROM organization WHERE code = $1", event.detail["organization"])
    name = row["name"] if row else ""
    granted = "until_on" in event.detail
    words = say("{name} gave you a mandate.", name=name) if granted else say("{name} revoked its mandate.", name=name)
    to = serving(event.detail["hub"], Role.HUB_STAFF)
    return [Telling(topic=Topic.DIRECTORY, says=words, url=f"/mandates/{event.code}", to=to)]


TELLS: Tells = {
    "catalogs:apply-for-listing": _listing_asked,
    "catalogs:repair-listing": _listing_asked,
    "catalogs:renew-listing": _listing_asked,
    "catalogs:review-listing": _listing_reviewed,
    "catalogs:remind-listing": _listing_ends,
    "catalogs:lapse-listing": _listing_lapsed,
    "catalogs:close-repair": _repair_closed,
    "catalogs:grant-mandate": _mandate_told,
    "catalogs:revoke-mandate": _mandate_told,
    "catalogs:tell-search": _search_told,
    "catalogs:record-standing": _standing_recorded,
    "catalogs:write-import": _list_written,
    "catalogs:lift-standing": _standing_lifted,
    "catalogs:end-standing": _standing_ended,
}
