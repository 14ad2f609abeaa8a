"""Where benches stand: an installation of the wanted scale that is built once and kept, and servers on it.

Everything lies under `.shecai/bench/<scale>` (or `SHECAI_DATA`): PostgreSQL with the product's database, and beside it
a database `floors` with the rows that the bare handlers read and write. The product is served as an operator serves it:
`shecai serve --workers 2`, no demo.
"""

import contextlib
import hashlib
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from market.base.embedded import APPLICATION, OWNER, Access, Server, psql
from market.base.processes import CannotRun, hold, preparation

ROOT = Path(__file__).resolve().parents[2]
WORKERS = 2
FLOORS = "floors"
SECRET = "the-secret-of-an-installation-that-is-only-measured"
_READY_SECONDS = 60


def say(words: str) -> None:
    """Tell what is going on, on standard error."""
    print(words, file=sys.stderr, flush=True)  # noqa: T201


@dataclass(frozen=True, slots=True)
class Ground:
    """A running installation of one scale."""

    data: Path
    scale: str
    access: Access

    @property
    def dsn(self) -> str:
        """The product's database, as the application reaches it."""
        return self.access.dsn(APPLICATION)

    @property
    def floors_dsn(self) -> str:
        """The floors' database, as its owner reaches it."""
        return self.access.dsn(OWNER, database=FLOORS)

    @property
    def environment(self) -> dict[str, str]:
        """The environment of the product's commands: production, not demo."""
        return _environment(self.data)

    def shecai(self, *arguments: str) -> None:
        """Run one of the product's commands. Raises CannotRun when it is refused."""
        done = subprocess.run([sys.executable, "-m", "market", *arguments], env=self.environment, cwd=ROOT, check=False)
        if done.returncode:
            raise CannotRun(f"shecai {' '.join(arguments)} ended with status {done.returncode}")

    def once(self, name: str, make: Callable[[], None], *, made_of: str) -> None:
        """Make something that is kept, unless it stands already and was made of the same (`made_of` is any text)."""
        mark = self.data / f"{name}.made"
        wanted = hashlib.sha256(made_of.encode()).hexdigest()
        if mark.exists() and mark.read_text(encoding="utf-8") == wanted:
            return
        mark.unlink(missing_ok=True)
        make()
        mark.write_text(wanted, encoding="utf-8")

    @contextlib.contextmanager
    def product(self) -> Iterator[int]:
        """Serve the product with two workers and yield its port."""
        port = free_port()
        arguments = ["-m", "market", "serve", "--port", str(port), "--workers", str(WORKERS)]
        with _running("web", arguments, data=self.data, environment=self.environment):
            _wait_for(port, "/health/ready")
            yield port

    @contextlib.contextmanager
    def floors(self) -> Iterator[int]:
        """Serve the bare handlers with two workers and yield their port."""
        port = free_port()
        environment = {**os.environ, "FLOORS_DSN": self.floors_dsn}
        with _running("floors", ["-m", "tests.bench.floors", str(port)], data=self.data, environment=environment):
            _wait_for(port, "/ready")
            yield port


@contextlib.contextmanager
def ground(*, scale: str) -> Iterator[Ground]:
    """Stand on an installation of this scale; it is built when it is not there, or was built by other code."""
    data = Path(os.environ.get("SHECAI_DATA") or ROOT / ".shecai").absolute() / "bench" / scale
    made_of = _fingerprint(ROOT / "market" / "seed", "scale*.py")
    mark = data / "seed.made"
    if data.exists() and (not mark.exists() or mark.read_text(encoding="utf-8") != made_of):
        say(f"{data} is unfinished or of another version; building it anew")
        hold(data).close()
        shutil.rmtree(data)
    with hold(data):
        server = Server(data)
        here = Ground(data=data, scale=scale, access=server.start())
        try:
            here.shecai("migrate")
            if not mark.exists():
                here.shecai("seed", "--scale", scale)
                mark.write_text(made_of, encoding="utf-8")
            _make_floors_database(here.access)
            yield here
        finally:
            server.stop()


def _environment(data: Path) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("SHECAI_")}
    return inherited | {
        "SHECAI_DATA": str(data),
        "SHECAI_SECRET_KEY": SECRET,
        "SHECAI_BASE_URL": "http://127.0.0.1",
        "PYTHONUNBUFFERED": "1",
    }


def _fingerprint(folder: Path, pattern: str) -> str:
    texts = [path.read_bytes() for path in sorted(folder.glob(pattern))]
    return hashlib.sha256(b"\0".join(texts)).hexdigest()


def _make_floors_database(access: Access) -> None:
    found = psql(access, f"SELECT 1 FROM pg_database WHERE datname = '{FLOORS}'")
    if not found.strip():
        psql(access, f"CREATE DATABASE {FLOORS} OWNER {OWNER}")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def _running(name: str, arguments: list[str], *, data: Path, environment: dict[str, str]) -> Iterator[None]:
    log = data / "logs" / f"{name}.log"
    log.parent.mkdir(exist_ok=True)
    with log.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, *arguments],
            stdout=file,
            stderr=file,
            env=environment,
            cwd=ROOT,
            start_new_session=True,
            preexec_fn=preparation(death=signal.SIGTERM, parent=os.getpid(), unprivileged=False, reach=()),  # noqa: PLW1509
        )
    try:
        yield
        if process.poll() is not None:
            raise CannotRun(f"{name} ended with status {process.returncode}; see {log}")
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _wait_for(port: int, path: str) -> None:
    until = time.monotonic() + _READY_SECONDS
    while time.monotonic() < until:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", path)
            if connection.getresponse().status == http.HTTPStatus.OK:
                return
        except (OSError, http.client.HTTPException):
            time.sleep(0.1)
        finally:
            connection.close()
    raise CannotRun(f"the server on port {port} did not become ready; see its log")
