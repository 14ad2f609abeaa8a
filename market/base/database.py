"""The one way to the database: a single Piccolo engine over an asyncpg pool, transactions, and raw SQL.

There is exactly one engine object, `DB`, because every Piccolo table keeps the engine it first saw; connecting to
another database swaps what the engine holds. JSON columns come back as Python values everywhere (tables and raw
SQL alike), so Piccolo's `output(load_json=True)` must not be used: there is nothing left to load. Written, a JSON
column takes any value that msgspec can encode; a `str` is taken as JSON text that is already encoded.
"""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import TracebackType
from typing import Any

import asyncpg
import msgspec
from asyncpg.pool import PoolConnectionProxy
from piccolo.engine.postgres import PostgresEngine, PostgresTransaction

# Piccolo looks the engine up by this name when a table is used for the first time.
os.environ["PICCOLO_CONF"] = "market.piccolo_conf"

_SESSION = {"application_name": "shecai", "timezone": "UTC"}

Row = dict[str, Any]


class Unreachable(Exception):
    """The database does not let us in, or is not there; the message tells why."""


_VERSION = b"\x01"


def _encode_json(value: Any) -> bytes:
    return value.encode() if isinstance(value, str) else msgspec.json.encode(value)


def _encode_jsonb(value: Any) -> bytes:
    return _VERSION + _encode_json(value)


def _decode_jsonb(sent: bytes) -> Any:
    return msgspec.json.decode(sent[1:])


async def prepare_connection(connection: "asyncpg.Connection[Any] | PoolConnectionProxy[asyncpg.Record]") -> None:
    """Teach a fresh connection to read and write JSON as Python values.

    In binary, so that COPY and arrays of rows carry it too: jsonb is JSON after one byte that names the version.
    """
    codecs = (("json", _encode_json, msgspec.json.decode), ("jsonb", _encode_jsonb, _decode_jsonb))
    for name, encoder, decoder in codecs:
        await connection.set_type_codec(name, schema="pg_catalog", encoder=encoder, decoder=decoder, format="binary")


async def _leave_as_it_is(_connection: "asyncpg.Connection[Any]") -> None:
    """Spare the round trip that resets a session: nothing of ours outlives a transaction.

    Settings are changed with SET LOCAL, locks are taken for a transaction or on a connection of their own.
    """


class Transaction(PostgresTransaction):
    """A transaction that gives its connection back whatever happens, also when the commit itself fails.

    Inside another one it joins silently: the outermost commits. Open it in the action, visibly, once.
    """

    async def __aenter__(self) -> PostgresTransaction:
        """Begin, or join the transaction that is already open."""
        if self._parent is not None:
            return self._parent
        self.connection = await self.get_connection()
        try:
            self.transaction = self.connection.transaction()
            await self.begin()
        except BaseException:
            await self._give_back()
            raise
        self.context = self.engine.current_transaction.set(self)
        return self

    async def __aexit__(  # type: ignore[override]
        self, kind: type[BaseException] | None, exception: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Commit, or roll back after an exception, which goes on."""
        if self._parent is not None:
            return
        try:
            if kind is not None:
                if not self._rolled_back:
                    await self.rollback()
            elif not self._committed and not self._rolled_back:
                await self.commit()
        finally:
            self.engine.current_transaction.reset(self.context)
            await self._give_back()

    async def _give_back(self) -> None:
        if self.engine.pool is not None:
            await self.engine.pool.release(self.connection)
        else:
            await self.connection.close()


class Engine(PostgresEngine):
    """Piccolo's engine, connecting only when it is told to and with our way of reading JSON."""

    async def check_version(self) -> None:
        """Skip what Piccolo does at import time: nothing is connected yet."""

    async def prep_database(self) -> None:
        """Skip what Piccolo does at import time: migrations create the extensions."""

    async def start_connection_pool(self, **kwargs: Any) -> None:
        """Open the pool with the engine's present configuration."""
        if self.pool is not None:
            raise RuntimeError("the pool is open already")
        self.pool = await asyncpg.create_pool(
            **{**self.config, **kwargs}, init=prepare_connection, reset=_leave_as_it_is, server_settings=_SESSION
        )

    async def get_new_connection(self) -> Any:
        """Return a connection outside the pool; whoever asks closes it."""
        connection = await asyncpg.connect(**self.config, server_settings=_SESSION)
        await prepare_connection(connection)
        return connection

    def transaction(self, allow_nested: bool = True) -> Transaction:  # noqa: FBT001, FBT002  piccolo's signature
        """Return a transaction to enter with `async with`."""
        return Transaction(engine=self, allow_nested=allow_nested)


DB = Engine(config={})


def point_to(*, dsn: str) -> None:
    """Make the engine speak to this database from now on; the pool must be closed."""
    if DB.pool is not None:
        raise RuntimeError("close the pool before pointing the engine elsewhere")
    DB.config = {"dsn": dsn}


async def connect_pool(*, dsn: str, minimum: int = 1, maximum: int = 10) -> None:
    """Point the engine to a database and open its pool. Raises Unreachable."""
    point_to(dsn=dsn)
    try:
        await DB.start_connection_pool(min_size=minimum, max_size=maximum)
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        raise Unreachable(f"the database cannot be reached: {error}") from error


async def close_pool() -> None:
    """Close the pool if it is open, letting running queries end."""
    pool, DB.pool = DB.pool, None
    if pool is not None:
        await pool.close()


def transaction() -> Transaction:
    """Return a transaction of the engine; tables and raw SQL inside it take part."""
    return DB.transaction()


async def rows(sql: str, *args: Any) -> list[Row]:
    """Run one statement with `$1`, `$2`… and return its rows; takes part in the open transaction."""
    current = DB.current_transaction.get()
    if current is not None:
        found = await current.connection.fetch(sql, *args)
    elif DB.pool is not None:
        found = await DB.pool.fetch(sql, *args)
    else:
        raise RuntimeError("no pool is open")
    return [dict(row) for row in found]


async def one(sql: str, *args: Any) -> Row | None:
    """Run one statement and return its first row, or None."""
    found = await rows(sql, *args)
    return found[0] if found else None


@asynccontextmanager
async def apart() -> AsyncIterator["asyncpg.Connection[Any]"]:
    """Yield a connection of its own: what is written there stays, whatever becomes of the caller's transaction."""
    connection = await DB.get_new_connection()
    try:
        yield connection
    finally:
        await connection.close()


async def execute(script: str) -> None:
    """Run one or more statements without arguments or rows; takes part in the open transaction."""
    current = DB.current_transaction.get()
    if current is not None:
        await current.connection.execute(script)
    elif DB.pool is not None:
        await DB.pool.execute(script)
    else:
        raise RuntimeError("no pool is open")
