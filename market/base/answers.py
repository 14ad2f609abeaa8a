"""The shapes of an answer: a page, a record as JSON, a generated file, problem details."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import msgspec
from litestar import Response
from litestar.response.base import ASGIResponse
from litestar.types import Receive, Scope, Send

from market.base.csrf import csrf_token
from market.base.door import Anything, Door, etag_of, language_of
from market.base.records import Listing, Record
from market.base.refusal import Objection
from market.base.render import cited, render
from market.base.wording import words

PROBLEM = "application/problem+json"


class Ready(Response[bytes]):
    """An answer whose bytes are made: it goes out as it is, without Litestar asking how it should be written."""

    def __init__(self, content: bytes, *, kind: str, status: int = 200, headers: dict[str, str] | None = None) -> None:
        """Keep the bytes and what their head says."""
        super().__init__(content=content, media_type=kind, status_code=status, headers=headers)

    def to_asgi_response(self, *_: Any, **__: Any) -> ASGIResponse:
        """Return what sends it; no handler of ours declares cookies or headers besides."""
        return _Sent(self)


class _Sent(ASGIResponse):
    """Sends a ready answer in two messages."""

    def __init__(self, answer: Ready) -> None:
        """Write the head."""
        pairs = {"content-type": str(answer.media_type), "content-length": str(len(answer.content)), **answer.headers}
        head = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in pairs.items()]
        head += [cookie.to_encoded_header() for cookie in answer.cookies]
        self._start: Any = {"type": "http.response.start", "status": answer.status_code, "headers": head}
        self._body: Any = {"type": "http.response.body", "body": answer.content, "more_body": False}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002  what ASGI hands over
        """Send head and body."""
        await send(self._start)
        await send(self._body)


_JSON = "application/json"
_HTML = "text/html; charset=utf-8"


def page(door: Door[Any], template: str, context: Mapping[str, Any], *, status: int = 200) -> Response[bytes]:
    """Answer an HTML page with what every page shows: who reads it, and where."""
    path, query = door.request.scope["path"], door.request.scope["query_string"].decode("latin-1")
    full = {
        "user": door.user,
        "csrf": csrf_token(door.request.scope),
        "path": path,
        "here": f"{path}?{query}" if query and door.request.method == "GET" else path,
        "faults": {},
        "done": None,
        **({"unread": door.user.unread} if door.user.account else {}),
        **context,
    }
    html = render(template, full, lang=door.lang, now=door.now)
    return Ready(html.encode(), kind=_HTML, status=status)


def record_json(record: Any, *, status: int = 200) -> Response[bytes]:
    """Answer a record as JSON, with its ETag where it has a revision and its place where it is new."""
    headers = {}
    revision = getattr(record, "revision", None)
    if revision is not None:
        headers["ETag"] = etag_of(code=record.code, revision=revision)
    if status == 201 and isinstance(record, Record):  # noqa: PLR2004
        headers["Location"] = record.url
    return Ready(msgspec.json.encode(record), kind=_JSON, status=status, headers=headers)


def listing_json(listed: Listing[Any]) -> Response[bytes]:
    """Answer one page of a list as JSON."""
    return Ready(msgspec.json.encode(listed), kind=_JSON)


def file(content: bytes, *, name: str, media_type: str) -> Response[bytes]:
    """Answer a generated file; PDFs may be looked at in the browser, everything else is saved."""
    kind = "inline" if media_type == "application/pdf" else "attachment"
    headers = {"Content-Disposition": f"{kind}; filename*=UTF-8''{quote(name)}", "X-Content-Type-Options": "nosniff"}
    return Response(content=content, media_type=media_type, headers=headers)


def problem(
    request: Anything,
    *,
    status: int,
    title: str,
    detail: str = "",
    objections: list[Objection] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response[bytes]:
    """Answer problem details (RFC 9457), each objection in the reader's language with its article."""
    lang = language_of(request)
    body: dict[str, Any] = {"type": "about:blank", "title": title, "status": status}
    if detail:
        body["detail"] = detail
    if objections is not None:
        body["objections"] = [
            {"field": o.field, "message": words(o.message, lang), "law": cited(o.law) if o.law else ""}
            for o in objections
        ]
    return Response(
        content=msgspec.json.encode(body), status_code=status, media_type=PROBLEM, headers=dict(headers or {})
    )
