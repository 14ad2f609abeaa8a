"""The floors: bare Litestar handlers under the same server, with as many workers and as large a pool as the product.

`python -m tests.bench.floors PORT` serves them; `FLOORS_DSN` names their database. Each bench has its handlers in a
module of its own beside it (`read_floor.py`). The pool skips the round trip that resets a session, as the product's
does, so that a floor is not slower than it need be.
"""

import logging
import os
import signal
import sys

from granian.constants import Interfaces, Loops
from granian.server import Server
from litestar import Litestar, get

from market.base.processes import die_with_parent
from tests.bench import read_floor, reserve_floor, search_floor, submit_floor
from tests.bench.floor_engine import ENGINE, POOL
from tests.bench.ground import WORKERS


async def _open() -> None:
    ENGINE.config = {"dsn": os.environ["FLOORS_DSN"]}
    await ENGINE.start_connection_pool(min_size=1, max_size=POOL)


async def _close() -> None:
    await ENGINE.close_connection_pool()


@get("/ready", sync_to_thread=False)
def ready() -> str:
    """Tell that the floors answer."""
    return "ready"


def application() -> Litestar:
    """The bare application inside a worker process."""
    die_with_parent(signal.SIGKILL)
    return Litestar(
        route_handlers=[
            ready,
            *read_floor.HANDLERS,
            *reserve_floor.HANDLERS,
            *search_floor.HANDLERS,
            *submit_floor.HANDLERS,
        ],
        on_startup=[_open],
        on_shutdown=[_close],
        openapi_config=None,
        logging_config=None,
    )


if __name__ == "__main__":
    logging.disable(logging.INFO)
    Server(
        target="tests.bench.floors:application",
        factory=True,
        address="127.0.0.1",
        port=int(sys.argv[1]),
        interface=Interfaces.ASGI,
        workers=WORKERS,
        loop=Loops.uvloop,
        websockets=False,
        log_access=False,
        respawn_failed_workers=False,
    ).serve()
