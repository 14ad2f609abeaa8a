"""What is sealed for a tender: bids under its public key, drafts, quotes and staged files under the server's holder.

A draft must be its bidder's to read again, and final quotes are opened by the clock: their keys are wrapped under a
key derived from the secret that is not in the database. A submitted bid's key, and those of its files, are wrapped
under the tender's public key, whose private half no server has until enough keyholders have turned their keys.
"""

import hashlib
import secrets
from typing import Protocol, TypeVar

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from market.tendering.sealing import suites
from market.tendering.sealing.passphrases import RECOMMENDED, Measures
from market.tendering.sealing.streams import KEY, BrokenSeal, StreamSealer, new_key, padded_size, seal, unseal

T = TypeVar("T", bound=msgspec.Struct)
_NONCE = 12
_JOINT = b"HPKE\n"  # what begins a file's key that the server can no longer unwrap


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


class TenderKey(msgspec.Struct, frozen=True, kw_only=True):
    """The public half of a tender's key pair, for whoever seals; anybody may know it."""

    suite: str
    public: bytes

    def wrap(self, key: bytes, *, tender: str, subject: str) -> bytes:
        """Return the content key wrapped, so that the keyholders together alone can have it again."""
        return suites.wrap(key, suite=self.suite, public=self.public, info=f"{tender}/{subject}")


class OpenedTenderKey:
    """The private half, put together from the keyholders' shares; it lives in the memory of one opening."""

    def __init__(self, *, suite: str, private: bytes) -> None:
        """Keep the private key as long as this object is kept."""
        self._suite, self._private = suite, private

    def wrap(self, key: bytes, *, tender: str, subject: str) -> bytes:
        """Return the content key wrapped under the public half."""
        public = suites.public_of(self._private)
        return TenderKey(suite=self._suite, public=public).wrap(key, tender=tender, subject=subject)

    def unwrap(self, wrapped: bytes, *, tender: str, subject: str) -> bytes:
        """Return the content key again. Raises BrokenSeal."""
        return suites.unwrap(wrapped, suite=self._suite, private=self._private, info=f"{tender}/{subject}")


class Vault:
    """Where the room finds the server's key holder, and how hard people's keys are locked; handed in at start."""

    holder: KeyHolder | None = None
    measures: Measures = RECOMMENDED


def _server() -> KeyHolder:
    if Vault.holder is None:
        raise RuntimeError("no key holder was handed in")
    return Vault.holder


class Sealed(msgspec.Struct, frozen=True, kw_only=True):
    """A sealed content, its wrapped key, and the fingerprint of the sealed bytes, which tells nothing of it."""

    content: bytes
    key: bytes
    fingerprint: str


class Wraps(Protocol):
    """Whoever wraps a content key: the server's holder, or a tender's public key."""

    def wrap(self, key: bytes, *, tender: str, subject: str) -> bytes:
        """Return the content key wrapped."""


def seal_content(content: msgspec.Struct, *, tender: str, subject: str, under: Wraps | None = None) -> Sealed:
    """Seal a struct for a tender, under the tender's key or else the server's; its length tells nothing of a price."""
    key = new_key()
    sealed = seal(msgspec.json.encode(content), key)
    wrapped = (under or _server()).wrap(key, tender=tender, subject=subject)
    return Sealed(content=sealed, key=wrapped, fingerprint=hashlib.sha256(sealed).hexdigest())


def open_content(kind: type[T], *, content: bytes, key: bytes, tender: str, subject: str) -> T:
    """Return a struct sealed under the server's holder. Raises BrokenSeal."""
    return reopen(kind, content=content, key=_server().unwrap(key, tender=tender, subject=subject))


def reopen(kind: type[T], *, content: bytes, key: bytes) -> T:
    """Return a sealed struct by its own key. Raises BrokenSeal."""
    return msgspec.json.decode(unseal(content, key), type=kind)


class FileSeals:
    """Locks staged files for a tender; what the people room asks for when a file is sealed."""

    def fresh(self, *, tender: str, code: str) -> tuple[StreamSealer, bytes]:
        """Return a sealer with a new key, and that key wrapped."""
        key = new_key()
        return StreamSealer(key), _server().wrap(key, tender=tender, subject=_file(code))

    def again(self, *, tender: str, code: str, wrapped: bytes) -> StreamSealer | None:
        """Return the sealer of a kept key, None when only the keyholders can unwrap it. Raises BrokenSeal."""
        if wrapped.startswith(_JOINT):
            return None
        return StreamSealer(_server().unwrap(wrapped, tender=tender, subject=_file(code)))

    def size(self, size: int) -> int:
        """Return a file's size as its sealed bytes tell it: to the next step."""
        return padded_size(size)

    def seal_name(self, name: str, *, tender: str, code: str, wrapped: bytes) -> bytes:
        """Return a file's name sealed under a key of its own that is made from the file's."""
        return seal(name.encode(), _name_key(_server().unwrap(wrapped, tender=tender, subject=_file(code))))

    def name_of(self, sealed: bytes, *, tender: str, code: str, wrapped: bytes) -> str:
        """Return a sealed name, "" when only the keyholders can unwrap the file's key. Raises BrokenSeal."""
        if wrapped.startswith(_JOINT):
            return ""
        return unseal(sealed, _name_key(_server().unwrap(wrapped, tender=tender, subject=_file(code)))).decode()


def _name_key(key: bytes) -> bytes:
    """Return the key of a file's name: no key seals two contents."""
    return HKDF(algorithm=SHA256(), length=KEY, salt=b"shecai sealing 1", info=b"file name").derive(key)


def hand_over_file(wrapped: bytes, *, tender: str, code: str, to: TenderKey) -> bytes:
    """Return a staged file's key wrapped under the tender's public key; one handed over before stays as it is."""
    if wrapped.startswith(_JOINT):
        return wrapped
    key = _server().unwrap(wrapped, tender=tender, subject=_file(code))
    return _JOINT + to.wrap(key, tender=tender, subject=_file(code))


def take_back_file(wrapped: bytes, *, tender: str, code: str, by: OpenedTenderKey) -> bytes:
    """Return a file's key under the server's holder again, once the tender's key is open. Raises BrokenSeal."""
    key = by.unwrap(wrapped.removeprefix(_JOINT), tender=tender, subject=_file(code))
    return _server().wrap(key, tender=tender, subject=_file(code))


def _file(code: str) -> str:
    return f"file:{code}"
