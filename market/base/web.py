"""The front door's parts: one handler answers as page, fragment or JSON, and every act goes through the same steps.

`act` makes the two routes of an act (GET shows its form, POST performs it), `read` and `listing` the reading ones.
A handler gets a `Door` (who, when, what was sent) and returns a record; what is refused becomes the same form with
the words in place, or problem details (RFC 9457). Guards read `handler.opt["act"]` before anything else runs.
"""

import re
from collections.abc import Awaitable, Callable, Mapping
from enum import StrEnum
from typing import Any
from urllib.parse import quote, urlencode

import msgspec
from litestar import Response
from litestar.enums import MediaType
from litestar.handlers import HTTPRouteHandler

from market.base import answered, clock, forms
from market.base.csrf import csrf_token
from market.base.door import (
    Anything,
    Door,
    Filled,
    Route,
    Shown,
    language_of,
    open_door,
    read_body,
    revision_of,
    wants_json,
)
from market.base.fields import fields_of
from market.base.lifecycle import HOUSE
from market.base.records import Listing, Record
from market.base.refusal import Objection, Refused, Stale, say
from market.base.render import cited, render, words

PROBLEM = "application/problem+json"


def act(
    word: StrEnum,
    path: str,
    *,
    form: type[msgspec.Struct] | None = None,
    returns: Any = None,
    fill: Callable[[Door[None]], Awaitable[Filled]] | None = None,
    template: str = "act.html",
    example: Mapping[str, Any] | Callable[[Any], Mapping[str, Any]] | None = None,
    once: bool = True,
    summary: str = "",
) -> Callable[[Callable[[Door[Any]], Awaitable[Any]]], Route]:
    """Make the routes of an act: POST performs it, GET shows its form (a confirmation when it asks for nothing).

    The decorated coroutine returns the record (or a Response of its own). `example` is a body that is valid in a
    fresh demo town, or makes one from the record it is done to. `once` honours idempotency keys.
    """

    def decorate(perform: Callable[[Door[Any]], Awaitable[Any]]) -> Route:
        async def show(request: Anything) -> Response[Any]:
            door = open_door(request)
            filled = await fill(door) if fill else Filled()
            return _form_page(door, filled=filled, word=word, form=form, template=template)

        async def write(request: Anything) -> Response[Any]:
            door = open_door(request)
            raw = await read_body(request)
            door.now = await clock.now()  # whoever sends slowly is as late as the last byte
            attempt = await answered.begin(request=request, raw=raw, now=door.now) if once else None
            if attempt and attempt.answer:
                return attempt.answer
            try:
                answer = await _perform(door, raw, perform=perform, form=form, fill=fill, word=word, template=template)
            except BaseException:
                await answered.forget(attempt)
                raise
            return await answered.keep(attempt, answer)

        opt = {"act": str(word)}
        name = str(word).replace("-", "_")
        handlers = [
            HTTPRouteHandler(path, http_method="POST", name=f"do_{name}", opt=opt, operation_id=str(word))(write),
            HTTPRouteHandler(path, http_method="GET", name=f"ask_{name}", opt={**opt, "asks": True})(show),
        ]
        return Route(
            path=path,
            name=str(word),
            handlers=handlers,
            act=word,
            form=form,
            returns=returns,
            example=example,
            summary=summary or (perform.__doc__ or "").strip(),
        )

    return decorate


async def _perform(
    door: Door[Any], raw: dict[str, Any], *, perform: Any, form: Any, fill: Any, word: StrEnum, template: str
) -> Response[Any]:
    """Read the form, perform the act and answer; what is refused is answered with the form kept."""
    try:
        door.expected = revision_of(door.request, raw)
        door.form = forms.decode(form, raw) if form else None
        result = await perform(door)
    except (Refused, Stale) as refusal:
        if door.wants_json:
            raise
        filled = await fill(door) if fill else Filled()
        return _form_page(door, filled=filled, word=word, form=form, template=template, raw=raw, refusal=refusal)
    if isinstance(result, Response):
        return result
    lifecycle, step = HOUSE.steps[str(word)]
    made_of_another = bool(step.of) and step.of != lifecycle.kind
    created = step.to is not None and (not step.on or made_of_another)
    if door.wants_json:
        return record_json(result, status=201 if created else 200)
    return Response(
        content=None, status_code=303, headers={"Location": f"{result.url}?{urlencode({'done': str(word)})}"}
    )


