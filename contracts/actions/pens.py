"""With what somebody signs a contract, and the file that the signature makes.

All of it happens before the contract is locked: the print, the signature and the keeping of the file. The file is kept
first and named by the signature's row afterwards; one that no row names does no harm.
"""

import asyncio
import hashlib
from datetime import datetime

import msgspec

from contracts import documents
from contracts.queries.cards import ContractCard
from contracts.queries.contracts import contract_for, contract_row
from contracts.queries.drafting import requirement_of
from contracts.queries.parties import side_of
from contracts.queries.signatures import latest_file
from contracts.rules import signing as rules
from contracts.states import Method, Side, State
from market.base.refusal import NotFound, Objection, Refused, say
from market.base.signing.identities import Certificate, Identity, Issuer, Unreadable, certificate_of, read_identity
from market.people.actions import public_address
from market.people.attachments import attachment_cards, keep_made, objections_to_attachments, open_made
from market.people.states import User


class Pen(msgspec.Struct, frozen=True, kw_only=True):
    """How somebody wants to sign; nothing of a key is ever kept, and this is never printed.

    `method` None is the demo's certificate in a demo, and nothing elsewhere. `certificate` is a PKCS#12 file.
    """

    method: Method | None = None
    certificate: bytes = b""
    passphrase: str = ""
    scans: list[str] = []
    attested: bool = False

    def __repr__(self) -> str:
        """Say how, and nothing of the key."""
        return f"Pen(method={self.method!r})"


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """A pen taken up: how it signs, the key it signs with (None on paper), and what stands against it."""

    method: Method
    identity: Identity | None = None
    scan: str | None = None
    objections: list[Objection] = []

    @property
    def certificate(self) -> Certificate | None:
        """Return the certificate it signs under."""
        return certificate_of(self.identity) if self.identity else None

    @property
    def columns(self) -> dict[str, str]:
        """Return what the signature's row tells of the certificate."""
        told = self.certificate
        if told is None:
            return {}
        return {f"certificate_{name}": getattr(told, name) for name in ("subject", "issuer", "serial", "fingerprint")}


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """The file with this signature in it, made from the one with the digest `after` (None: from the print)."""

    after: str | None
    file: str


async def take_up(pen: Pen, *, by: User, now: datetime) -> Held:
    """Return what is signed with, and every objection to it. Nothing is written."""
    method = pen.method or (Method.DEMO if Issuer.authority else None)
    found = rules.objections_to_method(
        method=method,
        demo=Issuer.authority is not None,
        certificate=bool(pen.certificate),
        passphrase=bool(pen.passphrase),
        scans=len(pen.scans),
        attested=pen.attested,
    )
    if found or method is None:
        return Held(method=method or Method.PAPER, objections=found)
    if method is Method.PAPER:
        return await _paper(pen.scans[0], by=by)
    if method is Method.CERTIFICATE:
        return await asyncio.to_thread(_own, pen, by=by, now=now)
    assert Issuer.authority is not None  # noqa: S101  the rule has seen to it
    identity = Issuer.authority.issue(name=by.name, organization=by.organization_name, now=now)
    return Held(method=method, identity=identity)


async def _paper(scan: str, *, by: User) -> Held:
    found = await objections_to_attachments(codes=[scan], field="scan", by=by)
    if not found:
        [card] = await attachment_cards(codes=[scan])
        found = rules.objections_to_scan(media_type=card.media_type)
    return Held(method=Method.PAPER, scan=scan, objections=found)


def _own(pen: Pen, *, by: User, now: datetime) -> Held:
    try:
        identity = read_identity(pen.certificate, passphrase=pen.passphrase)
    except Unreadable:
        words = say("This is no file with a key and its certificate (PKCS#12), or the passphrase does not open it.")
        return Held(method=Method.CERTIFICATE, objections=[Objection("certificate", words)])
    found = rules.objections_to_certificate(
        certificate=certificate_of(identity),
        person=by.name,
        organization=by.organization_name,
        code=by.organization or "",
        now=now,
    )
    return Held(method=Method.CERTIFICATE, identity=identity, objections=found)


async def written(held: Held, *, code: str, by: User, now: datetime) -> Written | None:
    """Return the file that a signature makes, kept; None where it would be refused for other reasons anyway.

    Raises NotFound for who is no side of the contract, and Refused when the key can make no signature.
    """
    row = await contract_row(code=code, user=by)
    side = side_of(row, by)
    if side is None:
        raise NotFound
    card = await contract_for(code=code, user=by)
    if held.objections or card.state != State.REVIEWED or any(s.side == side for s in card.signatures):
        return None
    after = await latest_file(contract=row["id"])
    pdf = await kept_file(after) if after else await _print(card)
    if held.identity is not None:
        pdf = await asyncio.to_thread(_signed, pdf, held, side=side, name=by.name, code=code, now=now)
    return Written(after=after, file=await keep_made(pdf))


async def _print(card: ContractCard) -> bytes:
    requirement = await requirement_of(need=card.need)
    return await asyncio.to_thread(
        documents.file_to_sign, card, requirement=requirement, address=public_address(card.url)
    )


async def kept_file(digest: str) -> bytes:
    """Return a kept file whole. Raises NotFound when it is lost; nobody signs bytes that are not what was kept."""
    content = b"".join([chunk async for chunk in await open_made(digest=digest)])
    if hashlib.sha256(content).hexdigest() != digest:
        raise RuntimeError(f"the file {digest} is not what was kept")
    return content


def _signed(pdf: bytes, held: Held, *, side: Side, name: str, code: str, now: datetime) -> bytes:
    from market.base.signing.files import Unfit  # noqa: PLC0415  it brings pyHanko, which takes a second

    assert held.identity is not None  # noqa: S101  paper is not signed here
    try:
        return documents.sign_file(
            pdf, side=side, method=held.method, identity=held.identity, name=name, code=code, now=now
        )
    except Unfit:
        raise Refused([Objection("certificate", say("This kind of key cannot sign here; use RSA or ECDSA."))]) from None
