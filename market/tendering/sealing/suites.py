"""HPKE (RFC 9180) by suites that the data name, so that others can follow beside the present one.

Whatever is wrapped is bound by `info` to what it is for: a key wrapped for one bid does not open as another's.
"""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from market.tendering.sealing.streams import BrokenSeal

P256 = "DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM"
SUITES: Mapping[str, Suite] = MappingProxyType({P256: Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_256_GCM)})
_SCALAR = 32
_CURVE = ec.SECP256R1()


def new_pair() -> tuple[bytes, bytes]:
    """Return a fresh private key as its scalar of 32 bytes, and the public key as an uncompressed point."""
    made = ec.generate_private_key(_CURVE)
    return made.private_numbers().private_value.to_bytes(_SCALAR, "big"), _point(made.public_key())


def public_of(private: bytes) -> bytes:
    """Return the public key that belongs to a private one."""
    return _point(_private(private).public_key())


def wrap(key: bytes, *, suite: str, public: bytes, info: str) -> bytes:
    """Return a key that only the holder of the private half can have again."""
    return SUITES[suite].encrypt(key, _public(public), info=info.encode())


def unwrap(wrapped: bytes, *, suite: str, private: bytes, info: str) -> bytes:
    """Return a wrapped key again. Raises BrokenSeal for another private key, another purpose, or altered bytes."""
    try:
        return SUITES[suite].decrypt(wrapped, _private(private), info=info.encode())
    except (InvalidTag, ValueError) as fault:
        raise BrokenSeal from fault


def _private(scalar: bytes) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(scalar, "big"), _CURVE)


@lru_cache(maxsize=256)
def _public(point: bytes) -> ec.EllipticCurvePublicKey:
    return ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, point)


def _point(public: ec.EllipticCurvePublicKey) -> bytes:
    return public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
