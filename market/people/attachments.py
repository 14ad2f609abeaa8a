"""Attachments: files staged by an account before the act that names them, streamed in and out, sealed where asked.

What a sealed file is locked with is the tendering room's business; it hands its sealers in at start.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, Protocol

import msgspec

from market.base.codes import random_code
from market.base.database import one, rows, transaction
from market.base.ledger import record
from market.base.records import Record
from market.base.refusal import NotFound, Objection, Refused, say
from market.base.storage import LIMIT, Sealer, Storage
from market.base.tables import Attachment
from market.people.states import Act, Role, User


class Seals(Protocol):
    """Makes the sealer of a file for a tender, and makes it again from the wrapped key."""

    def fresh(self, *, tender: str, code: str) -> tuple[Sealer, bytes]:
        """Return a sealer with a new key, and that key wrapped."""

    def again(self, *, tender: str, code: str, wrapped: bytes) -> Sealer | None:
        """Return the sealer of a kept key, None when nobody here can unwrap it any more."""

    def size(self, size: int) -> int:
        """Return as much of a sealed file's size as may be known."""

    def seal_name(self, name: str, *, tender: str, code: str, wrapped: bytes) -> bytes:
        """Return a file's name sealed under the file's key."""

    def name_of(self, sealed: bytes, *, tender: str, code: str, wrapped: bytes) -> str:
        """Return a sealed name, "" when nobody here can unwrap its key any more."""


class Shelf:
    """Where files are kept and how sealed ones are locked; handed in by the app."""

    storage: Storage | None = None
    seals: Seals | None = None


class AttachmentCard(Record, frozen=True, kw_only=True):
    """A staged file: sealed ones show neither name nor digest of their content to anybody else."""

    name: str
    media_type: str
    size: int
    digest: str
    sealed: bool
    created_at: datetime


def _storage() -> Storage:
    if Shelf.storage is None:
        raise RuntimeError("no storage was handed in")
    return Shelf.storage


async def attach_file(
    *,
    name: str,
    chunks: AsyncIterator[bytes],
    sealed_for: str | None = None,
    limit: int = LIMIT,
    settle: Callable[[AttachmentCard], Awaitable[None]] | None = None,
    by: User,
    now: datetime,
) -> AttachmentCard:
    """Keep a stream of bytes as the account's file; `sealed_for` a tender it is encrypted from the first byte.

    `settle` is called in the transaction that makes the file the account's.

    Refuses what storage refuses (too large, empty, a content that is not what the name says), all by the field `file`.
    """
    code, sealer, wrapped = random_code("A"), None, None
    if sealed_for:
        if Shelf.seals is None or not await _is_published_tender(sealed_for):
            raise Refused([Objection("sealed_for", say("There is no tender with this code to seal for."))])
        sealer, wrapped = Shelf.seals.fresh(tender=sealed_for, code=code)
    stored = await _storage().save(chunks=chunks, name=name, limit=limit, sealer=sealer)
    card = AttachmentCard(
        code=code,
        state="kept",
        url=f"/attachments/{code}",
        # An answer may be kept for a day: a sealed file's name is not in it.
        name="" if sealed_for else stored.name,
        media_type=stored.media_type,
        size=_told_size(stored.size, sealed_for),
        digest=stored.digest,
        sealed=sealer is not None,
        created_at=now,
    )
    async with transaction():
        # A sealed file's name may tell as much as its content: it is sealed like it.
        row = Attachment(
            code=code,
            owner=by.organization,
            uploaded_by=by.account,
            name="" if sealed_for else stored.name,
            media_type=stored.media_type,
            size=card.size,
            digest=stored.digest,
            sealed=sealer is not None,
            sealed_for=sealed_for,
            wrapped_key=wrapped,
            sealed_name=_sealed_name(stored.name, code=code, tender=sealed_for, wrapped=wrapped),
            created_at=now,
        )
        await Attachment.insert(row)
        # The event of a sealed file is for its own organization alone: it would tell who prepares a bid.
        detail = {"attachment": code, "size": card.size, "digest": stored.digest}
        await record(
            room="people",
            act=Act.ATTACH_FILE,
            code=sealed_for or code,
            by=by,
            now=now,
            detail=detail,
            revealed_by="tendering:open-bids" if sealed_for else None,
        )
        if settle is not None:
            await settle(card)
    return card


def _told_size(size: int, sealed_for: str | None) -> int:
    return Shelf.seals.size(size) if sealed_for and Shelf.seals else size


def _sealed_name(name: str, *, code: str, tender: str | None, wrapped: bytes | None) -> bytes | None:
    if tender is None or wrapped is None or Shelf.seals is None:
        return None
    return Shelf.seals.seal_name(name, tender=tender, code=code, wrapped=wrapped)


