"""How a contract may be signed, and what a signature is worth afterwards; the article stands beside each case."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from contracts.rules.signing import (
    objections_to_certificate,
    objections_to_method,
    objections_to_scan,
    verdict_of,
)
from contracts.states import Method, Verdict
from market.base.signing.identities import Certificate

NOW = datetime(2026, 3, 2, tzinfo=UTC)
ALL = {"certificate": True, "passphrase": True, "scans": 1, "attested": True}
NONE = {"certificate": False, "passphrase": False, "scans": 0, "attested": False}


@pytest.mark.parametrize(
    ("method", "demo", "given", "fields"),
    [
        # 电子签名法 第十三、十四条: what has no effect is for the demo
        (Method.DEMO, True, NONE, []),
        (Method.DEMO, False, ALL, ["method"]),
        (None, False, ALL, ["method"]),
        (Method.CERTIFICATE, False, ALL, []),
        (Method.CERTIFICATE, True, NONE, ["certificate", "passphrase"]),
        (Method.CERTIFICATE, False, {**ALL, "passphrase": False}, ["passphrase"]),
        (Method.PAPER, False, ALL, []),
        (Method.PAPER, True, NONE, ["scan", "attested"]),
        (Method.PAPER, False, {**ALL, "scans": 2}, ["scan"]),
    ],
)
def test_methods(method: Method | None, demo: bool, given: dict[str, Any], fields: list[str]) -> None:  # noqa: FBT001
    assert [o.field for o in objections_to_method(method=method, demo=demo, **given)] == fields


@pytest.mark.parametrize(
    ("changed", "objected"),
    [
        ({}, 0),
        ({"names": ["李军", "某机关"]}, 0),  # the person's own
        ({"names": ["52000000MJ4000023C"]}, 0),  # by the organization's code
        ({"names": ["李军民事务所"]}, 0),
        # 电子签名法 第十三条第一款第（一）项: it must belong to who signs
        ({"names": ["别的街道办事处"]}, 1),
        ({"valid_until": datetime(2026, 3, 1, tzinfo=UTC)}, 1),
        ({"valid_from": datetime(2026, 3, 3, tzinfo=UTC)}, 1),
        ({"may_sign": False, "names": ["张三"], "valid_until": datetime(2026, 3, 1, tzinfo=UTC)}, 3),
    ],
)
def test_certificates(changed: dict[str, Any], objected: int) -> None:
    plain = {
        "subject": "s",
        "issuer": "i",
        "serial": "1",
        "fingerprint": "f",
        "may_sign": True,
        "valid_from": datetime(2025, 1, 1, tzinfo=UTC),
        "valid_until": datetime(2027, 1, 1, tzinfo=UTC),
        "names": ["梧桐街道办事处"],
    }
    found = objections_to_certificate(
        certificate=Certificate(**{**plain, **changed}),
        person="李军",
        organization="梧桐街道办事处",
        code="52000000MJ4000023C",
        now=NOW,
    )
    assert [o.field for o in found] == ["certificate"] * objected


def test_a_scan_is_a_picture_of_paper() -> None:
    assert objections_to_scan(media_type="image/jpeg") == []
    assert [o.field for o in objections_to_scan(media_type="text/plain")] == ["scan"]


def found(*, intact: bool = True, covers: str = "whole", trusted: bool = True, fingerprint: str = "f") -> Any:
    return SimpleNamespace(
        intact=intact, covers=covers, trusted=trusted, certificate=SimpleNamespace(fingerprint=fingerprint)
    )


@pytest.mark.parametrize(
    ("method", "seen", "last", "kept", "verdict"),
    [
        ("demo", found(), True, True, Verdict.DEMO),
        ("demo", found(covers="revision"), False, True, Verdict.DEMO),
        ("demo", found(covers="revision"), True, True, Verdict.ALTERED),  # something was added after the last one
        ("demo", found(covers="part"), False, True, Verdict.ALTERED),
        ("demo", found(intact=False), True, True, Verdict.ALTERED),
        ("demo", found(fingerprint="another"), True, True, Verdict.ALTERED),  # signed anew by somebody else
        ("demo", found(), True, False, Verdict.ALTERED),  # sound in itself, but not the file that was kept
        ("demo", found(trusted=False), True, True, Verdict.UNKNOWN_ISSUER),
        ("certificate", found(), True, True, Verdict.UNKNOWN_ISSUER),
        ("demo", None, True, False, Verdict.MISSING),
        ("paper", None, False, True, Verdict.PAPER),
        ("paper", None, False, False, Verdict.MISSING),
        ("account", None, False, False, Verdict.ACCOUNT),
    ],
)
def test_verdicts(method: str, seen: Any, last: bool, kept: bool, verdict: Verdict) -> None:  # noqa: FBT001
    signature = {"method": method, "certificate_fingerprint": "f"}
    assert verdict_of(signature=signature, found=seen, last=last, kept=kept) is verdict
