"""A real database for every test that asks: one server a run, one template a shape, one clone a test.

Tests commit for real. The server is started once (by the controller when the run is spread over workers), the
template is built once under a file lock, and each test gets its own copy, reached through the application's own pool.
"""

import asyncio
import fcntl
import itertools
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, contextmanager
from pathlib import Path
from typing import IO, Any

import asyncpg
import pytest

from market.base import clock, database, schema
from market.base.embedded import APPLICATION, OWNER, Access, Server
from market.base.processes import CannotRun, hold
from market.seed import BEGINS, build_town
from market.settings import Settings, read_settings
from tests.town import BASE, SECRET, Town

_PREFIX = "shecai-tests-"
_HANDED_ON = "shecai_server"
_PLENTY = 4_000_000_000


class _OneServer:
    """The server of this run, started when it is first asked for and owned by one process."""

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._server: Server | None = None
        self._held: IO[str] | None = None
        self.access: Access | None = None
        self.shared: Path | None = None

    def adopt(self, handed_on: dict[str, Any]) -> None:
        self.access = Access(**handed_on["access"])
        self.shared = Path(handed_on["shared"])

    def start(self) -> Access:
        if self.access is None:
            _remove_leftovers()
            self._folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=_quickest_folder()))
            self._folder.chmod(0o711)
            self._held = hold(self._folder / "data")
            self._server = Server(self._folder / "data", durable=False)
            self.access = self._server.start()
            self.shared = self._folder
        return self.access

    def stop(self) -> None:
        if self._server is not None and self._held is not None and self._folder is not None:
            self._server.stop()
            self._held.close()
            shutil.rmtree(self._folder, ignore_errors=True)


_SERVER = _OneServer()


def pytest_configure(config: pytest.Config) -> None:
    handed_on = getattr(config, "workerinput", {}).get(_HANDED_ON)
    if handed_on is not None:
        _SERVER.adopt(handed_on)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    access = _SERVER.start()
    node.workerinput[_HANDED_ON] = {
        "access": {name: getattr(access, name) for name in Access.__struct_fields__},
        "shared": str(_SERVER.shared),
    }


def pytest_unconfigure() -> None:
    _SERVER.stop()


@pytest.fixture(scope="session")
def server() -> Access:
    """The running server, with the passwords of all roles."""
    return _SERVER.start()


@pytest.fixture(scope="session")
def empty_template(server: Access) -> str:
    """The name of a database with all tables and nothing in them."""
    return _built_once(server, "template_empty", _build_schema)


async def administer(server: Access, sql: str) -> None:
    """Do what no database can do to itself, such as cloning or dropping one."""
    connection = await asyncpg.connect(server.dsn("postgres", database="postgres"))
    try:
        await connection.execute(sql)
    finally:
        await connection.close()


@pytest.fixture
async def cloned(server: Access) -> AsyncIterator[Callable[[str], Awaitable[str]]]:
    """Clone a template for this test and return the clone's name; the clones end with the test."""
    names: list[str] = []
    connection = await asyncpg.connect(server.dsn("postgres", database="postgres"))

    async def clone(template: str) -> str:
        name = f"test_{os.getpid()}_{next(_NUMBERS)}"
        await connection.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy OWNER {OWNER}")
        names.append(name)
        return name

    try:
        yield clone
    finally:
        for name in names:
            await connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
        await connection.close()


@pytest.fixture
async def empty_database(
    server: Access, empty_template: str, cloned: Callable[[str], Awaitable[str]]
) -> AsyncIterator[str]:
    """A database of this test's own, with all tables and no rows; the application's pool is open on it."""
    name = await cloned(empty_template)
    await database.connect_pool(dsn=server.dsn(APPLICATION, database=name), minimum=1, maximum=10)
    yield name
    await database.close_pool()


_NUMBERS = itertools.count(1)


def _built_once(server: Access, name: str, build: Callable[[], Awaitable[None]]) -> str:
    """Build a template unless another worker has; the name is given to the database only when it is complete."""
    with _locked():
        asyncio.run(_build_template(server, name, build))
    return name


async def _build_template(server: Access, name: str, build: Callable[[], Awaitable[None]]) -> None:
    connection = await asyncpg.connect(server.dsn("postgres", database="postgres"))
    try:
        if await connection.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", name):
            return
        await connection.execute(f"CREATE DATABASE {name}_unfinished OWNER {OWNER}")
        await database.connect_pool(dsn=server.dsn(OWNER, database=f"{name}_unfinished"))
        try:
            await build()
        finally:
            await database.close_pool()
        await connection.execute(f"ALTER DATABASE {name}_unfinished RENAME TO {name}")
    finally:
        await connection.close()


async def _build_schema() -> None:
    await schema.build(application_role=APPLICATION)


@contextmanager
def _locked() -> Iterator[None]:
    if _SERVER.shared is None:
        raise RuntimeError("the server was not started")
    with (_SERVER.shared / "templates.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _quickest_folder() -> Path:
    """Memory where there is plenty of it: a clone takes 20 ms there, and half a second on a busy disk."""
    memory = Path("/dev/shm")  # noqa: S108  the folder in it is our own
    if memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > _PLENTY:
        return memory
    return Path(tempfile.gettempdir())


def _remove_leftovers() -> None:
    """Remove what killed runs left behind; a folder that is still held belongs to a run beside this one."""
    for folder in _quickest_folder().glob(f"{_PREFIX}*"):
        try:
            hold(folder / "data").close()
        except (CannotRun, OSError):
            continue
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def house(server: Access) -> Any:
    """The furnished application, made once a run; each test opens the pool on its own database."""
    from market.app import create_app  # noqa: PLC0415  most tests need no application

    return create_app(_settings(server), pool=False)


def _settings(server: Access) -> Settings:
    shared = _SERVER.shared
    assert shared is not None
    environ = {
        "SHECAI_DEMO": "1",
        "SHECAI_SECRET_KEY": SECRET,
        "SHECAI_BASE_URL": BASE,
        "SHECAI_DATA": str(shared / "installation"),
        "SHECAI_DATABASE_URL": server.dsn(APPLICATION),
        "SHECAI_STORAGE_URL": f"file://{shared}/storage",
    }
    return read_settings(environ)


@pytest.fixture(scope="session")
def town_template(server: Access, house: Any) -> str:
    """The name of a database with the whole demo town in it."""

    async def build() -> None:
        await _build_schema()
        await build_town(settings=_settings(server))

    return _built_once(server, "template_town", build)


@pytest.fixture
async def town(
    server: Access, house: Any, town_template: str, cloned: Callable[[str], Awaitable[str]]
) -> AsyncIterator[Town]:
    """A town of this test's own; its clock stands at the fixed beginning."""
    from market.app import furnish  # noqa: PLC0415  most tests need no application

    furnish(_settings(server))  # an earlier test may have furnished another installation in this process
    name = await cloned(town_template)
    await database.connect_pool(dsn=server.dsn(APPLICATION, database=name), minimum=1, maximum=12)
    try:
        await clock.set_to(BEGINS)
        async with AsyncExitStack() as stack:
            yield Town(house, stack)
    finally:
        await database.close_pool()
