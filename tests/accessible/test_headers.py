"""Every answer forbids what no page needs: scripts, styles and requests from elsewhere, frames, and sniffing."""

import re
from pathlib import Path

import httpx
import pytest

from market.oversight import queries
from tests.town import Town

TEMPLATES = Path(__file__).parents[2] / "templates"
# What a template may never hold: the policy would stop it, and the page would be less than it looks.
INLINE = re.compile(
    r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=|javascript:|https?://[^\s\"'<>]*\.(js|css)", re.IGNORECASE
)
LOOSE = re.compile(r"unsafe-|data:|blob:|https?:|\*|strict-dynamic|nonce-|sha\d+-")


JSON = {"Content-Type": "application/json"}


def policy_of(answer: httpx.Response) -> dict[str, list[str]]:
    """The directives of an answer's policy with their sources."""
    directives = (part.split() for part in answer.headers["Content-Security-Policy"].split(";"))
    return {name: sources for name, *sources in filter(None, directives)}


def judge(answer: httpx.Response) -> None:
    said = f"{answer.request.method} {answer.request.url} {answer.status_code}"
    assert len(answer.headers.get_list("Content-Security-Policy")) == 1, said
    assert not LOOSE.search(answer.headers["Content-Security-Policy"]), said
    policy = policy_of(answer)
    assert policy["default-src"] == ["'none'"], said
    for name in ("base-uri", "frame-ancestors"):
        assert policy[name] == ["'none'"], (said, name)
    assert policy["form-action"] == ["'self'"], said
    assert all(sources in (["'self'"], ["'none'"]) for sources in policy.values()), said
    assert answer.headers["X-Content-Type-Options"] == "nosniff", said
    assert answer.headers["Referrer-Policy"] in ("same-origin", "no-referrer", "strict-origin"), said
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin", said
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin", said
    for power in ("camera", "microphone", "geolocation", "payment", "usb"):
        assert f"{power}=()" in answer.headers["Permissions-Policy"], (said, power)


async def test_every_kind_of_answer_carries_the_policy(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    anyone, auditor = await town.browser(), await town.browser("hua.rong")
    machine = await town.client("hua.rong")
    page = await anyone.get("/")
    stylesheet = re.search(r'<link rel="stylesheet" href="([^"]+)"', page.text)
    assert stylesheet
    answers = {
        "page": (page, 200),
        "signed in": (await auditor.get("/findings"), 200),
        "style": (await anyone.get(stylesheet[1]), 200),
        "no such style": (await anyone.get("/static/nothing.css"), 404),
        "paper": (await auditor.get("/tenders/T-2025-0001/notice.pdf"), 200),
        "machine": (await machine.get("/tenders"), 200),
        "document": (await anyone.get("/schema/openapi.json"), 200),
        "health": (await anyone.get("/health/live"), 200),
        "way to sign in": (await anyone.get("/budget"), 303),
        "language": (await anyone.get("/language/en"), 303),
        "invisible": (await anyone.get("/needs/N-1999-0001"), 404),
        "unknown address": (await anyone.get("/no/such/place"), 404),
        "unknown to machines": (await machine.get("/no/such/place"), 404),
        "wrong method": (await anyone.inner.request("DELETE", "/needs"), 405),
        "not one's act": (await auditor.get("/law/add-provision"), 403),
        "no token": (await anyone.inner.post("/findings/open-finding", json={}), 401),
        "refused": (await machine.post("/findings/open-finding", json={}), 422),
        "refused page": (await auditor.submit("/findings/open-finding", {}), 422),
        "without the form's token": (await auditor.inner.post("/findings/open-finding", data={}), 403),
        "of no kind": (await machine.post("/findings/open-finding", content=b"{"), 415),
        "unreadable": (await machine.post("/findings/open-finding", content=b"{", headers=JSON), 400),
    }

    async def broken(**_: object) -> None:
        raise RuntimeError("planted")

    with monkeypatch.context() as patched:
        patched.setattr(queries, "events_page", broken)
        answers["surprise"] = (await anyone.get("/ledger"), 500)
        answers["surprise to machines"] = (await machine.get("/ledger"), 500)
    for name, (answer, status) in answers.items():
        assert answer.status_code == status, (name, answer.status_code)
        judge(answer)


async def test_pages_are_not_kept_and_static_files_are(town: Town) -> None:
    browser = await town.browser("hua.rong")
    page = await browser.get("/findings")
    assert page.headers["Cache-Control"] == "no-store"
    for address in re.findall(r'(?:href|src)="(/static/[^"]+)"', page.text):
        assert "immutable" in (await browser.get(address)).headers["Cache-Control"], address


def test_no_template_holds_style_or_script() -> None:
    texts = {path.name: path.read_text(encoding="utf-8") for path in TEMPLATES.rglob("*.html")}
    assert len(texts) > 40
    assert [name for name, text in texts.items() if INLINE.search(text)] == []


@pytest.mark.parametrize(
    "planted",
    [
        '<p style="color: red">',
        "<style>p {}</style>",
        "<script>alert(1)</script>",
        '<a onclick="go()">',
        '<a href="javascript:go()">',
        '<script src="https://cdn.example/x.js">',
    ],
)
def test_the_search_through_the_templates_finds_what_is_planted(planted: str) -> None:
    assert INLINE.search(f"<div>{planted}</div>")
