"""One served town that is only looked at, and one Chromium, for all tests of a worker."""

import json
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any, NamedTuple

import asyncpg
import pytest
from playwright.async_api import Browser, async_playwright

from market.base.embedded import APPLICATION, OWNER, Access
from market.desk.schema import EXAMPLES
from tests.chromium import ARGUMENTS, CHROMIUM
from tests.serving import serving


class Standing(NamedTuple):
    """A served town that no test changes, and who may do what to which of its records."""

    base: str
    examples: dict[str, dict[str, Any]]


@pytest.fixture(scope="session")
async def standing(
    server: Access, town_template: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Standing]:
    """Serve a clone of the town to all tests that only look."""
    name = f"looked_at_{os.getpid()}"
    connection = await asyncpg.connect(server.dsn("postgres", database="postgres"))
    await connection.execute(f"CREATE DATABASE {name} TEMPLATE {town_template} STRATEGY file_copy OWNER {OWNER}")
    try:
        dsn = server.dsn(APPLICATION, database=name)
        inside = await asyncpg.connect(dsn)
        kept = json.loads(await inside.fetchval("SELECT value::text FROM keepsake WHERE name = $1", EXAMPLES))
        await inside.close()
        async with serving(dsn=dsn, folder=tmp_path_factory.mktemp("looked_at"), workers=1) as base:
            yield Standing(base, kept)
    finally:
        await connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
        await connection.close()


@pytest.fixture(scope="session")
def looked_at(standing: Standing) -> str:
    """The address of that town."""
    return standing.base


@pytest.fixture
async def served(
    server: Access, town_template: str, cloned: Callable[[str], Awaitable[str]], tmp_path: Path
) -> AsyncIterator[str]:
    """A town of this test's own behind the real web server."""
    dsn = server.dsn(APPLICATION, database=await cloned(town_template))
    async with serving(dsn=dsn, folder=tmp_path, workers=1) as base:
        yield base


@pytest.fixture(scope="session")
async def chromium() -> AsyncIterator[Browser]:
    """One Chromium; every test opens contexts of its own."""
    async with async_playwright() as play:
        browser = await play.chromium.launch(executable_path=CHROMIUM, args=[*ARGUMENTS, "--lang=en-US"])
        yield browser
        await browser.close()
