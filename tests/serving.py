"""The real web server as a child process, for whatever wants to meet the town over a socket."""

import asyncio
import os
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx

from tests.town import SECRET


@asynccontextmanager
async def serving(*, dsn: str, folder: Path, workers: int = 2) -> AsyncIterator[str]:
    """Serve the database at a free port and yield the address; the server ends with the block."""
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    environ = {
        **os.environ,
        "SHECAI_DEMO": "1",
        "SHECAI_SECRET_KEY": SECRET,
        "SHECAI_BASE_URL": base,
        "SHECAI_DATA": str(folder),
        "SHECAI_DATABASE_URL": dsn,
    }
    command = [sys.executable, "-m", "market", "serve", "--port", str(port), "--workers", str(workers)]
    with (folder / "serve.log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(*command, env=environ, stdout=log, stderr=log)
        try:
            await _until_ready(base)
            yield base
        finally:
            process.terminate()
            await process.wait()


def free_port() -> int:
    """Return a port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def _until_ready(base: str) -> None:
    async with httpx.AsyncClient(base_url=base) as client:
        for _ in range(300):
            try:
                if (await client.get("/health/ready")).status_code == 200:
                    return
            except httpx.HTTPError:
                pass
            await asyncio.sleep(0.1)
    raise AssertionError("the server does not get ready")
