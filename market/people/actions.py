"""The deeds of people: accounts, roles, sessions, tokens and invitations; each locks, asks, writes and records."""

import asyncio
import secrets
from datetime import date, datetime, timedelta

import msgspec
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from market.base.codes import random_code
from market.base.database import Row, one, rows, transaction
from market.base.ledger import record
from market.base.outbox import post
from market.base.refusal import Busy, NotFound, Objection, Refused, refuse_if, say
from market.people import rules
from market.people.codes import objections_to_code
from market.people.queries import acts_allowed, digest_of, user_for_session
from market.people.states import ANYONE, Act, OrganizationKind, Role, User
from market.people.tables import Invitation, Organization, Session, Token

_HASHER = PasswordHasher()
# Verified against when a name is unknown, so that the answer takes as long as for a known one.
_NOBODY = _HASHER.hash(secrets.token_urlsafe(16))


class SignedIn(msgspec.Struct, frozen=True, kw_only=True):
    """A fresh session: the cookie's value, shown once, and whom it speaks for."""

    cookie: str
    user: User


class FreshToken(msgspec.Struct, frozen=True, kw_only=True):
    """A token just made: its secret is shown this once."""

    code: str
    token: str
    acts: list[str]
    expires_at: datetime
    url: str = "/account"


async def hash_password(password: str) -> str:
    """Return the Argon2 hash of a password; off the event loop, since it takes its time on purpose."""
    return await asyncio.to_thread(_HASHER.hash, password)


async def _fits(password: str, kept: str) -> bool:
    def verify() -> bool:
        try:
            return _HASHER.verify(kept, password)
        except (VerifyMismatchError, InvalidHashError):
            return False

    return await asyncio.to_thread(verify)


