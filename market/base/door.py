"""One request as a handler sees it: who asks, when, in which language, and what was sent."""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

import msgspec
from litestar import Request
from litestar.exceptions import HTTPException
from litestar.handlers import HTTPRouteHandler

from market.base import forms
from market.base.codes import CODE
from market.base.refusal import NotFound, Stale
from market.base.render import LANGUAGES

F = TypeVar("F")
_MOST_JSON = 1_000_000
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


@dataclass(slots=True)
class Route:
    """What one act or read is, for the router, the guard, the OpenAPI document and the census."""

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


def wants_json(request: Anything) -> bool:
    """Tell whether a machine asks: it accepts JSON, or sends it or a token and does not ask for HTML."""
    accept = request.headers.get("accept", "")
    if "text/html" in accept:
        return False
    if "json" in accept:
        return True
    sends = request.headers.get("content-type", "").startswith("application/json")
    return sends or request.headers.get("authorization", "").startswith("Bearer ")


def language_of(request: Anything) -> str:
    """Return the reader's language: the switch's cookie, else the first known of Accept-Language, else Chinese."""
    chosen = request.cookies.get("lang")
    if chosen in LANGUAGES:
        return str(chosen)
    for part in request.headers.get("accept-language", "").split(","):
        tag = part.split(";")[0].strip().lower()
        if tag.startswith("zh"):
            return "zh-CN"
        if tag.startswith("en"):
            return "en"
    return "zh-CN"


def revision_of(request: Anything, raw: Mapping[str, Any]) -> int | None:
    """Return the revision the reader last saw, None when not told. Raises Stale when what was told is no revision."""
    given = request.headers.get("if-match") or str(raw.get("_revision") or "")
    match = re.search(r"(\d{1,9})\"?$", given)
    if given and given != "*" and not match:
        raise Stale
    return int(match[1]) if match else None


def open_door(request: Anything, form: Any = None) -> Door[Any]:
    """Return the door of a request whose user and moment the sign-in middleware has set."""
    code = request.path_params.get("code")
    if code is not None and not CODE.match(str(code)):
        raise NotFound
    return Door(request=request, user=request.user, now=request.state.now, lang=language_of(request), form=form)


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
        flat = {key: values if len(values := sent.getall(key)) > 1 else values[0] for key in sent}
        return forms.nest(flat)
    if await request.body():
        raise HTTPException(status_code=415, detail="send application/json or a form")
    return {}
