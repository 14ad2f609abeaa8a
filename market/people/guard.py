"""Who is at the door: the session or token behind a request, and the one guard that reads the act's word.

Deny by default: a handler that writes must name its act, and an act that no step knows lets nobody in.
"""

from typing import Any

from litestar.connection import ASGIConnection
from litestar.enums import ScopeType
from litestar.exceptions import NotAuthorizedException, PermissionDeniedException
from litestar.handlers.base import BaseRouteHandler
from litestar.types import ASGIApp, Receive, Scope, Send

from market.base import clock
from market.base.csrf import cookie_of
from market.base.lifecycle import HOUSE
from market.base.render import freshen
from market.people.queries import user_for_session, user_for_token
from market.people.states import ANYONE, Role, User

SESSION_COOKIE = "shecai_session"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class WhoAsks:
    """Set the request's user (from a bearer token, else the session's cookie, else anyone) and its moment."""

    def __init__(self, app: ASGIApp) -> None:
        """Keep what comes after."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Find out who asks, then go on."""
        if scope["type"] == ScopeType.HTTP:
            scope["user"], scope["auth"] = await self._find(scope)
        await self._app(scope, receive, send)

    async def _find(self, scope: Any) -> tuple[User, str | None]:
        """Return whom the request speaks for. A bearer token that does not hold is refused, never taken for anyone."""
        if scope["path"].startswith("/static/"):
            return ANYONE, None
        now = scope["state"]["now"] = await clock.now()
        await freshen(now)
        given = next((value for name, value in scope["headers"] if name == b"authorization"), b"").decode("latin-1")
        scheme, _, token = given.partition(" ")
        if scheme.lower() == "bearer":
            user = await user_for_token(token=token.strip(), now=now)
            if user is None:
                raise NotAuthorizedException("this token is unknown, expired or revoked")
            return user, "token"
        cookie = cookie_of(scope, SESSION_COOKIE)
        if cookie:
            return await user_for_session(cookie=cookie, now=now), "session"
        return ANYONE, None


async def by_act(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """Let in whose role the act's step names and whose token is not limited to other acts.

    Raises 401 for anyone where an account is needed, 403 where the role or the token lacks the act.
    """
    user = connection.user
    word = handler.opt.get("act")
    if word is None:
        if handler.opt.get("signed_in") and not user.account:
            raise NotAuthorizedException("sign in first")
        if connection.scope.get("method") not in _SAFE and not handler.opt.get("demo"):
            raise PermissionDeniedException("this route names no act")
        return
    if word not in HOUSE.steps:
        raise PermissionDeniedException("this act is unknown")
    _, step = HOUSE.steps[word]
    if Role.ANYONE not in step.by:
        if not user.account:
            raise NotAuthorizedException("sign in first")
        if not step.by & user.roles:
            raise PermissionDeniedException("your role does not include this act")
    if user.limit is not None and word not in user.limit:
        raise PermissionDeniedException("this token does not include this act")