def _form_page(
    door: Door[Any],
    *,
    filled: Filled,
    word: StrEnum,
    form: type[msgspec.Struct] | None,
    template: str,
    raw: Mapping[str, Any] | None = None,
    refusal: Refused | Stale | None = None,
) -> Response[Any]:
    if isinstance(refusal, Stale):
        objections = [
            Objection(
                "",
                say(
                    "Somebody changed this record since you opened it. Your entries are kept below; look"
                    " at the record, then send again."
                ),
            )
        ]
    else:
        objections = refusal.objections if refusal else []
    context = {
        "word": str(word),
        "step": HOUSE.steps[str(word)][1],
        "fields": fields_of(form) if form else [],
        "values": raw if raw is not None else {**_query_values(door), **filled.values},
        "choices": filled.choices,
        "record": filled.record,
        "objections": objections,
        "faults": {o.field: o for o in objections if o.field},
        "once": answered.fresh_key(),
        **filled.context,
    }
    status = 200 if refusal is None else 412 if isinstance(refusal, Stale) else 422
    return page(door, template, context, status=status)


def _query_values(door: Door[Any]) -> dict[str, str]:
    return {key: door.query(key) or "" for key in door.request.query_params if re.fullmatch(r"[a-z_]{1,40}", key)}


def read(
    path: str, *, name: str, template: str, returns: Any = None, signed_in: bool = False, summary: str = ""
) -> Callable[[Callable[[Door[None]], Awaitable[Any]]], Route]:
    """Make a reading route: the coroutine returns a record, `Shown` with what the page needs besides, or a Response."""

    def decorate(find: Callable[[Door[None]], Awaitable[Any]]) -> Route:
        async def show(request: Anything) -> Response[Any]:
            door = open_door(request)
            found = await find(door)
            if isinstance(found, Response):
                return found
            shown = found if isinstance(found, Shown) else Shown(found)
            if door.wants_json:
                return record_json(shown.record)
            context = {"record": shown.record, "done": door.query("done"), **shown.context}
            return page(door, template, context)

        handler = HTTPRouteHandler(path, http_method="GET", name=name, opt={"signed_in": signed_in}, operation_id=name)(
            show
        )
        return Route(
            path=path,
            name=name,
            handlers=[handler],
            returns=returns,
            find=find,
            summary=summary or (find.__doc__ or "").strip(),
        )

    return decorate


def listing(
    path: str, *, name: str, template: str, returns: Any = None, signed_in: bool = False, summary: str = ""
) -> Callable[[Callable[[Door[None]], Awaitable[Any]]], Route]:
    """Make a list's route: the coroutine returns a `Listing`, paged by `?after=`, or `Shown` around one."""

    def decorate(find: Callable[[Door[None]], Awaitable[Any]]) -> Route:
        async def show(request: Anything) -> Response[Any]:
            door = open_door(request)
            found = await find(door)
            shown = found if isinstance(found, Shown) else Shown(found)
            listed: Listing[Any] = shown.record
            if door.wants_json:
                return Response(content=msgspec.json.encode(listed), media_type=MediaType.JSON)
            kept = {k: v for k, v in door.request.query_params.items() if k not in ("after", "done")}
            more = f"?{urlencode({**kept, 'after': listed.next})}" if listed.next else None
            context = {"items": listed.items, "more": more, "done": door.query("done"), **shown.context}
            return page(door, template, context)

        handler = HTTPRouteHandler(path, http_method="GET", name=name, opt={"signed_in": signed_in}, operation_id=name)(
            show
        )
        return Route(
            path=path,
            name=name,
            handlers=[handler],
            returns=returns,
            many=True,
            summary=summary or (find.__doc__ or "").strip(),
        )

    return decorate


def record_json(record: Any, *, status: int = 200) -> Response[bytes]:
    """Answer a record as JSON, with its ETag where it has a revision and its place where it is new."""
    headers = {}
    revision = getattr(record, "revision", None)
    if revision is not None:
        headers["ETag"] = f'"{record.code}-{revision}"'
    if status == 201 and isinstance(record, Record):  # noqa: PLR2004
        headers["Location"] = record.url
    return Response(content=msgspec.json.encode(record), status_code=status, media_type=MediaType.JSON, headers=headers)


def page(door: Door[Any], template: str, context: Mapping[str, Any], *, status: int = 200) -> Response[str]:
    """Answer an HTML page, or only what stands in its `main` when htmx asks for a part."""
    headers = door.request.headers
    fragment = headers.get("hx-request") == "true" and headers.get("hx-boosted") != "true"
    full = {
        "user": door.user,
        "csrf": csrf_token(door.request.scope),
        "path": door.request.url.path,
        "faults": {},
        "done": None,
        "fragment": fragment,
        **context,
    }
    html = render(template, full, lang=door.lang, now=door.now)
    return Response(content=html, status_code=status, media_type=MediaType.HTML)


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


__all__ = [
    "PROBLEM",
    "Door",
    "Filled",
    "Route",
    "Shown",
    "act",
    "file",
    "language_of",
    "listing",
    "open_door",
    "page",
    "problem",
    "read",
    "read_body",
    "record_json",
    "wants_json",
]
