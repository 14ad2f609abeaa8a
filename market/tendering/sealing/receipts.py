"""The signed promise a bidder gets at once: which sealed bytes came, when, as which submission, and who says so.

The leaf is the digest of the promise's words in one fixed writing; the installation signs it with Ed25519. The key is
made from the installation's secret, its public half stands at a public address. Checking needs neither database nor
server: `check` takes the promise and the public key alone.
"""

import hashlib
from datetime import UTC, datetime

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_EVENT = "tendering:submit-bid"
_LEAF = b"\x00"  # as in RFC 6962, so that a leaf never looks like a node of a tree
_SIGNED = b"shecai receipt 1\n"
SERVER_MEMORY = "server-memory"


class Promise(msgspec.Struct, frozen=True, kw_only=True):
    """What is promised: the event, the tender and bid, which submission, its fingerprint, where it was sealed, when."""

    tender: str
    bid: str
    submission: int
    fingerprint: str
    submitted_at: datetime
    event: str = _EVENT
    sealed_in: str = SERVER_MEMORY


class Signer:
    """Signs receipts; the app hands the secret in at start."""

    key: Ed25519PrivateKey | None = None


def furnish(*, secret_key: str) -> None:
    """Derive the installation's signing key from the secret that is not in the database."""
    made = HKDF(algorithm=SHA256(), length=32, salt=b"shecai receipts 1", info=b"ed25519").derive(secret_key.encode())
    Signer.key = Ed25519PrivateKey.from_private_bytes(made)


def _key() -> Ed25519PrivateKey:
    if Signer.key is None:
        raise RuntimeError("no signing key was handed in")
    return Signer.key


def public_key() -> str:
    """Return the public key that receipts are checked with, in hexadecimal."""
    return _key().public_key().public_bytes_raw().hex()


def leaf_of(promise: Promise) -> str:
    """Return the digest of a promise: its fields by name, the moment in UTC, as JSON without blanks."""
    at = promise.submitted_at.astimezone(UTC).isoformat(timespec="microseconds")
    words = msgspec.json.encode({**msgspec.structs.asdict(promise), "submitted_at": at}, order="sorted")
    return hashlib.sha256(_LEAF + words).hexdigest()


def sign(promise: Promise) -> tuple[str, str]:
    """Return a promise's leaf and the signature under it, in hexadecimal."""
    leaf = leaf_of(promise)
    return leaf, _key().sign(_SIGNED + bytes.fromhex(leaf)).hex()


def check(promise: Promise, *, leaf: str, signature: str, public: str) -> bool:
    """Tell whether a promise has this leaf and was signed by the holder of this public key."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))
        key.verify(bytes.fromhex(signature), _SIGNED + bytes.fromhex(leaf))
    except (InvalidSignature, ValueError):
        return False
    return leaf_of(promise) == leaf
