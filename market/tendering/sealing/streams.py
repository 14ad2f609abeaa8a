"""Contents in numbered chunks: each sealed under a key of its own, padded to steps, with its end marked.

A chunk altered, moved, left out or added after the end does not open. The start carries a commitment to the key, so
that one sealed content cannot be opened to two readings by two keys.
"""

import hashlib
import secrets
from collections.abc import AsyncIterator, Iterator
from hmac import compare_digest

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

CHUNK = 65_536
STEP = 4_096
KEY = 32
_NONCE = 12
_TAG = 16
_MAGIC = b"SHECAI-SEAL-2\n"
_START = len(_MAGIC) + hashlib.sha256().digest_size
_LAST = b"\x01"
_MORE = b"\x00"
_END = b"\x80"


class BrokenSeal(Exception):
    """The content does not open: another key, an altered byte, or an end that is missing. A surprise, never shown."""


def new_key() -> bytes:
    """Return a random content key; every content, and every version of it, gets its own."""
    return secrets.token_bytes(KEY)


def padded_size(size: int) -> int:
    """Return how long a content of so many bytes is when it is padded: what a sealed size tells, and no more."""
    return (size // STEP + 1) * STEP


def _start_for(key: bytes) -> bytes:
    return _MAGIC + hashlib.sha256(b"shecai key commitment\0" + key).digest()


class Sealing:
    """Encrypts a stream pushed in pieces of any size; the number is the nonce, safe because no key is used twice."""

    def __init__(self, key: bytes) -> None:
        """Begin with a fresh content key."""
        self._cipher = AESGCM(key)
        self._start = _start_for(key)
        self._number = 0
        self._buffer = bytearray()

    def start(self) -> bytes:
        """Return the bytes that open every sealed content: what it is, and the commitment to its key."""
        return self._start

    def update(self, piece: bytes) -> Iterator[bytes]:
        """Yield the chunks that are full; one is always kept back, for the last must carry its mark."""
        self._buffer += piece
        while len(self._buffer) > CHUNK:
            clear = bytes(self._buffer[:CHUNK])
            del self._buffer[:CHUNK]
            yield self._chunk(clear, _MORE)

    def finish(self) -> bytes:
        """Return what is left, padded to the next step, the last chunk with its mark."""
        # A step divides a chunk, so that the padding always lies within the last chunk.
        self._buffer += _END
        self._buffer += b"\0" * (-len(self._buffer) % STEP)
        full = b"".join(self.update(b""))
        return full + self._chunk(bytes(self._buffer), _LAST)

    def _chunk(self, clear: bytes, mark: bytes) -> bytes:
        nonce = self._number.to_bytes(_NONCE - 1, "big") + mark
        self._number += 1
        return self._cipher.encrypt(nonce, clear, _MAGIC)


class Unsealing:
    """Decrypts what Sealing made, pushed in pieces of any size; nothing unauthenticated is ever given out."""

    def __init__(self, key: bytes) -> None:
        """Begin with the unwrapped content key."""
        self._cipher = AESGCM(key)
        self._start = _start_for(key)
        self._number = 0
        self._buffer = bytearray()
        self._started = False

    def update(self, piece: bytes) -> Iterator[bytes]:
        """Yield clear chunks; the last one waits for `finish`. Raises BrokenSeal."""
        self._buffer += piece
        if not self._started and len(self._buffer) >= _START:
            self._read_start()
        while self._started and len(self._buffer) > CHUNK + _TAG:
            sealed = bytes(self._buffer[: CHUNK + _TAG])
            del self._buffer[: CHUNK + _TAG]
            yield self._open(sealed, _MORE)

    def finish(self) -> bytes:
        """Return the last clear chunk without its padding. Raises BrokenSeal when it does not carry the mark."""
        if not self._started:
            raise BrokenSeal
        last = self._open(bytes(self._buffer), _LAST).rstrip(b"\0")
        if not last.endswith(_END):
            raise BrokenSeal
        return last[:-1]

    def _read_start(self) -> None:
        if not compare_digest(bytes(self._buffer[:_START]), self._start):
            raise BrokenSeal
        del self._buffer[:_START]
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
