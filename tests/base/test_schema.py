"""The migrations run from nothing to exactly what the tables say, once, and with the privileges they promise."""

from collections.abc import Awaitable, Callable
from typing import Any

import asyncpg
import pytest

from market.base import database, schema
from market.base.embedded import APPLICATION, OWNER, Access

Cloned = Callable[[str], Awaitable[str]]

_SHAPE = {
    "columns": (
        "SELECT table_name, column_name, data_type, udt_name, character_maximum_length, numeric_precision,"
        " numeric_scale, is_nullable, column_default FROM information_schema.columns"
        " WHERE table_schema = 'public' AND table_name <> 'migration' ORDER BY table_name, column_name"
    ),
    "constraints": (
        "SELECT c.relname, k.conname, pg_get_constraintdef(k.oid) AS definition FROM pg_constraint k"
        " JOIN pg_class c ON c.oid = k.conrelid WHERE k.connamespace = 'public'::regnamespace AND k.contype <> 'n'"
        " AND c.relname <> 'migration' ORDER BY 1, 2, 3"
    ),
    "indexes": (
        "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename <> 'migration' ORDER BY indexdef"
    ),
    "triggers": "SELECT tgname, pg_get_triggerdef(oid) AS definition FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1",
}


async def _built(server: Access, name: str) -> dict[str, list[dict[str, Any]]]:
    await database.connect_pool(dsn=server.dsn(OWNER, database=name))
    try:
        await schema.build(application_role=APPLICATION)
        return {part: await database.rows(sql) for part, sql in _SHAPE.items()}
    finally:
        await database.close_pool()


async def test_migrations_from_empty_equal_the_tables(
    server: Access, cloned: Cloned, monkeypatch: pytest.MonkeyPatch
) -> None:
    migrated = await _built(server, await cloned("template0"))
    monkeypatch.setattr(schema, "_migration_ids", lambda _app: [])
    created = await _built(server, await cloned("template0"))
    for part in _SHAPE:
        assert migrated[part] == created[part], part
    assert len(migrated["columns"]) > 100


async def test_building_twice_changes_nothing(server: Access, cloned: Cloned) -> None:
    name = await cloned("template0")
    first = await _built(server, name)
    assert await _built(server, name) == first


async def test_every_room_with_tables_has_migrations_and_none_is_pending_after_a_build(
    server: Access, cloned: Cloned
) -> None:
    name = await cloned("template0")
    await database.connect_pool(dsn=server.dsn(OWNER, database=name))
    try:
        waiting = await schema.pending()
        assert len(waiting) >= len(schema._apps())
        assert await schema.build(application_role=APPLICATION) == waiting
        assert await schema.pending() == []
    finally:
        await database.close_pool()


async def test_a_migration_that_fails_leaves_nothing_behind(
    server: Access, cloned: Cloned, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = await cloned("template0")
    monkeypatch.setattr(schema, "GUARDS", [*schema.GUARDS, "SELECT 1 / 0"])
    await database.connect_pool(dsn=server.dsn(OWNER, database=name))
    try:
        with pytest.raises(asyncpg.DivisionByZeroError):
            await schema.build(application_role=APPLICATION)
        assert await database.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'") == []
    finally:
        await database.close_pool()


async def test_an_unusable_role_is_refused(empty_database: str) -> None:
    with pytest.raises(schema.BadSchema):
        await schema.build(application_role='x"; DROP TABLE account; --')


async def test_tables_and_migrations_have_not_drifted() -> None:
    assert await schema.drift() == []
