"""A backup of an installation, its database and its attachments, and restoring one into an empty installation."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from market.base import database, postgres
from market.base.processes import CannotRun
from market.operations import Where, connected, migrate, storage_folder
from market.settings import Settings

_DUMP = "database.dump"
_STORAGE = "storage"
_NOTE = "backup.json"


class Backup(msgspec.Struct, frozen=True, kw_only=True):
    """What a backup says about itself."""

    made_at: datetime
    events: int
    attachments: int


def back_up(*, where: Where, settings: Settings, target: Path, dry_run: bool = False) -> Backup:
    """Copy the database and the attachments into a new folder; the folder appears only when it is complete.

    A dry run only tells what would be copied now. Raises CannotRun when the folder is there already.
    """
    if target.exists():
        raise CannotRun(f"{target} exists already")
    source = storage_folder(settings)
    if dry_run:
        return Backup(made_at=datetime.now(UTC), events=_count_events(where), attachments=_count_files(source))
    unfinished = target.with_name(f"{target.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True, mode=0o700)
    # The database first: attachments are only ever added, so the copy below holds all that it mentions.
    postgres.run(
        "pg_dump", ["--format=custom", "--no-owner", "--no-acl", f"--file={unfinished / _DUMP}"], dsn=where.as_owner()
    )
    if source.is_dir():
        shutil.copytree(source, unfinished / _STORAGE)
    backup = Backup(
        made_at=datetime.now(UTC), events=_count_events(where), attachments=_count_files(unfinished / _STORAGE)
    )
    (unfinished / _NOTE).write_bytes(msgspec.json.encode(backup))
    unfinished.rename(target)
    return backup


def _count_events(where: Where) -> int:
    return int(postgres.run("psql", ["-XAtc", "SELECT count(*) FROM ledger_event"], dsn=where.as_owner()))


def _count_files(folder: Path) -> int:
    return sum(1 for path in folder.rglob("*") if path.is_file())


def read_backup(source: Path) -> Backup:
    """Return what a backup says about itself; raises CannotRun when the folder is not a complete one."""
    try:
        backup = msgspec.json.decode((source / _NOTE).read_bytes(), type=Backup)
    except (OSError, msgspec.MsgspecError):
        raise CannotRun(f"{source} is not a complete backup") from None
    if not (source / _DUMP).is_file():
        raise CannotRun(f"{source / _DUMP} is missing")
    return backup


async def restore(*, where: Where, settings: Settings, source: Path) -> Backup:
    """Fill an empty database and storage folder from a backup; raises CannotRun when there is something already."""
    backup = read_backup(source)
    async with connected(where.as_owner()):
        if await database.one("SELECT 1 FROM pg_tables WHERE schemaname = 'public' LIMIT 1"):
            raise CannotRun("the database is not empty; restore into a new one")
    target = storage_folder(settings)
    if target.is_dir() and any(target.iterdir()):
        raise CannotRun(f"{target} is not empty; restore into a new one")
    into = f"--dbname={postgres.database_of(where.as_owner())}"
    arguments = [into, "--no-owner", "--no-acl", "--exit-on-error", "--single-transaction", str(source / _DUMP)]
    postgres.run("pg_restore", arguments, dsn=where.as_owner())
    if (source / _STORAGE).is_dir():
        shutil.copytree(source / _STORAGE, target, dirs_exist_ok=True)
    await migrate(owner=where.as_owner(), application_role=where.application_role)
    return backup
