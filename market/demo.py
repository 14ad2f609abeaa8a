"""The demo: one command that runs the database, the web server and the scheduler, and ends them together.

Whatever is left of an earlier demo on the same folder is ended first, so that even a kill -9 of everything is
followed by a clean start. The folder is held while the demo runs; a second one refuses.
"""

import asyncio
import http.client
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

import msgspec
import psutil

from market import operations
from market.base.embedded import APPLICATION, OWNER, Access, Server, stop_left_behind
from market.base.processes import CannotRun, hold, preparation
from market.settings import read_settings

HOST = "127.0.0.1"
SETTINGS_FILE = "demo.json"
_HELD = "SHECAI_HELD"
_OURS = ("postgres", "postgres.unfinished-*", "postgres.json", "run", "storage", "logs", SETTINGS_FILE)
_UNFINISHED = "seeding"
_SHECAI = ("-m", "market")
_MAKE_FONTS = "import sys, pathlib; from market.operations import make_fonts; make_fonts(pathlib.Path(sys.argv[1]))"
_READY_SECONDS = 60
_STOP_SECONDS = 15
_TAIL = 2000


class _Stop(Exception):
    """Somebody asked the demo to end."""


class _Broken(Exception):
    """A part of the demo ended by itself; the message tells which and shows the end of its log."""


