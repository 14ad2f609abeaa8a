"""The floor of reserving: bare asyncpg locks a line, updates it, inserts a movement and an event, and asks nothing."""

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal

import msgspec
from litestar import MediaType, Response, post
from litestar.handlers import HTTPRouteHandler

from tests.bench.floor_engine import ENGINE

TABLES = """
    DROP TABLE IF EXISTS bare_line, bare_movement, bare_happening;
    CREATE TABLE bare_line (code text PRIMARY KEY, amount numeric(14, 2) NOT NULL, reserved numeric(14, 2) NOT NULL,
        committed numeric(14, 2) NOT NULL, paid numeric(14, 2) NOT NULL, answer text NOT NULL);
    CREATE TABLE bare_movement (id bigserial PRIMARY KEY, line text, at timestamptz, act text, subject text,
        document text, file text, amount numeric(14, 2), reserved numeric(14, 2), committed numeric(14, 2),
        paid numeric(14, 2), account text);
    CREATE TABLE bare_happening (id bigserial PRIMARY KEY, at timestamptz, tag text, code text, account text,
        actor_name text, roles text, organization text, detail text, revealed_by text);
"""
"""What the product writes of a reservation and of its event, with a primary key each and no more."""
LINE = "L-9999-0001"
_NEED = "N-9999-000001"
_NOTHING = Decimal(0)
_BUDGET = Decimal("1.00")


@post("/reservations", status_code=200)
async def reserve() -> Response[bytes]:
    """Reserve a yuan on the line, and answer as much as the product does."""
    now = datetime.now(UTC)
    async with ENGINE.pool.acquire() as connection, connection.transaction():
        line = await connection.fetchrow("SELECT * FROM bare_line WHERE code = $1 FOR UPDATE", LINE)
        await connection.execute("UPDATE bare_line SET reserved = reserved + $2 WHERE code = $1", LINE, _BUDGET)
        await connection.execute(
            "INSERT INTO bare_movement (line, at, act, subject, document, file, amount, reserved, committed, paid,"
            " account) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
            *(LINE, now, "submit-need", _NEED, "", "", _NOTHING, _BUDGET, _NOTHING, _NOTHING, "bench-01"),
        )
        await connection.execute(
            "INSERT INTO bare_happening (at, tag, code, account, actor_name, roles, organization, detail, revealed_by)"
            " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            *(now, "needs:submit-need", _NEED, "bench-01", "王小明", "anyone purchaser", "11000000002468133W"),
            msgspec.json.encode({"budget_line": LINE, "reserved": "1.00"}).decode(),
            None,
        )
    return Response(content=line["answer"].encode(), media_type=MediaType.JSON)


HANDLERS: Sequence[HTTPRouteHandler] = (reserve,)
