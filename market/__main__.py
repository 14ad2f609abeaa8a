"""The command line, `shecai`: exit status 0 done, 1 refused with all reasons on standard error, 2 usage."""

import argparse
import asyncio
import getpass
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import asyncpg
import msgspec

from catalogs.states.imports import ImportKind
from market import backups, demo, operations
from market.base.database import Unreachable
from market.base.embedded import application_dsn
from market.base.logs import configure_logs
from market.base.processes import CannotRun
from market.base.refusal import Refused
from market.base.schema import BadSchema
from market.base.wording import words
from market.piccolo_conf import ROOMS
from market.settings import BadSettings, Settings, read_settings

_PORT = 8000
_LISTS = tuple(str(kind) for kind in ImportKind)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    asked = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = asked.command
    try:
        return command(asked)
    except (CannotRun, BadSettings, BadSchema, Unreachable) as refusal:
        print(refusal, file=sys.stderr)
    except asyncpg.UndefinedTableError:
        print("the tables are missing; run shecai migrate", file=sys.stderr)
    except Refused as refused:
        for objection in refused.objections:
            said = words(objection.message, "en")
            print(f"{objection.field}: {said}" if objection.field else said, file=sys.stderr)
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
    return 1


def _demo(asked: argparse.Namespace) -> int:
    demo.run(data=asked.data, port=asked.port, fresh=asked.fresh)
    return 0


def _serve(asked: argparse.Namespace) -> int:
    from market.serve import serve  # noqa: PLC0415  the other commands have no use for a web server

    asyncio.run(operations.reach(dsn=application_dsn(_settings())))
    serve(host=asked.host, port=asked.port, workers=asked.workers)
    return 0


def _schedule(_: argparse.Namespace) -> int:
    from market import app, schedule  # noqa: PLC0415  the other commands do not need every room

    settings = _settings()
    dsn = application_dsn(settings)
    configure_logs(process="scheduler")
    app.furnish(settings)
    asyncio.run(schedule.run(settings=settings, dsn=dsn, turns=app.turns(), rooms=ROOMS))
    return 0


def _migrate(asked: argparse.Namespace) -> int:
    settings = _settings()
    with operations.database_of(settings) as where:
        if asked.dry_run:
            for name in asyncio.run(operations.pending(dsn=where.as_owner())):
                print(f"would run {name}")
            return 0
        ran = asyncio.run(operations.migrate(owner=where.as_owner(), application_role=where.application_role))
        loaded = asyncio.run(operations.load_law(settings=settings, dsn=where.application))
    for name in ran:
        print(f"ran {name}")
    if loaded:
        print(f"loaded {loaded} provisions of the law")
    print("the tables are up to date")
    return 0


def _seed(asked: argparse.Namespace) -> int:
    settings = _settings()
    with operations.database_of(settings) as where:
        if asked.scale != "town":
            _refuse_if(asyncio.run(operations.objections_to_scale(dsn=where.application)))
            if not asked.dry_run:
                asyncio.run(operations.seed_scale(settings=settings, where=where, scale=asked.scale, seed=asked.seed))
                print(f"the {asked.scale} town stands")
            return 0
        if not asyncio.run(operations.is_empty(dsn=where.application)):
            raise CannotRun("somebody has an account here; the town is only built into an empty database")
        if not asked.dry_run:
            asyncio.run(operations.seed_town(settings=settings, dsn=where.application))
            print("the town stands")
    return 0


def _account(asked: argparse.Namespace) -> int:
    if sys.stdin.isatty():
        password = getpass.getpass("Password: ")
        if getpass.getpass("Again: ") != password:
            raise CannotRun("the two passwords differ")
    else:
        password = sys.stdin.readline().rstrip("\n")
    account = {name: getattr(asked, name) for name in ("login", "name", "email", "organization", "role")}
    organization = {"name": asked.organization_name, "district": asked.district}
    settings = _settings()
    with operations.database_of(settings) as where:
        asyncio.run(
            operations.create_administrator(
                settings=settings,
                dsn=where.application,
                account={**account, "password": password},
                organization=organization,
                dry_run=asked.dry_run,
            )
        )
    print(f"{asked.login} could be created" if asked.dry_run else f"{asked.login} may sign in")
    return 0


def _ledger(_: argparse.Namespace) -> int:
    with operations.database_of(_settings()) as where:
        events, faults = asyncio.run(operations.verify_ledger(dsn=where.application))
    print(f"{events} events")
    _refuse_if(faults)
    return 0


def _receipt(asked: argparse.Namespace) -> int:
    _refuse_if(operations.faults_of_receipt(receipt=asked.file.read_bytes(), public=asked.key))
    print("the receipt holds")
    return 0


def _backup(asked: argparse.Namespace) -> int:
    settings = _settings()
    with operations.database_of(settings) as where:
        made = backups.back_up(where=where, settings=settings, target=asked.folder, dry_run=asked.dry_run)
    folder = f"would copy into {asked.folder}" if asked.dry_run else asked.folder
    print(f"{folder}: {made.events} events, {made.attachments} attachments")
    return 0


def _restore(asked: argparse.Namespace) -> int:
    settings = _settings()
    found = backups.read_backup(asked.folder)
    if not asked.dry_run:
        with operations.database_of(settings) as where:
            asyncio.run(backups.restore(where=where, settings=settings, source=asked.folder))
    print(
        f"{asked.folder}: {found.events} events, {found.attachments} attachments, made at {found.made_at.isoformat()}"
    )
    return 0