@dataclass(slots=True)
class _Part:
    """One child process with its log."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path


@dataclass(slots=True)
class _Parts:
    """The running children, in the order in which they started."""

    every: list[_Part] = field(default_factory=list)

    def start(self, name: str, *arguments: str, logs: Path, environment: dict[str, str]) -> _Part:
        """Start a Python of our own in a session of its own, so that only we end it."""
        log = logs / f"{name}.log"
        with log.open("ab") as file:
            process = subprocess.Popen(  # noqa: S603  our own command
                [sys.executable, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=file,
                env=environment,
                start_new_session=True,
                preexec_fn=preparation(death=signal.SIGTERM, parent=os.getpid(), unprivileged=False, reach=()),  # noqa: PLW1509  it makes system calls only
            )
        self.every.append(_Part(name, process, log))
        return self.every[-1]

    def finish(self, part: _Part) -> None:
        """Wait for a part whose work has an end; raises `_Broken` when it failed."""
        if part.process.wait() == 0:
            self.every.remove(part)
        self.check()

    def check(self) -> None:
        """Raise `_Broken` when a part has ended."""
        for part in self.every:
            if part.process.poll() is not None:
                tail = part.log.read_bytes()[-_TAIL:].decode(errors="replace") if part.log.exists() else ""
                raise _Broken(f"{part.name} ended with status {part.process.returncode}; {part.log} ends with:\n{tail}")

    def stop(self) -> None:
        """End all parts at once, the patient way first."""
        for part in self.every:
            _signal_group(part.process, signal.SIGTERM)
        until = time.monotonic() + _STOP_SECONDS
        for part in self.every:
            with suppress(subprocess.TimeoutExpired):
                part.process.wait(max(0.1, until - time.monotonic()))
            _signal_group(part.process, signal.SIGKILL)
            part.process.wait()


def run(*, data: Path, port: int, fresh: bool) -> None:
    """Run the demo until Ctrl-C or SIGTERM; raises CannotRun when it cannot start or a part of it dies."""
    with _asked_to_stop(), suppress(_Stop):
        data = data.resolve()
        with hold(data):
            _end_leftovers(data)
            _refuse_taken_port(port)
            if fresh or (data / _UNFINISHED).exists():
                _clear(data)
            environment = _environment(data, port)
            server = Server(data)
            access = server.start()
            parts = _Parts([_Part("postgres", server.process, data / "logs" / "postgres.log")])
            try:
                asyncio.run(_prepare(data, access, parts, environment))
                _work(data, port, parts, environment)
            except _Broken as broken:
                raise CannotRun(str(broken)) from None
            finally:
                _deaf()
                _Parts(parts.every[1:]).stop()
                server.stop()


def _work(data: Path, port: int, parts: _Parts, environment: dict[str, str]) -> None:
    logs = data / "logs"
    parts.start("web", *_SHECAI, "serve", "--port", str(port), logs=logs, environment=environment)
    parts.start("schedule", *_SHECAI, "schedule", logs=logs, environment=environment)
    until = time.monotonic() + _READY_SECONDS
    while not _is_ready(port):
        parts.check()
        if time.monotonic() > until:
            raise _Broken(f"the web server did not become ready in {_READY_SECONDS} seconds; see {logs}")
        time.sleep(0.1)
    print(f"ready http://{HOST}:{port}", flush=True)  # noqa: T201  this line is the demo's promise
    while True:
        parts.check()
        time.sleep(0.2)


async def _prepare(data: Path, access: Access, parts: _Parts, environment: dict[str, str]) -> None:
    """Bring the tables up to date, and the town into an empty database, whole or not at all."""
    await operations.migrate(owner=access.dsn(OWNER), application_role=APPLICATION)
    if not await operations.is_empty(dsn=access.dsn(APPLICATION)):
        await operations.load_law(settings=read_settings(environment), dsn=access.dsn(APPLICATION))
        return
    mark = data / _UNFINISHED
    mark.touch()
    _say("building the demo town …")
    # On the other core, so that the first PDF somebody asks for does not wait half a minute for its fonts.
    fonts = parts.start("fonts", "-c", _MAKE_FONTS, str(data), logs=data / "logs", environment=environment)
    await operations.seed_town(settings=read_settings(environment), dsn=access.dsn(APPLICATION))
    parts.finish(fonts)
    mark.unlink()


def _environment(data: Path, port: int) -> dict[str, str]:
    """Return the children's environment: the demo's own settings, and of the operator's only the mail server."""
    path = data / SETTINGS_FILE
    kept = msgspec.json.decode(path.read_bytes(), type=dict[str, str]) if path.exists() else {}
    kept = {
        "SHECAI_DEMO": "1",
        "SHECAI_SECRET_KEY": kept.get("SHECAI_SECRET_KEY") or secrets.token_urlsafe(48),
        "SHECAI_BASE_URL": f"http://{HOST}:{port}",
    }
    fresh = path.with_suffix(".new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(msgspec.json.encode(kept))
    fresh.replace(path)
    for folder in ("storage", "logs"):
        (data / folder).mkdir(mode=0o700, exist_ok=True)
    inherited = {n: v for n, v in os.environ.items() if not n.startswith("SHECAI_") or n == "SHECAI_SMTP_URL"}
    return inherited | kept | {"SHECAI_DATA": str(data), _HELD: str(data), "PYTHONUNBUFFERED": "1"}


def _clear(data: Path) -> None:
    # A kill halfway leaves this mark, and the next start clears again instead of opening half a cluster.
    (data / _UNFINISHED).touch()
    for path in [path for name in _OURS for path in data.glob(name)]:
        if path.is_dir() and not path.is_symlink():
            # Somebody whose start was killed may still be at work in an unfinished one.
            shutil.rmtree(path, ignore_errors="unfinished" in path.name)
        else:
            path.unlink(missing_ok=True)
    (data / _UNFINISHED).unlink()


def _end_leftovers(data: Path) -> None:
    """End the children of a demo on this folder that was killed before it could end them itself."""
    for death in (signal.SIGTERM, signal.SIGKILL):
        left = [process for process in psutil.process_iter() if _belonged_to(process, data)]
        for process in left:
            with suppress(psutil.Error):
                process.send_signal(death)
        psutil.wait_procs(left, timeout=5)
    stop_left_behind(data / "postgres")


def _belonged_to(process: psutil.Process, data: Path) -> bool:
    try:
        return process.pid != os.getpid() and process.environ().get(_HELD) == str(data)
    except (psutil.Error, OSError):
        return False


def _refuse_taken_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            raise CannotRun(f"port {port} is taken; choose another one with --port") from None


def _is_ready(port: int) -> bool:
    connection = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", "/health/ready")
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _signal_group(process: subprocess.Popen[bytes], death: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, death)


@contextmanager
def _asked_to_stop() -> Iterator[None]:
    def stop(_number: int, _frame: FrameType | None) -> None:
        raise _Stop

    asked = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before: list[Callable[[int, FrameType | None], object] | int | None] = [signal.signal(one, stop) for one in asked]
    try:
        yield
    finally:
        for one, handler in zip(asked, before, strict=True):
            signal.signal(one, handler)


def _deaf() -> None:
    """Let nothing interrupt the orderly end that has begun."""
    for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(one, signal.SIG_IGN)


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)  # noqa: T201  progress on the terminal
