"""Sealing of bids, drafts, quotes and their files, so that neither the database nor a disk can tell what they say.

Each content has a random key of its own. It encrypts the content in numbered chunks, the last one marked, with
AES-256-GCM: a chunk altered, moved, left out or added after the end does not open. The content key is wrapped
under a key that a `KeyHolder` derives for the tender; the server's holder derives it by HKDF from the secret key,
which is not in the database. Other holders (joint keys) take the server's place behind the same two methods.
"""

import secrets
from collections.abc import AsyncIterator, Iterator
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

CHUNK = 65_536
KEY = 32
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
