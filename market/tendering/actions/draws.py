"""The committed chance of a panel: fixed and sealed with the notice, used by every draw and by lots among equals."""

import secrets
from datetime import datetime

import msgspec

from market.base.database import one, rows
from market.tendering.queries.draws import seed_from
from market.tendering.rules.draws import Draw, commitment_to
from market.tendering.rules.terms import CommittedSeed
from market.tendering.sealing import seal_content

_BYTES = 32


async def commit_seed(*, tender: int, code: str, now: datetime) -> str:
    """Fix the chance of a tender's draws and return its digest, to be published; the seed itself is sealed.

    The caller holds the tender's lock.
    """
    seed = secrets.token_hex(_BYTES)
    commitment = commitment_to(seed)
    sealed = seal_content(CommittedSeed(seed=seed), tender=code, subject="panel-seed")
    await rows(
        "INSERT INTO panel_seed (tender, commitment, content, content_key, committed_at) VALUES ($1, $2, $3, $4, $5)",
        tender,
        commitment,
        sealed.content,
        sealed.key,
        now,
    )
    return commitment


async def seed_for(*, tender: int, code: str, now: datetime) -> str:
    """Return a tender's seed; one published before seeds were committed gets its own now, and its page tells when."""
    if await one("SELECT 1 FROM panel_seed WHERE tender = $1", tender) is None:
        await commit_seed(tender=tender, code=code, now=now)
    (row,) = await rows("SELECT * FROM panel_seed WHERE tender = $1", tender)
    return seed_from(row, tender=code)


async def keep_draw(*, tender: int, seats: int, drawn: Draw, now: datetime) -> None:
    """Keep a draw with its whole pool, so that it can be repeated when the seed is published."""
    await rows(
        "INSERT INTO panel_draw (tender, number, seats, pool, drawn_at)"
        " SELECT $1, count(*) + 1, $2, $3::jsonb, $4 FROM panel_draw WHERE tender = $1",
        tender,
        seats,
        msgspec.json.encode(drawn.pool).decode(),
        now,
    )
