"""Failed tries under a name: counted, and after too many of them the name is locked for a while."""

from datetime import datetime

from market.base.database import apart, one, rows
from market.base.refusal import Busy, Said
from market.people import rules


async def refuse_while_locked(name: str, *, now: datetime, says: Said) -> None:
    """Raise Busy while a name is locked; `says` is told with the `minutes` that are left."""
    locked = await one("SELECT locked_until FROM sign_in_failure WHERE name = $1 AND locked_until > $2", name, now)
    if locked:
        seconds = int((locked["locked_until"] - now).total_seconds()) + 1
        raise Busy(seconds, Said(says.msgid, {**says.values, "minutes": -(-seconds // 60)}))


async def count_failure(name: str, *, now: datetime) -> None:
    """Count a failed try on a connection of its own, since the act that refuses takes back its transaction.

    Five in a row lock the name.
    """
    async with apart() as connection:
        failures = await connection.fetchval(
            "INSERT INTO sign_in_failure (name, failures, last_at) VALUES ($1, 1, $2) ON CONFLICT (name) DO UPDATE"
            " SET failures = CASE WHEN sign_in_failure.locked_until <= $2 THEN 1 ELSE sign_in_failure.failures + 1 END,"
            " locked_until = NULL, last_at = $2 RETURNING failures",
            name,
            now,
        )
        until = rules.locked_until(failures, now=now)
        if until:
            await connection.execute("UPDATE sign_in_failure SET locked_until = $2 WHERE name = $1", name, until)


async def forget_failures(name: str) -> None:
    """Forget the failed tries under a name, when one has succeeded."""
    await rows("DELETE FROM sign_in_failure WHERE name = $1", name)
