"""Judgement of challenges and complaints: who may, until when, what follows, and what must wait meanwhile.

Law: 政府采购法 第五十二至五十八条, 实施条例 第五十三至五十八条, 财政部令第94号; below the procurement limit
by house rule HR-4 with the same clocks.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta

import msgspec

from market.base.calendar import add_months, end_of_day, local_date
from market.base.refusal import Objection, say
from market.law.states import Law
from market.tendering.rules.bidding import fewest_suppliers
from market.tendering.rules.notice import period_after
from market.tendering.states.disputes import Kind, Outcome, Path, Stage
from market.tendering.states.stages import State

_MONTHS_A_YEAR = 12


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """What one organization did in a tender, and the days its stages ended; None while they have not."""

    took_on: date | None
    submitted: bool
    published_on: date
    corrected_on: date | None
    opened_on: date | None
    quotes_on: date | None
    decided_on: date | None


class Suspension(msgspec.Struct, frozen=True, kw_only=True):
    """A challenge or complaint for which signing waits; `until` is the end of a complaint's suspension."""

    code: str
    url: str
    law: str
    until: datetime | None = None


def known_on(*, kind: Kind, stage: Stage | None, standing: Standing, law: Law) -> date | None:
    """Return the day from which a challenge's days are counted, None while its object does not stand yet. Law: Q-2.

    Documents: the day they were taken or the end of the notice period, whichever is later; what a correction changed,
    the day of the correction. Process: the end of the stage. Result: the end of the result's notice period.
    """
    if kind is Kind.DOCUMENT:
        if standing.took_on is None:
            return None
        notice = period_after(start=standing.published_on, law_id="L-3.consultation", law=law).last_day
        return max(day for day in (standing.took_on, notice, standing.corrected_on) if day is not None)
    if kind is Kind.PROCESS:
        return standing.opened_on if stage is Stage.OPENING else standing.quotes_on if stage is Stage.QUOTES else None
    if standing.decided_on is None:
        return None
    return period_after(start=standing.decided_on, law_id="L-10.consultation", law=law).last_day


def last_day_to_challenge(*, known: date, law: Law) -> date:
    """Return the last day of a challenge, counted from the day it was known or should have been. Law: Q-1."""
    return period_after(start=known, law_id="Q-1", law=law).last_day


def may_challenge(*, standing: Standing, today: date, law: Law) -> bool:
    """Tell whether anything of a tender may still be challenged by an organization."""
    for kind, stage in ((Kind.DOCUMENT, None), *((Kind.PROCESS, each) for each in Stage), (Kind.RESULT, None)):
        known = known_on(kind=kind, stage=stage, standing=standing, law=law)
        took_part = standing.took_on is not None if kind is Kind.DOCUMENT else standing.submitted
        if took_part and known is not None and today <= last_day_to_challenge(known=known, law=law):
            return True
    return False


def objections_to_challenge(
    *,
    kind: Kind,
    stage: Stage | None,
    standing: Standing,
    filed: Collection[tuple[Kind, Stage | None]],
    today: date,
    law: Law,
) -> list[Objection]:
    """Object to a challenge by who took no part (Q-3), of nothing yet (Q-2), too late (Q-1), or a second time (Q-3)."""
    found = _objections_to_stage(kind=kind, stage=stage)
    if kind is Kind.DOCUMENT and standing.took_on is None:
        found.append(Objection("kind", say("Only who took the documents may challenge them."), "Q-3"))
    if kind is not Kind.DOCUMENT and not standing.submitted:
        found.append(Objection("kind", say("Only who submitted a bid may challenge process or result."), "Q-3"))
    if found:
        return found
    known = known_on(kind=kind, stage=stage, standing=standing, law=law)
    if known is None:
        found.append(Objection("kind", say("What you challenge has not come to an end yet."), "Q-2"))
    elif today > (last := last_day_to_challenge(known=known, law=law)):
        found.append(Objection("kind", say("The last day for this challenge was {day}.", day=last), "Q-1"))
    if (kind, stage) in filed:
        words = say("Your organization has challenged this already; all of a stage is brought at once.")
        found.append(Objection("kind", words, "Q-3"))
    return found


def _objections_to_stage(*, kind: Kind, stage: Stage | None) -> list[Objection]:
    if kind is Kind.PROCESS and stage is None:
        return [Objection("stage", say("Say which stage of the process you challenge."), "Q-2")]
    if kind is not Kind.PROCESS and stage is not None:
        return [Objection("stage", say("A stage belongs to a challenge of the process only."), "Q-2")]
    return []


