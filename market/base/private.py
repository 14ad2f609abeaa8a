"""What the database may not show in clear: telephone numbers and one-time codes, as keyed digests or sealed.

The keys are derived from the secret that is not in the database. Whoever has the database alone can neither read a
number nor try all numbers against a digest.
"""

import base64
import binascii
import hmac
import secrets
from collections.abc import Mapping
from typing import Any

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_NONCE = 12


class _Keys:
    """What the app hands in at start."""

    mark = b""
    lock: AESGCM | None = None


def furnish(*, secret_key: str) -> None:
    """Derive the keys of digests and seals."""
    made = HKDF(algorithm=SHA256(), length=64, salt=None, info=b"private data").derive(secret_key.encode())
    _Keys.mark, _Keys.lock = made[:32], AESGCM(made[32:])


def _lock() -> AESGCM:
    if _Keys.lock is None:
        raise RuntimeError("no secret key was handed in")
    return _Keys.lock


def keyed_digest(purpose: str, *parts: str) -> str:
    """Return the digest of a value for one purpose; the same value for another purpose has another digest."""
    _lock()
    told = "\0".join((purpose, *parts)).encode()
    return hmac.new(_Keys.mark, told, "sha256").hexdigest()


def seal(text: str, *, purpose: str) -> bytes:
    """Return a text sealed for one purpose; sealed twice it looks different."""
    nonce = secrets.token_bytes(_NONCE)
    return nonce + _lock().encrypt(nonce, text.encode(), purpose.encode())


def unseal(sealed: bytes, *, purpose: str) -> str | None:
    """Return the text again; None when it was not sealed here for this purpose."""
    try:
        return _lock().decrypt(sealed[:_NONCE], sealed[_NONCE:], purpose.encode()).decode()
    except (InvalidTag, ValueError):
        return None


def sealed_token(values: Mapping[str, Any], *, purpose: str) -> str:
    """Return values as a token that its bearer can keep and neither read nor change."""
    sealed = seal(msgspec.json.encode(dict(values)).decode(), purpose=purpose)
    return base64.urlsafe_b64encode(sealed).decode().rstrip("=")  # a cookie with that sign would come back quoted


def read_token(token: str, *, purpose: str) -> dict[str, Any] | None:
    """Return the values of a token; None when it is none of ours or made for another purpose."""
    try:
        padded = token + "=" * (-len(token) % 4)
        text = unseal(base64.b64decode(padded, altchars=b"-_", validate=True), purpose=purpose)
    except (binascii.Error, ValueError):
        return None
    return None if text is None else msgspec.json.decode(text, type=dict[str, Any])
