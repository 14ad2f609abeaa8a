"""Keys and certificates of signatories: read from a PKCS#12 file, or issued by the demo's own authority.

The authority's key is derived from the secret that is not in the database. What it issues is for one signature: the
key is thrown away with it, so that nobody can sign again under that certificate.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import msgspec
from asn1crypto import core, pkcs12  # type: ignore[import-untyped]  # it ships no types
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.hazmat.primitives.serialization.pkcs12 import load_key_and_certificates
from cryptography.x509.oid import NameOID

LARGEST = 65_536
"""Bytes of a PKCS#12 file: key, certificate and chain are a few thousand."""

_ROOT = "Shecai demo / no legal effect / 社采演示，无法律效力"
_LONGEST_NAME = 64  # bytes; RFC 5280 says as many characters, which not every reader of certificates grants
_ROUNDS = 1_000_000
_SINCE, _UNTIL = datetime(2020, 1, 1, tzinfo=UTC), datetime(2050, 1, 1, tzinfo=UTC)
_VALID = timedelta(days=3650)


class Unreadable(Exception):
    """The file is no PKCS#12 with one key and its certificate, or the passphrase does not open it."""


class Identity(msgspec.Struct, frozen=True, kw_only=True):
    """A private key with its certificate and the certificates above it, in DER. Never kept, never told."""

    key: bytes
    certificate: bytes
    chain: list[bytes]

    def __repr__(self) -> str:
        """Say nothing of the key, wherever this is printed."""
        return "Identity(…)"


class Certificate(msgspec.Struct, frozen=True, kw_only=True):
    """What a certificate says of itself; `fingerprint` is the SHA-256 of its DER."""

    subject: str
    issuer: str
    serial: str
    fingerprint: str
    valid_from: datetime
    valid_until: datetime
    may_sign: bool
    names: list[str]


def certificate_of(identity: Identity) -> Certificate:
    """Return what an identity's certificate says; `names` are the values of its subject, one by one."""
    return told(identity.certificate)


def told(der: bytes) -> Certificate:
    """Return what a certificate in DER says."""
    found = x509.load_der_x509_certificate(der)
    return Certificate(
        subject=found.subject.rfc4514_string(),
        issuer=found.issuer.rfc4514_string(),
        serial=f"{found.serial_number:x}",
        fingerprint=found.fingerprint(SHA256()).hex(),
        valid_from=found.not_valid_before_utc,
        valid_until=found.not_valid_after_utc,
        may_sign=_may_sign(found),
        names=[str(attribute.value) for attribute in found.subject],
    )


def _may_sign(found: x509.Certificate) -> bool:
    """Tell whether its issuer made it for signatures; one that says nothing of its use may be used for them."""
    try:
        usage = found.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    return usage.digital_signature or usage.content_commitment


def read_identity(sent: bytes, *, passphrase: str) -> Identity:
    """Return the key and certificates of a PKCS#12 file. Raises Unreadable."""
    if len(sent) > LARGEST or _rounds(sent) > _ROUNDS:
        raise Unreadable
    try:
        key, certificate, others = load_key_and_certificates(sent, passphrase.encode())
    except (ValueError, TypeError):
        raise Unreadable from None
    if key is None or certificate is None:
        raise Unreadable
    return Identity(
        key=key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()),
        certificate=certificate.public_bytes(Encoding.DER),
        chain=[other.public_bytes(Encoding.DER) for other in others],
    )


def _rounds(sent: bytes) -> int:
    """Return how often the dearest of its locks hashes the passphrase: a file may not keep us busy for hours."""
    try:
        file = pkcs12.Pfx.load(sent, strict=True)
        asked = [int(file["mac_data"]["iterations"].native)] if file["mac_data"].native else []
        return max([*asked, *_locks(file.authenticated_safe)], default=0)
    except (ValueError, TypeError, KeyError, AttributeError):
        raise Unreadable from None


def _locks(contents: Iterable[core.Sequence]) -> Iterable[int]:
    for content in contents:
        if content["content_type"].native == "encrypted_data":
            yield content["content"]["encrypted_content_info"]["content_encryption_algorithm"].kdf_iterations
        elif content["content_type"].native == "data":
            for bag in pkcs12.SafeContents.load(content["content"].native):
                if bag["bag_id"].native == "pkcs8_shrouded_key_bag":
                    yield bag["bag_value"]["encryption_algorithm"].kdf_iterations


class Authority:
    """The demo's issuer of certificates, the same for one secret key."""

    def __init__(self, *, secret_key: str) -> None:
        """Derive its key and its own certificate."""
        made = HKDF(algorithm=SHA256(), length=48, salt=None, info=b"demo authority").derive(secret_key.encode())
        self._key = ec.derive_private_key(1 + int.from_bytes(made) % (_ORDER - 1), ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, _ROOT)])
        builder = _builder(self._name, self._name, self._key, _SINCE, _UNTIL, serial=1)
        builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        builder = builder.add_extension(_usage(signs=False), critical=True)
        self._certificate = builder.sign(self._key, SHA256(), ecdsa_deterministic=True)

    @property
    def root(self) -> bytes:
        """Its own certificate in DER."""
        return self._certificate.public_bytes(Encoding.DER)

    def issue(self, *, name: str, organization: str, now: datetime) -> Identity:
        """Return a fresh key with a certificate for one person of one organization, valid for ten years."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name(
            [
                x509.NameAttribute(NameOID.COMMON_NAME, _short(name)),
                x509.NameAttribute(NameOID.ORGANIZATION_NAME, _short(organization)),
                x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, "demo / no legal effect / 演示，无法律效力"),
            ]
        )
        since = now - timedelta(days=1)
        builder = _builder(subject, self._name, key, since, since + _VALID, serial=x509.random_serial_number())
        builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        builder = builder.add_extension(_usage(signs=True), critical=True).add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key()), critical=False
        )
        certificate = builder.sign(self._key, SHA256())
        return Identity(
            key=key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()),
            certificate=certificate.public_bytes(Encoding.DER),
            chain=[self.root],
        )


class Issuer:
    """What the app hands in at start: the demo's authority, None where signatures are to have effect."""

    authority: Authority | None = None


def _short(text: str) -> str:
    return text.encode()[:_LONGEST_NAME].decode(errors="ignore")


_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256, FIPS 186-4 D.1.2.3


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    since: datetime,
    until: datetime,
    *,
    serial: int,
) -> x509.CertificateBuilder:
    public = key.public_key()
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(serial)
        .not_valid_before(since)
        .not_valid_after(until)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )


def _usage(*, signs: bool) -> x509.KeyUsage:
    """Return what a key is for: signatures under texts, or certificates."""
    return x509.KeyUsage(
        digital_signature=signs,
        content_commitment=signs,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=not signs,
        crl_sign=not signs,
        encipher_only=False,
        decipher_only=False,
    )
