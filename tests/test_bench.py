"""The benches from end to end on a small town, with a second of load: figures and exit status, no timing judged."""

import os
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from market.base.processes import CannotRun
from tests.bench.compare import Compared
from tests.bench.figures import Figure, at_most
from tests.bench.load import Load, dealt, request

ROOT = Path(__file__).resolve().parents[1]
LITTLE = ("--scale", "small", "--rounds", "1", "--seconds", "0.5", "--warm", "0.2")


def _bench(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tests.bench", *arguments],
        env={**os.environ, "SHECAI_DATA": str(data)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def test_reading_and_reserving_are_measured_beside_bare_handlers(tmp_path: Path) -> None:
    tmp_path.chmod(0o711)
    done = _bench(tmp_path, "read", *LITTLE)
    assert done.stdout, done.stderr[-3000:]
    figures = [
        msgspec.json.decode(line, type=Figure, strict=True) for line in done.stdout.splitlines() if line[0] == "{"
    ]
    assert [figure.name for figure in figures] == ["read-json", "read-html", "read-list"]
    for figure in figures:
        assert figure.figure > 0
        assert figure.floor is not None
        assert figure.ratio is not None
        assert figure.ok == (figure.ratio >= figure.wanted)
    assert done.returncode == (0 if all(figure.ok for figure in figures) else 1)

    # On the same ground, which takes longest: reserving, where no yuan may be reserved twice however slow it is.
    done = _bench(tmp_path, "reserve", *LITTLE)
    assert done.stdout, done.stderr[-3000:]
    found = [msgspec.json.decode(line, type=Figure, strict=True) for line in done.stdout.splitlines() if line[0] == "{"]
    assert [figure.name for figure in found] == ["reserve", "reserve-overspent"]
    assert found[0].floor
    assert found[1].figure == 0


def test_an_unknown_bench_is_a_mistake(tmp_path: Path) -> None:
    assert _bench(tmp_path, "sleeping").returncode == 2


def _load(rate: int) -> Load:
    return Load(answered=rate, seconds=1, p50=1, p99=2, slowest=3, statuses={200: rate}, share=0.1)


def test_a_figure_is_the_median_of_rounds_and_its_ratio_the_median_of_theirs() -> None:
    compared = Compared(product=[_load(100), _load(300), _load(40)], floor=[_load(200), _load(400), _load(400)])
    figure = compared.figure("read", wanted=0.5)
    assert (figure.figure, figure.floor, figure.ratio, figure.ok) == (100, 400, 0.5, True)
    assert not compared.figure("read", wanted=0.51).ok


def test_what_may_not_exceed_is_held_against_its_most() -> None:
    assert at_most("p99", figure=4.9, wanted=5).ok
    assert not at_most("p99", figure=5.1, wanted=5).ok
    with pytest.raises(CannotRun):
        at_most("p99", figure=float("nan"), wanted=5)


def test_requests_are_dealt_evenly_and_end_with_their_body() -> None:
    sent = request("/tenders", method="POST", headers={"Accept": "application/json"}, body=b"{}")
    assert sent.startswith(b"POST /tenders HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/json\r\n")
    assert sent.endswith(b"Content-Length: 2\r\n\r\n{}")
    assert [len(part) for part in dealt([sent] * 10, connections=4)] == [3, 3, 2, 2]
