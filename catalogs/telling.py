"""Who hears of what stands in the directory: the organization itself."""

from catalogs.states import STANDING_WORDS
from market.base.database import one
from market.base.ledger import Event
from market.base.refusal import Said, say
from market.people.states import Role
from market.people.topics import Telling, Tells, Topic, serving


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


def _telling(event: Event, *, words: Said, organization: str) -> Telling:
    hearers = serving(organization, Role.ORGANIZATION_ADMINISTRATOR)
    return Telling(topic=Topic.DIRECTORY, says=words, url=f"/standings/{event.code}", to=hearers)


TELLS: Tells = {"catalogs:record-standing": _standing_recorded, "catalogs:lift-standing": _standing_lifted}
