"""Sealing of bids, drafts, quotes and their files, so that neither the database nor a disk can tell what they say.

Each content has a random key of its own. It encrypts the content in numbered chunks, the last one marked, with
AES-256-GCM: a chunk altered, moved, left out or added after the end does not open. The content key is wrapped
under a key that a `KeyHolder` derives for the tender; the server's holder derives it by HKDF from the secret key,
which is not in the database. Other holders (joint keys) take the server's place behind the same two methods.
"""

import hashlib
import secrets
from collections.abc import AsyncIterator, Iterator
from typing import Protocol, TypeVar

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

T = TypeVar("T", bound=msgspec.Struct)
CHUNK = 65_536
KEY = 32
_PADDED_TO = 1024
_NONCE = 12
_TAG = 16
_MAGIC = b"SHECAI-SEAL-1\n"
_LAST = b"\x01"
_MORE = b"\x00"


class BrokenSeal(Exception):
    """The content does not open: another key, an altered byte, or an end that is missing. A surprise, never shown."""


class KeyHolder(Protocol):
    """Whoever wraps content keys for a tender, and unwraps them again when the act that opens them is done."""

    def wrap(self, key: bytes, *, tender: str, subject: str) -> bytes:
        """Return the content key wrapped for the tender; `subject` names what the key is for and is bound to it."""

    def unwrap(self, wrapped: bytes, *, tender: str, subject: str) -> bytes:
        """Return the content key again. Raises BrokenSeal."""


class ServerKeyHolder:
    """Wraps under a key derived from the server's secret key and the tender's code."""

    def __init__(self, secret_key: str) -> None:
        """Keep the server's secret key; it never leaves this object."""
        self._secret = secret_key.encode()

    def wrap(self, key: bytes, *, tender: str, subject: str) -> bytes:
        """Return nonce and wrapped key."""
        nonce = secrets.token_bytes(_NONCE)
        return nonce + AESGCM(self._tender_key(tender)).encrypt(nonce, key, subject.encode())

    def unwrap(self, wrapped: bytes, *, tender: str, subject: str) -> bytes:
        """Return the content key again. Raises BrokenSeal for another tender, subject or secret key."""
        try:
            return AESGCM(self._tender_key(tender)).decrypt(wrapped[:_NONCE], wrapped[_NONCE:], subject.encode())
        except (InvalidTag, ValueError) as fault:
            raise BrokenSeal from fault

    def _tender_key(self, tender: str) -> bytes:
        info = f"tendering/{tender}".encode()
        return HKDF(algorithm=SHA256(), length=KEY, salt=b"shecai sealing 1", info=info).derive(self._secret)


def new_key() -> bytes:
    """Return a random content key; every content, and every version of it, gets its own."""
    return secrets.token_bytes(KEY)


class Sealing:
    """Encrypts a stream pushed in pieces of any size; the number is the nonce, safe because no key is used twice."""

    def __init__(self, key: bytes) -> None:
        """Begin with a fresh content key."""
        self._cipher = AESGCM(key)
        self._number = 0
        self._buffer = bytearray()

    def start(self) -> bytes:
        """Return the bytes that open every sealed content."""
        return _MAGIC

    def update(self, piece: bytes) -> Iterator[bytes]:
        """Yield the chunks that are full; one is always kept back, for the last must carry its mark."""
        self._buffer += piece
        while len(self._buffer) > CHUNK:
            clear = bytes(self._buffer[:CHUNK])
            del self._buffer[:CHUNK]
            yield self._chunk(clear, _MORE)

    def finish(self) -> bytes:
        """Return the last chunk with its mark; it may be empty inside."""
        return self._chunk(bytes(self._buffer), _LAST)

    def _chunk(self, clear: bytes, mark: bytes) -> bytes:
        nonce = self._number.to_bytes(_NONCE - 1, "big") + mark
        self._number += 1
        return self._cipher.encrypt(nonce, clear, _MAGIC)


