"""Passwords: Argon2 off the event loop, and a hash to compare with when a name is unknown."""

import asyncio
import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

_HASHER = PasswordHasher()
# Verified against when a name is unknown, so that the answer takes as long as for a known one.
NOBODY = _HASHER.hash(secrets.token_urlsafe(16))


async def hash_password(password: str) -> str:
    """Return the Argon2 hash of a password; off the event loop, since it takes its time on purpose."""
    return await asyncio.to_thread(_HASHER.hash, password)


async def fits(password: str, kept: str) -> bool:
    """Tell whether a password is the one whose hash is kept."""

    def verify() -> bool:
        try:
            return _HASHER.verify(kept, password)
        except (VerifyMismatchError, InvalidHashError):
            return False

    return await asyncio.to_thread(verify)
