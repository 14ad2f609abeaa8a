"""A private key in shares: any lawful number of them gives it back, fewer tell nothing (Shamir 1979).

The library splits blocks of 16 bytes, so a key of 32 goes in two halves under one number. A salted commitment to each
share finds the wrong one before it is used.
"""

import hashlib
import secrets
from collections.abc import Sequence
from hmac import compare_digest

import msgspec
from Crypto.Protocol.SecretSharing import Shamir

_BLOCK = 16
_SALT = 16


class Share(msgspec.Struct, frozen=True, kw_only=True):
    """One keyholder's share: its number, and its bytes, which are nobody else's to see."""

    number: int
    secret: bytes


class Committed(msgspec.Struct, frozen=True, kw_only=True):
    """What may be known of a share: the salt, and the digest of salt and share."""

    salt: bytes
    commitment: str


def split(private: bytes, *, threshold: int, shares: int) -> list[Share]:
    """Return a private key in so many shares, of which `threshold` give it back, numbered from 1."""
    blocks = [private[at : at + _BLOCK] for at in range(0, len(private), _BLOCK)]
    parts = [dict(Shamir.split(threshold, shares, block)) for block in blocks]
    return [Share(number=n, secret=b"".join(part[n] for part in parts)) for n in range(1, shares + 1)]


def combine(shares: Sequence[Share]) -> bytes:
    """Return the private key of enough right shares; of too few or wrong ones something else."""
    size = len(shares[0].secret)
    starts = range(0, size, _BLOCK)
    return b"".join(Shamir.combine([(s.number, s.secret[at : at + _BLOCK]) for s in shares]) for at in starts)


def commit(share: Share) -> Committed:
    """Return a fresh commitment to a share."""
    salt = secrets.token_bytes(_SALT)
    return Committed(salt=salt, commitment=_digest(salt, share))


def keeps(share: Share, *, committed: Committed) -> bool:
    """Tell whether a share is the one that was committed to."""
    return compare_digest(_digest(committed.salt, share), committed.commitment)


def _digest(salt: bytes, share: Share) -> str:
    return hashlib.sha256(salt + share.number.to_bytes(1, "big") + share.secret).hexdigest()
