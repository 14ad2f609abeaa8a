"""A PDF signed in itself (PAdES), once more without touching what stands there, and examined by its own bytes."""

import io
import logging
from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum

import msgspec
from asn1crypto import keys  # type: ignore[import-untyped]  # it ships no types
from asn1crypto import x509 as certificates
from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, BoxConstraints, InnerScaling, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter, append_signature_field, enumerate_sig_fields
from pyhanko.sign.general import UnacceptableSignerError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from market.base.paper import Place
from market.base.signing.identities import Certificate, Identity, told

# Its warnings name certificates and paths; what is wrong with a file is our answer, not a line of the log.
logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)


# Left alone, pyHanko keeps five points free around what is seen.
_WHOLE = SimpleBoxLayoutRule(
    x_align=AxisAlignment.ALIGN_MID,
    y_align=AxisAlignment.ALIGN_MID,
    margins=Margins(),
    inner_content_scaling=InnerScaling.STRETCH_FILL,
)
_TERMS = 4096  # bytes: a signature by RSA of 8192 bits takes a quarter


class Cover(StrEnum):
    """How much of a file a signature covers."""

    #: Every byte of the file.
    WHOLE = "whole"
    #: The file as it was when it was signed; what was added since is another signature and nothing else.
    REVISION = "revision"
    #: Something else was added or changed since.
    PART = "part"


class Examined(msgspec.Struct, frozen=True, kw_only=True):
    """What one signature of a file is worth by the file's own bytes.

    `intact`: neither the bytes it covers nor the signature were altered. `trusted`: its certificate leads to one of
    the roots given. `said_at` is the moment the signature tells of itself.
    """

    field: str
    intact: bool
    covers: Cover
    trusted: bool
    said_at: datetime | None
    certificate: Certificate


class _Signer(PdfSigner):
    """pyHanko's signer with the moment handed in rather than read from the machine's clock."""

    moment: datetime

    def init_signing_session(
        self,
        pdf_out: BasePdfFileWriter,
        existing_fields_only: bool = False,  # noqa: FBT001, FBT002  theirs
    ) -> PdfSigningSession:
        """Begin a signature at that moment."""
        session = super().init_signing_session(pdf_out, existing_fields_only=existing_fields_only)
        session.system_time = self.moment
        return session


def with_fields(pdf: bytes, *, fields: Mapping[str, Place]) -> bytes:
    """Return a file with empty fields for signatures: a field made after a signature would look like a change."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    for name, box in fields.items():
        edges = (box.left, box.lower, box.right, box.upper)
        append_signature_field(writer, SigFieldSpec(name, on_page=box.page, box=edges))
    out = io.BytesIO()
    writer.write(out)  # type: ignore[no-untyped-call]  # pyHanko types it not
    return out.getvalue()


def place_of(pdf: bytes, *, field: str) -> Place:
    """Return where an empty field of a file stands; only its size counts. Raises KeyError when there is none."""
    for name, _, reference in enumerate_sig_fields(PdfFileReader(io.BytesIO(pdf)), filled_status=False):
        if name == field:
            edges = [round(float(edge)) for edge in reference.get_object()["/Rect"]]
            return Place(page=0, left=edges[0], lower=edges[1], right=edges[2], upper=edges[3])
    raise KeyError(field)


def sign(pdf: bytes, *, field: str, identity: Identity, stamp: bytes, reason: str, name: str, now: datetime) -> bytes:
    """Return the file with one signature more in a field that waits for it; every byte before stays as it is.

    `stamp` is the page that is seen in the field. Raises `Unfit` when the key is of no kind that can sign.
    """
    register = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # pyHanko types it not
    register.register_multiple(certificates.Certificate.load(each) for each in identity.chain)
    by = SimpleSigner(
        signing_cert=certificates.Certificate.load(identity.certificate),
        signing_key=keys.PrivateKeyInfo.load(identity.key),
        cert_registry=register,
    )
    about = PdfSignatureMetadata(
        field_name=field, subfilter=SigSeedSubFilter.PADES, md_algorithm="sha256", reason=reason, name=name
    )
    seen = StaticStampStyle(border_width=0, background=_Stamp(stamp), background_layout=_WHOLE)
    signer = _Signer(about, signer=by, stamp_style=seen)
    signer.moment = now
    out = io.BytesIO()
    try:
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        signer.sign_pdf(writer, existing_fields_only=True, bytes_reserved=_room_for(identity), output=out)
    except (UnacceptableSignerError, NotImplementedError, ValueError, PdfError) as error:
        raise Unfit from error
    return out.getvalue()


def _room_for(identity: Identity) -> int:
    """Return how many hexadecimal digits a signature takes: its certificates, and room for itself and its terms.

    Left alone, pyHanko signs twice to find out.
    """
    return 2 * (_TERMS + len(identity.certificate) + sum(map(len, identity.chain)))


class Unfit(Exception):
    """No signature can be made with this key."""


class _Stamp(PdfContent):
    """A page to be laid into a field, from memory where pyHanko's own reads it from a disk."""

    def __init__(self, pdf: bytes) -> None:
        super().__init__()
        self._pdf = pdf

    def render(self) -> bytes:
        """Lay the page in and return the operators that draw it."""
        page = self._ensure_writer.import_page_as_xobject(PdfFileReader(io.BytesIO(self._pdf)))
        self.resources.xobject[_IN] = page
        left, lower, right, upper = (float(edge) for edge in page.get_object()["/BBox"])
        self.box = BoxConstraints(width=right - left, height=upper - lower)
        return f"{_IN} Do".encode()


_IN = "/Stamp"


def examine(pdf: bytes, *, roots: Sequence[bytes], at: Mapping[str, datetime]) -> list[Examined]:
    """Return every signature of a file, in the order in which they were made; [] when it cannot be read.

    `at` says for which moment a field's certificate is judged, `roots` whom we trust. Nothing is fetched from anywhere.
    """
    try:
        found = PdfFileReader(io.BytesIO(pdf), strict=False).embedded_regular_signatures
        return [_examined(each, roots=roots, at=at.get(each.field_name)) for each in found]
    except (PdfError, ValueError, KeyError, TypeError, IndexError, SignatureValidationError):
        return []


def _examined(signature: EmbeddedPdfSignature, *, roots: Sequence[bytes], at: datetime | None) -> Examined:
    trusted = [certificates.Certificate.load(root) for root in roots]
    context = ValidationContext(trust_roots=trusted, allow_fetching=False, moment=at, best_signature_time=at)
    status = validate_pdf_signature(signature, context)
    return Examined(
        field=signature.field_name,
        intact=bool(status.intact and status.valid),
        covers=_cover(status),
        trusted=bool(status.trusted),
        said_at=status.signer_reported_dt,
        certificate=told(status.signing_cert.dump()),
    )


def _cover(status: PdfSignatureStatus) -> Cover:
    if status.coverage is SignatureCoverageLevel.ENTIRE_FILE:
        return Cover.WHOLE
    level = status.modification_level
    added = level is not None and level <= ModificationLevel.FORM_FILLING
    return Cover.REVISION if status.coverage is SignatureCoverageLevel.ENTIRE_REVISION and added else Cover.PART
