"""The suite that wraps keys is HPKE as RFC 9180 publishes it: a second reading of it, held to the published vector.

The appendix A.3 has P-256 with AES-128-GCM; our suite differs from it by the number and the key length of its AEAD. So
the reading below is first held to the published bytes, and then must open what our suite has sealed.
"""

import hashlib
import hmac

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from market.tendering.sealing import BrokenSeal, suites

# RFC 9180, A.3.1 (base mode), sequence number 0.
INFO = bytes.fromhex("4f6465206f6e2061204772656369616e2055726e")
PRIVATE = bytes.fromhex("f3ce7fdae57e1a310d87f1ebbde6f328be0a99cdbcadf4d6589cf29de4b8ffd2")
PUBLIC = bytes.fromhex(
    "04fe8c19ce0905191ebc298a9245792531f26f0cece2460639e8bc39cb7f706a826a779b4cf969b8a0e539c7f62fb3d30ad6aa8f80e30f1d1"
    "28aafd68a2ce72ea0"
)
ENCAPSULATED = bytes.fromhex(
    "04a92719c6195d5085104f469a8b9814d5838ff72b60501e2c4466e5e67b325ac98536d7b61a1af4b78e5b7f951c0900be863c403ce65c9bf"
    "cb9382657222d18c4"
)
SEALED = bytes.fromhex("5ad590bb8baa577f8619db35a36311226a896e7342a6d836d8b7bcd2f20b6c7f9076ac232e3ab2523f39513434")
AAD, CLEAR = b"Count-0", b"Beauty is truth, truth beauty"
AES_128, AES_256 = (1, 16), (2, 32)
_KEM = b"KEM" + (0x0010).to_bytes(2, "big")
_CURVE = ec.SECP256R1()


def opened(sealed: bytes, *, encapsulated: bytes, info: bytes, aad: bytes, aead: tuple[int, int]) -> bytes:
    """Open a first message of base mode, step by step as sections 4.1, 5.1 and 5.2 write it."""
    number, length = aead
    suite = b"HPKE" + b"".join(n.to_bytes(2, "big") for n in (0x0010, 0x0001, number))
    private = ec.derive_private_key(int.from_bytes(PRIVATE, "big"), _CURVE)
    shared = private.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, encapsulated))
    secret = _expand(_extract(b"", b"eae_prk", shared, _KEM), b"shared_secret", encapsulated + PUBLIC, 32, _KEM)
    context = b"\0" + _extract(b"", b"psk_id_hash", b"", suite) + _extract(b"", b"info_hash", info, suite)
    scheduled = _extract(secret, b"secret", b"", suite)
    key = _expand(scheduled, b"key", context, length, suite)
    nonce = _expand(scheduled, b"base_nonce", context, 12, suite)
    return AESGCM(key).decrypt(nonce, sealed, aad)


def _extract(salt: bytes, label: bytes, material: bytes, suite: bytes) -> bytes:
    return hmac.digest(salt or b"\0" * 32, b"HPKE-v1" + suite + label + material, hashlib.sha256)


def _expand(secret: bytes, label: bytes, info: bytes, length: int, suite: bytes) -> bytes:
    """Expand to at most one digest's length, which is all that is needed here."""
    words = length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + info
    return hmac.digest(secret, words + b"\1", hashlib.sha256)[:length]


def test_the_reading_here_opens_the_published_vector() -> None:
    assert opened(SEALED, encapsulated=ENCAPSULATED, info=INFO, aad=AAD, aead=AES_128) == CLEAR
    assert suites.public_of(PRIVATE) == PUBLIC


def test_what_our_suite_wraps_is_opened_by_the_same_reading() -> None:
    info = "T-2026-0001/bid:B-1"
    wrapped = suites.wrap(b"k" * 32, suite=suites.P256, public=PUBLIC, info=info)
    point, sealed = wrapped[: len(PUBLIC)], wrapped[len(PUBLIC) :]
    assert opened(sealed, encapsulated=point, info=info.encode(), aad=b"", aead=AES_256) == b"k" * 32
    assert suites.unwrap(wrapped, suite=suites.P256, private=PRIVATE, info=info) == b"k" * 32


@pytest.mark.parametrize("place", [0, 1, 64, 65, -1])
def test_an_altered_byte_of_a_wrapped_key_is_found(place: int) -> None:
    wrapped = bytearray(suites.wrap(b"k" * 32, suite=suites.P256, public=PUBLIC, info="T/bid:B"))
    wrapped[place] ^= 1
    with pytest.raises(BrokenSeal):
        suites.unwrap(bytes(wrapped), suite=suites.P256, private=PRIVATE, info="T/bid:B")
