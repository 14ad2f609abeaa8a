"""`read`: one notice as JSON and as a page, and a list of fifty, each beside a bare handler with the same bytes.

The floors' rows are made of the product's own answers, so both sides send the same bytes for the same random notices.
"""

import asyncio
import random
from collections.abc import Iterator

import asyncpg
import msgspec
from piccolo.table import create_db_tables

from market.base.processes import CannotRun
from tests.bench.compare import CONNECTIONS, Effort, compare
from tests.bench.figures import Figure
from tests.bench.floor_engine import ENGINE
from tests.bench.ground import Ground, say
from tests.bench.load import dealt, fetched, request
from tests.bench.read_floor import Line

NOTICES = 4_000
PAGES = 40
JSON = {"Accept": "application/json"}
HTML = {"Accept": "text/html", "Accept-Language": "zh-CN"}
WANTED_JSON, WANTED_HTML, WANTED_LIST = 0.35, 0.2, 0.5


def figures(here: Ground, effort: Effort) -> Iterator[Figure]:
    """Measure the three ways of reading."""
    with here.product() as port:
        codes = asyncio.run(_public_codes(here))
        cursors = _cursors(port)
        say(f"read: {len(codes)} notices, {len(cursors)} pages of the list")
        asyncio.run(_lay_floors(here, port, codes))
        with here.floors() as bare:
            _compare_bytes(port, bare, codes, cursors)
            for name, headers, wanted in (("json", JSON, WANTED_JSON), ("html", HTML, WANTED_HTML)):
                yield compare(
                    f"read-{name}",
                    product=(port, _dealt([f"/tenders/{code}" for code in codes], headers)),
                    floor=(bare, _dealt([f"/{name}/{code}" for code in codes], headers)),
                    effort=effort,
                ).figure(f"read-{name}", wanted=wanted)
            yield compare(
                "read-list",
                product=(port, _dealt([_page("/tenders", cursor) for cursor in cursors], JSON)),
                floor=(bare, _dealt([_page("/lines", cursor) for cursor in cursors], JSON)),
                effort=effort,
            ).figure("read-list", wanted=WANTED_LIST)


def _dealt(paths: list[str], headers: dict[str, str]) -> list[list[bytes]]:
    return dealt([request(path, headers=headers) for path in paths], connections=CONNECTIONS)


def _page(path: str, cursor: str | None) -> str:
    return f"{path}?after={cursor}" if cursor else path


async def _public_codes(here: Ground) -> list[str]:
    """Random notices that anyone may read, the same ones every time."""
    connection = await asyncpg.connect(here.dsn)
    try:
        found = await connection.fetch("SELECT code FROM tender WHERE published_at IS NOT NULL ORDER BY id")
    finally:
        await connection.close()
    codes = [row["code"] for row in found]
    return random.Random(20_000).sample(codes, min(NOTICES, len(codes)))


def _cursors(port: int) -> list[str | None]:
    """The first pages of the list, as a reader turns them."""
    cursors: list[str | None] = [None]
    while len(cursors) < PAGES:
        following = msgspec.json.decode(fetched(port, _page("/tenders", cursors[-1]), headers=JSON))["next"]
        if following is None:
            break
        cursors.append(following)
    return cursors


async def _lay_floors(here: Ground, port: int, codes: list[str]) -> None:
    """Write the product's answers, and the columns of its list, into the floors' database."""
    own = await asyncpg.connect(here.dsn)
    bare = await asyncpg.connect(here.floors_dsn)
    try:
        await bare.execute("DROP TABLE IF EXISTS json_body, html_body, line")
        for kind, headers in (("json_body", JSON), ("html_body", HTML)):
            await bare.execute(f"CREATE TABLE {kind} (code text PRIMARY KEY, body bytea NOT NULL)")
            records = [(code, fetched(port, f"/tenders/{code}", headers=headers)) for code in codes]
            await bare.copy_records_to_table(kind, records=records)
        ENGINE.config = {"dsn": here.floors_dsn}
        await create_db_tables(Line, if_not_exists=True)
        columns = ["id", "code", "state", "title", "street", "street_name", "budget", "published_at", "closes_at"]
        lines = await own.fetch(
            "SELECT t.id, t.code, t.state, t.title, t.street, o.name, t.budget, t.published_at, t.closes_at"
            " FROM tender t JOIN organization o ON o.code = t.street WHERE t.published_at IS NOT NULL"
        )
        await bare.copy_records_to_table("line", records=[tuple(row) for row in lines], columns=columns)
        await bare.execute("ANALYZE")
    finally:
        await own.close()
        await bare.close()


def _compare_bytes(port: int, bare: int, codes: list[str], cursors: list[str | None]) -> None:
    """Make sure that both sides answer the same. Raises CannotRun."""
    for code in codes[:20]:
        for kind, headers in (("json", JSON), ("html", HTML)):
            mine, theirs = (
                fetched(port, f"/tenders/{code}", headers=headers),
                fetched(bare, f"/{kind}/{code}", headers=headers),
            )
            if len(mine) != len(theirs) or (kind == "json" and mine != theirs):
                raise CannotRun(f"the floor of {kind} answers other bytes for {code}")
    for cursor in cursors[:5]:
        if fetched(port, _page("/tenders", cursor), headers=JSON) != fetched(
            bare, _page("/lines", cursor), headers=JSON
        ):
            raise CannotRun("the floor of the list answers other bytes")
