"""The chance of a panel: one committed seed gives every expert a lot, and the lowest lots are seated.

Anyone can repeat it with what is published after the award: `sha256("{seed}:{ticket}")` is an expert's lot.
"""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from enum import StrEnum

import msgspec

from market.base.refusal import say
from market.tendering.rules.panel import Candidate, is_independent


class Standing(StrEnum):
    """Whether an expert of the pool could be drawn, or why not."""

    FREE = "free"
    RELATED = "related"
    SEATED = "seated"


STANDING_WORDS = {
    Standing.FREE: say("could be drawn"),
    Standing.RELATED: say("belongs or belonged to the buyer or a bidder"),
    Standing.SEATED: say("seated already, or stepped back"),
}


class Lot(msgspec.Struct, frozen=True, kw_only=True):
    """One expert in a draw: the ticket that names nobody, the standing, and whether a seat fell to it."""

    ticket: str
    standing: Standing
    drawn: bool


class Draw(msgspec.Struct, frozen=True, kw_only=True):
    """A draw: the accounts seated in the order of their lots, and the whole pool in the same order."""

    seated: list[str]
    pool: list[Lot]


def commitment_to(seed: str) -> str:
    """Return the digest of a seed, which is published before the seed is.

    >>> commitment_to("a")[:8]
    'ca978112'
    """
    return hashlib.sha256(seed.encode()).hexdigest()


def ticket_of(account: str) -> str:
    """Return the ticket under which an expert is drawn: who knows the account finds it, nobody else.

    >>> ticket_of("qin.shu") == ticket_of("qin.shu") != ticket_of("you.bo")
    True
    """
    return hashlib.sha256(f"expert:{account}".encode()).hexdigest()[:16]


def lot_of(*, seed: str, ticket: str) -> str:
    """Return the lot a seed gives to a ticket; the lowest come first."""
    return hashlib.sha256(f"{seed}:{ticket}".encode()).hexdigest()


def draw(
    *,
    pool: Iterable[Candidate],
    seats: int,
    street: str,
    bidders: Collection[str],
    out: Collection[str],
    seed: str,
) -> Draw:
    """Draw experts for so many empty seats; `out` are accounts seated already or stepped back (E-4, E-6).

    Seats fewer than asked for when the pool is too small.
    """
    seated: list[str] = []
    shown = []
    for candidate in sorted(pool, key=lambda each: lot_of(seed=seed, ticket=ticket_of(each.account))):
        standing = _standing(candidate, street=street, bidders=bidders, out=out)
        drawn = standing is Standing.FREE and len(seated) < seats
        if drawn:
            seated.append(candidate.account)
        shown.append(Lot(ticket=ticket_of(candidate.account), standing=standing, drawn=drawn))
    return Draw(seated=seated, pool=shown)


def _standing(candidate: Candidate, *, street: str, bidders: Collection[str], out: Collection[str]) -> Standing:
    if candidate.account in out:
        return Standing.SEATED
    free = is_independent(candidate=candidate, street=street, bidders=bidders)
    return Standing.FREE if free else Standing.RELATED


def holds(*, seed: str, commitment: str, draws: Sequence[tuple[int, Sequence[Lot]]]) -> bool:
    """Tell whether draws, each with its number of seats, follow from the seed that was committed to."""
    return commitment_to(seed) == commitment and all(_follows(seed, seats, pool) for seats, pool in draws)


def _follows(seed: str, seats: int, pool: Sequence[Lot]) -> bool:
    ordered = sorted(pool, key=lambda lot: lot_of(seed=seed, ticket=lot.ticket))
    free = [lot.ticket for lot in ordered if lot.standing is Standing.FREE]
    return free[:seats] == [lot.ticket for lot in ordered if lot.drawn]
