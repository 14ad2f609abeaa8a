"""A person's long-term private key, which only a passphrase opens; the passphrase itself is kept nowhere.

Argon2id with the second recommended measures of RFC 9106 (64 MiB, three passes, four lanes) makes the key under which
AES-256-GCM holds it. The measures stand beside each key, so that later ones may be harder.
"""

import secrets

import msgspec
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE = 12
_SALT = 16
_KEY = 32


class Measures(msgspec.Struct, frozen=True, kw_only=True):
    """How hard Argon2id makes it to guess a passphrase: passes, memory in KiB, lanes."""

    passes: int = 3
    kibibytes: int = 65_536
    lanes: int = 4


RECOMMENDED = Measures()
#: Everybody knows the demo's passphrase: guarding it would cost the town half of the time it takes to build.
FOR_THE_DEMO = Measures(passes=1, kibibytes=1_024, lanes=1)


class WrongPassphrase(Exception):
    """The passphrase does not open the key; whoever asked is told so, and the try is counted."""


class LockedKey(msgspec.Struct, frozen=True, kw_only=True):
    """A private key as it is kept: locked, with all but the passphrase that is needed to open it."""

    locked: bytes
    salt: bytes
    passes: int
    kibibytes: int
    lanes: int


def lock(private: bytes, *, passphrase: str, account: str, measures: Measures = RECOMMENDED) -> LockedKey:
    """Return a private key locked under a passphrase, for one account; takes its time on purpose."""
    salt, nonce = secrets.token_bytes(_SALT), secrets.token_bytes(_NONCE)
    blank = LockedKey(locked=b"", salt=salt, **msgspec.structs.asdict(measures))
    locked = nonce + _cipher(blank, passphrase).encrypt(nonce, private, account.encode())
    return msgspec.structs.replace(blank, locked=locked)


def unlock(kept: LockedKey, *, passphrase: str, account: str) -> bytes:
    """Return the private key again. Raises WrongPassphrase."""
    nonce, locked = kept.locked[:_NONCE], kept.locked[_NONCE:]
    try:
        return _cipher(kept, passphrase).decrypt(nonce, locked, account.encode())
    except InvalidTag as fault:
        raise WrongPassphrase from fault


def _cipher(kept: LockedKey, passphrase: str) -> AESGCM:
    key = hash_secret_raw(
        passphrase.encode(),
        kept.salt,
        time_cost=kept.passes,
        memory_cost=kept.kibibytes,
        parallelism=kept.lanes,
        hash_len=_KEY,
        type=Type.ID,
    )
    return AESGCM(key)
