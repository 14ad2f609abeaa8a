"""The floors of reading: the very bytes of a notice by one select, and a page of notices through Piccolo."""

from collections.abc import Sequence
from typing import Any

from litestar import MediaType, Response, get
from litestar.handlers import HTTPRouteHandler
from piccolo.columns import BigInt, Numeric, Text, Timestamptz
from piccolo.table import Table

from tests.bench.floor_engine import ENGINE

PAGE = 50


class Line(Table, tablename="line", db=ENGINE):
    """What a line of the list shows, with the street's name beside it, so that no join is needed."""

    id = BigInt(primary_key=True, null=False, default=None)
    code = Text(null=False, default=None)
    state = Text(null=False, default=None)
    title = Text(null=False, default=None)
    street = Text(null=False, default=None)
    street_name = Text(null=False, default=None)
    budget = Numeric(digits=(14, 2), null=False, default=None)
    published_at = Timestamptz(null=True, default=None)
    closes_at = Timestamptz(null=False, default=None)


async def _body(kind: str, code: str) -> bytes:
    return await ENGINE.pool.fetchval(f"SELECT body FROM {kind} WHERE code = $1", code)


@get("/json/{code:str}")
async def as_json(code: str) -> Response[bytes]:
    """Answer the JSON of a notice."""
    return Response(content=await _body("json_body", code), media_type=MediaType.JSON)


@get("/html/{code:str}")
async def as_html(code: str) -> Response[bytes]:
    """Answer the page of a notice."""
    return Response(content=await _body("html_body", code), media_type=MediaType.HTML)


@get("/lines")
async def lines(after: int | None = None) -> dict[str, Any]:
    """Answer a page of fifty lines."""
    query = Line.select(
        Line.id,
        Line.code,
        Line.state,
        Line.title,
        Line.street,
        Line.street_name,
        Line.budget,
        Line.published_at,
        Line.closes_at,
    )
    if after is not None:
        query = query.where(Line.id < after)
    found = await query.order_by(Line.id, ascending=False).limit(PAGE + 1)
    items = [
        {
            "code": row["code"],
            "state": row["state"],
            "url": f"/tenders/{row['code']}",
            "acts": [],
            "title": row["title"],
            "street": row["street"],
            "street_name": row["street_name"],
            "budget": row["budget"],
            "published_at": row["published_at"],
            "closes_at": row["closes_at"],
        }
        for row in found[:PAGE]
    ]
    return {"items": items, "next": str(found[PAGE - 1]["id"]) if len(found) > PAGE else None}


HANDLERS: Sequence[HTTPRouteHandler] = (as_json, as_html, lines)