async def _is_published_tender(code: str) -> bool:
    """Tell whether the notice of a tender stands in the ledger; of one that is still a draft nobody may learn."""
    sql = "SELECT 1 FROM ledger_event WHERE code = $1 AND tag = 'tendering:publish-tender' LIMIT 1"
    return await one(sql, code) is not None


_COLUMNS = "code, 'kept' AS state, '/attachments/' || code AS url, name, media_type, size, digest, sealed, created_at"
_CARD = f"SELECT {_COLUMNS} FROM attachment"  # noqa: S608  no words of a reader enter


async def own_attachments(*, by: User, sealed_for: str | None = None) -> list[AttachmentCard]:
    """Return the newest 50 files of the reader's organization: the unsealed ones, or those sealed for one tender."""
    found = await rows(
        f"SELECT {_COLUMNS}, sealed_name, wrapped_key FROM attachment"  # noqa: S608  no words of a reader enter
        " WHERE owner = $1 AND sealed_for IS NOT DISTINCT FROM $2 ORDER BY id DESC LIMIT 50",
        by.organization,
        sealed_for,
    )
    return msgspec.convert([{**row, "name": _name_of(row, sealed_for)} for row in found], list[AttachmentCard])


def _name_of(row: dict[str, Any], tender: str | None) -> str:
    if tender is None or row["sealed_name"] is None or Shelf.seals is None:
        return str(row["name"])
    return Shelf.seals.name_of(row["sealed_name"], tender=tender, code=row["code"], wrapped=row["wrapped_key"])


async def objections_to_attachments(
    *, codes: Iterable[str], field: str, by: User, sealed_for: str | None = None
) -> list[Objection]:
    """Object to codes that are no files of the user's organization (sealed for this tender, when one is named)."""
    wanted = list(codes)
    known = await rows(
        "SELECT code FROM attachment WHERE code = ANY ($1) AND owner = $2 AND sealed_for IS NOT DISTINCT FROM $3",
        wanted,
        by.organization,
        sealed_for,
    )
    missing = sorted(set(wanted) - {row["code"] for row in known})
    return [Objection(field, say("You have no such file: {codes}.", codes=missing))] if missing else []


async def attachment_cards(*, codes: Iterable[str]) -> list[AttachmentCard]:
    """Return the cards of files whose record the reader may see; the caller has decided that."""
    return msgspec.convert(await rows(_CARD + " WHERE code = ANY ($1) ORDER BY id", list(codes)), list[AttachmentCard])


async def open_attachment(*, code: str, user: User | None) -> tuple[dict[str, Any], AsyncIterator[bytes]]:
    """Return a file's row and its clear bytes to who may read it. Raises NotFound for everybody else.

    Public ones are everybody's; others their organization's, and the auditor's unless sealed. `user` None means that
    the calling room has decided.
    """
    row = await one("SELECT * FROM attachment WHERE code = $1", code)
    if row is None or not (user is None or _may_read(row, user)):
        raise NotFound
    sealer = None
    if row["sealed"]:
        if Shelf.seals is None:
            raise NotFound
        sealer = Shelf.seals.again(tender=row["sealed_for"], code=code, wrapped=row["wrapped_key"])
        if sealer is None:
            raise NotFound
    return row, await _storage().read(digest=row["digest"], sealer=sealer)


async def wrapped_keys(*, codes: Iterable[str], sealed_for: str) -> dict[str, bytes]:
    """Return the wrapped keys of files sealed for a tender, locked for who is about to wrap them anew."""
    found = await rows(
        "SELECT code, wrapped_key FROM attachment WHERE code = ANY ($1) AND sealed_for = $2 ORDER BY id FOR UPDATE",
        list(codes),
        sealed_for,
    )
    return {row["code"]: row["wrapped_key"] for row in found}


async def keep_wrapped(keys: Mapping[str, bytes]) -> None:
    """Keep the keys of sealed files as they are wrapped now; what wrapped them before is gone."""
    await rows(
        "UPDATE attachment a SET wrapped_key = k.key FROM unnest($1::text[], $2::bytea[]) AS k(code, key)"
        " WHERE a.code = k.code",
        list(keys),
        list(keys.values()),
    )


def _may_read(row: dict[str, Any], user: User) -> bool:
    # What a stranger sent (a photo of a suggestion) is no other stranger's: its own room shows it.
    own = bool(user.account) and (
        row["uploaded_by"] == user.account or (row["owner"] is not None and row["owner"] == user.organization)
    )
    return bool(row["public"] or own or (user.may_be(Role.AUDITOR) and not row["sealed"]))


async def keep_made(content: bytes) -> str:
    """Keep bytes that the house made itself and return their digest; whose they are is the calling room's record."""
    return await _storage().keep(content)


async def open_made(*, digest: str) -> AsyncIterator[bytes]:
    """Return the bytes of a file that the house made; the calling room has decided who reads it. Raises NotFound."""
    return await _storage().read(digest=digest)
