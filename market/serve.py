"""The web server: granian's processes around the application, each ending with the one that started it."""

import signal
from pathlib import Path

from granian.constants import Interfaces, Loops
from granian.server import Server
from litestar import Litestar

from market.base.logs import configure_logs
from market.base.processes import die_with_parent

_STOP_SECONDS = 5
_QUIET = {"handlers": [], "level": "INFO", "propagate": True}


def serve(*, host: str, port: int, workers: int) -> None:
    """Serve until the process is asked to end; a worker that dies ends the whole server."""
    configure_logs(process="web")
    Server(
        target="market.serve:application",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        workers=workers,
        loop=Loops.uvloop,
        websockets=False,
        log_access=False,
        log_dictconfig={
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {},
            "handlers": {},
            "loggers": {"_granian": dict(_QUIET), "granian.access": dict(_QUIET)},
        },
        workers_kill_timeout=_STOP_SECONDS,
        respawn_failed_workers=False,
        working_dir=Path.cwd(),
    ).serve()


def application() -> Litestar:
    """Return the application inside a worker process."""
    from market.app import create_app  # noqa: PLC0415  the server's first process has no use for it

    die_with_parent(signal.SIGKILL)
    configure_logs(process="web")
    made = create_app()
    # Making an application sets up logging after Litestar's own fashion.
    configure_logs(process="web")
    return made
