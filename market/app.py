"""The whole product as one ASGI application: the only module that knows every room."""

import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any
from urllib.parse import quote

import structlog
from litestar import Litestar, Request, Response, get
from litestar.datastructures import CacheControlHeader, Cookie
from litestar.exceptions import HTTPException
from litestar.handlers import HTTPRouteHandler
from litestar.middleware import DefineMiddleware
from litestar.static_files import create_static_files_router
from litestar.types import Message, Scope

from market.base import answered, clock, database, embedded, ledger, private, render, turning, wording
from market.base import help as helping
from market.base.csrf import csrf_token, guard_forms
from market.base.lifecycle import HOUSE, Lifecycle
from market.base.logs import request_log
from market.base.paper import PRESS
from market.base.records import Turned, Waiting
from market.base.refusal import Busy, NotFound, Refused, Said, Stale, say
from market.base.storage import Storage
from market.base.web import PROBLEM, Route, language_of, problem, wants_json
from market.desk import demo, schema, style
from market.desk import queries as desk_queries
from market.law import keeping
from market.people import attachments, guard
from market.people.actions.telling import followers_of
from market.people.states import ANYONE
from market.piccolo_conf import ROOMS
from market.settings import Settings, read_settings

_log = structlog.get_logger("app")
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_HEADERS = {
    # Nothing but our own files, and no exceptions: no inline script or style, no data: address, no frame.
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
        " form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
    ),
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}
_ONLY_SECURE = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}


def _module(room: str, floor: str) -> ModuleType | None:
    return import_module(f"{room}.{floor}") if find_spec(f"{room}.{floor}") else None


def _gather(floor: str, name: str) -> list[Any]:
    """Return what every room declares under a name on a floor, lowest room first."""
    found = [getattr(module, name, None) for room in ROOMS if (module := _module(room, floor))]
    return [declared for declared in found if declared is not None]


def lifecycles() -> list[Lifecycle]:
    """Return every room's lifecycles, lowest room first."""
    return [lifecycle for declared in _gather("states", "LIFECYCLES") for lifecycle in declared]


def routes() -> list[Route]:
    """Return every room's routes, lowest room first."""
    return [route for declared in _gather("pages", "ROUTES") for route in declared]


def turns() -> list[tuple[str, Callable[..., Awaitable[list[Turned]]], Callable[..., Awaitable[datetime | None]]]]:
    """Return, for each room in which time acts, its name, `turn(now=…)` and `next_turn(until=…)`."""
    found = []
    for room in ROOMS:
        actions, queries = _module(room, "actions"), _module(room, "queries")
        if actions and queries and hasattr(actions, "turn"):
            found.append((room, actions.turn, queries.next_turn))
    return found


def waiting() -> list[Callable[..., Awaitable[list[Waiting]]]]:
    """Return every room's `waiting_for(user=…, now=…)`."""
    return _gather("queries", "waiting_for")


def furnish(settings: Settings) -> None:
    """Hand every room what it declares about itself to the ground floor; for the web, the scheduler and the seed."""
    HOUSE.furnish(lifecycles())
    ledger.follow([*_gather("actions", "FOLLOWERS"), *map(followers_of, _gather("telling", "TELLS"))])
    clock.allow_travel(settings.demo)
    answered.furnish(secret_key=settings.secret_key)
    private.furnish(secret_key=settings.secret_key)
    PRESS.furnish(demo=settings.demo, spare=settings.data / "fonts")
    attachments.Shelf.storage = Storage(settings.storage_url)
    for hook in (*_gather("actions", "furnish"), *_gather("pages", "furnish")):
        hook(settings)
    citations = _gather("queries", "citations_on")
    render.furnish(citations=citations[0] if citations else None, demo=settings.demo)
    helping.furnish(books=_gather("help", "HELP"), forms={route.name: route.form for route in routes() if route.act})
    keeping.Rooms.under_law = _gather("tables", "UNDER_LAW")
    desk_queries.Rooms.waiting = waiting()
    desk_queries.Rooms.turns = turns()


