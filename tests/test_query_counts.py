"""How often a page asks the database: never more often because there are more rows to show.

Every list, record and form of every room is asked by people of every role, once in the town as it stands and
once more when every row of every table stands there four times; both must ask the same number of times. Pages are
found from the routes and from what the lists and records themselves link to, so a new one is covered by itself.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import asyncpg
import httpx
import pytest
from asyncpg.connection import Connection

from market.base import render
from market.base.database import one
from market.base.embedded import SUPERUSER, Access
from market.base.web import Route
from market.seed.people import PEOPLE
from tests.tendering.stages import BID, done, tender_at
from tests.town import Town

# Signing in, the clock and the law's citations ask a few times for every request; a list adds a handful.
MOST_OF_A_LIST = 14
MOST_OF_A_RECORD = 25
MOST_OF_A_BID = 10
COPIES = 3
MOST_OF_A_KIND = 14
HTML, JSON = {"Accept": "text/html"}, {"Accept": "application/json"}
ONE_EACH = sorted({person.role: person.login for person in reversed(PEOPLE)}.values())
SINGULAR = ("clock_offset", "keepsake", "counter", "migration", "session", "token", "edition", "sensitive_read")
"""Tables whose rows are one of their kind: the clock, what was given last, who is signed in, who read what."""


@contextmanager
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The statements that asyncpg sends while this is open; the law's citations are read within it, as they may be."""
    sent: list[str] = []
    plain = Connection._do_execute

    async def noting(self: Any, query: str, *args: Any, **more: Any) -> Any:
        sent.append(query)
        return await plain(self, query, *args, **more)

    with monkeypatch.context() as patched:
        patched.setattr(Connection, "_do_execute", noting)
        patched.setattr(render._Hooks, "read_at", None)
        yield sent


def routes_of(town: Town) -> list[Route]:
    return list(town.app.state.routes)


async def pages_for(town: Town, client: httpx.AsyncClient) -> list[str]:
    """The addresses of the pages that somebody may open: lists, one record of each kind and state, their forms."""
    routes = routes_of(town)
    pages = [route.path for route in routes if "{" not in route.path]
    records: dict[tuple[str, str], str] = {}
    for route in (route for route in routes if route.many):
        answer = await client.get(route.path, headers=JSON)
        for item in answer.json()["items"] if answer.status_code == 200 else []:
            if re.fullmatch(r"/[a-z]+/[^/?#]+", item.get("url", "")):
                records.setdefault((item["url"].split("/")[1], item.get("state", "")), item["url"])
    few: dict[str, int] = {}
    for (collection, _), url in records.items():
        few[collection] = few.get(collection, 0) + 1
        if few[collection] <= MOST_OF_A_KIND:
            pages.append(url)
            record = await client.get(url, headers=JSON)
            offered = record.json().get("acts", []) if record.status_code == 200 else []
            pages += [link["href"] for link in offered]
            pages += [f"{url}/{rest}" for rest in _leaves(routes, collection)]
    return list(dict.fromkeys(pages))


def _leaves(routes: list[Route], collection: str) -> list[str]:
    """What hangs below a record of a collection and is neither act nor paper, such as one's own bid."""
    start = f"/{collection}/{{code:str}}/"
    pages = [route.path for route in routes if not (route.act or route.media) and route.path.startswith(start)]
    return [page.removeprefix(start) for page in pages if "{" not in page.removeprefix(start)]


async def counts_of(
    monkeypatch: pytest.MonkeyPatch, client: httpx.AsyncClient, pages: list[str]
) -> dict[str, list[str]]:
    """What each page asks the database; only pages that are answered."""
    asked = {}
    for page in pages:
        with counted(monkeypatch) as sent:
            answer = await client.get(page, headers=HTML)
        assert answer.status_code < 500, f"{page}: {answer.status_code}"
        if answer.status_code == 200:
            asked[page] = sent
    return asked


async def multiply(server: Access) -> int:
    """Let every row stand there several times, under codes of its own; return how many tables grew.

    Constraints that would refuse it are dropped first: what is looked at here is the work of reading.
    """
    found = await one("SELECT current_database() AS name")
    assert found is not None
    owner = await asyncpg.connect(server.dsn(SUPERUSER, database=found["name"]))
    try:
        await owner.execute("SET session_replication_role = replica")
        tables = [
            row["name"]
            for row in await owner.fetch(
                "SELECT c.relname AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
                " WHERE a.attname = 'id' AND c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' ORDER BY 1"
            )
            if row["name"] not in SINGULAR
        ]
        lone = await owner.fetch(
            "SELECT c.relname AS name, a.attname AS column, a.atttypmod - 4 AS length FROM pg_index i"
            " JOIN pg_class c ON c.oid = i.indrelid JOIN pg_attribute a ON a.attrelid = c.oid"
            " WHERE a.attnum = i.indkey[0] AND i.indisunique AND NOT i.indisprimary AND i.indnatts = 1"
            " AND i.indpred IS NULL AND a.atttypid = 'varchar'::regtype"
        )
        for name in tables:
            await _unbind(owner, name)
            renamed = {row["column"]: row["length"] for row in lone if row["name"] == name}
            codes = ", ".join(f"'{c}', left(t.{c}, {length - 2}) || 'X' || n" for c, length in renamed.items())
            await owner.execute(
                f"INSERT INTO {name} SELECT copy.* FROM {name} t, generate_series(1, {COPIES}) n,"
                f" jsonb_populate_record(t, jsonb_build_object('id', nextval(pg_get_serial_sequence('{name}', 'id'))"
                f" + 0 * n{', ' + codes if codes else ''})) copy"
            )
        await owner.execute("ANALYZE")
        return len(tables)
    finally:
        await owner.close()


