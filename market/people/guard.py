"""Who is at the door: the session or token behind a request, and the one guard that reads the act's word.

Deny by default: a handler that writes must name its act, and an act that no step knows lets nobody in.
"""

from typing import Any

from litestar.connection import ASGIConnection
from litestar.exceptions import NotAuthorizedException, PermissionDeniedException
from litestar.handlers.base import BaseRouteHandler
from litestar.middleware import AbstractAuthenticationMiddleware, AuthenticationResult

from market.base import clock
from market.base.lifecycle import HOUSE
from market.base.render import freshen
from market.people.queries import user_for_session, user_for_token
from market.people.states import ANYONE, Role

SESSION_COOKIE = "shecai_session"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class WhoAsks(AbstractAuthenticationMiddleware):
    """Set the request's user (from a bearer token, else the session's cookie, else anyone) and its moment."""

    async def authenticate_request(self, connection: ASGIConnection[Any, Any, Any, Any]) -> AuthenticationResult:
        """Return whom the request speaks for. A bearer token that does not hold is refused, never taken for anyone."""
        if connection.url.path.startswith("/static/"):
            return AuthenticationResult(user=ANYONE, auth=None)
        now = await clock.now()
        connection.state.now = now
        await freshen(now)
        scheme, _, token = connection.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            user = await user_for_token(token=token.strip(), now=now)
            if user is None:
                raise NotAuthorizedException("this token is unknown, expired or revoked")
            return AuthenticationResult(user=user, auth="token")
        cookie = connection.cookies.get(SESSION_COOKIE)
        if cookie:
            return AuthenticationResult(user=await user_for_session(cookie=cookie, now=now), auth="session")
        return AuthenticationResult(user=ANYONE, auth=None)


def by_act(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
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
