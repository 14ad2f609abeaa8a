"""What time will bring to a standing: the end of its term; pure."""

from datetime import datetime

from catalogs.rules.organizations import StandingFact, ends_by_itself
from catalogs.states import Act
from market.base.calendar import start_of_day
from market.law.states import Law


def due(standing: StandingFact, *, law: Law) -> list[tuple[datetime, Act]]:
    """Return when time ends a standing that was not lifted; nothing for one that holds until somebody lifts it."""
    ends_on = ends_by_itself(standing=standing, law=law)
    if ends_on is None or standing.lifted_on is not None:
        return []
    return [(start_of_day(ends_on), Act.END_STANDING)]


def next_turn_at(standing: StandingFact, *, law: Law) -> datetime | None:
    """Return the moment at which the clock must act, None when it need not."""
    return min((moment for moment, _ in due(standing, law=law)), default=None)