def answer_by(*, filed_on: date, law: Law) -> date:
    """Return the last day of the street's answer. Law: Q-4."""
    return period_after(start=filed_on, law_id="Q-4", law=law).last_day


def complain_until(*, answer_by: date, law: Law) -> date:
    """Return the last day of a complaint, counted from the end of the answer's period. Law: Q-7."""
    return period_after(start=answer_by, law_id="Q-7", law=law).last_day


def path_of(*, kind: Kind, outcome: Outcome, state: State, may_correct: bool, qualified: int, law: Law) -> Path:
    """Return what follows for the purchase. `qualified` are the ranked bids besides the first. Law: Q-6.

    Documents are corrected while bids are still taken, else it is done again. Process and result: another of the
    qualified candidates when the lawful number remains, else again. What is signed is for the contract's parties.
    """
    if outcome is not Outcome.FOUNDED or state in (State.FAILED, State.CANCELLED):
        return Path.GO_ON
    if state is State.CONTRACTED:
        return Path.CONTRACT
    if kind is Kind.DOCUMENT:
        return Path.CORRECT if state is State.OPEN and may_correct else Path.REDO
    if state is State.AWARDED and qualified >= fewest_suppliers(law=law):
        return Path.NEXT
    return Path.REDO


def may_complain(*, answered: bool, answer_by: date, until: date, today: date) -> bool:
    """Tell whether the way to the supervisor is open: answered, or the answer's days gone by; and not too late."""
    return (answered or today > answer_by) and today <= until


def objections_to_complaint(
    *, answered: bool, answer_by: date, until: date, complained: bool, today: date
) -> list[Objection]:
    """Object to a complaint before the answer or its last day, after the days of Q-7, or a second time."""
    found = []
    if not answered and today <= answer_by:
        found.append(Objection("", say("Wait for the answer, which is due by {day}.", day=answer_by), "Q-7"))
    if today > until:
        found.append(Objection("", say("The last day for this complaint was {day}.", day=until), "Q-7"))
    if complained:
        found.append(Objection("", say("There is a complaint about this challenge already."), "Q-7"))
    return found


class ComplaintClock(msgspec.Struct, frozen=True, kw_only=True):
    """The days a complaint sets running; signing waits until `suspended_until` at most."""

    examine_by: date
    decide_by: date
    suspended_until: datetime


def complaint_clock(*, filed_at: datetime, law: Law) -> ComplaintClock:
    """Return the supervisor's days: examined, decided (working days), and the longest suspension. Law: Q-8."""
    day = local_date(filed_at)
    return ComplaintClock(
        examine_by=period_after(start=day, law_id="Q-8.examine", law=law).last_day,
        decide_by=period_after(start=day, law_id="Q-8.decide", law=law).last_day,
        suspended_until=end_of_day(day + timedelta(days=int(law.number("Q-8.suspend")))),
    )


def unfounded_since(*, today: date) -> date:
    """Return the first day of the twelve months in which unfounded complaints are counted. Law: Q-9."""
    return add_months(today, -_MONTHS_A_YEAR)


def is_serial(*, unfounded: int, law: Law) -> bool:
    """Tell whether so many unfounded complaints are as many as Q-9 names; it is shown, and bars nobody here."""
    return unfounded >= int(law.number("Q-9"))


def suspensions(
    *,
    challenges: Iterable[tuple[str, bool]],
    complaints: Iterable[tuple[str, bool, datetime]],
    now: datetime,
) -> list[Suspension]:
    """Return what signing waits for: open challenges, and complaints not decided within the longest suspension.

    Each challenge is its code and whether it is open; each complaint its code, whether it is undecided, and until when
    it suspends at most. Law: Q-5, Q-8.
    """
    return [
        *(Suspension(code=code, url=f"/challenges/{code}", law="Q-5") for code, is_open in challenges if is_open),
        *(
            Suspension(code=code, url=f"/complaints/{code}", law="Q-8.suspend", until=until)
            for code, undecided, until in complaints
            if undecided and now < until
        ),
    ]


def objections_to_suspended(found: Sequence[Suspension]) -> list[Objection]:
    """Object to signing while a challenge or complaint may change the result. Law: 实施条例 第五十四条."""
    return [
        Objection("", say("Signing waits until {code} is settled: it may change the result.", code=each.code), each.law)
        for each in found
    ]
