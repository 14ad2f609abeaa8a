"""The codes of records: letter, year and a number without gaps, or a random one where order must not show."""

import re
import secrets
from datetime import datetime

from market.base.clock import SHANGHAI
from market.base.database import one

CODE = re.compile(r"^[A-Za-z0-9][A-Za-z0-9-]{0,39}$")
_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


async def next_number(series: str) -> int:
    """Return the next number of a series, from 1, without gaps: the series is locked until the caller commits."""
    row = await one(
        "INSERT INTO counter (series, last) VALUES ($1, 1) "
        "ON CONFLICT (series) DO UPDATE SET last = counter.last + 1 RETURNING last",
        series,
    )
    assert row is not None  # noqa: S101  an upsert always returns its row
    return int(row["last"])


async def code_for(letter: str, now: datetime) -> str:
    """Return the next code such as `N-2026-0007`; the year is Shanghai's."""
    year = now.astimezone(SHANGHAI).year
    return f"{letter}-{year}-{await next_number(f'{letter}-{year}'):04d}"


async def codes_for(letter: str, now: datetime, *, count: int) -> list[str]:
    """Return the next codes of a series at once, in their order, as `code_for` returns one."""
    if not count:
        return []
    year = now.astimezone(SHANGHAI).year
    row = await one(
        "INSERT INTO counter (series, last) VALUES ($1, $2) "
        "ON CONFLICT (series) DO UPDATE SET last = counter.last + $2 RETURNING last",
        f"{letter}-{year}",
        count,
    )
    assert row is not None  # noqa: S101  an upsert always returns its row
    return [f"{letter}-{year}-{number:04d}" for number in range(row["last"] - count + 1, row["last"] + 1)]


def random_code(letter: str) -> str:
    """Return a code such as `B-7KQ2M9XPRT` that tells nothing of when or in which order it was made."""
    # The alphabet has 32 characters, so that five bits of a random byte choose one without favour.
    return f"{letter}-" + "".join(_ALPHABET[byte & 31] for byte in secrets.token_bytes(10))
