"""The front door's parts: one handler answers as page or JSON, and every act goes through the same steps.

`act` makes the two routes of an act (GET shows its form, POST performs it), `read` and `listing` the reading ones.
A handler gets a `Door` (who, when, what was sent) and returns a record; what is refused becomes the same form with
the words in place, or problem details (RFC 9457). Guards read `handler.opt["act"]` before anything else runs.
"""

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlencode

from litestar import Response

from market.base.acting import act
from market.base.answers import PROBLEM, file, listing_json, page, problem, record_json
from market.base.door import (
    Anything,
    Door,
    Filled,
    Handler,
    Route,
    Shown,
    language_of,
    open_door,
    read_body,
    wants_json,
)
from market.base.records import Listing


def read(
    path: str,
    *,
    name: str,
    template: str = "",
    returns: Any = None,
    media: str = "",
    signed_in: bool = False,
    summary: str = "",
) -> Callable[[Callable[[Door[None]], Awaitable[Any]]], Route]:
    """Make a reading route: the coroutine returns a record, `Shown` with what the page needs besides, or a Response.

    Either `returns` names the record's struct, or `media` the kind of content of a paper or file (`*/*`: any); both
    stand for a file of JSON with what is in it.
    """

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

        handler = Handler(path, http_method="GET", name=name, opt={"signed_in": signed_in}, operation_id=name)(show)
        return Route(
            path=path,
            name=name,
            handlers=[handler],
            returns=returns,
            find=find,
            summary=summary or (find.__doc__ or "").strip(),
            media=media,
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
                return listing_json(listed)
            kept = {k: v for k, v in door.request.query_params.items() if k not in ("after", "done")}
            more = f"?{urlencode({**kept, 'after': listed.next})}" if listed.next else None
            context = {"items": listed.items, "more": more, "done": door.query("done"), **shown.context}
            return page(door, template, context)

        handler = Handler(path, http_method="GET", name=name, opt={"signed_in": signed_in}, operation_id=name)(show)
        return Route(
            path=path,
            name=name,
            handlers=[handler],
            returns=returns,
            many=True,
            summary=summary or (find.__doc__ or "").strip(),
        )

    return decorate


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