async def _unbind(owner: "asyncpg.Connection[Any]", table: str) -> None:
    """Drop what forbids a second row of the same: unique and check constraints, unique indexes."""
    for row in await owner.fetch(
        "SELECT conname FROM pg_constraint WHERE conrelid = $1::text::regclass AND contype IN ('u', 'c')", table
    ):
        await owner.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{row["conname"]}" CASCADE')
    for row in await owner.fetch(
        "SELECT indexrelid::regclass::text AS name FROM pg_index"
        " WHERE indrelid = $1::text::regclass AND indisunique AND NOT indisprimary",
        table,
    ):
        await owner.execute(f"DROP INDEX {row['name']}")


@pytest.mark.parametrize("group", range(3))
async def test_no_page_asks_more_often_because_there_is_more(
    town: Town, server: Access, monkeypatch: pytest.MonkeyPatch, group: int
) -> None:
    readers = [None, *ONE_EACH][group::3]
    clients = {who: await town.client(who) for who in readers}
    few = {}
    for who, client in clients.items():
        few[who] = await counts_of(monkeypatch, client, await pages_for(town, client))
        assert len(few[who]) > 10, f"{who} saw only {list(few[who])}"
    assert await multiply(server) > 30
    await (await town.client()).get("/law", headers=HTML)  # the provisions became more; they are read once
    grown = []
    for who, client in clients.items():
        many = await counts_of(monkeypatch, client, list(few[who]))
        for page, asked in few[who].items():
            assert page in many, f"{page} can no longer be read by {who}"
            if len(many[page]) > len(asked):
                more = [q for q in dict.fromkeys(many[page]) if many[page].count(q) > asked.count(q)]
                grown.append(f"{who} {page}: {len(asked)} -> {len(many[page])}: " + " | ".join(q[:160] for q in more))
    assert not grown, "\n".join(grown)


@pytest.mark.parametrize("who", ["hua.rong", "wang.fang", None])
async def test_lists_and_records_ask_a_bounded_number_of_times(
    town: Town, monkeypatch: pytest.MonkeyPatch, who: str | None
) -> None:
    client = await town.client(who)
    lists = {route.path for route in routes_of(town) if route.many and route.path != "/"}
    asked = await counts_of(monkeypatch, client, await pages_for(town, client))
    for page, sent in asked.items():
        most = MOST_OF_A_LIST if page in lists else MOST_OF_A_RECORD
        assert 0 < len(sent) <= most or page == "/", f"{page}: {len(sent)}\n" + "\n".join(q[:110] for q in sent)


async def test_the_home_page_asks_each_room_a_few_times(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    client = await town.client("wang.fang")
    with counted(monkeypatch) as sent:
        assert (await client.get("/", headers=HTML)).status_code == 200
    assert len(sent) <= 45, "\n".join(q[:110] for q in sent)


async def test_a_bid_is_submitted_in_ten_round_trips(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beginning and commit among them; the demo's clock is not, which production does not ask."""
    code = await tender_at("open")
    await done(town, "lei.hao", "take-documents", code)
    await done(town, "lei.hao", "submit-bid", code, BID)
    plain = Connection.execute

    async def noting(self: Any, query: str, *args: Any, **more: Any) -> Any:
        sent.append(query)
        return await plain(self, query, *args, **more)

    client = await town.client("lei.hao")
    with counted(monkeypatch) as sent:
        monkeypatch.setattr(Connection, "execute", noting)
        monkeypatch.setattr(render._Hooks, "read_at", await town.now())  # kept for seconds, so most requests ask none
        answer = await client.post(f"/tenders/{code}/submit-bid", json=BID)
    assert answer.status_code == 200
    asked = [query for query in sent if "clock_offset" not in query]
    assert "BEGIN;" in asked
    assert len(asked) <= MOST_OF_A_BID, "\n".join(" ".join(q.split())[:110] for q in asked)


async def test_a_loop_of_queries_would_be_found(town: Town, server: Access, monkeypatch: pytest.MonkeyPatch) -> None:
    """The measure itself: a page that asks once a row is told from one that asks once."""
    from market.base.database import rows  # noqa: PLC0415

    async def loop() -> int:
        with counted(monkeypatch) as sent:
            for row in await rows("SELECT id FROM tender LIMIT 50"):
                await one("SELECT code FROM tender WHERE id = $1", row["id"])
        return len(sent)

    before = await loop()
    await multiply(server)
    assert await loop() > before
