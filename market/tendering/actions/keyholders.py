"""Keyholders' deeds: making and re-wrapping one's own key, and a tender's key pair dealt out among three of them."""

import asyncio
from datetime import datetime

import msgspec

from market.base.database import Row, one, rows, transaction
from market.base.ledger import record
from market.base.refusal import Objection, Refused, refuse_if, say
from market.law.states import Law
from market.people.actions.tries import count_failure, forget_failures, refuse_while_locked
from market.people.states import User
from market.tendering.queries.keys import KeyCard, Keyholder, key_of, keyholders_for
from market.tendering.rules.keys import objections_to_making, objections_to_passphrase, objections_to_sides
from market.tendering.sealing import Vault, shares, suites
from market.tendering.sealing.passphrases import LockedKey, WrongPassphrase, lock, unlock
from market.tendering.states import Act

_LOCKED = tuple(LockedKey.__struct_fields__)


async def make_key(*, passphrase: str, repeated: str, lost: bool, by: User, now: datetime) -> KeyCard:
    """Make one's long-term key pair, whose private half only the passphrase opens.

    With `lost` it takes the place of an earlier one; what was wrapped under that stays under that.
    """
    refuse_if(objections_to_passphrase(passphrase, account=by.account, repeated=repeated))
    private, public = suites.new_pair()
    kept = await asyncio.to_thread(lock, private, passphrase=passphrase, account=by.account, measures=Vault.measures)
    async with transaction():
        await rows("SELECT id FROM account WHERE login = $1 FOR UPDATE", by.account)
        has_key = await _key_row(by.account) is not None
        refuse_if(objections_to_making(has_key=has_key, lost=lost))
        await rows(
            "UPDATE keyholder_key SET retired_at = $2 WHERE account = $1 AND retired_at IS NULL", by.account, now
        )
        await rows(
            "INSERT INTO keyholder_key (account, suite, public_key, made_at, locked, salt, passes, kibibytes, lanes)"
            " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            by.account,
            suites.P256,
            public,
            now,
            *(getattr(kept, name) for name in _LOCKED),
        )
        await record(room="tendering", act=Act.MAKE_KEY, code=by.account, by=by, now=now, detail={"lost": lost})
        return await key_of(user=by)


async def change_passphrase(*, old: str, new: str, repeated: str, by: User, now: datetime) -> KeyCard:
    """Lock one's private key under a new passphrase; the key stays, so every share it opens stays too."""
    row = await _key_row(by.account)
    if row is None:
        raise Refused([Objection("", say("You have no opening key yet."), "HR-5")])
    refuse_if(objections_to_passphrase(new, account=by.account, repeated=repeated))
    private = await private_key_of(row, passphrase=old, by=by, now=now, field="old_passphrase")
    kept = await asyncio.to_thread(lock, private, passphrase=new, account=by.account, measures=Vault.measures)
    async with transaction():
        changed = await rows(
            "UPDATE keyholder_key SET changed_at = $3, locked = $4, salt = $5, passes = $6, kibibytes = $7, lanes = $8"
            " WHERE id = $1 AND locked = $2 RETURNING id",
            row["id"],
            row["locked"],
            now,
            *(getattr(kept, name) for name in _LOCKED),
        )
        if not changed:
            raise Refused([Objection("", say("The passphrase was changed meanwhile."))])
        await record(room="tendering", act=Act.CHANGE_PASSPHRASE, code=by.account, by=by, now=now)
        return await key_of(user=by)


async def private_key_of(row: Row, *, passphrase: str, by: User, now: datetime, field: str = "passphrase") -> bytes:
    """Open a locked key. Refused on `field`, and a failed try counted, by a wrong passphrase; Busy after five.

    Must not be called in a transaction, which would forget the try when it refuses.
    """
    name = f"key:{by.account}"[:80]
    await refuse_while_locked(
        name, now=now, says=say("Too many wrong passphrases. Try again in {minutes} minutes.", minutes=0)
    )
    kept = msgspec.convert({each: row[each] for each in _LOCKED}, LockedKey)
    try:
        private = await asyncio.to_thread(unlock, kept, passphrase=passphrase, account=by.account)
    except WrongPassphrase:
        await count_failure(name, now=now)
        raise Refused([Objection(field, say("The passphrase is wrong."), "HR-5")]) from None
    await forget_failures(name)
    return private


async def _key_row(account: str) -> Row | None:
    return await one("SELECT * FROM keyholder_key WHERE account = $1 AND retired_at IS NULL", account)


async def deal_key(*, row: Row, law: Law, now: datetime) -> None:
    """Make a tender's key pair and deal its private half out among keyholders of different sides, for a locked tender.

    The private half is in this memory once and kept nowhere. Refused while a side has nobody with a key.
    """
    chosen = await keyholders_for(street=row["street"], drafted_by=row["drafted_by"])
    refuse_if(objections_to_sides([holder.side for holder in chosen]))
    threshold = int(law.number("HR-5.keys"))
    private, public = suites.new_pair()
    await rows(
        "INSERT INTO tender_key (tender, suite, public_key, threshold, shares, made_at)"
        " VALUES ($1, $2, $3, $4, $5, $6)",
        row["id"],
        suites.P256,
        public,
        threshold,
        len(chosen),
        now,
    )
    dealt = shares.split(private, threshold=threshold, shares=len(chosen))
    for share, holder in zip(dealt, chosen, strict=True):
        await _deal(share, holder, row)


async def _deal(share: shares.Share, holder: Keyholder, tender: Row) -> None:
    committed = shares.commit(share)
    info = share_info(tender=tender["code"], of=share.number, to=share.number)
    await rows(
        "INSERT INTO key_share (tender, number, side, account, name, organization, held_under, wrapped, salt,"
        " commitment)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        tender["id"],
        share.number,
        str(holder.side),
        holder.account,
        holder.name,
        holder.organization,
        holder.key,
        suites.wrap(share.secret, suite=holder.suite, public=holder.public_key, info=info),
        committed.salt,
        committed.commitment,
    )


def share_info(*, tender: str, of: int, to: int) -> str:
    """Return what a wrapped share is bound to: its tender, its number, and the number of the share's holder."""
    return f"{tender}/share:{of}/for:{to}"