def create_app(settings: Settings | None = None, *, pool: bool = True) -> Litestar:
    """Return the application. Without `pool` the caller opens the database's pool (tests do)."""
    settings = settings or read_settings()
    furnish(settings)
    secure = settings.base_url.startswith("https://")
    every = routes()
    handlers = [handler for route in every for handler in route.handlers]
    # Every address of a file carries its fingerprint, so that browsers keep it.
    static = create_static_files_router(
        path="/static",
        directories=list(render.STATIC),
        cache_control=CacheControlHeader(max_age=31_536_000, immutable=True),
    )
    app = Litestar(
        route_handlers=[*handlers, *_own_handlers(settings, every), static],
        guards=[guard.by_act],
        middleware=[
            guard_forms(
                secret=settings.secret_key,
                secure=secure,
                session_cookie=guard.SESSION_COOKIE,
            ),
            DefineMiddleware(guard.WhoAsks),
        ],
        exception_handlers={
            Refused: _refused,
            Stale: _stale,
            NotFound: _not_found,
            Busy: _busy,
            HTTPException: _http,
            Exception: _surprise,
        },
        before_send=[_with_headers({**_HEADERS, **(_ONLY_SECURE if secure else {})})],
        lifespan=[_pool(settings)] if pool else [],
        openapi_config=None,
        debug=False,
        request_max_body_size=64_000_000,
    )
    _refuse_nameless_writes(app)
    # Around everything, so that an address no route knows is logged and answered like any other.
    app.asgi_handler = request_log(app.asgi_handler)
    app.state.settings = settings
    app.state.routes = every
    return app


def _own_handlers(settings: Settings, every: list[Route]) -> list[HTTPRouteHandler]:
    handlers: list[Any] = [live, ready, choose_language, *schema.handlers(every, server=settings.base_url)]
    if settings.demo:
        handlers += [*demo.handlers(settings, advance=partial(turning.advance, rooms=turns())), *style.handlers()]
    return handlers


def _pool(settings: Settings) -> Callable[[Litestar], Any]:
    @asynccontextmanager
    async def life(_: Litestar) -> AsyncIterator[None]:
        await database.connect_pool(dsn=embedded.application_dsn(settings))
        try:
            yield
        finally:
            await database.close_pool()

    return life


def _refuse_nameless_writes(app: Litestar) -> None:
    """Stop the start when a handler writes without naming its act: deny by default begins here."""
    for route in app.routes:
        for handler in getattr(route, "route_handlers", []):
            writes = set(getattr(handler, "http_methods", ())) - _SAFE
            if writes and not (handler.opt.get("act") in HOUSE.steps or handler.opt.get("demo")):
                raise RuntimeError(f"{route.path} writes without an act")


def _with_headers(headers: Mapping[str, str]) -> Callable[[Message, Scope], Awaitable[None]]:
    """Return what gives every answer these headers, unless it has its own."""
    every = [(name.lower().encode(), value.encode()) for name, value in headers.items()]

    async def before_send(message: Message, _: Scope) -> None:
        if message["type"] == "http.response.start":
            given = {name for name, _ in message["headers"]}
            message["headers"] = [*message["headers"], *(pair for pair in every if pair[0] not in given)]

    return before_send


@get("/health/live", opt={"quiet": True}, sync_to_thread=False)
def live() -> dict[str, str]:
    """Tell that the process answers."""
    return {"status": "live"}


@get("/health/ready")
async def ready() -> Response[dict[str, str]]:
    """Tell that the database answers and carries the tables."""
    try:
        await database.one("SELECT 1 FROM ledger_event LIMIT 1")
    except Exception:  # noqa: BLE001  whatever is wrong, we are not ready
        return Response(content={"status": "not ready"}, status_code=503)
    return Response(content={"status": "ready"}, status_code=200)


