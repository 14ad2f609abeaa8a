import asyncio

import asyncpg
import pytest

from market.base.database import DB, execute, one, rows, transaction
from market.base.tables import Keepsake


async def test_json_comes_back_as_values_from_tables_and_sql(empty_database: str) -> None:
    await Keepsake.insert(Keepsake(name="a", value={"一": ["x", 1, None]}))
    await rows("INSERT INTO keepsake (name, value) VALUES ($1, $2)", "b", {"price": "1.00"})
    found = await Keepsake.select().order_by(Keepsake.name)
    assert [row["value"] for row in found] == [{"一": ["x", 1, None]}, {"price": "1.00"}]
    await Keepsake.update({Keepsake.value: {"changed": True}}).where(Keepsake.name == "a")
    assert await one("SELECT value FROM keepsake WHERE name = 'a'") == {"value": {"changed": True}}


async def test_raw_sql_takes_part_in_the_transaction(empty_database: str) -> None:
    async def write_and_fail() -> None:
        async with transaction():
            await rows("INSERT INTO keepsake (name, value) VALUES ('a', '1')")
            await Keepsake.insert(Keepsake(name="b", value=2))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await write_and_fail()
    assert await rows("SELECT name FROM keepsake") == []


async def test_a_commit_that_fails_gives_the_connection_back(empty_database: str) -> None:
    async def fail() -> None:
        async with transaction():
            await execute("CREATE TEMP TABLE late (a int UNIQUE DEFERRABLE INITIALLY DEFERRED) ON COMMIT DROP")
            await execute("INSERT INTO late VALUES (1), (1)")

    for _ in range(25):
        with pytest.raises(asyncpg.UniqueViolationError):
            await asyncio.create_task(fail())
    assert not DB.transaction_exists()
    assert await one("SELECT 1 AS a") == {"a": 1}


async def test_tasks_side_by_side_do_not_share_a_transaction(empty_database: str) -> None:
    async def add(name: str) -> None:
        async with transaction():
            await rows("INSERT INTO keepsake (name, value) VALUES ($1, '1')", name)
            await asyncio.sleep(0.01)

    await asyncio.gather(*(add(str(n)) for n in range(8)))
    assert await one("SELECT count(*) AS n FROM keepsake") == {"n": 8}


async def test_the_application_cannot_change_the_ledger(empty_database: str) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await execute("DELETE FROM ledger_event")
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await execute("UPDATE ledger_event SET tag = ''")
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await execute("DROP TRIGGER ledger_is_append_only ON ledger_event")
