"""The signatures of a contract, each examined anew from the bytes that are kept."""

import asyncio
import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from contracts.queries.contracts import contract_row
from contracts.queries.parties import is_party
from contracts.rules.signing import verdict_of, worst_of
from contracts.states import Side, Verdict
from market.base.database import one, rows
from market.base.personal import masked
from market.base.records import Record
from market.base.refusal import NotFound
from market.base.signing.identities import Issuer
from market.people.attachments import open_made
from market.people.states import User


class CheckedSignature(msgspec.Struct, frozen=True, kw_only=True):
    """One side's signature and what it is found to be worth now.

    `covers` is "whole", "revision" (all but later signatures) or "part" of the file, None where the file shows none.
    Subject and scan are for the parties.
    """

    side: str
    name: str
    organization: str
    method: str
    signed_at: datetime
    verdict: Verdict
    intact: bool | None
    covers: str | None
    trusted: bool | None
    certificate_subject: str
    certificate_issuer: str
    certificate_serial: str
    certificate_fingerprint: str
    scan: str | None


class SignaturesCard(Record, frozen=True, kw_only=True):
    """A contract's signed file and its signatures. `file` is the digest recorded, `kept` whether the bytes agree."""

    title: str
    file: str | None
    size: int
    kept: bool
    verdict: Verdict | None
    signatures: list[CheckedSignature]


async def latest_file(*, contract: int) -> str | None:
    """Return the digest of a contract's file as it stands after its last signature; None before the first."""
    row = await one(
        "SELECT file FROM contract_signature WHERE contract = $1 AND file IS NOT NULL ORDER BY id DESC LIMIT 1",
        contract,
    )
    return row["file"] if row else None


async def signed_file(*, code: str, user: User) -> str | None:
    """Return the digest of the signed file of a contract that one may see. Raises NotFound."""
    return await latest_file(contract=(await contract_row(code=code, user=user))["id"])


async def signatures_of(*, code: str, user: User) -> SignaturesCard:
    """Return a contract's signatures, examined by the bytes that are kept. Raises NotFound."""
    row = await contract_row(code=code, user=user)
    party = await is_party(row, user)
    signatures = await rows("SELECT * FROM contract_signature WHERE contract = $1 ORDER BY id", row["id"])
    file = next((s["file"] for s in reversed(signatures) if s["file"]), None)
    content = await _content(file)
    at = {s["side"]: s["signed_at"] for s in signatures}
    found = await asyncio.to_thread(_examined, content, at=at) if content else {}
    kept = file is not None and hashlib.sha256(content).hexdigest() == file
    in_file = [s["side"] for s in signatures if s["certificate_fingerprint"]]
    lines = [
        _line(
            s,
            found.get(s["side"]),
            last=s["side"] == in_file[-1] if in_file else False,
            kept=kept,
            party=party,
            code=code,
        )
        for s in signatures
    ]
    return SignaturesCard(
        code=code,
        state=row["state"],
        url=f"/contracts/{code}/signatures",
        title=row["title"],
        file=file,
        size=len(content),
        kept=kept,
        verdict=worst_of([line.verdict for line in lines]),
        signatures=lines,
    )


async def _content(file: str | None) -> bytes:
    """Return the bytes that are kept under a digest, b"" when there are none."""
    if file is None:
        return b""
    try:
        return b"".join([chunk async for chunk in await open_made(digest=file)])
    except NotFound:
        return b""


def _examined(content: bytes, *, at: Mapping[str, datetime]) -> dict[str, Any]:
    from market.base.signing import files  # noqa: PLC0415  it brings pyHanko, which takes a second

    roots = [Issuer.authority.root] if Issuer.authority else []
    return {found.field: found for found in files.examine(content, roots=roots, at=at)}


def _line(
    signature: dict[str, Any], found: Any | None, *, last: bool, kept: bool, party: bool, code: str
) -> CheckedSignature:
    told = {name: signature[f"certificate_{name}"] for name in ("subject", "issuer", "serial", "fingerprint")}
    told = masked(told, columns=["subject"], sees=party)
    scan = signature["scan"] if party else None
    return CheckedSignature(
        side=Side(signature["side"]),
        name=signature["name"],
        organization=signature["organization"],
        method=signature["method"],
        signed_at=signature["signed_at"],
        verdict=verdict_of(signature=signature, found=found, last=last, kept=kept),
        intact=found.intact if found else None,
        covers=str(found.covers) if found else None,
        trusted=found.trusted if found else None,
        scan=f"/contracts/{code}/files/{scan}" if scan else None,
        **{f"certificate_{name}": value for name, value in told.items()},
    )
