"""What time will bring to a contract in force and to an evaluation: moments and the clock's acts, pure."""

from datetime import date, datetime, timedelta

import msgspec

from evaluations.states import Act, Kind, State
from market.base.calendar import add_days, add_months, end_of_day, local_date, start_of_day
from market.law.states import Law


class Planned(msgspec.Struct, frozen=True, kw_only=True):
    """One evaluation to come: when its survey opens, and the last day by which its result should be out."""

    kind: Kind
    opens_at: datetime
    due_on: date


class Moments(msgspec.Struct, frozen=True, kw_only=True):
    """The moments an evaluation waits for, as far as they are known."""

    state: State
    opens_at: datetime
    survey_until: datetime | None = None
    reply_until: datetime | None = None


def plan(*, from_on: date, until_on: date, law: Law) -> list[Planned]:
    """Return the evaluations of a contract: mid-term at half of its term, final within three months after its end.

    The term is [from, until): the final survey opens on the day on which it ends. A mid-term result is wanted before
    the end of the term, so that the street can still correct.
    """
    half = from_on + timedelta(days=int((until_on - from_on).days * law.number("IND-5.mid-term")))
    final_due = add_months(until_on, int(law.number("IND-5.final")))
    return [
        Planned(kind=Kind.MID_TERM, opens_at=start_of_day(half), due_on=until_on),
        Planned(kind=Kind.FINAL, opens_at=start_of_day(until_on), due_on=final_due),
    ]


def survey_until(*, opened_at: datetime, law: Law) -> datetime:
    """Return the end of a survey, exclusive: so many days after the opening day, never on a day offices are closed."""
    return end_of_day(add_days(local_date(opened_at), int(law.number("IND-5.survey"))))


def due(moments: Moments) -> list[tuple[datetime, Act]]:
    """Return the clock's next act with its moment: the survey opens, the survey closes, the reply window ends."""
    if moments.state is State.PLANNED:
        return [(moments.opens_at, Act.OPEN_SURVEY)]
    if moments.state is State.OPEN and moments.survey_until:
        return [(moments.survey_until, Act.CLOSE_SURVEY)]
    if moments.state is State.SCORED and moments.reply_until:
        return [(moments.reply_until, Act.CLOSE_REPLY)]
    return []


def next_turn_at(moments: Moments) -> datetime | None:
    """Return the earliest moment at which the clock must act, None when it need not."""
    return min((moment for moment, _ in due(moments)), default=None)
