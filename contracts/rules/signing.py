"""Judgement of how a contract is signed, and of what its signed file shows afterwards."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from contracts.states.signing import ACCOUNT, Method, Verdict
from market.base.refusal import Objection, say
from market.base.signing.identities import Certificate

_PICTURES = ("application/pdf", "image/jpeg", "image/png")


def objections_to_method(
    *, method: Method | None, demo: bool, certificate: bool, passphrase: bool, scans: int, attested: bool
) -> list[Objection]:
    """Object to a way of signing that is not open here, and to one whose parts are not all there.

    Law: 电子签名法 第十三、十四条, since 2005-04-01 (a reliable electronic signature has the force of one by hand).
    """
    if method is None:
        return [Objection("method", say("Choose how you sign."))]
    if method is Method.DEMO:
        return [] if demo else [Objection("method", say("Certificates without legal effect are for the demo only."))]
    found = []
    if method is Method.CERTIFICATE:
        if not certificate:
            found.append(Objection("certificate", say("Choose the file with your key and certificate.")))
        if not passphrase:
            found.append(Objection("passphrase", say("Give the passphrase of this file.")))
        return found
    if scans != 1:
        found.append(Objection("scan", say("Attach one file: the scan of the whole signed contract.")))
    if not attested:
        found.append(Objection("attested", say("Who sends a scan attests that it shows what was signed.")))
    return found


def objections_to_scan(*, media_type: str) -> list[Objection]:
    """Object to a scan that is no picture of paper."""
    if media_type in _PICTURES:
        return []
    return [Objection("scan", say("A scan is a PDF, JPEG or PNG file."))]


def objections_to_certificate(
    *, certificate: Certificate, person: str, organization: str, code: str, now: datetime
) -> list[Objection]:
    """Object to a certificate that is not valid now, is not for signing, or names neither organization nor person.

    `code` is the organization's unified social credit code. Law: 电子签名法 第十三条第一款第（一）项.
    """
    found = []
    if now < certificate.valid_from or now > certificate.valid_until:
        days = {"since": certificate.valid_from.date(), "until": certificate.valid_until.date()}
        found.append(
            Objection(
                "certificate", say("This certificate is not valid today: it holds from {since} to {until}.", **days)
            )
        )
    if not certificate.may_sign:
        found.append(Objection("certificate", say("This certificate was not issued for signing.")))
    told = " ".join(certificate.names)
    if not any(name and name in told for name in (person, organization, code)):
        found.append(Objection("certificate", say("This certificate names neither your organization nor you.")))
    return found


def verdict_of(*, signature: Mapping[str, Any], found: Any | None, last: bool, kept: bool) -> Verdict:
    """Return what one kept signature is worth.

    `found` is what the file shows in this side's field, None when nothing; `last` says that no later signature was
    added, so that this one must cover every byte; `kept` that the bytes are those whose digest was recorded.
    """
    if signature["method"] in (ACCOUNT, Method.PAPER):
        return Verdict(signature["method"]) if kept or signature["method"] == ACCOUNT else Verdict.MISSING
    if found is None:
        return Verdict.MISSING
    same = found.certificate.fingerprint == signature["certificate_fingerprint"]
    covered = found.covers == "whole" if last else found.covers in ("whole", "revision")
    if not (kept and found.intact and same and covered):
        return Verdict.ALTERED
    return Verdict.DEMO if found.trusted and signature["method"] == Method.DEMO else Verdict.UNKNOWN_ISSUER


def worst_of(verdicts: Collection[Verdict]) -> Verdict | None:
    """Return the verdict that a file as a whole deserves: that of its worst signature; None without one.

    >>> worst_of([Verdict.DEMO, Verdict.ALTERED])
    <Verdict.ALTERED: 'altered'>
    """
    order = (
        *(Verdict.ALTERED, Verdict.MISSING, Verdict.UNKNOWN_ISSUER),
        *(Verdict.ACCOUNT, Verdict.PAPER, Verdict.DEMO),
    )
    return min(verdicts, key=order.index, default=None)
