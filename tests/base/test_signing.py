"""Signatures in PDF files: a key of one's own, the demo's authority, two signatures, and what an altered byte shows."""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import pytest
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    PrivateFormat,
    load_der_private_key,
    pkcs12,
)
from cryptography.x509 import load_der_x509_certificate

from market.base.paper import Paper, Signature, stamp
from market.base.signing import files
from market.base.signing.identities import Authority, Identity, Unreadable, certificate_of, read_identity

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
AUTHORITY = Authority(secret_key="s" * 32)


def identity(name: str = "李军") -> Identity:
    return AUTHORITY.issue(name=name, organization="梧桐街道办事处", now=NOW)


def as_pkcs12(of: Identity, passphrase: str) -> bytes:
    """The file that an issuer would hand to its customer."""
    key, certificate = load_der_private_key(of.key, None), load_der_x509_certificate(of.certificate)
    lock = BestAvailableEncryption(passphrase.encode())
    return pkcs12.serialize_key_and_certificates(b"me", key, certificate, None, lock)  # type: ignore[arg-type]


class Made(NamedTuple):
    """A paper with two fields, then with one signature, then with both."""

    empty: bytes
    once: bytes
    twice: bytes


@pytest.fixture(scope="module")
def made() -> Made:
    paper = Paper(title="合同", code="C-2026-0001", demo=True).heading("第一条").text("服务内容。" * 200)
    paper.signatures([Signature("甲方"), Signature("乙方")], fields=["buyer", "supplier"])
    empty = files.with_fields(paper.pdf(), fields=paper.places)
    once = signed(empty, "buyer", identity())
    return Made(empty, once, signed(once, "supplier", identity("王五")))


def signed(pdf: bytes, field: str, by: Identity) -> bytes:
    place = files.place_of(pdf, field=field)
    seen = stamp(["电子签名", "演示签名，无法律效力"], width=place.right - place.left, height=place.upper - place.lower)
    return files.sign(pdf, field=field, identity=by, stamp=seen, reason="合同", name="李军", now=NOW)


def shown(pdf: bytes, *, trusting: Authority | None = AUTHORITY) -> list[tuple[str, bool, str, bool]]:
    roots = [trusting.root] if trusting else []
    found = files.examine(pdf, roots=roots, at={"buyer": NOW, "supplier": NOW})
    return [(f.field, f.intact, str(f.covers), f.trusted) for f in found]


def test_the_second_signature_leaves_the_first_as_it_is(made: Made) -> None:
    assert made.once.startswith(made.empty)
    assert made.twice.startswith(made.once)
    assert shown(made.empty) == []
    assert shown(made.once) == [("buyer", True, "whole", True)]
    assert shown(made.twice) == [("buyer", True, "revision", True), ("supplier", True, "whole", True)]


def test_it_is_signed_at_the_moment_handed_in(made: Made) -> None:
    first, _ = files.examine(made.twice, roots=[AUTHORITY.root], at={})
    assert first.said_at == NOW
    assert "李军" in first.certificate.names


def test_an_altered_byte_is_found(made: Made) -> None:
    in_the_text, in_the_second = made.empty.index(b"stream") + 20, len(made.once) + 3000
    assert not any(intact for _, intact, _, _ in shown(altered(made.twice, in_the_text)))
    after = {field: intact for field, intact, _, _ in shown(altered(made.twice, in_the_second))}
    assert after.get("supplier") is not True


def altered(pdf: bytes, at: int) -> bytes:
    return pdf[:at] + bytes([pdf[at] ^ 1]) + pdf[at + 1 :]


def test_what_is_added_is_not_covered(made: Made) -> None:
    assert [covers for _, _, covers, _ in shown(made.twice + b"\n% more\n")] == ["revision", "revision"]
    assert shown(b"%PDF-1.4 nothing") == []


def test_only_our_own_authority_is_trusted(made: Made) -> None:
    assert Authority(secret_key="s" * 32).root == AUTHORITY.root
    for other in (None, Authority(secret_key="t" * 32)):
        assert {trusted for _, _, _, trusted in shown(made.twice, trusting=other)} == {False}


def test_a_key_of_ones_own() -> None:
    sent = as_pkcs12(mine := identity(), "口令 pass")
    read = read_identity(sent, passphrase="口令 pass")
    assert certificate_of(read) == certificate_of(mine)
    assert "PRIVATE" not in repr(read)
    assert repr(read) == "Identity(…)"
    assert certificate_of(read).valid_until - NOW > timedelta(days=3000)


@pytest.mark.parametrize(
    ("sent", "passphrase"),
    [
        (as_pkcs12(identity(), "right"), "wrong"),
        (b"no key at all", "x"),
        (b"", ""),
        (as_pkcs12(identity(), "right") + b"\0" * 70_000, "right"),
    ],
)
def test_what_is_no_key_is_not_read(sent: bytes, passphrase: str) -> None:
    with pytest.raises(Unreadable):
        read_identity(sent, passphrase=passphrase)


def test_a_lock_that_would_take_hours_is_not_tried() -> None:
    lock = (
        PrivateFormat.PKCS12.encryption_builder()
        .kdf_rounds(1_000_001)
        .key_cert_algorithm(pkcs12.PBES.PBESv2SHA256AndAES256CBC)
        .build(b"right")
    )
    mine = identity()
    key, certificate = load_der_private_key(mine.key, None), load_der_x509_certificate(mine.certificate)
    sent = pkcs12.serialize_key_and_certificates(b"me", key, certificate, None, lock)  # type: ignore[arg-type]
    with pytest.raises(Unreadable):
        read_identity(sent, passphrase="right")
