"""Reads about people: who a session or token speaks for, organizations by code, and who serves them."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

import msgspec

from market.base.database import Row, one, rows
from market.base.lifecycle import HOUSE, ActLink
from market.base.records import Record, acts_for
from market.base.refusal import NotFound
from market.people.states import ANYONE, Role, User


class OrganizationCard(Record, frozen=True, kw_only=True):
    """An organization's identity, as everybody may know it."""

    name: str
    name_en: str
    kind: str
    district: str
    established_on: date | None
    self_registered: bool


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """Who serves an organization, in which role, since when."""

    account: str
    name: str
    role: str
    granted_at: datetime


class AccountCard(Record, frozen=True, kw_only=True):
    """A person's own account: whom they serve and which tokens they made."""

    name: str
    email: str
    organization: str | None
    organization_name: str
    roles: list[str]
    serves: list[dict[str, str]]
    tokens: list["TokenRow"]


class SignedOut(msgspec.Struct, frozen=True, kw_only=True):
    """What is left after signing out, and after a new password ended every session."""

    signed_in: bool = False


class Accepted(msgspec.Struct, frozen=True, kw_only=True):
    """The account that took up an invitation; it may sign in now."""

    account: str


class TokenRow(msgspec.Struct, frozen=True, kw_only=True):
    """A token as its maker sees it afterwards: never its secret."""

    code: str
    name: str
    acts: list[str]
    organization: str | None
    expires_at: datetime


def digest_of(secret: str) -> str:
    """Return what is kept of a secret that was random when it was made."""
    return hashlib.sha256(secret.encode()).hexdigest()


_WHO = """
    SELECT a.login, a.name, o.code, o.name AS organization_name, o.kind,
           coalesce((SELECT array_agg(m.role) FROM membership m
                     WHERE m.account = a.id AND m.organization = o.id AND m.revoked_at IS NULL), '{{}}') AS roles{more}
    FROM {table} x JOIN account a ON a.id = x.account LEFT JOIN organization o ON o.id = x.organization
    WHERE x.digest = $1 AND x.expires_at > $2 AND NOT a.suspended
"""


def _user(row: dict[str, Any], *, limit: frozenset[str] | None = None) -> User:
    """Return the reader of a row; who holds no role for the organization any more speaks and sees for none."""
    serves = bool(row["roles"])
    return User(
        account=row["login"],
        name=row["name"],
        organization=row["code"] if serves else None,
        organization_name=(row["organization_name"] or "") if serves else "",
        organization_kind=(row["kind"] or "") if serves else "",
        roles=frozenset(row["roles"]) | {Role.ANYONE},
        limit=limit,
        unread=row.get("unread", 0),
    )


_UNREAD = """,
           (SELECT count(*)::int FROM (SELECT FROM notification n WHERE n.account = a.id AND n.read_at IS NULL
            LIMIT 100) u) AS unread"""


async def user_for_session(*, cookie: str, now: datetime) -> User:
    """Return whom a session's cookie speaks for; anyone when it is unknown, expired or its account suspended."""
    row = await one(_WHO.format(table="session", more=_UNREAD), digest_of(cookie), now)
    return _user(row) if row else ANYONE


async def user_for_token(*, token: str, now: datetime) -> User | None:
    """Return whom a token speaks for, limited to its acts; None when it is unknown, expired or revoked."""
    row = await one(_WHO.format(table="token", more=", x.acts") + " AND x.revoked_at IS NULL", digest_of(token), now)
    return _user(row, limit=frozenset(row["acts"])) if row else None


async def user_named(*, account: str, organization: str) -> User:
    """Return an account as it acts for an organization; for the seed and the scheduler. Raises NotFound."""
    row = await one(
        "SELECT a.login, a.name, o.code, o.name AS organization_name, o.kind, array_agg(m.role) AS roles"
        " FROM membership m JOIN account a ON a.id = m.account JOIN organization o ON o.id = m.organization"
        " WHERE a.login = $1 AND o.code = $2 AND m.revoked_at IS NULL GROUP BY a.login, a.name, o.code, o.name, o.kind",
        account,
        organization,
    )
    if row is None:
        raise NotFound
    return _user(row)


async def users_with_role(*, role: Role, organization: str | None = None) -> list[User]:
    """Return everybody who holds a role, by account; of one organization when it is named."""
    found = await rows(
        "SELECT a.login, a.name, o.code, o.name AS organization_name, o.kind, array_agg(m.role) AS roles"
        " FROM membership m JOIN account a ON a.id = m.account JOIN organization o ON o.id = m.organization"
        " WHERE m.revoked_at IS NULL AND NOT a.suspended AND ($2::text IS NULL OR o.code = $2)"
        " GROUP BY a.login, a.name, o.code, o.name, o.kind HAVING $1 = ANY (array_agg(m.role)) ORDER BY a.login",
        str(role),
        organization,
    )
    return [_user(row) for row in found]


async def served_by(*, account: str, since: datetime | None = None) -> set[str]:
    """Return the organizations that a person serves in any role, or served at some time since a moment."""
    found = await rows(
        "SELECT DISTINCT o.code FROM membership m JOIN account a ON a.id = m.account"
        " JOIN organization o ON o.id = m.organization"
        " WHERE a.login = $1 AND (m.revoked_at IS NULL OR m.revoked_at > $2)",
        account,
        since,
    )
    return {row["code"] for row in found}


