"""The OpenAPI document and its page, made from the very routes that serve: nothing in it is written twice."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import msgspec
from litestar import Request, Response, get
from litestar.handlers import HTTPRouteHandler

from market.base.database import one
from market.base.form_schema import schema_of
from market.base.lifecycle import HOUSE
from market.base.records import Listing
from market.base.web import PROBLEM, Route, open_door, page

EXAMPLES = "examples"
_REFS = "#/components/schemas/{name}"
_PROBLEM_SCHEMA = {
    "type": "object",
    "required": ["title", "status"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "objections": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "message", "law"],
                "properties": {"field": {"type": "string"}, "message": {"type": "string"}, "law": {"type": "string"}},
            },
        },
    },
}
_ONCE = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "maxLength": 150},
    "description": "The same key within 24 hours answers the first answer again.",
}
_REPEATABLE = (
    "Takes no Idempotency-Key: its answer is never kept, since it carries or ends a session, or since a try of a secret"
    " is counted whatever follows. It may be repeated: each sign-in begins a session of its own, signing out again"
    " changes nothing, and a key that was turned or made is not turned or made again."
)
_TROUBLES = {
    "400": "unreadable",
    "401": "not signed in",
    "403": "the role lacks the act",
    "404": "invisible",
    "429": "too often",
}


def document(routes: list[Route], *, examples: Mapping[str, Any], server: str) -> dict[str, Any]:
    """Return the OpenAPI 3.1 document; `examples` gives code, account and body by act, as they hold in a fresh town."""
    kinds = [_returned(route) for route in routes if route.returns]
    schemas, components = msgspec.json.schema_components(kinds, ref_template=_REFS)
    by_type = dict(zip((repr(kind) for kind in kinds), schemas, strict=True))
    paths: dict[str, Any] = {}
    for route in routes:
        path = re.sub(r"\{(\w+):\w+\}", r"{\1}", route.path)
        method = "post" if route.act else "get"
        paths.setdefault(path, {})[method] = _operation(
            route, path, by_type=by_type, example=examples.get(route.name, {})
        )
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Shecai",
            "version": "1",
            "description": "The marketplace on which street offices buy community services from social organizations.",
        },
        "servers": [{"url": server}],
        "paths": paths,
        "components": {
            "schemas": {**components, "Problem": _PROBLEM_SCHEMA},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _returned(route: Route) -> Any:
    return _listing_of(route.returns) if route.many else route.returns


def _listing_of(item: Any) -> Any:
    return Listing[item]


def _operation(route: Route, path: str, *, by_type: Mapping[str, Any], example: Mapping[str, Any]) -> dict[str, Any]:
    parameters: list[dict[str, Any]] = []
    for name in re.findall(r"\{(\w+)\}", path):
        parameter = {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        parameters.append({**parameter, "example": example["code"]} if example.get("code") else parameter)
    if route.many:
        parameters.append({"name": "after", "in": "query", "required": False, "schema": {"type": "string"}})
    returned = _returned(route) if route.returns else None
    content = {"application/json": {"schema": by_type[repr(returned)]}} if returned is not None else {route.media: {}}
    operation: dict[str, Any] = {
        "operationId": route.name,
        "summary": route.summary.split("\n")[0],
        "parameters": parameters,
        "responses": {
            "200": {"description": "done", "content": content},
            **{
                status: {"description": why, "content": {PROBLEM: {"schema": {"$ref": _REFS.format(name="Problem")}}}}
                for status, why in _TROUBLES.items()
            },
        },
    }
    if route.act:
        parameters.append(_ONCE) if route.once else operation.update(description=_REPEATABLE)
        operation |= _writing(route, content=content, example=example)
    return operation


def _writing(route: Route, *, content: Any, example: Mapping[str, Any]) -> dict[str, Any]:
    problem = {PROBLEM: {"schema": {"$ref": _REFS.format(name="Problem")}}}
    responses = {
        "200": {"description": "done", "content": content},
        "201": {"description": "made", "content": content},
        "412": {"description": "changed since it was seen; nothing was written", "content": problem},
        "422": {"description": "refused, with every objection", "content": problem},
        **{status: {"description": why, "content": problem} for status, why in _TROUBLES.items()},
    }
    body = example.get("body", route.example if isinstance(route.example, Mapping) else None)
    sent: dict[str, Any] = {"schema": schema_of(route.form) if route.form else {"type": "object"}}
    sent["example"] = body if body is not None else {}
    step = HOUSE.steps[route.name][1]
    writing: dict[str, Any] = {
        "requestBody": {"required": route.form is not None, "content": {"application/json": sent}},
        "responses": responses,
        "security": [{"token": []}] if "anyone" not in step.by else [{}, {"token": []}],
        "x-roles": sorted(str(role) for role in step.by),
    }
    if step.law:
        writing["x-law"] = step.law
    if example.get("account"):
        writing["x-example-account"] = example["account"]
    return writing


def handlers(routes: list[Route], *, server: str) -> list[HTTPRouteHandler]:
    """Return the handlers of `/schema/openapi.json` and of its page `/schema`."""

    async def made() -> dict[str, Any]:
        kept = await one("SELECT value FROM keepsake WHERE name = $1", EXAMPLES)
        return document(routes, examples=kept["value"] if kept else {}, server=server)

    @get("/schema/openapi.json", operation_id="openapi")
    async def as_json() -> Response[bytes]:
        """Answer the OpenAPI 3.1 document."""
        return _as_json(await made())

    @get("/schema", operation_id="schema")
    async def as_page(request: Request[Any, Any, Any]) -> Response[Any]:
        """Show the operations as a page; a machine gets the document here too."""
        door = open_door(request)
        if door.wants_json:
            return _as_json(await made())
        return page(door, "desk/schema.html", {"document": await made()})

    return [as_json, as_page]


def _as_json(made: dict[str, Any]) -> Response[bytes]:
    return Response(content=msgspec.json.encode(made, enc_hook=_plain), media_type="application/json")


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, StrEnum) else repr(value)
