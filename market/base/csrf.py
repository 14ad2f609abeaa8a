"""Forms from this site only: every request that writes with a browser's cookies carries the token of its form.

A machine that sends a bearer token, or JSON without any session, has no ambient authority to borrow and needs none.
"""

from secrets import compare_digest
from typing import Any

from litestar.config.csrf import CSRFConfig
from litestar.enums import ScopeType
from litestar.middleware.csrf import CSRFMiddleware
from litestar.types import ASGIApp, Receive, Scope, Send
from litestar.utils.scope.state import ScopeState

_COOKIE = "shecai_csrf"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


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
                return
            headers = {name.lower(): value for name, value in scope["headers"]}
            if scope.get("method") not in _SAFE and _is_machine(headers, session_cookie):
                await app(scope, receive, send)
                return
            await checked(scope, receive, send)

        return ring

    return middleware


def _is_machine(headers: dict[bytes, bytes], session_cookie: str) -> bool:
    if headers.get(b"authorization", b"").lower().startswith(b"bearer "):
        return True
    sends_json = headers.get(b"content-type", b"").startswith(b"application/json")
    return sends_json and f"{session_cookie}=".encode() not in headers.get(b"cookie", b"")


def csrf_token(scope: Any) -> str:
    """Return the token to put into a form of this answer."""
    token = ScopeState.from_scope(scope).csrf_token
    return token if isinstance(token, str) else ""


def csrf_holds(request: Any, given: str | None) -> bool:
    """Tell whether a streamed form's token is the one of its browser; machines need none."""
    headers = {name.lower(): value for name, value in request.scope["headers"]}
    if headers.get(b"authorization", b"").lower().startswith(b"bearer "):
        return True
    kept = request.cookies.get(_COOKIE)
    return bool(kept and given and compare_digest(kept, given))