class Unsealing:
    """Decrypts what Sealing made, pushed in pieces of any size; nothing unauthenticated is ever given out."""

    def __init__(self, key: bytes) -> None:
        """Begin with the unwrapped content key."""
        self._cipher = AESGCM(key)
        self._number = 0
        self._buffer = bytearray()
        self._started = False

    def update(self, piece: bytes) -> Iterator[bytes]:
        """Yield clear chunks; the last one waits for `finish`. Raises BrokenSeal."""
        self._buffer += piece
        if not self._started and len(self._buffer) >= len(_MAGIC):
            self._read_start()
        while self._started and len(self._buffer) > CHUNK + _TAG:
            sealed = bytes(self._buffer[: CHUNK + _TAG])
            del self._buffer[: CHUNK + _TAG]
            yield self._open(sealed, _MORE)

    def finish(self) -> bytes:
        """Return the last clear chunk. Raises BrokenSeal when what came last does not carry the mark."""
        if not self._started:
            raise BrokenSeal
        return self._open(bytes(self._buffer), _LAST)

    def _read_start(self) -> None:
        if bytes(self._buffer[: len(_MAGIC)]) != _MAGIC:
            raise BrokenSeal
        del self._buffer[: len(_MAGIC)]
        self._started = True

    def _open(self, sealed: bytes, mark: bytes) -> bytes:
        nonce = self._number.to_bytes(_NONCE - 1, "big") + mark
        self._number += 1
        try:
            return self._cipher.decrypt(nonce, sealed, _MAGIC)
        except (InvalidTag, ValueError) as fault:
            raise BrokenSeal from fault


class StreamSealer:
    """Seals and unseals one stored file with its content key; what `base.storage` asks for when a file is secret."""

    def __init__(self, key: bytes) -> None:
        """Keep the file's content key."""
        self._key = key

    async def seal(self, chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        """Return the sealed bytes of the clear ones."""
        sealing = Sealing(self._key)
        yield sealing.start()
        async for chunk in chunks:
            for sealed in sealing.update(chunk):
                yield sealed
        yield sealing.finish()

    async def unseal(self, chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        """Return the clear bytes again. Raises BrokenSeal."""
        unsealing = Unsealing(self._key)
        async for chunk in chunks:
            for clear in unsealing.update(chunk):
                yield clear
        yield unsealing.finish()


def seal(clear: bytes, key: bytes) -> bytes:
    """Return a whole content sealed."""
    sealing = Sealing(key)
    return b"".join((sealing.start(), *sealing.update(clear), sealing.finish()))


def unseal(sealed: bytes, key: bytes) -> bytes:
    """Return a whole content in clear. Raises BrokenSeal."""
    unsealing = Unsealing(key)
    return b"".join((*unsealing.update(sealed), unsealing.finish()))


class Vault:
    """Where the room finds its key holder; the app hands it in at start."""

    holder: KeyHolder | None = None


def _holder() -> KeyHolder:
    if Vault.holder is None:
        raise RuntimeError("no key holder was handed in")
    return Vault.holder


class Sealed(msgspec.Struct, frozen=True, kw_only=True):
    """A sealed content, its wrapped key, and the fingerprint of the sealed bytes, which tells nothing of it."""

    content: bytes
    key: bytes
    fingerprint: str


def seal_content(content: msgspec.Struct, *, tender: str, subject: str) -> Sealed:
    """Seal a struct for a tender, padded so that its length tells nothing of a price."""
    clear = msgspec.json.encode(content)
    key = new_key()
    sealed = seal(clear + b" " * (-len(clear) % _PADDED_TO), key)
    wrapped = _holder().wrap(key, tender=tender, subject=subject)
    return Sealed(content=sealed, key=wrapped, fingerprint=hashlib.sha256(sealed).hexdigest())


def open_content(kind: type[T], *, content: bytes, key: bytes, tender: str, subject: str) -> T:
    """Return a sealed struct. Raises BrokenSeal."""
    clear = unseal(content, _holder().unwrap(key, tender=tender, subject=subject))
    return msgspec.json.decode(clear, type=kind)


class FileSeals:
    """Locks staged files for a tender; what the people room asks for when a file is sealed."""

    def fresh(self, *, tender: str, code: str) -> tuple[StreamSealer, bytes]:
        """Return a sealer with a new key, and that key wrapped."""
        key = new_key()
        return StreamSealer(key), _holder().wrap(key, tender=tender, subject=f"file:{code}")

    def again(self, *, tender: str, code: str, wrapped: bytes) -> StreamSealer:
        """Return the sealer of a kept key. Raises BrokenSeal."""
        return StreamSealer(_holder().unwrap(wrapped, tender=tender, subject=f"file:{code}"))
