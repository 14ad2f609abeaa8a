"""Who hears of what happens to accounts and roles: the person concerned, always."""

from market.base.database import one
from market.base.ledger import Event
from market.base.refusal import Said, say
from market.people.queries import organization_names
from market.people.states import ROLE_WORDS, Role
from market.people.topics import Telling, Tells, Topic, holding, named, serving

_ACCOUNT = "/account"


async def _role_granted(event: Event) -> list[Telling]:
    role, organization = await _role_of(event)
    words = say("You were given the role “{role}” for {organization}.", role=role, organization=organization)
    return [Telling(topic=Topic.ACCOUNT, says=words, url=_ACCOUNT, to=named(event.detail["account"]))]


async def _role_revoked(event: Event) -> list[Telling]:
    role, organization = await _role_of(event)
    words = say("Your role “{role}” for {organization} was ended.", role=role, organization=organization)
    return [Telling(topic=Topic.ACCOUNT, says=words, url=_ACCOUNT, to=named(event.detail["account"]))]


async def _role_of(event: Event) -> tuple[Said, str]:
    names = await organization_names(codes=[event.code])
    return ROLE_WORDS[Role(event.detail["role"])], names.get(event.code, event.code)


async def _account_made(event: Event) -> list[Telling]:
    home = event.detail["organization"]
    names = await organization_names(codes=[home])
    words = say(
        "An account was made for you, with the role “{role}” for {organization}.",
        role=ROLE_WORDS[Role(event.detail["role"])],
        organization=names.get(home, home),
    )
    return [Telling(topic=Topic.ACCOUNT, says=words, url=_ACCOUNT, to=named(event.code))]


async def _invitation_accepted(event: Event) -> list[Telling]:
    row = await one(
        "SELECT o.code, i.invited_by FROM invitation i JOIN organization o ON o.id = i.organization WHERE i.code = $1",
        event.code,
    )
    if row is None:
        return []
    words = say(
        "{account} accepted the invitation and now holds the role “{role}”.",
        account=event.detail["account"],
        role=ROLE_WORDS[Role(event.detail["role"])],
    )
    administrators = serving(row["code"], Role.ORGANIZATION_ADMINISTRATOR)
    hearers = (*named(row["invited_by"]), *administrators)
    return [Telling(topic=Topic.ACCOUNT, says=words, url=f"/organizations/{row['code']}", to=hearers)]


async def _registration_confirmed(event: Event) -> list[Telling]:
    organization = event.detail["organization"]
    names = await organization_names(codes=[organization])
    words = say("{organization} registered itself. Nobody has reviewed it yet.", organization=names[organization])
    url = f"/organizations/{organization}"
    return [Telling(topic=Topic.DIRECTORY, says=words, url=url, to=holding(Role.CATALOGUE_KEEPER))]


async def _password_changed(event: Event) -> list[Telling]:
    return [
        _own(event, say("Your password was changed and all your sessions ended. If this was not you, tell us at once."))
    ]


async def _token_made(event: Event) -> list[Telling]:
    return [_own(event, say("A token was made for your account. If this was not you, revoke it at once."))]


async def _token_revoked(event: Event) -> list[Telling]:
    return [_own(event, say("A token of your account was revoked."))]


def _own(event: Event, words: Said) -> Telling:
    return Telling(topic=Topic.ACCOUNT, says=words, url=_ACCOUNT, to=named(event.code))


TELLS: Tells = {
    "people:create-account": _account_made,
    "people:grant-role": _role_granted,
    "people:revoke-role": _role_revoked,
    "people:accept-invitation": _invitation_accepted,
    "people:confirm-registration": _registration_confirmed,
    "people:change-password": _password_changed,
    "people:create-token": _token_made,
    "people:revoke-token": _token_revoked,
}