def whether_serves(*, account: str, organization: str) -> str:
    """Return SQL that tells whether a person serves an organization in any role, for another room's statement.

    Both arguments are SQL themselves (`$3`, `t.street`), never values.
    """
    return (
        "EXISTS (SELECT 1 FROM membership m JOIN account a ON a.id = m.account JOIN organization o"  # noqa: S608
        f" ON o.id = m.organization WHERE a.login = {account} AND o.code = {organization} AND m.revoked_at IS NULL)"
    )


async def organization_for(*, code: str, user: User) -> OrganizationCard:
    """Return an organization's identity with what this reader may do there. Raises NotFound."""
    row = await one("SELECT * FROM organization WHERE code = $1", code)
    if row is None:
        raise NotFound
    administers = user.organization == code or user.may_be(Role.PLATFORM_ADMINISTRATOR)
    facts = frozenset({"administers"} if administers else set())
    return _organization_card(
        row, acts=acts_for(kind="organization", code=code, state="registered", by=user, facts=facts)
    )


def _organization_card(row: Row, *, acts: Sequence[ActLink] = ()) -> OrganizationCard:
    return OrganizationCard(
        code=row["code"],
        state="registered",
        url=f"/organizations/{row['code']}",
        name=row["name"],
        name_en=row["name_en"],
        kind=row["kind"],
        district=row["district"],
        established_on=row["established_on"],
        self_registered=row["self_registered"],
        acts=list(acts),
    )


async def organization_names(*, codes: Iterable[str]) -> dict[str, str]:
    """Return the names of organizations by code, in one query."""
    found = await rows("SELECT code, name FROM organization WHERE code = ANY ($1)", list(codes))
    return {row["code"]: row["name"] for row in found}


async def organizations_of_kind(*, kind: str) -> list[tuple[str, str]]:
    """Return code and name of all organizations of a kind, by name; for choices on forms."""
    found = await rows("SELECT code, name FROM organization WHERE kind = $1 ORDER BY name", kind)
    return [(row["code"], row["name"]) for row in found]


async def offices_page(*, kind: str, after: str | None, limit: int) -> list[OrganizationCard]:
    """Return organizations of a kind as everybody may see them, by code, those after a code; so many at most."""
    found = await rows(
        "SELECT * FROM organization WHERE kind = $1 AND code > $2 ORDER BY code LIMIT $3", kind, after or "", limit
    )
    return [_organization_card(row) for row in found]


async def members_of(*, organization: str) -> list[Member]:
    """Return who serves an organization now, by name."""
    found = await rows(
        "SELECT a.login AS account, a.name, m.role, m.granted_at FROM membership m JOIN account a ON a.id = m.account"
        " JOIN organization o ON o.id = m.organization WHERE o.code = $1 AND m.revoked_at IS NULL ORDER"
        " BY a.name, m.role",
        organization,
    )
    return msgspec.convert(found, list[Member])


async def accounts_in_numbers() -> dict[str, int]:
    """Return how many accounts there are, how many of them are suspended, and how many names are locked out."""
    row = await one(
        "SELECT count(*) AS accounts, count(*) FILTER (WHERE suspended) AS suspended, (SELECT count(*)"
        " FROM sign_in_failure WHERE locked_until IS NOT NULL) AS locked FROM account"
    )
    return dict(row or {})


async def street_of_committee(*, code: str) -> tuple[str, str] | None:
    """Return code and name of the street office to whose area a residents' committee belongs, None when it has none."""
    row = await one(
        "SELECT s.code, s.name FROM organization c JOIN organization s ON s.street_code = c.street_code"
        " AND s.kind = 'street' WHERE c.code = $1 AND c.kind = 'committee' AND c.street_code <> ''",
        code,
    )
    return (row["code"], row["name"]) if row else None


async def account_for(*, user: User) -> AccountCard:
    """Return the reader's own account. Raises NotFound for anyone and the clock."""
    row = await one("SELECT id, login, name, email FROM account WHERE login = $1", user.account)
    if row is None:
        raise NotFound
    serves = await rows(
        "SELECT DISTINCT o.code, o.name FROM membership m JOIN organization o ON o.id = m.organization"
        " WHERE m.account = $1 AND m.revoked_at IS NULL ORDER BY o.name",
        row["id"],
    )
    tokens = await rows(
        "SELECT t.code, t.name, t.acts, o.code AS organization, t.expires_at FROM token t"
        " LEFT JOIN organization o ON o.id = t.organization WHERE t.account = $1 AND t.revoked_at IS NULL"
        " ORDER BY t.id DESC",
        row["id"],
    )
    return AccountCard(
        code=row["login"],
        state="active",
        url="/account",
        name=row["name"],
        email=row["email"],
        organization=user.organization,
        organization_name=user.organization_name,
        roles=sorted(user.roles - {Role.ANYONE}),
        serves=[dict(s) for s in serves],
        tokens=msgspec.convert(tokens, list[TokenRow]),
        acts=[],
    )


def acts_allowed(user: User) -> frozenset[str]:
    """Return the words of all acts that this reader's roles may do somewhere; of a token's no more than its own."""
    held = frozenset(word for word, (_, step) in HOUSE.steps.items() if step.by & user.roles)
    return held if user.limit is None else held & user.limit


async def next_turn(*, until: datetime) -> datetime | None:
    """Return the moment of the next digest up to a moment, None when nothing is gathered for one."""
    row = await one("SELECT min(digest_at) AS at FROM notification WHERE digest_at <= $1", until)
    return row["at"] if row else None
