"""The anticipated answers: objections to what somebody asks for, and the exceptions that carry them.

A rule returns objections as values; an action raises them together; one handler turns them into a page or
into problem details. Anything else that goes wrong is a surprise and must crash.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Said:
    """Words for a reader, translated only when they are shown: an English sentence and what fills its braces."""

    msgid: str
    values: Mapping[str, Any] = field(default_factory=dict, hash=False)


def say(msgid: str, **values: Any) -> Said:
    """Return words to be translated later; `say` is also the keyword under which Babel collects them.

    Values may be strings, numbers, Decimals (shown as money when the name ends in `_yuan`), dates or moments.
    """
    return Said(msgid, values)


@dataclass(frozen=True, slots=True)
class Objection:
    """One reason against an act: the field it concerns ("" for the whole), words, and the rule's id (`L-1`)."""

    field: str
    message: Said
    law: str = ""


class Anticipated(Exception):
    """What a caller must expect; everything else is a fault of ours."""


class Refused(Anticipated):
    """The act was refused by rule, state or lateness, with every objection at once."""

    def __init__(self, objections: Iterable[Objection]) -> None:
        """Keep the objections in the order in which the rules gave them."""
        self.objections = list(objections)
        super().__init__("; ".join(o.message.msgid for o in self.objections))


class NotFound(Anticipated):
    """The record does not exist for this reader; whether it exists for others is not told."""


class Stale(Anticipated):
    """The record was changed since the reader saw it; nothing was written."""


class Busy(Anticipated):
    """Too often; try again after so many seconds."""

    def __init__(self, retry_after: int, message: Said) -> None:
        """Keep the seconds to wait and the words for the reader."""
        self.retry_after = retry_after
        self.message = message
        super().__init__(message.msgid)


def refuse_if(objections: Iterable[Objection]) -> None:
    """Raise `Refused` with all objections when there is at least one."""
    found = list(objections)
    if found:
        raise Refused(found)


def same_revision(expected: int | None, revision: int) -> None:
    """Raise `Stale` when the reader saw another revision than the one now locked; None means the reader did not say."""
    if expected is not None and expected != revision:
        raise Stale
