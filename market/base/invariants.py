"""What must always be true of the data: each room lists SQL that finds offending rows, and here they are all asked."""

from collections.abc import Iterable
from importlib import import_module
from importlib.util import find_spec

import msgspec

from market.base.database import execute, rows, transaction

_SHOWN = 5


class Offence(msgspec.Struct, frozen=True, kw_only=True):
    """One invariant that does not hold: the room, the sentence that is not true, and some of the rows."""

    room: str
    sentence: str
    examples: list[str]

    def __str__(self) -> str:
        """Say it in one line."""
        return f"{self.room}: not true that {self.sentence}: {'; '.join(self.examples)}"


async def offences(*, rooms: Iterable[str]) -> list[Offence]:
    """Ask every room's invariants in one read-only snapshot and return those that do not hold."""
    found = []
    async with transaction():
        await execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        for room in rooms:
            for sentence, sql in _invariants_of(room).items():
                offending = await rows(sql)
                if offending:
                    examples = [", ".join(f"{k}={v}" for k, v in row.items()) for row in offending[:_SHOWN]]
                    found.append(Offence(room=room, sentence=sentence, examples=examples))
    return found


def _invariants_of(room: str) -> dict[str, str]:
    if find_spec(f"{room}.tables") is None:
        return {}
    found: dict[str, str] = getattr(import_module(f"{room}.tables"), "INVARIANTS", {})
    return found
