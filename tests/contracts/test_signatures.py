"""The contract's file: signed by both sides in itself, examined at any time, never changed again."""

import base64
import hashlib
import io
import re
from pathlib import Path
from typing import Any

from pypdf import PdfReader

from market.base.clock import now as clock_now
from market.base.database import one, rows
from market.base.signing.identities import Authority
from market.people.attachments import Shelf
from tests.base.test_signing import as_pkcs12
from tests.contracts.stages import APPROVER, AUDITOR, LAWYER, Purchase
from tests.town import objections


async def _seen(purchase: Purchase, account: str | None = AUDITOR) -> dict[str, Any]:
    answer = await (await purchase.town.client(account)).get(f"/contracts/{purchase.code}/signatures")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def _paper(purchase: Purchase) -> bytes:
    answer = await (await purchase.town.client(AUDITOR)).get(f"/contracts/{purchase.code}/paper")
    assert answer.headers["content-type"] == "application/pdf"
    return answer.content


async def test_both_sides_sign_the_file_itself(purchase: Purchase) -> None:
    await purchase.reviewed()
    await purchase.do(APPROVER, "sign-contract")
    once = await _paper(purchase)
    await purchase.do(purchase.administrator, "sign-contract")
    twice = await _paper(purchase)
    assert twice.startswith(once)
    seen = await _seen(purchase)
    assert (seen["file"], seen["kept"], seen["verdict"]) == (hashlib.sha256(twice).hexdigest(), True, "demo")
    assert [(s["side"], s["verdict"], s["covers"]) for s in seen["signatures"]] == [
        ("buyer", "demo", "revision"), ("supplier", "demo", "whole"),
    ]  # fmt: skip
    event = await one("SELECT public, detail FROM ledger_event WHERE code = $1 ORDER BY id DESC LIMIT 1", purchase.code)
    assert event is not None
    assert (event["public"]["file"], event["detail"]["method"]) == (seen["file"], "demo")
    # What was signed is not printed anew, whatever becomes of the record.
    await rows("UPDATE contract SET title = '别的名称' WHERE code = $1", purchase.code)
    assert await _paper(purchase) == twice
    fields = PdfReader(io.BytesIO(twice)).get_fields() or {}
    assert {fields[side]["/V"]["/M"][:10] for side in ("buyer", "supplier")} == {"D:20260302"}  # the town's day


async def test_an_altered_or_lost_file_is_told(purchase: Purchase) -> None:
    await purchase.in_force()
    file = (await _seen(purchase))["file"]
    kept = await _place(file)
    content = kept.read_bytes()
    kept.write_bytes(content[:9000] + bytes([content[9000] ^ 1]) + content[9001:])
    seen = await _seen(purchase)
    assert (seen["kept"], seen["verdict"]) == (False, "altered")
    browser = await purchase.town.browser()
    assert "已被改动" in (await browser.get(f"/contracts/{purchase.code}/signatures")).text
    kept.unlink()
    assert {s["verdict"] for s in (await _seen(purchase))["signatures"]} == {"missing"}


async def _place(digest: str) -> Path:
    """Where the town keeps a file."""
    assert Shelf.storage is not None
    prefix = re.search(r'"(file://)?(/[^"]+)"', repr(Shelf.storage._store))
    assert prefix is not None
    return Path(prefix[2]) / digest[:2] / digest


