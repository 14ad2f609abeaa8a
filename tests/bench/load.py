"""The load: so many connections, each sending its own requests one after the other, in a process of its own.

Requests are bytes made beforehand, and of an answer only its head is read, so that the client takes little of the
cores it shares with the server it measures. `run` starts the process; `python -m tests.bench.load` is the process.
"""

import asyncio
import http.client
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import uvloop

from market.base.processes import CannotRun

_END = b"\r\n\r\n"
_LENGTH = b"content-length: "
_PATIENCE = 30


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What to send: one list of requests for each connection, sent in turn and from the beginning again."""

    port: int
    requests: list[list[bytes]]
    seconds: float
    warm: float = 0.0


class Load(msgspec.Struct, frozen=True, kw_only=True):
    """What came of it, without the warm-up; latencies in milliseconds, `share` is what the client took of a core."""

    answered: int
    seconds: float
    p50: float
    p99: float
    slowest: float
    statuses: dict[int, int]
    share: float

    @property
    def rate(self) -> float:
        """Answers a second."""
        return self.answered / self.seconds


def fetched(port: int, path: str, *, headers: Mapping[str, str]) -> bytes:
    """Fetch one answer's bytes, outside of any measuring. Raises CannotRun when it is not the wanted page."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path, headers=dict(headers))
        answer = connection.getresponse()
        body = answer.read()
    finally:
        connection.close()
    if answer.status != http.HTTPStatus.OK:
        raise CannotRun(f"{path} was answered with {answer.status}")
    return body


def request(path: str, *, method: str = "GET", headers: Mapping[str, str] | None = None, body: bytes = b"") -> bytes:
    """One request as it goes over the wire."""
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", *(f"{k}: {v}" for k, v in (headers or {}).items())]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode() + body


def dealt(requests: Sequence[bytes], *, connections: int) -> list[list[bytes]]:
    """Deal requests out to connections, as even as may be."""
    return [list(requests[n::connections]) or list(requests) for n in range(connections)]


def run(plan: Plan, *, allowed: frozenset[int] = frozenset({200, 201})) -> Load:
    """Run a plan in a process of its own. Raises CannotRun when an answer has another status than those allowed."""
    done = subprocess.run(  # our own module
        [sys.executable, "-m", "tests.bench.load"],
        input=msgspec.msgpack.encode(plan),
        capture_output=True,
        timeout=plan.seconds + plan.warm + 4 * _PATIENCE,
        check=False,
    )
    if done.returncode:
        raise CannotRun(f"the load could not be run:\n{done.stderr.decode()[-2000:]}")
    load = msgspec.msgpack.decode(done.stdout, type=Load)
    if not load.answered or set(load.statuses) - allowed:
        raise CannotRun(f"answers had statuses {load.statuses}")
    return load


class _Connection(asyncio.Protocol):
    """One connection: the next request goes out when the answer to the last one is complete."""

    def __init__(self, requests: list[bytes], tally: "_Tally") -> None:
        self._requests = requests
        self._turn = 0
        self._tally = tally
        self._head = b""
        self._missing = 0
        self._sent_at = 0.0
        self._status = 0
        self._transport: Any = None
        self.ended = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: Any) -> None:
        self._transport = transport
        self._send()

    def data_received(self, data: bytes) -> None:
        if self._missing:
            self._missing -= len(data)
        else:
            self._read_head(self._head + data)
        if self._status and self._missing <= 0:
            self._tally.note(self._status, time.perf_counter() - self._sent_at)
            self._status = 0
            if time.perf_counter() < self._tally.until:
                self._send()
            else:
                self._transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.ended.done():
            if exc or self._status or time.perf_counter() < self._tally.until:
                self.ended.set_exception(exc or ConnectionError("the server hung up"))
            else:
                self.ended.set_result(None)

    def _read_head(self, data: bytes) -> None:
        end = data.find(_END)
        if end < 0:
            self._head = data
            return
        self._head = b""
        head = data[:end].lower()
        self._status = int(head[9:12])
        at = head.find(_LENGTH)
        if at < 0:
            raise ValueError("the answer has no length")
        length = int(head[at + len(_LENGTH) :].split(b"\r", 1)[0])
        self._missing = length - (len(data) - end - len(_END))

    def _send(self) -> None:
        self._sent_at = time.perf_counter()
        self._transport.write(self._requests[self._turn])
        self._turn = (self._turn + 1) % len(self._requests)


class _Tally:
    """What was answered since the warm-up ended."""

    def __init__(self, *, counts_from: float, until: float) -> None:
        self.counts_from = counts_from
        self.until = until
        self.statuses: Counter[int] = Counter()
        self.latencies: list[float] = []

    def note(self, status: int, latency: float) -> None:
        if time.perf_counter() >= self.counts_from:
            self.statuses[status] += 1
            self.latencies.append(latency)


async def _carry_out(plan: Plan) -> Load:
    loop = asyncio.get_running_loop()
    began = time.perf_counter() + plan.warm
    tally = _Tally(counts_from=began, until=began + plan.seconds)
    busy = time.process_time()
    made = [
        await loop.create_connection(lambda mine=mine: _Connection(mine, tally), "127.0.0.1", plan.port)
        for mine in plan.requests
    ]
    async with asyncio.timeout(plan.seconds + plan.warm + _PATIENCE):
        await asyncio.gather(*(protocol.ended for _, protocol in made))
    seconds = time.perf_counter() - began
    took = (time.process_time() - busy) / (seconds + plan.warm)
    ordered = sorted(tally.latencies) or [0.0]
    return Load(
        answered=len(tally.latencies),
        seconds=seconds,
        p50=_at(ordered, 0.50),
        p99=_at(ordered, 0.99),
        slowest=_at(ordered, 1.0),
        statuses=dict(tally.statuses),
        share=round(took, 3),
    )


def _at(ordered: list[float], part: float) -> float:
    return round(ordered[min(int(len(ordered) * part), len(ordered) - 1)] * 1000, 3)


if __name__ == "__main__":
    answer = uvloop.run(_carry_out(msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Plan)))
    sys.stdout.buffer.write(msgspec.msgpack.encode(answer))
