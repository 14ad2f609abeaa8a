"""Sessions: signing in and out, the password, and for whom one acts."""

import secrets
from datetime import datetime

import msgspec

from market.base.database import Row, one, rows, transaction
from market.base.ledger import record
from market.base.refusal import NotFound, Objection, Refused, refuse_if, say
from market.people import rules
from market.people.actions.passwords import NOBODY, fits, hash_password
from market.people.actions.tries import count_failure, forget_failures, refuse_while_locked
from market.people.queries import digest_of, user_for_session
from market.people.states import Act, User
from market.people.tables import Session


class SignedIn(msgspec.Struct, frozen=True, kw_only=True):
    """A fresh session: the cookie's value, shown once, and whom it speaks for."""

    cookie: str
    user: User


async def sign_in(*, account: str, password: str, now: datetime) -> SignedIn:
    """Open a session for an account that serves at least one organization.

    Refused with one same objection for a wrong name or password; Busy while the name is locked (five failures in
    a row, fifteen minutes). Both take as long for unknown names as for known ones.
    """
    name = account.strip().lower()[:80]
    found = await account_proven(name=name, password=password, now=now)
    if found is None:
        raise Refused([Objection("", say("The account or the password is wrong."))])
    async with transaction():
        await forget_failures(name)
        serves = await one(
            "SELECT organization FROM membership WHERE account = $1 AND revoked_at IS NULL ORDER BY"
            " granted_at, id LIMIT 1",
            found["id"],
        )
        cookie = secrets.token_urlsafe(32)
        await Session.insert(
            Session(
                digest=digest_of(cookie),
                account=found["id"],
                organization=serves["organization"] if serves else None,
                created_at=now,
                expires_at=now + rules.SESSION_LASTS,
            )
        )
        user = await user_for_session(cookie=cookie, now=now)
        await record(room="people", act=Act.SIGN_IN, code=user.account, by=user, now=now)
    return SignedIn(cookie=cookie, user=user)


async def account_proven(*, name: str, password: str, now: datetime) -> Row | None:
    """Return the account whose password this is; None, and one more failure counted, when it is not.

    Busy while the name is locked. The failure stays counted whatever becomes of the caller's transaction.
    """
    await refuse_while_locked(
        name, now=now, says=say("Too many failed sign-ins under this name. Try again in {minutes} minutes.", minutes=0)
    )
    found = await one("SELECT id, login, password_hash FROM account WHERE login = $1 AND NOT suspended", name)
    if await fits(password, found["password_hash"] if found else NOBODY) and found:
        return found
    await count_failure(name, now=now)
    return None


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
        if not await fits(old, row["password_hash"]):
            objections.insert(0, Objection("old_password", say("The present password is wrong.")))
        refuse_if(objections)
        await rows("UPDATE account SET password_hash = $2 WHERE id = $1", row["id"], await hash_password(new))
        await rows("DELETE FROM session WHERE account = $1", row["id"])
        await record(room="people", act=Act.CHANGE_PASSWORD, code=by.account, by=by, now=now)


async def act_for(*, cookie: str, organization: str, by: User, now: datetime) -> None:
    """Let the session speak for another organization that the account serves."""
    async with transaction():
        row = await one(
            "SELECT o.id FROM membership m JOIN account a ON a.id = m.account JOIN organization o ON o.id"
            " = m.organization"
            " WHERE a.login = $1 AND o.code = $2 AND m.revoked_at IS NULL LIMIT 1",
            by.account,
            organization,
        )
        if row is None:
            raise Refused([Objection("organization", say("You do not serve this organization."))])
        await rows("UPDATE session SET organization = $2 WHERE digest = $1", digest_of(cookie), row["id"])
        await record(
            room="people", act=Act.ACT_FOR, code=by.account, by=by, now=now, detail={"organization": organization}
        )
