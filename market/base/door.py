"""One request as a handler sees it: who asks, when, in which language, and what was sent."""

import base64
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any, Generic, TypeVar

import msgspec
from litestar import Request
from litestar.connection import ASGIConnection
from litestar.datastructures import UploadFile
from litestar.exceptions import HTTPException
from litestar.handlers import HTTPRouteHandler

from market.base import forms
from market.base.codes import CODE
from market.base.csrf import cookie_of
from market.base.refusal import NotFound, Stale
from market.base.wording import LANGUAGES

F = TypeVar("F")
_MOST_JSON = 1_000_000
_MOST_FILE = 65_536  # a key with its certificates; attachments have their own door
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_YEAR = re.compile(r"[12][0-9]{3}", re.ASCII)
_REVISION = re.compile(r"[0-9]{1,9}", re.ASCII)
_ETAG = re.compile(r'"(?P<code>[A-Za-z0-9][A-Za-z0-9-]{0,39})-(?P<revision>[0-9]{1,9})"', re.ASCII)
Anything = Request[Any, Any, Any]


@dataclass(slots=True)
class Door(Generic[F]):
    """One request as a handler sees it: who asks, when, and what was sent, already read into its form.

    `expected` is the revision the reader last saw (If-Match or the form's hidden field), None when not given.
    """

    request: Anything
    user: Any
    now: datetime
    lang: str
    form: F
    expected: int | None = None

    @property
    def code(self) -> str:
        """Return the record's code from the path."""
        return str(self.request.path_params["code"])

    def query(self, name: str) -> str | None:
        """Return one query parameter without control characters, None when absent or empty."""
        value = self.request.query_params.get(name)
        return re.sub(r"[\x00-\x1f]", "", value)[:200] or None if value else None

    @property
    def year(self) -> int | None:
        """Return the year that `?year=` asks for, None when it names none."""
        asked = self.query("year") or ""
        return int(asked) if _YEAR.fullmatch(asked) else None

    @property
    def after(self) -> str | None:
        """Return the cursor of a list."""
        return self.query("after")

    @property
    def wants_json(self) -> bool:
        """Tell whether the answer goes to a machine."""
        return wants_json(self.request)


