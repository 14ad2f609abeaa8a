"""The demo as a newcomer and a hurried operator meet it: it serves, refuses a second one, and always ends clean."""

import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

_ROOT = Path(__file__).resolve().parents[1]
_START_SECONDS = 90


class Demo:
    """A demo started as a command, with what it printed."""

    def __init__(self, data: Path, port: int, *arguments: str) -> None:
        self.port = port
        self.data = data
        self.process = subprocess.Popen(
            [sys.executable, "-m", "market", "demo", "--data", str(data), "--port", str(port), *arguments],
            cwd=_ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def wait_ready(self) -> "Demo":
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if line != f"ready http://127.0.0.1:{self.port}\n":
            _, errors = self.process.communicate(timeout=30)
            pytest.fail(f"printed {line!r}, ended with {self.process.returncode}\n{errors}")
        return self

    def end(self, with_signal: signal.Signals = signal.SIGINT) -> tuple[int, str]:
        self.process.send_signal(with_signal)
        _, errors = self.process.communicate(timeout=40)
        return self.process.returncode, errors

    def status(self, path: str) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", path, headers={"Accept": "application/json"})
            return connection.getresponse().status
        finally:
            connection.close()


def _belonging_to(data: Path) -> list[psutil.Process]:
    """Every process that the demo of this folder started, the database included."""
    found = []
    for process in psutil.process_iter():
        try:
            ours = process.environ().get("SHECAI_HELD") == str(data) or process.cwd() == str(data / "postgres")
        except (psutil.Error, OSError):
            continue
        if ours:
            found.append(process)
    return found


def _gone(data: Path, seconds: float = 20) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if not _belonging_to(data):
            return True
        time.sleep(0.1)
    return False


@pytest.fixture(scope="module")
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo") / "data"


@pytest.fixture
def demo(data: Path, port: int) -> Iterator[Callable[..., Demo]]:
    started: list[Demo] = []

    def start(*arguments: str, on: int = port) -> Demo:
        started.append(Demo(data, on, *arguments))
        return started[-1]

    yield start
    for one in started:
        if one.process.poll() is None:
            one.process.kill()
        one.process.communicate(timeout=30)
    for process in _belonging_to(data):
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()


def test_serves_refuses_a_second_and_ends_with_everything(demo: Callable[..., Demo], data: Path, port: int) -> None:
    first = demo().wait_ready()
    assert first.status("/health/live") == 200
    assert first.status("/health/ready") == 200
    names = {process.name() for process in _belonging_to(data)}
    assert "postgres" in names
    second = demo(on=port + 1 if port < 65000 else port - 1)
    _, errors = second.process.communicate(timeout=30)
    assert second.process.returncode == 1
    assert f"{data} is in use by process {first.process.pid}" in errors
    assert first.status("/health/ready") == 200
    for name in ("demo.json", "postgres.json"):
        assert (data / name).stat().st_mode & 0o077 == 0
    assert first.end() == (0, "building the demo town …\n")
    assert _belonging_to(data) == []


def test_every_line_of_the_logs_is_json_without_secrets(demo: Callable[..., Demo], data: Path) -> None:
    running = demo().wait_ready()
    secret = json.loads((data / "demo.json").read_text())["SHECAI_SECRET_KEY"]
    passwords = json.loads((data / "postgres.json").read_text())
    assert running.end(signal.SIGTERM) == (0, "")
    for name in ("web.log", "schedule.log"):
        lines = (data / "logs" / name).read_text().splitlines()
        assert lines
        for line in lines:
            json.loads(line)
            for word in (secret, *(passwords[role] for role in ("superuser", "owner", "application"))):
                assert word not in line


def test_a_taken_port_is_refused_in_words(demo: Callable[..., Demo], port: int) -> None:
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(("127.0.0.1", port))
        taken.listen()
        late = demo()
        _, errors = late.process.communicate(timeout=30)
    assert late.process.returncode == 1
    assert errors == f"port {port} is taken; choose another one with --port\n"


@pytest.mark.prove
@pytest.mark.parametrize("moment", [0.05, 0.4, 0.8, 1.2, 1.6, 2.5, 4.0, 6.0])
def test_a_kill_during_the_start_is_recovered(demo: Callable[..., Demo], data: Path, moment: float) -> None:
    killed = demo("--fresh")
    time.sleep(moment)
    killed.process.kill()
    again = demo().wait_ready()
    assert again.status("/health/ready") == 200
    assert again.end()[0] == 0
    assert _belonging_to(data) == []


@pytest.mark.prove
def test_an_end_while_the_town_is_built_is_quick_and_the_next_start_builds_it_whole(
    demo: Callable[..., Demo], data: Path
) -> None:
    hasty = demo("--fresh")
    assert hasty.process.stderr is not None
    assert hasty.process.stderr.readline() == "building the demo town …\n"
    time.sleep(1.5)
    began = time.monotonic()
    assert hasty.end() == (0, "")
    assert time.monotonic() - began < 20
    assert _belonging_to(data) == []
    again = demo().wait_ready()
    assert again.end() == (0, "building the demo town …\n")


@pytest.mark.prove
def test_a_kill_ends_the_children_and_the_next_start_serves(demo: Callable[..., Demo], data: Path) -> None:
    killed = demo().wait_ready()
    killed.process.kill()
    assert _gone(data)
    assert demo().wait_ready().end()[0] == 0


@pytest.mark.prove
def test_a_kill_of_everything_but_the_workers_is_recovered(demo: Callable[..., Demo], data: Path) -> None:
    killed = demo().wait_ready()
    everything = [killed.process.pid, *(process.pid for process in _belonging_to(data))]
    for pid in everything:
        os.kill(pid, signal.SIGSTOP)
    for pid in everything[:2]:
        os.kill(pid, signal.SIGKILL)
    assert demo().wait_ready().end()[0] == 0
    assert _belonging_to(data) == []


@pytest.mark.prove
@pytest.mark.parametrize("victim", ["web", "worker", "schedule", "postgres"])
def test_a_part_that_dies_ends_the_demo(demo: Callable[..., Demo], data: Path, victim: str) -> None:
    running = demo().wait_ready()
    processes = _belonging_to(data)
    if victim == "postgres":
        pid = int((data / "postgres" / "postmaster.pid").read_text().split()[0])
    elif victim == "worker":
        web = next(
            process for process in processes if "serve" in process.cmdline() and process.ppid() == running.process.pid
        )
        pid = web.children()[0].pid
    else:
        word = "serve" if victim == "web" else "schedule"
        pid = next(p.pid for p in processes if word in p.cmdline() and p.ppid() == running.process.pid)
    os.kill(pid, signal.SIGKILL)
    _, errors = running.process.communicate(timeout=40)
    assert running.process.returncode == 1
    assert "ended with status" in errors
    assert _belonging_to(data) == []


@pytest.mark.prove
@pytest.mark.parametrize("_time", range(5))
def test_a_kill_of_all_processes_at_once_is_recovered(demo: Callable[..., Demo], data: Path, _time: int) -> None:
    killed = demo().wait_ready()
    for pid in (killed.process.pid, *(process.pid for process in _belonging_to(data))):
        os.kill(pid, signal.SIGKILL)
    assert demo().wait_ready().end()[0] == 0
    assert _belonging_to(data) == []


@pytest.mark.prove
def test_fresh_forgets_what_the_folder_keeps(demo: Callable[..., Demo], data: Path) -> None:
    demo().wait_ready().end()
    before = (data / "postgres.json").read_bytes()
    (data / "storage" / "left").touch()
    assert demo("--fresh").wait_ready().end()[0] == 0
    assert (data / "postgres.json").read_bytes() != before
    assert not (data / "storage" / "left").exists()


def test_a_folder_of_somebody_else_is_left_alone(demo: Callable[..., Demo], tmp_path: Path, port: int) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    intruder = Demo(tmp_path, port, "--fresh")
    _, errors = intruder.process.communicate(timeout=30)
    assert intruder.process.returncode == 1
    assert "was not made by Shecai" in errors
    assert (tmp_path / "letter.txt").read_text() == "mine"
