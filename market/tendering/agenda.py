"""What time will bring to a tender: the moments at which the clock acts, so that killing a process loses nothing."""

from datetime import datetime

import msgspec

from market.tendering.states import Act, State


class Moments(msgspec.Struct, frozen=True, kw_only=True):
    """The moments a tender waits for, as far as they are known."""

    state: State
    quotes_until: datetime | None = None
    confirm_until: datetime | None = None


def due(moments: Moments) -> list[tuple[datetime, Act]]:
    """Return the clock's acts in order: the quote round ends, or silence confirms the award."""
    if moments.state is State.QUOTING and moments.quotes_until:
        return [(moments.quotes_until, Act.RANK_BIDS)]
    if moments.state is State.EVALUATED and moments.confirm_until:
        return [(moments.confirm_until, Act.CONFIRM_AWARD)]
    return []


def next_turn_at(moments: Moments) -> datetime | None:
    """Return the earliest moment at which the clock must act, None when it need not."""
    return min((moment for moment, _ in due(moments)), default=None)