async def test_with_a_certificate_of_ones_own(purchase: Purchase) -> None:
    await purchase.reviewed()
    name = (await purchase.card(APPROVER))["street_name"]
    theirs = Authority(secret_key="another issuer" * 3).issue(name=name, organization="", now=await clock_now())
    sent = {"method": "certificate", "certificate": base64.b64encode(as_pkcs12(theirs, "秘 密")).decode()}
    answer = await purchase.act(APPROVER, "sign-contract", {**sent, "passphrase": "wrong", "fingerprint": "0" * 64})
    assert [field for field, _ in objections(answer)] == ["fingerprint", "certificate"]
    stranger = Authority(secret_key="another issuer" * 3).issue(name="张三", organization="别处", now=await clock_now())
    body = {**sent, "certificate": base64.b64encode(as_pkcs12(stranger, "秘 密")).decode(), "passphrase": "秘 密"}
    assert "没有本单位名称" in objections(await purchase.act(APPROVER, "sign-contract", body))[0][1]
    await purchase.do(APPROVER, "sign-contract", {**sent, "passphrase": "秘 密"})
    (line,) = (await _seen(purchase))["signatures"]
    assert (line["method"], line["verdict"], line["trusted"]) == ("certificate", "unknown-issuer", False)
    assert name in line["certificate_subject"]
    kept = str(await rows("SELECT * FROM contract_signature")) + str(await rows("SELECT detail FROM ledger_event"))
    assert "秘 密" not in kept
    assert sent["certificate"][:80] not in kept


async def test_on_paper_with_a_scan(purchase: Purchase) -> None:
    await purchase.reviewed()
    answer = await purchase.act(APPROVER, "sign-contract", {"method": "paper"})
    assert [field for field, _ in objections(answer)] == ["scan", "attested"]
    client = await purchase.town.client(APPROVER)
    pdf = await _paper(purchase)
    sent = await client.post("/attachments/attach-file", files={"file": ("签署件.pdf", pdf, "application/pdf")})
    body = {"method": "paper", "scan": [sent.json()["code"]], "attested": True}
    assert "没有" in objections(await purchase.act(purchase.administrator, "sign-contract", body))[0][1]
    await purchase.do(APPROVER, "sign-contract", body)
    await purchase.do(purchase.administrator, "sign-contract")
    seen = await _seen(purchase)
    assert [s["verdict"] for s in seen["signatures"]] == ["paper", "demo"]
    scan = seen["signatures"][0]["scan"]
    assert (await client.get(scan)).content == pdf
    public = await _seen(purchase, None)
    assert public["signatures"][0]["scan"] is None
    assert public["signatures"][1]["certificate_subject"] == "•••"
    assert (await (await purchase.town.client()).get(scan)).status_code == 401
    assert (await (await purchase.town.client(purchase.stranger)).get(scan)).status_code == 404


async def test_strangers_see_no_signatures_before_the_contract_is_public(purchase: Purchase) -> None:
    await purchase.reviewed()
    await purchase.do(APPROVER, "sign-contract")
    for account, status in ((None, 404), (purchase.stranger, 404), (LAWYER, 200)):
        answer = await (await purchase.town.client(account)).get(f"/contracts/{purchase.code}/signatures")
        assert answer.status_code == status, account


async def test_in_a_browser_with_a_key_file(purchase: Purchase) -> None:
    await purchase.reviewed()
    path = f"/contracts/{purchase.code}/sign-contract"
    browser = await purchase.town.browser(APPROVER)
    form = await browser.get(path)
    assert 'enctype="multipart/form-data"' in form.text
    assert "无法律效力" in form.text
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form.text.rsplit("<form", 1)[-1]))
    theirs = Authority(secret_key="another issuer" * 3).issue(
        name=(await purchase.card(APPROVER))["street_name"], organization="", now=await clock_now()
    )
    file = {"certificate": ("me.p12", as_pkcs12(theirs, "secret words"), "application/x-pkcs12")}
    wrong = await browser.inner.post(path, data={**hidden, "method": "certificate", "passphrase": "no"}, files=file)
    assert wrong.status_code == 422
    assert "secret" not in wrong.text
    sent = {**hidden, "method": "certificate", "passphrase": "secret words"}
    answer = await browser.inner.post(path, data=sent, files=file)
    assert answer.status_code == 303, answer.text
    assert "向签发机构核实" in (await browser.get(f"/contracts/{purchase.code}/signatures")).text
    # Without a secret the entries are shown once more, as before every final step.
    other = await purchase.town.browser(purchase.administrator)
    assert (await other.submit(path, {"method": "demo"})).status_code == 303