@dataclass(slots=True)
class Shown:
    """A record with what only its page needs besides."""

    record: Any
    context: Mapping[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Filled:
    """What an act's form starts with: values, the choices of its fields as (value, label), and the record acted on."""

    record: Any = None
    values: Mapping[str, Any] = field(default_factory=dict)
    choices: Mapping[str, list[tuple[str, str]]] = field(default_factory=dict)
    context: Mapping[str, Any] = field(default_factory=dict)


class Handler(HTTPRouteHandler):
    """A handler whose guards look at it as it is; Litestar copies it for each of them, on every request."""

    async def authorize_connection(self, connection: ASGIConnection[Any, Any, Any, Any]) -> None:
        """Ask every guard; none of ours changes what it is shown."""
        for guard in self.resolve_guards():
            await guard(connection, self)  # type: ignore[misc]  # Litestar makes them all awaitable


@dataclass(slots=True)
class Route:
    """What one act or read is, for the router, the guard, the OpenAPI document and the census.

    `media` is the kind of content of what is no record, such as a paper; `once` tells whether an act honours
    idempotency keys.
    """

    path: str
    name: str
    handlers: list[HTTPRouteHandler]
    act: StrEnum | None = None
    form: type[msgspec.Struct] | None = None
    returns: Any = None
    many: bool = False
    find: Callable[[Door[None]], Awaitable[Any]] | None = None
    example: Mapping[str, Any] | Callable[[Any], Mapping[str, Any]] | None = None
    summary: str = ""
    media: str = ""
    once: bool = True


def wants_json(request: Anything) -> bool:
    """Tell whether a machine asks: it accepts JSON, or sends it or a token and does not ask for HTML."""
    accept = _header(request, b"accept")
    if b"text/html" in accept:
        return False
    if b"json" in accept:
        return True
    return _header(request, b"content-type").startswith(b"application/json") or _header(
        request, b"authorization"
    ).startswith(b"Bearer ")


def _header(request: Anything, name: bytes) -> bytes:
    """Return one header as it was sent, the first of several; "" when it is not there."""
    for key, value in request.scope["headers"]:
        if key == name:
            return bytes(value)
    return b""


def language_of(request: Anything) -> str:
    """Return the reader's language: the switch's cookie, else the first known of Accept-Language, else Chinese."""
    chosen = cookie_of(request.scope, "lang")
    if chosen in LANGUAGES:
        return chosen
    return _accepted(_header(request, b"accept-language"))


@lru_cache(maxsize=1_000)
def _accepted(languages: bytes) -> str:
    for part in languages.split(b","):
        tag = part.split(b";")[0].strip().lower()
        if tag.startswith(b"zh"):
            return "zh-CN"
        if tag.startswith(b"en"):
            return "en"
    return "zh-CN"


def revision_of(request: Anything, raw: Mapping[str, Any]) -> int | None:
    """Return the revision the reader last saw: the form's hidden field, or the whole ETag of the record acted on.

    None when not told, or when any will do (`*`). Raises Stale when what was told is no revision, or is another
    record's: a weak tag, one without quotes and a list of several never match (RFC 9110, 13.1.1 compares strongly).
    """
    told = request.headers.get("if-match")
    if told is None:
        hidden = str(raw.get("_revision") or "")
        if hidden and not _REVISION.fullmatch(hidden):
            raise Stale
        return int(hidden) if hidden else None
    if told.strip() == "*":
        return None
    match = _ETAG.fullmatch(told.strip())
    code = request.path_params.get("code")
    if match is None or (code is not None and match["code"] != code):
        raise Stale
    return int(match["revision"])


def etag_of(*, code: str, revision: int) -> str:
    """Return the ETag of a record that several people edit; `revision_of` reads it again."""
    return f'"{code}-{revision}"'


def open_door(request: Anything, form: Any = None) -> Door[Any]:
    """Return the door of a request whose user and moment the sign-in middleware has set."""
    code = request.path_params.get("code")
    if code is not None and not CODE.match(str(code)):
        raise NotFound
    if any(_CONTROL.search(str(part)) for part in request.path_params.values()):
        raise NotFound
    return Door(request=request, user=request.user, now=request.state.now, lang=language_of(request), form=form)


async def _text_of(value: Any) -> Any:
    """Return a form's value as it was sent, a file's content in base64. Raises HTTPException 413."""
    if not isinstance(value, UploadFile):
        return value
    content = await value.read(_MOST_FILE + 1)
    await value.close()
    if len(content) > _MOST_FILE:
        raise HTTPException(status_code=413, detail="this file is too large for a form")
    return base64.b64encode(content).decode()


async def read_body(request: Anything) -> dict[str, Any]:
    """Return what was sent, as JSON or as a form, nested the same way. Raises HTTPException 400, 413 or 415."""
    kind = request.headers.get("content-type", "").split(";")[0].strip()
    if kind == "application/json":
        body = await request.body()
        if len(body) > _MOST_JSON:
            raise HTTPException(status_code=413, detail="the body is too large")
        try:
            raw = msgspec.json.decode(body or b"{}")
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise HTTPException(status_code=400, detail="the body is not JSON") from error
        if not isinstance(raw, dict):
            raise HTTPException(status_code=400, detail="the body must be a JSON object")
        return raw
    if kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
        sent = await request.form()
        read = {key: [await _text_of(value) for value in sent.getall(key)] for key in sent}
        return forms.nest({key: values if len(values) > 1 else values[0] for key, values in read.items()})
    if await request.body():
        raise HTTPException(status_code=415, detail="send application/json or a form")
    return {}
