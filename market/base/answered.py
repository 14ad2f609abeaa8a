"""Requests that must count once: the same idempotency key within 24 hours answers the first answer again.

A browser's form carries its own key, so a form posted twice is one act. The key's row is written before the act and
completed after it; a second request with the key waits for the first. What was refused may be tried again.
"""

import asyncio
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import msgspec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from litestar import Request, Response

from market.base.database import one, rows
from market.base.refusal import Busy, Objection, Refused, say

_KEPT = timedelta(hours=24)
_LONGEST_KEY = 150
_KEPT_HEADERS = ("location", "etag")
_WAIT_STEPS = 100
_WAIT = 0.1
_GIVEN_UP = timedelta(minutes=2)
_NONCE = 12


class _Keys:
    """What keeps requests and answers unreadable in the database: some are sealed bids and their receipts."""

    mark = b""
    answer: AESGCM | None = None


def furnish(*, secret_key: str) -> None:
    """Derive the keys under which marks and answers are kept, from the secret that is not in the database."""
    made = HKDF(algorithm=SHA256(), length=64, salt=None, info=b"answered requests").derive(secret_key.encode())
    _Keys.mark, _Keys.answer = made[:32], AESGCM(made[32:])


def _sealed(body: bytes, *, attempt: int) -> bytes:
    if _Keys.answer is None:
        raise RuntimeError("no secret key was handed in")
    nonce = secrets.token_bytes(_NONCE)
    return nonce + _Keys.answer.encrypt(nonce, body, str(attempt).encode())


def _unsealed(kept: bytes, *, attempt: int) -> bytes:
    if _Keys.answer is None:
        raise RuntimeError("no secret key was handed in")
    return _Keys.answer.decrypt(kept[:_NONCE], kept[_NONCE:], str(attempt).encode())


@dataclass(slots=True)
class Attempt:
    """One try under a key: its row, or the answer already given."""

    id: int | None = None
    answer: Response[Any] | None = None


def fresh_key() -> str:
    """Return a key for a form."""
    return secrets.token_urlsafe(12)


async def begin(*, request: Request[Any, Any, Any], raw: Mapping[str, Any], now: datetime) -> Attempt | None:
    """Claim the request's key, or return the answer it got before. None when it carries none.

    Refused when the key was used for another body; Busy when the first request with it has not ended in ten seconds.
    """
    sent = msgspec.json.encode(
        {k: v for k, v in raw.items() if k not in ("_once", "_csrf_token")}, enc_hook=str, order="sorted"
    )
    mark = hmac.new(_Keys.mark, request.url.path.encode() + b"\0" + sent, "sha256").hexdigest()
    key, form_key = request.headers.get("idempotency-key"), raw.get("_once")
    if not key and isinstance(form_key, str) and form_key:
        key = f"form:{form_key[:40]}:{mark}"
    if not key:
        return None
    if len(key) > _LONGEST_KEY or not key.isprintable():
        raise Refused(
            [
                Objection(
                    "Idempotency-Key",
                    say("An idempotency key has at most {most} printable characters.", most=_LONGEST_KEY),
                )
            ]
        )
    account = request.user.account
    # A request that died on the way left its key without an answer: after two minutes it may be tried again.
    await rows(
        "DELETE FROM answered_request WHERE account = $1 AND key = $2 AND (at <= $3 OR (status IS NULL AND at <= $4))",
        account,
        key,
        now - _KEPT,
        now - _GIVEN_UP,
    )
    for _ in range(_WAIT_STEPS):
        mine = await one(
            "INSERT INTO answered_request (account, key, fingerprint, at, headers) VALUES ($1, $2, $3, $4, '{}')"
            " ON CONFLICT (account, key) DO NOTHING RETURNING id",
            account,
            key,
            mark,
            now,
        )
        if mine:
            return Attempt(id=mine["id"])
        first = await one("SELECT * FROM answered_request WHERE account = $1 AND key = $2", account, key)
        if first and first["fingerprint"] != mark:
            raise Refused([Objection("Idempotency-Key", say("This idempotency key was used for another request."))])
        if first and first["status"] is not None:
            headers = {**first["headers"], "Idempotency-Replayed": "true"}
            kind = headers.pop("content-type", None)
            return Attempt(
                answer=Response(
                    content=_unsealed(first["body"], attempt=first["id"]),
                    status_code=first["status"],
                    headers=headers,
                    media_type=kind,
                )
            )
        await asyncio.sleep(_WAIT)
    raise Busy(10, say("The first request with this key is still being worked on."))


async def keep(attempt: Attempt | None, answer: Response[Any]) -> Response[Any]:
    """Keep a successful answer under its key; anything else frees the key for another try.

    Called in the act's own transaction. Busy when the key was given up meanwhile: then the act is not done either.
    """
    if attempt is None or attempt.id is None:
        return answer
    if (answer.status_code or 200) >= 400 or answer.cookies:  # noqa: PLR2004
        await forget(attempt)
        return answer
    headers = {k.lower(): v for k, v in answer.headers.items() if k.lower() in _KEPT_HEADERS}
    if answer.media_type:
        headers["content-type"] = str(getattr(answer.media_type, "value", answer.media_type))
    body = _bytes_of(answer.content)
    sealed = _sealed(body, attempt=attempt.id)
    kept = await rows(
        "UPDATE answered_request SET status = $2, headers = $3, body = $4 WHERE id = $1 RETURNING id",
        attempt.id,
        answer.status_code,
        headers,
        sealed,
    )
    if not kept:
        raise Busy(10, say("This took so long that the request was given up; nothing was written."))
    return answer


def _bytes_of(content: Any) -> bytes:
    if isinstance(content, bytes):
        return content
    return (content or "").encode() if content is None or isinstance(content, str) else msgspec.json.encode(content)


async def forget(attempt: Attempt | None) -> None:
    """Free a key whose act did not happen."""
    if attempt is not None and attempt.id is not None:
        await rows("DELETE FROM answered_request WHERE id = $1 AND status IS NULL", attempt.id)
