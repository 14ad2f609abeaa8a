"""Forms from this site only: every request that writes with a browser's cookies carries the token of its form.

A machine that sends a bearer token, or JSON without any session, has no ambient authority to borrow and needs none.
The token is made, and its cookie set, when a page shows it: most answers are read and carry no form.
"""

from secrets import compare_digest
from typing import Any

from litestar.config.csrf import CSRFConfig
from litestar.datastructures import Cookie
from litestar.enums import ScopeType
from litestar.middleware.csrf import CSRFMiddleware, generate_csrf_token
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send
from litestar.utils.scope.state import ScopeState

_COOKIE = "shecai_csrf"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_ASKED = "csrf"


class FormToken:
    """The token of the forms in one answer; whoever writes it into a page makes it."""

    def __init__(self, *, config: CSRFConfig, kept: str) -> None:
        """Remember the browser's own token, "" when it has none yet."""
        self._config = config
        self._token = kept
        self.is_new = False

    def __str__(self) -> str:
        """Return the token, made now when there is none."""
        if not self._token:
            self._token = generate_csrf_token(secret=self._config.secret)
            self.is_new = True
        return self._token

    # It is of hexadecimal digits alone: nothing in it needs escaping.
    __html__ = __str__

    def cookie(self) -> tuple[bytes, bytes]:
        """Return the header that keeps the token in the browser."""
        config = self._config
        kept = Cookie(
            key=config.cookie_name,
            value=str(self),
            path=config.cookie_path,
            secure=config.cookie_secure,
            httponly=config.cookie_httponly,
            samesite=config.cookie_samesite,
        )
        name, value = kept.to_encoded_header()
        return name, value


def guard_forms(*, secret: str, secure: bool, session_cookie: str) -> Any:
    """Return the middleware that checks form tokens, for the app's outermost ring."""
    config = CSRFConfig(
        secret=secret,
        cookie_name=_COOKIE,
        header_name="x-csrftoken",
        cookie_secure=secure,
        cookie_httponly=True,
        cookie_samesite="lax",
        exclude_from_csrf_key="no_form",
    )

    def middleware(app: ASGIApp) -> ASGIApp:
        checked = CSRFMiddleware(app=app, config=config)

        async def ring(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] != ScopeType.HTTP:
                await app(scope, receive, send)
            elif scope["method"] in _SAFE:
                await read_only(scope, receive, send)
            elif _is_machine(dict(scope["headers"]), session_cookie):
                await app(scope, receive, send)
            else:
                # A streamed form is checked by its own handler, and its page may carry another form.
                scope["state"][_ASKED] = FormToken(config=config, kept=cookie_of(scope, _COOKIE))
                await checked(scope, receive, send)

        async def read_only(scope: HTTPScope, receive: Receive, send: Send) -> None:
            token = scope["state"][_ASKED] = FormToken(config=config, kept=cookie_of(scope, _COOKIE))

            async def keeping(message: Message) -> None:
                if token.is_new and message["type"] == "http.response.start":
                    message["headers"] = [*message["headers"], token.cookie()]
                await send(message)

            await app(scope, receive, keeping)

        return ring

    return middleware


def cookie_of(scope: Any, name: str) -> str:
    """Return one cookie of a request without reading all others; "" when it is not there."""
    wanted = f"{name}=".encode()
    for key, value in scope["headers"]:
        if key == b"cookie":
            for part in value.split(b";"):
                if part.strip().startswith(wanted):
                    return str(part.strip()[len(wanted) :].decode("latin-1"))
    return ""


def _is_machine(headers: dict[bytes, bytes], session_cookie: str) -> bool:
    if headers.get(b"authorization", b"").lower().startswith(b"bearer "):
        return True
    sends_json = headers.get(b"content-type", b"").startswith(b"application/json")
    return sends_json and f"{session_cookie}=".encode() not in headers.get(b"cookie", b"")


def csrf_token(scope: Any) -> FormToken | str:
    """Return the token to put into a form of this answer; after a streamed form it is the browser's own."""
    token = ScopeState.from_scope(scope).csrf_token
    if isinstance(token, str):
        return token
    asked: FormToken | str = scope["state"].get(_ASKED) or cookie_of(scope, _COOKIE)
    return asked


def csrf_holds(request: Any, given: str | None) -> bool:
    """Tell whether a streamed form's token is the one of its browser; machines need none."""
    headers = {name.lower(): value for name, value in request.scope["headers"]}
    if headers.get(b"authorization", b"").lower().startswith(b"bearer "):
        return True
    kept = request.cookies.get(_COOKIE)
    return bool(kept and given and compare_digest(kept, given))
