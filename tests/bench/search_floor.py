"""The floors of searching: the product's own statement, prepared once, sent by asyncpg to the product's own rows."""

import os
import pickle
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import asyncpg
from litestar import get
from litestar.handlers import HTTPRouteHandler

from tests.bench.floor_engine import POOL

PRODUCT_DSN = "BENCH_PRODUCT_DSN"
QUESTIONS = "BENCH_SEARCH_QUESTIONS"
"""The file of (statement, arguments, columns that are shown), one for each address that is asked."""


class _Kept:
    pool: asyncpg.Pool | None = None
    questions: Sequence[tuple[str, tuple[Any, ...], tuple[str, ...]]] = ()


def _read(path: Path) -> Sequence[tuple[str, tuple[Any, ...], tuple[str, ...]]]:
    found: Sequence[tuple[str, tuple[Any, ...], tuple[str, ...]]] = pickle.loads(path.read_bytes())  # noqa: S301  ours
    return found


async def _pool() -> asyncpg.Pool:
    if _Kept.pool is None:
        _Kept.questions = _read(Path(os.environ[QUESTIONS]))
        _Kept.pool = await asyncpg.create_pool(
            os.environ[PRODUCT_DSN],
            min_size=1,
            max_size=POOL,
            server_settings={"plan_cache_mode": "force_custom_plan"},
        )
    return _Kept.pool


@get("/found/{number:int}")
async def found(number: int) -> dict[str, Any]:
    """Answer one page of what was asked."""
    pool = await _pool()
    sql, args, columns = _Kept.questions[number]
    rows = await pool.fetch(sql, *args)
    return {"items": [{name: row[name] for name in columns} for row in rows[:50]], "next": None}


HANDLERS: Sequence[HTTPRouteHandler] = (found,)
