"""Where bytes are kept: a local folder or an S3 bucket, by URL, each file under the SHA-256 of what is stored.

Two files with the same bytes are one object. Sealed files are transformed before the first byte reaches the
store, so that their clear text is never on a disk; who can open them is the business of the sealer's room.
"""

import hashlib
from collections.abc import AsyncIterator
from typing import Protocol
from uuid import uuid4

import msgspec
import obstore
from obstore.store import from_url

from market.base.refusal import NotFound, refuse_if
from market.base.storage.kinds import Inspector, Kind, objections_to_file, objections_to_name, objections_to_size
from market.base.storage.names import clean_name

LIMIT = 50_000_000
_PART = 5 * 1024 * 1024
_PARTS_AT_ONCE = 2
_READ = 262_144
_DIGEST = 64


class Sealer(Protocol):
    """Turns a stream of clear bytes into sealed ones and back; a room above gives one when a file must be secret."""

    def seal(self, chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        """Return the sealed bytes of the clear ones, in chunks of any size."""

    def unseal(self, chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        """Return the clear bytes again; raise when the key is wrong or a byte was altered."""


class Stored(msgspec.Struct, frozen=True, kw_only=True):
    """A file that is safely kept: its clean name, what it is, its clear size, the digest of what is stored."""

    name: str
    media_type: str
    size: int
    digest: str
    sealed: bool


class Storage:
    """The files of one installation."""

    def __init__(self, url: str) -> None:
        """Open the store at a `file://` or `s3://` URL; a local folder is made when it is missing."""
        if url.startswith("file://"):
            self._store = from_url(url, mkdir=True)
        else:
            self._store = from_url(url)

    async def save(
        self, *, chunks: AsyncIterator[bytes], name: str, limit: int = LIMIT, sealer: Sealer | None = None
    ) -> Stored:
        """Keep a stream of bytes and return what was kept; nothing stays behind when it is refused.

        Refuses an ending that is not on the list, more bytes than `limit`, an empty file, and a content that does
        not agree with the name. The kind is told from the clear bytes; the digest is of the bytes as stored.
        """
        clean = clean_name(name)
        refuse_if(objections_to_name(clean))
        inspector, digest = Inspector(), hashlib.sha256()
        clear = _inspected(chunks, inspector=inspector, name=clean, limit=limit)
        stored = sealer.seal(clear) if sealer else clear
        incoming = f"incoming/{uuid4().hex}"
        # The store cleans up by itself when the stream raises: an unfinished object never becomes visible.
        await obstore.put_async(
            self._store,
            incoming,
            _digested(stored, digest),
            chunk_size=_PART,
            max_concurrency=_PARTS_AT_ONCE,
            use_multipart=True,
        )
        await obstore.rename_async(self._store, incoming, _place(digest.hexdigest()))
        return Stored(
            name=clean,
            media_type=str(inspector.kind(clean)),
            size=inspector.size,
            digest=digest.hexdigest(),
            sealed=sealer is not None,
        )

    async def keep(self, content: bytes) -> str:
        """Keep bytes that this house made itself, which no list of kinds judges, and return their digest."""
        digest = hashlib.sha256(content).hexdigest()
        await obstore.put_async(self._store, _place(digest), content)
        return digest

    async def read(self, *, digest: str, sealer: Sealer | None = None) -> AsyncIterator[bytes]:
        """Return the bytes under a digest as chunks, unsealed when a sealer is given. Raises NotFound at once."""
        try:
            found = await obstore.get_async(self._store, _place(digest))
        except FileNotFoundError:
            raise NotFound from None
        chunks = _chunks(found)
        return sealer.unseal(chunks) if sealer else chunks

    async def has(self, digest: str) -> bool:
        """Tell whether bytes with this digest are kept."""
        try:
            await obstore.head_async(self._store, _place(digest))
        except FileNotFoundError:
            return False
        return True


def _place(digest: str) -> str:
    if len(digest) != _DIGEST or not set(digest) <= set("0123456789abcdef"):
        raise NotFound
    return f"{digest[:2]}/{digest}"


async def _inspected(
    chunks: AsyncIterator[bytes], *, inspector: Inspector, name: str, limit: int
) -> AsyncIterator[bytes]:
    async for chunk in chunks:
        inspector.see(chunk)
        refuse_if(objections_to_size(size=inspector.size, limit=limit))
        if chunk:
            yield chunk
    kind: Kind | None = inspector.kind(name)
    refuse_if(objections_to_file(size=inspector.size, kind=kind, name=name))


async def _digested(chunks: AsyncIterator[bytes], digest: "hashlib._Hash") -> AsyncIterator[bytes]:
    async for chunk in chunks:
        digest.update(chunk)
        yield chunk


async def _chunks(found: "obstore.GetResult") -> AsyncIterator[bytes]:
    async for chunk in found.stream(min_chunk_size=_READ):
        yield bytes(chunk)
