"""What time brings to a contract: the days by which somebody must act; the clock does nothing by itself."""

from datetime import date, datetime

import msgspec

from contracts.states import Act, State
from market.base.calendar import end_of_day


class Dated(msgspec.Struct, frozen=True, kw_only=True):
    """The days of one contract, as far as they are known; `milestones_due` are those not yet accepted."""

    state: State
    sign_by: date | None = None
    milestones_due: list[date] = []
    repairs_due: list[date] = []


def due(terms: Dated) -> list[tuple[datetime, Act]]:
    """Return what is due when, earliest first; each moment is the end of the last day."""
    acts: list[tuple[date, Act]] = []
    if terms.state in (State.DRAFTED, State.REVIEWED) and terms.sign_by:
        acts.append((terms.sign_by, Act.SIGN_CONTRACT))
    if terms.state is State.IN_FORCE:
        acts += [(day, Act.REPORT_DELIVERY) for day in (*terms.milestones_due, *terms.repairs_due)]
    return sorted((end_of_day(day), act) for day, act in acts)
