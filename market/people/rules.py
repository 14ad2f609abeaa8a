"""Judgement about people: passwords, lockout, which role fits which organization, and two hands for two deeds."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from market.base.refusal import Objection, Said, say
from market.people.states import (
    AUTHORITY_ROLES,
    COMMITTEE_ROLES,
    KIND_WORDS,
    ROLE_WORDS,
    SELF_REGISTERING,
    STREET_ROLES,
    SUPPLIER_ROLES,
    OrganizationKind,
    Role,
)

FAILURES_ALLOWED = 5
LOCKED_FOR = timedelta(minutes=15)
SESSION_LASTS = timedelta(hours=12)
INVITATION_LASTS = timedelta(days=7)
SHORTEST_PASSWORD = 10
LONGEST_TOKEN_DAYS = 365
REGISTRATION_LASTS = timedelta(days=3)
REQUESTS_COUNTED_OVER = timedelta(hours=24)
REQUESTS_PER_MAIL = 3
REQUESTS_PER_ORGANIZATION = 5
REQUESTS_IN_ALL = 500


def objections_to_password(password: str, *, account: str, repeated: str | None = None) -> list[Objection]:
    """Object to a password that is short, is or contains the account's name, or was not repeated the same.

    Law: none; house rule (decision 0003).
    """
    found = []
    if len(password) < SHORTEST_PASSWORD:
        found.append(
            Objection("new_password", say("A password has at least {least} characters.", least=SHORTEST_PASSWORD))
        )
    if account.lower() in password.lower():
        found.append(Objection("new_password", say("A password cannot contain the account's name.")))
    if len(set(password)) < 4:  # noqa: PLR2004  four different characters are no secret of ours
        found.append(Objection("new_password", say("A password needs more different characters.")))
    if repeated is not None and repeated != password:
        found.append(Objection("repeated", say("The two passwords differ.")))
    return found


def locked_until(failures: int, *, now: datetime) -> datetime | None:
    """Return until when a name is locked after so many failures in a row; None while it is not."""
    return now + LOCKED_FOR if failures >= FAILURES_ALLOWED else None


def roles_of(kind: str) -> frozenset[Role]:
    """Return the roles that may be held for an organization of this kind."""
    if kind == OrganizationKind.STREET:
        return STREET_ROLES
    if kind == OrganizationKind.AUTHORITY:
        return AUTHORITY_ROLES
    if kind == OrganizationKind.COMMITTEE:
        return COMMITTEE_ROLES
    return SUPPLIER_ROLES


def objections_to_role(role: str, *, kind: str) -> list[Objection]:
    """Object to a role that an organization of this kind cannot give."""
    if role in roles_of(kind):
        return []
    words: Said | str = next((said for key, said in KIND_WORDS.items() if key == kind), say(kind))
    return [
        Objection(
            "role",
            say("“{role}” is not a role of this kind of organization: {kind}.", role=_role_words(role), kind=words),
        )
    ]


def _role_words(role: str) -> Said:
    return next((said for key, said in ROLE_WORDS.items() if key == role), say(role))


def objections_to_token(acts: Iterable[str], *, allowed: frozenset[str], days: int) -> list[Objection]:
    """Object to a token without acts, with acts its maker may not do, or that would last too long."""
    wanted = list(acts)
    found = []
    if not wanted:
        found.append(Objection("acts", say("Name at least one act the token may do.")))
    foreign = sorted(set(wanted) - allowed)
    if foreign:
        found.append(Objection("acts", say("You may not do these acts yourself: {acts}.", acts=foreign)))
    if not 1 <= days <= LONGEST_TOKEN_DAYS:
        found.append(Objection("days", say("A token lasts from 1 to {most} days.", most=LONGEST_TOKEN_DAYS)))
    return found


def objections_to_self_registration(
    *, kind: str, established_on: date | None, terms: bool, today: date
) -> list[Objection]:
    """Object to an organization that enters itself and may not, from a day to come, or without accepting the terms.

    Law: 政府购买服务管理办法 第六条、第七条 (P-04) for who may supply; a mass organization comes as a hub (P-02).
    """
    found = []
    if kind not in SELF_REGISTERING:
        words = say(
            "Street offices, authorities and residents’ committees are entered by the platform’s administrator."
        )
        found.append(Objection("kind", words, "P-04"))
    if established_on is not None and established_on > today:
        found.append(Objection("established_on", say("An organization was established today or earlier.")))
    if not terms:
        found.append(Objection("terms", say("Please accept this before you register.")))
    return found


def too_many_requests(*, of_mail: int, of_organization: int, in_all: int) -> bool:
    """Tell whether no further registration is taken today, by how many came within a day.

    One mail address and one code are bounded, so that nobody's mailbox is filled by others; the sum, so that no
    machine fills the house. Law: none; house rule.
    """
    return of_mail >= REQUESTS_PER_MAIL or of_organization >= REQUESTS_PER_ORGANIZATION or in_all >= REQUESTS_IN_ALL
