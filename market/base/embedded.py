"""A real PostgreSQL of our own in the data folder: made once, run as a child, reached through a Unix socket.

The server never listens on the network, asks for passwords even on its socket, and ends with the process that
started it. One that was left behind by a kill is stopped at the next start. Production uses any PostgreSQL by URL
instead and never comes here.
"""

import contextlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import msgspec
import psutil

from market.base.postgres import (
    APPLICATION,
    DATABASE,
    INSTALLATION,
    OWNER,
    SUPERUSER,
    Access,
    answers,
    environment,
    program,
    psql,
)
from market.base.processes import CannotRun, preparation, unprivileged_account
from market.base.sockets import SOCKET, socket_folder
from market.settings import Settings

_ACCESS_FILE = "postgres.json"
_UNFINISHED = "postgres.unfinished-"
_START_SECONDS = 30
_STOP_SECONDS = 30

_ALWAYS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "max_wal_size": "1GB",
    "dynamic_shared_memory_type": "mmap",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # What people typed must not reach the log by way of a failing statement.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length_on_error": "0",
}
_FLEETING = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "file_copy_method": "clone",
    "shared_buffers": "128MB",
}


def running(data: Path) -> Access | None:
    """Return how to reach the embedded server of a data folder, or None when none runs there."""
    try:
        access = msgspec.json.decode((data / _ACCESS_FILE).read_bytes(), type=Access)
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
            probe.connect(f"{access.folder}/{SOCKET}")
    except OSError:
        return None
    return access


def application_dsn(settings: Settings) -> str:
    """Return the address at which the application reaches its database; raises CannotRun when none is there."""
    return settings.database_url or _running_or_refuse(settings).dsn(APPLICATION)


def owner_dsn(settings: Settings) -> str:
    """Return the address at which the owner of the schema reaches the database; raises CannotRun likewise."""
    if settings.database_url is None:
        return _running_or_refuse(settings).dsn(OWNER)
    if settings.admin_database_url is None:
        raise CannotRun("SHECAI_ADMIN_DATABASE_URL must be set beside SHECAI_DATABASE_URL for this command")
    return settings.admin_database_url


def _running_or_refuse(settings: Settings) -> Access:
    access = running(settings.data)
    if access is None:
        raise CannotRun(f"no database runs in {settings.data}; start `shecai demo`, or set SHECAI_DATABASE_URL")
    return access


@dataclass(frozen=True, slots=True)
class _Place:
    """Where one cluster lives."""

    data: Path

    @property
    def cluster(self) -> Path:
        return self.data / "postgres"

    @property
    def access(self) -> Path:
        return self.data / _ACCESS_FILE

    @property
    def log(self) -> Path:
        return self.data / "logs" / "postgres.log"


