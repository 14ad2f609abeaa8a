"""Tokens: what a machine may do for an account."""

import secrets
from datetime import datetime, timedelta

from market.base.codes import random_code
from market.base.database import one, transaction
from market.base.ledger import record
from market.base.lifecycle import ActLink
from market.base.records import Record
from market.base.refusal import NotFound, Objection, Refused, refuse_if, say
from market.people import rules
from market.people.queries import acts_allowed, digest_of
from market.people.states import Act, User
from market.people.tables import Token


class FreshToken(Record, frozen=True, kw_only=True):
    """A token just made: its secret is shown this once; `allows` are the acts it is limited to."""

    token: str
    allows: list[str]
    expires_at: datetime


async def create_token(*, name: str, acts: list[str], days: int, by: User, now: datetime) -> FreshToken:
    """Make a token for some of the acts this user may do for the organization; its secret is shown once."""
    refuse_if(rules.objections_to_token(acts, allowed=acts_allowed(by), days=days))
    secret = "shecai_" + secrets.token_urlsafe(32)
    return await keep_token(secret=secret, name=name, acts=sorted(set(acts)), days=days, by=by, now=now)


async def keep_token(*, secret: str, name: str, acts: list[str], days: int, by: User, now: datetime) -> FreshToken:
    """Keep a token's digest under the user's account; the demo's tokens are made here with secrets of their own."""
    code, until = random_code("K"), now + timedelta(days=days)
    async with transaction():
        account = await one("SELECT id FROM account WHERE login = $1", by.account)
        home = await one("SELECT id FROM organization WHERE code = $1", by.organization)
        if account is None:
            raise NotFound
        await Token.insert(
            Token(
                code=code,
                digest=digest_of(secret),
                name=name,
                account=account["id"],
                organization=home["id"] if home else None,
                acts=acts,
                created_at=now,
                expires_at=until,
            )
        )
        await record(
            room="people", act=Act.CREATE_TOKEN, code=by.account, by=by, now=now, detail={"token": code, "acts": acts}
        )
    word = str(Act.REVOKE_TOKEN)
    offered = [ActLink(act=word, method="POST", href=f"/account/{word}")] if word in acts_allowed(by) else []
    return FreshToken(
        code=code, state="active", url="/account", acts=offered, token=secret, allows=acts, expires_at=until
    )


async def revoke_token(*, code: str, by: User, now: datetime) -> None:
    """End one of the user's own tokens. Raises NotFound for anybody else's or one that ended before."""
    async with transaction():
        row = await one(
            "UPDATE token t SET revoked_at = $3 FROM account a WHERE a.id = t.account AND a.login = $1 AND t.code = $2"
            " AND t.revoked_at IS NULL RETURNING t.id",
            by.account,
            code,
            now,
        )
        if row is None:
            raise Refused([Objection("token", say("You have no such token."))])
        await record(room="people", act=Act.REVOKE_TOKEN, code=by.account, by=by, now=now, detail={"token": code})
