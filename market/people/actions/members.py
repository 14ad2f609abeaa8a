"""Members: accounts, organizations, invitations and roles."""

import secrets
from datetime import date, datetime

from market.base.codes import random_code
from market.base.database import Row, one, rows, transaction
from market.base.ledger import record
from market.base.outbox import post
from market.base.refusal import NotFound, Objection, Refused, refuse_if, say
from market.people import rules
from market.people.actions.passwords import hash_password
from market.people.actions.sessions import account_proven
from market.people.codes import objections_to_code, objections_to_kind
from market.people.queries import digest_of
from market.people.states import ANYONE, Act, OrganizationKind, Role, User
from market.people.tables import Invitation, Organization


async def create_account(
    *, login: str, name: str, email: str, password: str, organization: str, role: str, by: User, now: datetime
) -> None:
    """Make an account that serves an organization. Refused when its name is taken or the role does not fit."""
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
            login=login,
            name=name,
            email=email,
            password_hash=await hash_password(password),
            organization=organization,
            role=role,
            by=by,
            now=now,
        )


async def take_in(
    *, login: str, name: str, email: str, password_hash: str, organization: str, role: str, by: User, now: datetime
) -> None:
    """Make an account with its first role, for callers that have judged it: the operator, an invitation, the town."""
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
        "INSERT INTO account (login, name, email, password_hash, created_at, suspended) VALUES ($1, $2,"
        " $3, $4, $5, false)"
        " ON CONFLICT (login) DO NOTHING RETURNING id",
        login,
        name,
        email,
        password_hash,
        now,
    )
    if made is None:
        raise Refused([Objection("login", say("This account's name is taken."))])


async def _grant(*, login: str, organization: object, role: str, by: User, now: datetime) -> None:
    await rows(
        "INSERT INTO membership (account, organization, role, granted_at, granted_by)"
        " SELECT id, $2, $3, $4, $5 FROM account WHERE login = $1"
        " ON CONFLICT (account, organization, role) DO UPDATE SET revoked_at = NULL, granted_at = $4, granted_by = $5",
        login,
        organization,
        role,
        now,
        by.account,
    )


async def register_organization(
    *,
    code: str,
    name: str,
    name_en: str,
    kind: str,
    district: str,
    street_code: str = "",
    established_on: date | None = None,
    self_registered: bool = False,
    by: User,
    now: datetime,
) -> str:
    """Take an organization into the house under its unified social credit code and return the code.

    Refused when the code is malformed, taken, or another kind's. Law: P-04 for who may supply; being
    here entitles nobody (D-01).
    """
    async with transaction():
        # Locked before it is asked for: two may register the same code at once.
        await one("SELECT pg_advisory_xact_lock(hashtext('organization ' || $1))", code)
        objections = objections_to_code(code)
        if kind not in set(OrganizationKind):
            objections.append(Objection("kind", say("This is not one of the choices.")))
        objections = objections or objections_to_kind(code=code, kind=kind)
        if not objections and await one("SELECT 1 FROM organization WHERE code = $1", code):
            objections.append(Objection("code", say("An organization with this code is registered already.")))
        refuse_if(objections)
        await Organization.insert(
            Organization(
                code=code,
                name=name,
                name_en=name_en,
                kind=kind,
                district=district,
                street_code=street_code,
                established_on=established_on,
                registered_at=now,
                self_registered=self_registered,
            )
        )
        public = {"code": code, "name": name, "kind": kind, "district": district, "self_registered": self_registered}
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
                code=code,
                digest=digest_of(word),
                organization=home["id"],
                role=role,
                email=email,
                invited_by=by.account,
                created_at=now,
                expires_at=now + rules.INVITATION_LASTS,
            )
        )
        await post(
            to=email,
            subject=f"社采：{home['name']}邀请您加入 / Invitation",
            body=f"{by.name} 邀请您加入 {home['name']}。\n"
            f"打开 {base_url}/invitations/{code}/accept-invitation 并输入口令：{word}\n\n"
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

    Returns the account's name. An unknown, used or expired invitation is NotFound. A wrong password of an existing
    account counts as a failed sign-in: Busy while its name is locked.
    """
    await _invitation(code=code, word=word, now=now)
    known = await one("SELECT 1 FROM account WHERE login = $1", login)
    if known is not None and await account_proven(name=login, password=password, now=now) is None:
        raise Refused([Objection("login", say("This account's name is taken."))])
    async with transaction():
        row = await _invitation(code=code, word=word, now=now)
        if known is None:
            await _newcomer(login=login, name=name, email=row["email"], password=password, now=now)
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


async def _newcomer(*, login: str, name: str, email: str, password: str, now: datetime) -> None:
    found = rules.objections_to_password(password, account=login)
    refuse_if([Objection("password", o.message, o.law) for o in found])
    await _new_account(login=login, name=name, email=email, password_hash=await hash_password(password), now=now)


async def account_of_newcomer(
    *, login: str, name: str, email: str, password: str | None, organization: str, role: str, by: User, now: datetime
) -> None:
    """Let somebody serve an organization for the first time, by a new account or (no password) one that is there.

    For callers that have proved an existing account, in their transaction. Refused for a bad password, or when the
    account's name was taken meanwhile.
    """
    home = await _organization(organization)
    if home is None:
        raise NotFound
    if password is not None:
        await _newcomer(login=login, name=name, email=email, password=password, now=now)
    await _grant(login=login, organization=home["id"], role=role, by=by, now=now)


async def _invitation(*, code: str, word: str, now: datetime) -> Row:
    """Return an invitation to whoever has its word, locked in a transaction. Raises NotFound, Refused."""
    row = await one(
        "SELECT * FROM invitation WHERE code = $1 AND accepted_at IS NULL AND expires_at > $2 FOR UPDATE", code, now
    )
    if row is None:
        raise NotFound
    if not secrets.compare_digest(row["digest"], digest_of(word)):
        raise Refused([Objection("word", say("This is not the word from the mail."))])
    return row


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
            home["id"],
            role,
        )
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
