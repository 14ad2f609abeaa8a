"""The scheduler as processes against a real town: nothing is lost by a kill, and two do nothing twice."""

import itertools
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from market.base.embedded import APPLICATION, OWNER, Access, psql

_ROOT = Path(__file__).resolve().parents[1]
_NUMBERS = itertools.count(1)
_QUIET_SECONDS = 7
_BY_TIME = "SELECT tag || ' ' || code FROM ledger_event WHERE account = 'clock' ORDER BY 1"

Start = Callable[[str], "subprocess.Popen[bytes]"]


@pytest.fixture
def months_later(server: Access, town_template: str) -> Iterator[Callable[[], str]]:
    """Make towns whose clock has jumped half a year ahead while no scheduler ran."""
    made: list[str] = []

    def make() -> str:
        name = f"scheduled_{os.getpid()}_{next(_NUMBERS)}"
        psql(server, f"CREATE DATABASE {name} TEMPLATE {town_template} OWNER {OWNER}")
        psql(server, 'UPDATE clock_offset SET "offset" = "offset" + interval \'180 days\'', database=name)
        made.append(name)
        return name

    yield make
    for name in made:
        psql(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def start(server: Access, tmp_path: Path) -> Iterator[Start]:
    running: list[subprocess.Popen[bytes]] = []

    def begin(name: str) -> "subprocess.Popen[bytes]":
        own = {
            "SHECAI_DEMO": "1",
            "SHECAI_DATA": str(tmp_path),
            "SHECAI_SECRET_KEY": "only-for-the-tests-of-the-scheduler-0123456789",
            "SHECAI_BASE_URL": "http://testserver.local",
            "SHECAI_DATABASE_URL": server.dsn(APPLICATION, database=name),
        }
        log = (tmp_path / f"{name}.log").open("ab")
        process = subprocess.Popen(
            [sys.executable, "-m", "market", "schedule"], cwd=_ROOT, env=os.environ | own, stdout=log, stderr=log
        )
        log.close()
        running.append(process)
        return process

    yield begin
    for process in running:
        process.kill()
        process.wait()


def _settled(server: Access, name: str, tmp_path: Path, *, at_least: int) -> list[str]:
    """Wait until time has done that much and then nothing more for some ticks; return what it did."""
    until = time.monotonic() + 120
    quiet_since, before = time.monotonic(), list[str]()
    while time.monotonic() < until:
        time.sleep(0.5)
        done = psql(server, _BY_TIME, database=name).splitlines()
        if done != before:
            quiet_since, before = time.monotonic(), done
        if len(done) >= at_least and time.monotonic() - quiet_since > _QUIET_SECONDS:
            return done
    pytest.fail((tmp_path / f"{name}.log").read_text()[-3000:])


def test_kills_lose_nothing_and_two_do_nothing_twice(
    server: Access, months_later: Callable[[], str], start: Start, tmp_path: Path
) -> None:
    calm, wild = months_later(), months_later()
    before = psql(server, _BY_TIME, database=calm).splitlines()
    one = start(calm)
    expected = _settled(server, calm, tmp_path, at_least=len(before) + 1)
    one.send_signal(signal.SIGTERM)
    assert one.wait(20) == 0
    victim = start(wild)
    while psql(server, _BY_TIME, database=wild).splitlines() == before and victim.poll() is None:
        time.sleep(0.02)
    victim.kill()
    start(wild)
    start(wild)
    assert _settled(server, wild, tmp_path, at_least=len(expected)) == expected
