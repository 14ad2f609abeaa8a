"""The shape of the database: run the rooms' migrations as owner, set guards and privileges, tell pending and drift."""

import asyncio
import contextlib
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from piccolo.apps.migrations.commands.base import BaseMigrationManager
from piccolo.apps.migrations.commands.forwards import ForwardsMigrationManager
from piccolo.apps.migrations.commands.new import AutoMigrationManager, NoChanges, _create_new_migration
from piccolo.conf.apps import AppConfig, Finder
from piccolo.table import create_db_tables

from market.base.database import execute, one, rows, transaction
from market.base.guards import GUARDS, PRIVILEGES

_ONE_AT_A_TIME = 7_305_701
_ROLE = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,62}")


class BadSchema(Exception):
    """The schema could not be brought up to date, or cannot be judged."""


async def build(*, application_role: str) -> list[str]:
    """Bring the database to the present shape as its owner, all or nothing; return the migrations that ran.

    While a room has no migrations yet, the tables are created directly.
    """
    if not _ROLE.fullmatch(application_role):
        raise BadSchema(f"the application's role has an unusable name: {application_role!r}")
    apps = _apps()
    async with transaction():
        await one("SELECT pg_advisory_xact_lock($1)", _ONE_AT_A_TIME)
        if all(_migration_ids(app) for app in apps):
            ran = await pending()
            for app in apps:
                with _quietly():
                    outcome = await ForwardsMigrationManager(app_name=app.app_name).run()
                if not outcome.success:
                    raise BadSchema(f"{app.app_name}: {outcome.message}")
        else:
            ran = []
            if await one("SELECT 1 WHERE to_regclass('ledger_event') IS NULL"):
                await create_db_tables(*(table for app in apps for table in app.table_classes))
        for statement in (*_indexes(apps), *GUARDS):
            await execute(statement)
        for statement in PRIVILEGES:
            await execute(statement.format(role=f'"{application_role}"'))
    return ran


async def pending() -> list[str]:
    """Return the names of the migrations that this database has not seen, lowest room first."""
    known: set[str] = set()
    if await one("SELECT 1 WHERE to_regclass('migration') IS NOT NULL"):
        known = {row["name"] for row in await rows("SELECT name FROM migration")}
    return [name for app in _apps() for name in _migration_ids(app) if name not in known]


async def drift() -> list[str]:
    """Return the rooms whose tables say something that their migrations do not; needs no database."""
    drifted = []
    for app in _apps():
        with _quietly():
            statements = await AutoMigrationManager(auto_input="y").get_alter_statements(app_config=app)
        if any(part.statements for part in statements):
            drifted.append(app.app_name)
    return drifted


async def write_migrations(*, description: str) -> list[str]:
    """Write a migration for every room whose tables changed; return the files."""
    written = []
    for app in _apps():
        with contextlib.suppress(NoChanges), _quietly():
            made = await _create_new_migration(app_config=app, auto=True, description=description, auto_input="y")
            written.append(made.migration_path)
    return written


def _indexes(apps: list[AppConfig]) -> Iterator[str]:
    """Find what the rooms say of their indexes beyond their columns: `INDEXES` beside their tables, safe to repeat."""
    for app in apps:
        room = app.table_classes[0].__module__.partition(".tables")[0]
        yield from getattr(sys.modules[f"{room}.tables"], "INDEXES", [])


def _apps() -> list[AppConfig]:
    return [app for app in Finder().get_app_configs(sort_by_migration_dependencies=False) if app.table_classes]


def _migration_ids(app: AppConfig) -> list[str]:
    manager = BaseMigrationManager()
    folder = app.resolved_migrations_folder_path
    return manager.get_migration_ids(manager.get_migration_modules(folder)) if Path(folder).is_dir() else []


@contextlib.contextmanager
def _quietly() -> Iterator[None]:
    """Keep Piccolo's own progress off the terminal."""
    with contextlib.redirect_stdout(io.StringIO()):
        yield


def main(arguments: list[str]) -> int:
    """Tell which rooms drifted from their migrations (`check`), or write what is missing (`write DESCRIPTION`)."""
    match arguments:
        case ["check"]:
            drifted = asyncio.run(drift())
            for room in drifted:
                print(f"{room}: the tables say something that no migration does; ./dev migrations writes it")  # noqa: T201
            return 1 if drifted else 0
        case ["write", description]:
            for path in asyncio.run(write_migrations(description=description)):
                print(path)  # noqa: T201
            return 0
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