class Server:
    """The embedded server of one data folder; the caller holds the folder while it runs."""

    def __init__(self, data: Path, *, durable: bool = True) -> None:
        """Prepare for a folder; a server that is not durable loses data when the machine fails (for tests)."""
        self._place = _Place(data.resolve())
        self._durable = durable
        self._process: subprocess.Popen[bytes] | None = None
        self._as_root = os.geteuid() == 0

    @property
    def process(self) -> subprocess.Popen[bytes]:
        """Return the running server's process."""
        if self._process is None:
            raise RuntimeError("the server was not started")
        return self._process

    def start(self) -> Access:
        """Make the cluster if there is none, stop what was left behind, start, and return how to reach it.

        Roles and the database are completed at every start, so a first start that was killed halfway is mended.
        """
        place = self._place
        place.log.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        stop_left_behind(place.cluster)
        access = self._read_or_make_access()
        if not place.cluster.exists():
            self._make_cluster(access)
        for name in (SOCKET, f"{SOCKET}.lock"):
            (Path(access.folder) / name).unlink(missing_ok=True)
        self._process = self._spawn(Path(access.folder))
        try:
            self._wait_until_ready(access)
            _complete(access)
        except BaseException:
            self.stop()
            raise
        return access

    def stop(self) -> None:
        """End the server cleanly: open transactions are rolled back, the rest is on disk."""
        process, self._process = self._process, None
        if process is None or process.poll() is not None:
            return
        for death in (signal.SIGINT, signal.SIGQUIT):
            process.send_signal(death)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(_STOP_SECONDS)
                return

    def _read_or_make_access(self) -> Access:
        place = self._place
        folder = str(socket_folder(place.data))
        if place.access.exists():
            access = msgspec.json.decode(place.access.read_bytes(), type=Access)
        elif place.cluster.exists():
            raise CannotRun(f"{place.access} is gone, and with it the passwords of the database beside it")
        else:
            access = Access(folder, *(secrets.token_urlsafe(24) for _ in range(3)))
        access = msgspec.structs.replace(access, folder=folder)
        fresh = place.access.with_suffix(".new")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(msgspec.json.encode(access))
        fresh.replace(place.access)
        self._give_to_server(Path(folder))
        return access

    def _give_to_server(self, folder: Path) -> None:
        if self._as_root:
            account = unprivileged_account()
            os.chown(folder, account.pw_uid, account.pw_gid)

    def _make_cluster(self, access: Access) -> None:
        place = self._place
        # A killed start may have left somebody at work in its folder: each attempt has one of its own.
        for left in place.data.glob(f"{_UNFINISHED}*"):
            shutil.rmtree(left, ignore_errors=True)
        unfinished = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=place.data))
        self._give_to_server(unfinished)
        with tempfile.NamedTemporaryFile("w", dir=access.folder) as password, place.log.open("ab") as log:
            password.write(access.superuser)
            password.flush()
            self._give_to_server(Path(password.name))
            arguments = [program("initdb"), "-D", str(unfinished), "-U", SUPERUSER, f"--pwfile={password.name}"]
            arguments += ["-A", "scram-sha-256", "-E", "UTF8", "--locale=C", "--locale-provider=builtin"]
            arguments += ["--builtin-locale=C.UTF-8", "--no-instructions"]
            arguments += [] if self._durable else ["--no-sync"]
            made = subprocess.run(  # noqa: S603  the wheel's own program
                arguments, stdout=log, stderr=log, env=environment(), cwd="/", check=False, preexec_fn=self._prepare()
            )
        if made.returncode != 0:
            raise CannotRun(f"the database could not be made; {place.log} tells why")
        unfinished.rename(place.cluster)

    def _spawn(self, folder: Path) -> subprocess.Popen[bytes]:
        place = self._place
        settings = {**_ALWAYS, **({} if self._durable else _FLEETING), "unix_socket_directories": str(folder)}
        arguments = [program("postgres"), "-D", str(place.cluster)]
        for name, value in settings.items():
            arguments += ["-c", f"{name}={value}"]
        with place.log.open("ab") as log:
            return subprocess.Popen(  # noqa: S603  the wheel's own program
                arguments,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=environment(),
                cwd="/",
                start_new_session=True,
                preexec_fn=self._prepare(),  # noqa: PLW1509  it makes system calls only
            )

    def _prepare(self) -> Callable[[], None]:
        place = self._place
        return preparation(
            death=signal.SIGINT,
            parent=os.getpid(),
            unprivileged=self._as_root,
            reach=(INSTALLATION / "bin" / "postgres", INSTALLATION / "lib", INSTALLATION / "share", place.data),
        )

    def _wait_until_ready(self, access: Access) -> None:
        until = time.monotonic() + _START_SECONDS
        while not answers(access):
            if self.process.poll() is not None or time.monotonic() > until:
                raise CannotRun(f"the database did not start; {self._place.log} tells why")
            time.sleep(0.05)


def stop_left_behind(cluster: Path) -> None:
    """Stop the server of a cluster whose owner was killed, and clear the mark of one that is gone.

    A server is known by its working folder, never by a number in a file alone: numbers are used again.
    """
    for death, patience in ((signal.SIGINT, 10), (signal.SIGQUIT, 5), (signal.SIGKILL, 5)):
        left = [process for process in psutil.process_iter() if _works_in(process, cluster)]
        if not left:
            break
        for process in left:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.send_signal(death)
        psutil.wait_procs(left, timeout=patience)
    # The server clears its own mark unless the number in it belongs to somebody else by now.
    mark = cluster / "postmaster.pid"
    written = mark.read_text().split() if mark.exists() else ["0"]
    if not written or (int(written[0]) > 0 and psutil.pid_exists(int(written[0]))):
        mark.unlink()


def _complete(access: Access) -> None:
    """Make the two roles and the database where they are missing; the owner owns, the application only uses."""
    known = set(psql(access, "SELECT rolname FROM pg_roles; SELECT datname FROM pg_database").split())
    script = [] if OWNER in known else [f"CREATE ROLE {OWNER} LOGIN;"]
    script += [] if APPLICATION in known else [f"CREATE ROLE {APPLICATION} LOGIN;"]
    script += [
        f"ALTER ROLE {OWNER} PASSWORD '{access.owner}';",
        f"ALTER ROLE {APPLICATION} PASSWORD '{access.application}';",
    ]
    script += [] if DATABASE in known else [f"CREATE DATABASE {DATABASE} OWNER {OWNER};"]
    script += [f"REVOKE CONNECT ON DATABASE {DATABASE} FROM PUBLIC;"]
    script += [f"GRANT CONNECT ON DATABASE {DATABASE} TO {OWNER}, {APPLICATION};"]
    psql(access, "\n".join(script))


def _works_in(process: psutil.Process, cluster: Path) -> bool:
    try:
        return process.name() == "postgres" and Path(process.cwd()) == cluster
    except (psutil.Error, OSError):
        return False


__all__ = [
    "APPLICATION",
    "DATABASE",
    "OWNER",
    "Access",
    "Server",
    "application_dsn",
    "owner_dsn",
    "psql",
    "running",
    "stop_left_behind",
]