@get("/language/{lang:str}")
async def choose_language(request: Request[Any, Any, Any]) -> Response[None]:
    """Keep the reader's language in a cookie and go back to the page."""
    lang = str(request.path_params["lang"])
    if lang not in wording.LANGUAGES:
        raise NotFound
    back = request.query_params.get("back", "/")
    local = back if back.startswith("/") and not back.startswith(("//", "/\\")) and back.isprintable() else "/"
    answer: Response[None] = Response(content=None, status_code=303, headers={"Location": local})
    answer.set_cookie(Cookie(key="lang", value=lang, max_age=31_536_000, samesite="lax", httponly=True))
    return answer


# What is anticipated is answered in words; everything else is a surprise with a reference number.


def _answer_trouble(
    request: Request[Any, Any, Any], *, status: int, title: Said, message: str = "", **more: Any
) -> Response[Any]:
    now = getattr(request.state, "now", None)
    lang = language_of(request)
    shown = wording.words(title, lang)
    if wants_json(request):
        return problem(request, status=status, title=shown, detail=message, **more)
    user = request.scope.get("user") or ANYONE
    moment = now or datetime.now(UTC)
    context: dict[str, Any] = {
        "user": user,
        "csrf": csrf_token(request.scope),
        "path": request.url.path,
        "faults": {},
        "done": None,
        "status": status,
        "title": shown,
        "message": message,
        "objections": more.get("objections") or [],
    }
    html = render.render("trouble.html", context, lang=lang, now=moment)
    return Response(content=html, status_code=status, media_type="text/html", headers=more.get("headers"))


def _refused(request: Request[Any, Any, Any], error: Refused) -> Response[Any]:
    return _answer_trouble(request, status=422, title=say("This was refused"), objections=error.objections)


def _stale(request: Request[Any, Any, Any], _: Stale) -> Response[Any]:
    return _answer_trouble(
        request, status=412, title=say("The record was changed since you saw it; nothing was written")
    )


def _not_found(request: Request[Any, Any, Any], _: NotFound) -> Response[Any]:
    return _answer_trouble(request, status=404, title=say("There is nothing here that you may see"))


def _busy(request: Request[Any, Any, Any], error: Busy) -> Response[Any]:
    message = wording.words(error.message, language_of(request))
    return _answer_trouble(
        request, status=429, title=say("Too often"), message=message, headers={"Retry-After": str(error.retry_after)}
    )


_TITLES = {
    400: say("The request cannot be read"),
    401: say("Sign in first"),
    403: say("Your role does not include this act"),
    404: say("There is nothing here that you may see"),
    405: say("This address does not take this method"),
    413: say("This is too large"),
    415: say("This kind of content is not read here"),
    429: say("Too often"),
}
_OLD_FORM = say("This form was opened before you signed in, or too long ago: open it again and send it once more")


def _http(request: Request[Any, Any, Any], error: HTTPException) -> Response[Any]:
    status = error.status_code
    if status >= 500:  # noqa: PLR2004
        return _surprise(request, error)
    if status == 401 and not wants_json(request) and request.method == "GET":  # noqa: PLR2004
        back = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return Response(content=None, status_code=303, headers={"Location": f"/sign-in?back={quote(back)}"})
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else None  # noqa: PLR2004
    title = _OLD_FORM if "CSRF" in str(error.detail) else _TITLES.get(status, _TITLES[400])
    return _answer_trouble(request, status=status, title=title, headers=headers)


def _surprise(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    reference = uuid.uuid4().hex[:12]
    _log.error("surprise", reference=reference, exc_info=error)
    lang = language_of(request)
    message = wording.words(
        say("Nothing was changed. Please tell us this reference number: {reference}", reference=reference), lang
    )
    if wants_json(request):
        return problem(
            request, status=500, title=wording.words(say("Something went wrong on our side"), lang), detail=message
        )
    html = render.render("surprise.html", {"message": message}, lang=lang)
    return Response(content=html, status_code=500, media_type="text/html")


__all__ = ["PROBLEM", "create_app", "furnish", "lifecycles", "routes", "turns", "waiting"]