async def sign_in(*, account: str, password: str, now: datetime) -> SignedIn:
    """Open a session for an account that serves at least one organization.

    Refused with one same objection for a wrong name or password; Busy while the name is locked (five failures in
    a row, fifteen minutes). Both take as long for unknown names as for known ones.
    """
    name = account.strip().lower()[:80]
    locked = await one("SELECT locked_until FROM sign_in_failure WHERE name = $1 AND locked_until > $2", name, now)
    if locked:
        seconds = int((locked["locked_until"] - now).total_seconds()) + 1
        raise Busy(
            seconds,
            say("Too many failed sign-ins under this name. Try again in {minutes} minutes.", minutes=-(-seconds // 60)),
        )
    found = await one("SELECT id, login, password_hash FROM account WHERE login = $1 AND NOT suspended", name)
    fits = await _fits(password, found["password_hash"] if found else _NOBODY)
    if not (found and fits):
        await _count_failure(name, now)
        raise Refused([Objection("", say("The account or the password is wrong."))])
    async with transaction():
        await rows("DELETE FROM sign_in_failure WHERE name = $1", name)
        serves = await one(
            "SELECT organization FROM membership WHERE account = $1 AND revoked_at IS NULL ORDER BY granted_at, id LIMIT 1",
            found["id"],
        )
        cookie = secrets.token_urlsafe(32)
        await Session.insert(
            Session(
                digest=digest_of(cookie), account=found["id"], organization=serves["organization"] if serves else None,
                created_at=now, expires_at=now + rules.SESSION_LASTS,
            )
        )  # fmt: skip
        user = await user_for_session(cookie=cookie, now=now)
        await record(room="people", act=Act.SIGN_IN, code=user.account, by=user, now=now)
    return SignedIn(cookie=cookie, user=user)


async def _count_failure(name: str, now: datetime) -> None:
    row = await one(
        "INSERT INTO sign_in_failure (name, failures, last_at) VALUES ($1, 1, $2) ON CONFLICT (name) DO UPDATE"
        " SET failures = CASE WHEN sign_in_failure.locked_until <= $2 THEN 1 ELSE sign_in_failure.failures + 1 END,"
        " locked_until = NULL, last_at = $2 RETURNING failures",
        name, now,
    )  # fmt: skip
    until = rules.locked_until(row["failures"] if row else 1, now=now)
    if until:
        await rows("UPDATE sign_in_failure SET locked_until = $2 WHERE name = $1", name, until)


async def sign_out(*, cookie: str, by: User, now: datetime) -> None:
    """End the session behind a cookie."""
    async with transaction():
        await rows("DELETE FROM session WHERE digest = $1", digest_of(cookie))
        await record(room="people", act=Act.SIGN_OUT, code=by.account, by=by, now=now)


async def change_password(*, old: str, new: str, repeated: str, by: User, now: datetime) -> None:
    """Set a new password and end every session of the account, this one too."""
    async with transaction():
        row = await one("SELECT id, password_hash FROM account WHERE login = $1 FOR UPDATE", by.account)
        if row is None:
            raise NotFound
        objections = rules.objections_to_password(new, account=by.account, repeated=repeated)
        if not await _fits(old, row["password_hash"]):
            objections.insert(0, Objection("old_password", say("The present password is wrong.")))
        refuse_if(objections)
        await rows("UPDATE account SET password_hash = $2 WHERE id = $1", row["id"], await hash_password(new))
        await rows("DELETE FROM session WHERE account = $1", row["id"])
        await record(room="people", act=Act.CHANGE_PASSWORD, code=by.account, by=by, now=now)


async def act_for(*, cookie: str, organization: str, by: User, now: datetime) -> None:
    """Let the session speak for another organization that the account serves."""
    async with transaction():
        row = await one(
            "SELECT o.id FROM membership m JOIN account a ON a.id = m.account JOIN organization o ON o.id = m.organization"
            " WHERE a.login = $1 AND o.code = $2 AND m.revoked_at IS NULL LIMIT 1",
            by.account, organization,
        )  # fmt: skip
        if row is None:
            raise Refused([Objection("organization", say("You do not serve this organization."))])
        await rows("UPDATE session SET organization = $2 WHERE digest = $1", digest_of(cookie), row["id"])
        await record(
            room="people", act=Act.ACT_FOR, code=by.account, by=by, now=now, detail={"organization": organization}
        )


async def create_account(
    *, login: str, name: str, email: str, password: str, organization: str, role: str, by: User, now: datetime
) -> None:
    """Make an account that serves an organization in a role. Refused when the name is taken or the role does not fit."""
    async with transaction():
        home = await _organization(organization)
        objections = rules.objections_to_password(password, account=login)
        objections = [Objection("password", o.message, o.law) for o in objections]
        if await one("SELECT 1 FROM account WHERE login = $1", login):
            objections.append(Objection("login", say("This account's name is taken.")))
        if home is None:
            objections.append(Objection("organization", say("No organization has this code.")))
        else:
            objections += rules.objections_to_role(role, kind=home["kind"])
        refuse_if(objections)
        assert home is not None  # noqa: S101  refused above
        await take_in(
            login=login, name=name, email=email, password_hash=await hash_password(password), organization=organization,
            role=role, by=by, now=now,
        )  # fmt: skip


async def take_in(
    *, login: str, name: str, email: str, password_hash: str, organization: str, role: str, by: User, now: datetime
) -> None:
    """Make an account with its first role, for callers that have judged it; the operator's first account and the town."""
    async with transaction():
        home = await _organization(organization)
        if home is None:
            raise NotFound
        await _new_account(login=login, name=name, email=email, password_hash=password_hash, now=now)
        await _grant(login=login, organization=home["id"], role=role, by=by, now=now)
        detail = {"organization": organization, "role": role}
        await record(room="people", act=Act.CREATE_ACCOUNT, code=login, by=by, now=now, detail=detail)


async def _organization(code: str) -> Row | None:
    return await one("SELECT id, kind, name FROM organization WHERE code = $1", code)


async def _new_account(*, login: str, name: str, email: str, password_hash: str, now: datetime) -> None:
    # ON CONFLICT: two may ask for the same free name at once; the second is refused, not crashed.
    made = await one(
        "INSERT INTO account (login, name, email, password_hash, created_at, suspended) VALUES ($1, $2, $3, $4, $5, false)"
        " ON CONFLICT (login) DO NOTHING RETURNING id",
        login, name, email, password_hash, now,
    )  # fmt: skip
    if made is None:
        raise Refused([Objection("login", say("This account's name is taken."))])


async def _grant(*, login: str, organization: object, role: str, by: User, now: datetime) -> None:
    await rows(
        "INSERT INTO membership (account, organization, role, granted_at, granted_by)"
        " SELECT id, $2, $3, $4, $5 FROM account WHERE login = $1"
        " ON CONFLICT (account, organization, role) DO UPDATE SET revoked_at = NULL, granted_at = $4, granted_by = $5",
        login, organization, role, now, by.account,
    )  # fmt: skip


async def register_organization(
    *, code: str, name: str, name_en: str, kind: str, district: str, street_code: str = "",
    established_on: date | None = None, by: User, now: datetime,
) -> str:  # fmt: skip
    """Take an organization into the house under its unified social credit code and return the code.

    Refused when the code is malformed or taken. Law: P-04 for who may supply; being here bars and entitles nobody (D-01).
    """
    async with transaction():
        objections = objections_to_code(code)
        if kind not in set(OrganizationKind):
            objections.append(Objection("kind", say("This is not one of the choices.")))
        if not objections and await one("SELECT 1 FROM organization WHERE code = $1", code):
            objections.append(Objection("code", say("An organization with this code is registered already.")))
        refuse_if(objections)
        await Organization.insert(
            Organization(
                code=code, name=name, name_en=name_en, kind=kind, district=district, street_code=street_code,
                established_on=established_on, registered_at=now,
            )
        )  # fmt: skip
        public = {"code": code, "name": name, "kind": kind, "district": district}
        await record(room="people", act=Act.REGISTER_ORGANIZATION, code=code, by=by, now=now, public=public)
    return code


async def invite_member(
    *, organization: str, email: str, role: str, base_url: str, by: User, now: datetime, word: str | None = None
) -> str:
    """Invite somebody by mail to serve an organization; the mail carries a word that works once within seven days.

    The town gives its own `word`; otherwise it is random.
    """
    async with transaction():
        home = await _administered(organization, by)
        refuse_if(rules.objections_to_role(role, kind=home["kind"]))
        code, word = random_code("I"), word or secrets.token_urlsafe(12)
        await Invitation.insert(
            Invitation(
                code=code, digest=digest_of(word), organization=home["id"], role=role, email=email, invited_by=by.account,
                created_at=now, expires_at=now + rules.INVITATION_LASTS,
            )
        )  # fmt: skip
        await post(
            to=email,
            subject=f"社采：{home['name']}邀请您加入 / Invitation",
            body=f"{by.name} 邀请您加入 {home['name']}。\n打开 {base_url}/invitations/{code}/accept-invitation 并输入口令：{word}\n\n"
            f"{by.name} invites you to serve {home['name']}. Open the address above and enter this word: {word}\n",
            now=now,
        )
        await record(
            room="people",
            act=Act.INVITE_MEMBER,
            code=organization,
            by=by,
            now=now,
            detail={"role": role, "invitation": code},
        )
    return code


async def _administered(organization: str, by: User) -> Row:
    """Return an organization that this user may administer. Raises NotFound for anybody else's."""
    home = await _organization(organization)
    if home is None or not (by.organization == organization or by.may_be(Role.PLATFORM_ADMINISTRATOR)):
        raise NotFound
    return home


async def accept_invitation(*, code: str, word: str, login: str, name: str, password: str, now: datetime) -> str:
    """Take up an invitation with the word from the mail: a new account, or the existing one whose password is given.

    Returns the account's name. An unknown, used or expired invitation is NotFound.
    """
    async with transaction():
        row = await one(
            "SELECT * FROM invitation WHERE code = $1 AND accepted_at IS NULL AND expires_at > $2 FOR UPDATE", code, now
        )
        if row is None:
            raise NotFound
        if not secrets.compare_digest(row["digest"], digest_of(word)):
            raise Refused([Objection("word", say("This is not the word from the mail."))])
        known = await one("SELECT password_hash FROM account WHERE login = $1", login)
        if known is None:
            found = rules.objections_to_password(password, account=login)
            refuse_if([Objection("password", o.message, o.law) for o in found])
            await _new_account(
                login=login, name=name, email=row["email"], password_hash=await hash_password(password), now=now
            )
        elif not await _fits(password, known["password_hash"]):
            raise Refused([Objection("login", say("This account's name is taken."))])
        await _grant(login=login, organization=row["organization"], role=row["role"], by=ANYONE, now=now)
        await rows("UPDATE invitation SET accepted_at = $2 WHERE id = $1", row["id"], now)
        await record(
            room="people",
            act=Act.ACCEPT_INVITATION,
            code=code,
            by=ANYONE,
            now=now,
            detail={"account": login, "role": row["role"]},
        )
    return login


async def grant_role(*, organization: str, account: str, role: str, by: User, now: datetime) -> None:
    """Give an account a role for an organization that the granter administers."""
    async with transaction():
        home = await _administered(organization, by)
        objections = rules.objections_to_role(role, kind=home["kind"])
        if not await one("SELECT 1 FROM account WHERE login = $1", account):
            objections.append(Objection("account", say("No account has this name.")))
        refuse_if(objections)
        await _grant(login=account, organization=home["id"], role=role, by=by, now=now)
        await record(
            room="people",
            act=Act.GRANT_ROLE,
            code=organization,
            by=by,
            now=now,
            detail={"account": account, "role": role},
        )


async def revoke_role(*, organization: str, account: str, role: str, by: User, now: datetime) -> None:
    """Take a role from an account. Refused when it is not held, or when the last administrator would be gone."""
    async with transaction():
        home = await _administered(organization, by)
        holders = await rows(
            "SELECT m.id, a.login FROM membership m JOIN account a ON a.id = m.account"
            " WHERE m.organization = $1 AND m.role = $2 AND m.revoked_at IS NULL FOR UPDATE OF m",
            home["id"], role,
        )  # fmt: skip
        mine = [h for h in holders if h["login"] == account]
        if not mine:
            raise Refused([Objection("role", say("This account does not hold this role."))])
        if role == Role.ORGANIZATION_ADMINISTRATOR and len(holders) == 1:
            raise Refused([Objection("role", say("The last administrator of an organization cannot be removed."))])
        await rows("UPDATE membership SET revoked_at = $2 WHERE id = $1", mine[0]["id"], now)
        await record(
            room="people",
            act=Act.REVOKE_ROLE,
            code=organization,
            by=by,
            now=now,
            detail={"account": account, "role": role},
        )


async def create_token(*, name: str, acts: list[str], days: int, by: User, now: datetime) -> FreshToken:
    """Make a token for some of the acts this user may do, for the organization now acted for; its secret is shown once."""
    refuse_if(rules.objections_to_token(acts, allowed=acts_allowed(by), days=days))
    secret = "shecai_" + secrets.token_urlsafe(32)
    return await keep_token(secret=secret, name=name, acts=sorted(set(acts)), days=days, by=by, now=now)


async def keep_token(*, secret: str, name: str, acts: list[str], days: int, by: User, now: datetime) -> FreshToken:
    """Keep a token's digest under the user's account; the demo's tokens are made here with secrets of their own."""
    code, until = random_code("K"), now + timedelta(days=days)
    async with transaction():
        account = await one("SELECT id FROM account WHERE login = $1", by.account)
        home = await _organization(by.organization or "")
        if account is None:
            raise NotFound
        await Token.insert(
            Token(
                code=code, digest=digest_of(secret), name=name, account=account["id"], organization=home["id"] if home else None,
                acts=acts, created_at=now, expires_at=until,
            )
        )  # fmt: skip
        await record(
            room="people", act=Act.CREATE_TOKEN, code=by.account, by=by, now=now, detail={"token": code, "acts": acts}
        )
    return FreshToken(code=code, token=secret, acts=acts, expires_at=until)


async def revoke_token(*, code: str, by: User, now: datetime) -> None:
    """End one of the user's own tokens. Raises NotFound for anybody else's or one that ended before."""
    async with transaction():
        row = await one(
            "UPDATE token t SET revoked_at = $3 FROM account a WHERE a.id = t.account AND a.login = $1 AND t.code = $2"
            " AND t.revoked_at IS NULL RETURNING t.id",
            by.account, code, now,
        )  # fmt: skip
        if row is None:
            raise Refused([Objection("token", say("You have no such token."))])
        await record(room="people", act=Act.REVOKE_TOKEN, code=by.account, by=by, now=now, detail={"token": code})