def _doctor(_: argparse.Namespace) -> int:
    settings = _settings()
    with operations.database_of(settings) as where:
        findings = asyncio.run(operations.examine(dsn=where.application, settings=settings))
    for question, faults in findings.items():
        print(f"{'not ok' if faults else 'ok'}  {question}")
    _refuse_if([fault for faults in findings.values() for fault in faults])
    return 0


def _import(asked: argparse.Namespace) -> int:
    from market import lists  # noqa: PLC0415  it brings every room, which no other command needs

    settings = _settings()
    with operations.database_of(settings) as where:
        work = lists.take_in(
            settings=settings,
            dsn=where.application,
            kind=asked.kind,
            path=asked.file,
            dry_run=asked.dry_run,
            leave_out=asked.leave_out,
            progress=_progress(),
        )
        taken = asyncio.run(work)
    print(taken.told)
    if not asked.leave_out:
        _refuse_if(taken.faults)
    return 0


def _export(asked: argparse.Namespace) -> int:
    from market import lists  # noqa: PLC0415  likewise

    settings = _settings()
    with operations.database_of(settings) as where:
        count = asyncio.run(lists.save(settings=settings, dsn=where.application, kind=asked.kind, path=asked.file))
    print(f"{asked.file}: {count} rows")
    return 0


def _progress() -> Callable[[str, int], None]:
    """Tell how far it is: one line that changes on a terminal, nothing elsewhere."""
    live = sys.stderr.isatty()

    def tell(what: str, done: int) -> None:
        if live:
            print(f"\r\x1b[K{what}: {done:,} rows", end="", file=sys.stderr, flush=True)

    return tell


def _settings() -> Settings:
    """Read the settings; a demo's folder supplies what the demo decided for itself."""
    data = Path(os.environ.get("SHECAI_DATA") or ".shecai")
    kept = data / demo.SETTINGS_FILE
    demos: dict[str, str] = {}
    if not os.environ.get("SHECAI_DATABASE_URL") and kept.exists():
        demos = msgspec.json.decode(kept.read_bytes(), type=dict[str, str])
    return read_settings({**demos, **os.environ})


def _refuse_if(faults: Sequence[str]) -> None:
    if faults:
        raise CannotRun("\n".join(faults))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="shecai", description="The marketplace for community services.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[argparse.Namespace], int], words: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=words, description=words)
        made.set_defaults(command=run)
        return made

    one = command("demo", _demo, "Run the demo town: database, web server and scheduler in one.")
    one.add_argument("--port", type=_port, default=_PORT)
    one.add_argument("--data", type=Path, default=Path(".shecai"), help="folder that keeps everything")
    one.add_argument("--fresh", action="store_true", help="forget what the folder keeps and begin again")
    one = command("serve", _serve, "Run the web server.")
    one.add_argument("--host", default=demo.HOST)
    one.add_argument("--port", type=_port, default=_PORT)
    one.add_argument("--workers", type=_count, default=2)
    command("schedule", _schedule, "Run the scheduler.")
    one = command("migrate", _migrate, "Bring the tables and the law up to date.")
    one.add_argument("--dry-run", action="store_true", help="only tell what would run")
    one = command("seed", _seed, "Fill an empty database with an invented town; larger ones may stand beside the town.")
    one.add_argument("--scale", choices=("town", "small", "medium", "large"), required=True)
    one.add_argument("--seed", type=_count, default=1, help="the number that a larger town is invented from")
    one.add_argument("--dry-run", action="store_true", help="only tell whether it could be done")
    one = command(
        "account", _account, "Create an administrator; asks for the password, or reads it from standard input."
    )
    for name in ("login", "name", "email"):
        one.add_argument(f"--{name}", required=True)
    one.add_argument("--organization", required=True, metavar="CODE", help="unified social credit code")
    one.add_argument("--organization-name", default="", help="registers the organization if it is not here yet")
    one.add_argument("--district", default="", help="of the organization to register")
    one.add_argument("--role", default="platform-administrator")
    one.add_argument("--dry-run", action="store_true", help="only tell whether it could be done")
    ledger = command("ledger", _ledger, "Work on the ledger.").add_subparsers(required=True, metavar="WORK")
    ledger.add_parser("verify", help="count the events and make sure that nobody can change them")
    one = command("receipt", _receipt, "Check a bidder's receipt with the public key alone.")
    one.add_argument("file", type=Path, help="the receipt's JSON, from /tenders/T-…/receipt")
    one.add_argument("--key", required=True, metavar="HEX", help="the public key, from /receipts/key")
    one = command("backup", _backup, "Copy the database and the attachments into a new folder.")
    one.add_argument("folder", type=Path)
    one.add_argument("--dry-run", action="store_true", help="only tell what would be copied")
    one = command("restore", _restore, "Fill an empty installation from a backup.")
    one.add_argument("folder", type=Path)
    one.add_argument("--dry-run", action="store_true", help="only read what the backup says about itself")
    one = command("import", _import, "Take a file into a register: every row's fate first, then all at once.")
    one.add_argument("kind", choices=_LISTS, metavar="KIND", help=", ".join(_LISTS))
    one.add_argument("file", type=Path)
    one.add_argument("--dry-run", action="store_true", help="only tell what would become of each row")
    one.add_argument("--leave-out", action="store_true", help="write the other rows when some are refused")
    one = command("export", _export, "Save a register as a file, XLSX or CSV by its ending.")
    one.add_argument("kind", choices=_LISTS, metavar="KIND", help=", ".join(_LISTS))
    one.add_argument("file", type=Path)
    command("doctor", _doctor, "Examine the installation and tell every fault.")
    return parser


def _port(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 65535:  # noqa: PLR2004
        raise argparse.ArgumentTypeError("a port is a number from 1 to 65535")
    return number


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return number


if __name__ == "__main__":
    sys.exit(main())
